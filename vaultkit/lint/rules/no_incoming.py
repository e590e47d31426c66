"""A note that no other note, canvas or base links to.

The graph and the backlinks never lead to it; it is found by its folder, by search, or not at all.
Off by default: home pages, journals and inboxes have no incoming links and need none. A link
that a note makes to itself does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import first_line
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "notes"
SEVERITY = "info"
DEFAULT = False
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.vault.notes.items():
        if path not in view.incoming:
            yield Hit(path, first_line(note), "no other file links to this note")


BAD = (Example({"A.md": "«[[B]] and [[A]]»\n", "B.md": "text\n"}),)
GOOD = (
    Example({"A.md": "[[B]]\n", "B.md": "[[A]]\n"}),
    Example(
        {"A.md": "text\n", "M.canvas": '{"nodes": [{"type": "file", "file": "A.md"}]}'},
        why="A canvas shows it.",
    ),
)
