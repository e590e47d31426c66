"""A note whose first-level heading and `title` property are different texts.

A reader sees the heading; publishing, search and other tools show the title. Compared without
formatting, letter case and punctuation. Off by default: some keep a short title and a long
heading on purpose. Nothing is fixed: which of the two is right is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.names import fold, heading_key
from vaultkit.note import Note
from vaultkit.note.placeholder import is_template
from vaultkit.repair.forms import title_of

FAMILY = "notes"
SEVERITY = "info"
DEFAULT = False

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_FORMAT = re.compile(r"[*_`~=]{1,3}")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    title = title_of(note)
    if title is None or is_template(title):
        return
    first = next((item for item in note.headings if item.level == 1), None)
    if first is None or is_template(first.text):
        return
    if _plain(first.text) != _plain(title):
        what = f"`{first.text}` is not the note's title `{title}`"
        yield Hit(note.source.name, first.span, what)


def _plain(text: str) -> str:
    shown = _LINK.sub(lambda match: match[1] or match[2] or "", text)
    return fold(heading_key(_FORMAT.sub("", shown)), "punctuation") or text


BAD = (Example({"A.md": "---\ntitle: Focal loss\n---\n\n«# Cross-entropy»\n"}),)
GOOD = (
    Example({"A.md": "---\ntitle: Focal loss\n---\n\n# *Focal* loss!\n"}),
    Example({"A.md": "---\ntitle: Focal loss\n---\n\n## Summary\n"}, why="No first-level heading."),
    Example({"A.md": "---\ntitle: Hub\n---\n\n# {{title}} Hub\n"}, why="A template."),
)
