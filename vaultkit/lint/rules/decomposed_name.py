"""A file or folder name in decomposed Unicode (NFD), as old Macs wrote it.

It looks the same as its composed form, and Obsidian's links do not mind; other programs do: a
script, git or a web server on another system takes the two for different names, and text in
Korean or with accents is not found by a search for it. Off by default: renaming is a task for a
program, not for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import is_normalized

from vaultkit.lint.places import file_place
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "notes"
SEVERITY = "info"
DEFAULT = False
SCOPE = "front"
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    told: set[str] = set()
    for path in view.vault.files:
        parts = path.split("/")
        for depth, name in enumerate(parts, 1):
            here = "/".join(parts[:depth])
            if here not in told and not is_normalized("NFC", name):
                told.add(here)
                yield Hit(path, file_place(view.vault, path), f"`{name}` is decomposed Unicode")


BAD = (Example({"cafe\u0301.md": "«text»\n"}),)
GOOD = (Example({"caf\u00e9.md": "text\n", "한국어.md": "text\n"}),)
