"""A code block that does not say which language it holds.

Nothing highlights it, `vaultkit extract` and `verify` leave it alone, and a reader must guess
whether it is a program, a command or its output. Off by default; where a block holds none, write
`text`. Blocks in comments are not looked at, nor is a note with a block that is never closed: what
opens and what closes cannot be told apart there.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.text import Span

FAMILY = "knowledge"
SEVERITY = "info"
DEFAULT = False
MARKS = (b"```", b"~~~")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    data = note.source.data
    if not all(fence.closed for fence in note.fences):
        return
    for fence in note.fences:
        if not fence.language and fence.code.strip() and "comment" not in fence.container:
            first = data[fence.span.start : fence.code_span.start].rstrip(b"\r\n")
            place = Span(fence.span.start, fence.span.start + len(first))
            yield Hit(note.source.name, place, "this code block names no language")


BAD = (Example({"A.md": "«```»\nprint()\n```\n\n- «~~~»\n  x = 1\n  ~~~\n"}),)
GOOD = (
    Example({"A.md": "```python\nprint()\n```\n\n```{r}\nx\n```\n\n```\n```\n"}),
    Example({"A.md": "- list\n\n  ```python\n  x = 1\n\n```\ntext\n"}, why="Never closed."),
)
