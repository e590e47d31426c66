"""A link to a block id that its note does not have.

The link opens the note at its top, and an embed shows nothing. A block id stands at the end of a
line after a space (`… ^id`), or alone after a list, quote, callout or table.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.targets import is_block
from vaultkit.lint.view import View

FAMILY = "links"
SEVERITY = "error"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("bad-fragment"):
        fragment = sighting.link.fragment or ""
        if is_block(fragment):
            note = sighting.resolved or sighting.path
            yield Hit(sighting.path, sighting.link.span, f"`{note}` has no block `{fragment}`")


BAD = (Example({"A.md": "«[[B#^gone]]»\n", "B.md": "text ^here\n"}),)
GOOD = (
    Example({"A.md": "[[B#^Here]]\n", "B.md": "text ^here\n"}),
    Example({"A.md": "![[B#^list]]\n", "B.md": "- one\n- two\n\n^list\n"}),
)
