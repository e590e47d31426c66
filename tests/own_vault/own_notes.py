"""The project's own vault, read once, and what its notes are made of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from vaultkit.config import read_config
from vaultkit.note import Note
from vaultkit.vault import Vault, read_vault

ROOT = Path(__file__).parent.parent.parent
VAULT = ROOT / "vault"
TEMPLATES = "90_Templates"


@cache
def own_vault() -> Vault:
    return read_vault(VAULT, read_config(ROOT))


def notes_in(folder: str) -> dict[str, Note]:
    """The notes of a folder by the name a link calls them."""
    found = own_vault().notes.items()
    return {path.rpartition("/")[2][:-3]: note for path, note in found if path.startswith(folder)}


def section(note: Note, heading: str) -> str:
    """The text below a heading of level 2, up to the next of that level; fails without one."""
    data = note.source.data
    tops = [item for item in note.headings if item.level <= 2]
    index = next(i for i, item in enumerate(tops) if item.text == heading)
    end = tops[index + 1].span.start if index + 1 < len(tops) else len(data)
    return data[tops[index].span.end : end].decode().strip()


def body(note: Note) -> str:
    assert note.front_matter is not None
    return note.source.data[note.front_matter.span.end :].decode()


def prose(note: Note) -> str:
    """The body without code and formulas."""
    bare = re.sub(r"^(```+).*?^\1$", "", body(note), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", bare, flags=re.DOTALL)


def python_blocks(note: Note) -> list[Any]:
    return [fence for fence in note.fences if fence.language == "python"]
