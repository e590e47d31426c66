"""A note without any link: none leads to it and none leads from it to another file.

In the graph it is a dot on its own. Off by default, since a vault may hold such notes on
purpose; `no-incoming` is the stricter question. A link to a note that does not exist yet counts
as a link, as it does in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import first_line
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.note import Link
from vaultkit.vault import Found

FAMILY = "notes"
SEVERITY = "info"
DEFAULT = False
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.vault.notes.items():
        if path not in view.incoming and not any(
            _leaves(view, path, link) for link in note.internal_links
        ):
            yield Hit(path, first_line(note), "no link leads to this note or from it")


def _leaves(view: View, path: str, link: Link) -> bool:
    return view.vault.resolve(link.target, path) != Found(path)


BAD = (
    Example({"A.md": "«[[#Part]], [site](https://example.org)»\n\n# Part\n", "B.md": "[[C]]\n"}),
)
GOOD = (
    Example({"A.md": "[[B]]\n", "B.md": "text\n"}),
    Example({"A.md": "[[Yet to be written]]\n"}),
)
