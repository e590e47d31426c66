"""A block id that stands twice in one note.

A link `[[Note#^id]]` can lead to one of them only, and an embed shows one of them. Ids are
compared as Obsidian compares them, without regard to letter case. Nothing is fixed: links to the
id may mean either block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.names import block_key
from vaultkit.note import Note

FAMILY = "notes"
SEVERITY = "error"
MARKS = (b"^",)

# Whatever may be a block id, and more: what stands before it is not looked at.
_ID = re.compile(rb"\^([A-Za-z0-9-]+)(?=[ \t]*(?:[\r\n]|\Z))")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    # Most ids stand once wherever they stand: that takes no parser to tell.
    ids = [text.lower() for text in _ID.findall(note.source.data)]
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, int] = {}
    for block in note.blocks:
        first = seen.setdefault(block_key(block.id), block.span.start)
        if first != block.span.start:
            line = note.source.position(first).line
            yield Hit(note.source.name, block.span, f"`^{block.id}` stands in line {line} too")


BAD = (Example({"A.md": "one ^x\n\ntwo «^X»\n"}),)
GOOD = (
    Example({"A.md": "one ^x\n\ntwo ^y\n", "B.md": "three ^x\n"}),
    Example({"A.md": "one ^x\n\n```\ntwo ^x\n```\n"}, why="Code has no block ids."),
)
