"""Two files whose paths differ in letter case or Unicode form alone.

On macOS and Windows they are one file: a copy of the vault there holds only one of them, and git
reports the other as changed for ever. Obsidian tells them apart in no link that is not spelled
exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from vaultkit.lint.places import file_place
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "notes"
SEVERITY = "error"
SCOPE = "front"
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    twins: dict[str, list[str]] = {}
    for path in view.vault.files:
        twins.setdefault(normalize("NFC", normalize("NFC", path).casefold()), []).append(path)
    for paths in twins.values():
        for path in paths if len(paths) > 1 else ():
            other = next(item for item in paths if item != path)
            yield Hit(path, file_place(view.vault, path), f"`{other}` is the same name elsewhere")


BAD = (Example({"a/War.md": "«one»\n", "a/WAR.md": "«two»\n"}),)
GOOD = (Example({"a/War.md": "one\n", "b/WAR.md": "two\n"}, why="Two folders."),)
