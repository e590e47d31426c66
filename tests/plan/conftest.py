"""What every test of the room starts from."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_vault import Vault, three_notes


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of runs without waiting for a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    place = Path(tempfile.mkdtemp(prefix="vaultkit-", dir=memory))
    yield place
    shutil.rmtree(place)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with three notes, two of them in a folder."""
    return three_notes(tmp_path)
