"""What every test of the room starts from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with three notes, two of them in a folder."""
    root = tmp_path / "vault"
    root.mkdir()
    made = Vault(root)
    made.put("a.md", b"one [[x]] two\n", 0o640)
    made.put("n/b.md", b"\xef\xbb\xbfcrlf [[x]]\r\nnul \0 cr \r end", 0o600)
    made.put("n/c.md", b"\xff\xfe not text [[x]]", 0o664)
    for number, path in enumerate(sorted(root.rglob("*.md"))):
        os.utime(path, ns=(10**18, 10**18 + number))
    return made
