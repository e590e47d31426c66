"""A link to a note that does not exist.

In Obsidian such a link is grey, and a click makes a new, empty note: harmless where the note is
yet to be written, and a dead end where the note exists under another name. vaultkit compares
names as Obsidian does (letter case, Unicode form and non-breaking spaces do not count; `_`, `-`
and a space are different), so what it reports is broken there too.

A link in one line with its own markup as code teaches the notation and is left alone.

Notes whose name is near are suggested. Nothing is fixed: which of them was meant is for a person
to say. Where exactly one note differs by notation alone, `variant-link` reports the link instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.specimen import is_specimen
from vaultkit.lint.view import View
from vaultkit.note.formats import is_attachment
from vaultkit.repair.propose import Refusal

FAMILY = "links"
SEVERITY = "error"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("missing"):
        link = sighting.link
        if is_attachment(link) or is_specimen(view.page(sighting.path), link):
            continue
        verdict = sighting.verdict
        why = ""
        if isinstance(verdict, Refusal):
            why = f" ({verdict.reason}: {', '.join(verdict.candidates)})"
        yield Hit(
            sighting.path,
            link.span,
            f"no note is called `{link.target}`{why}",
            view.suggester.suggest(link.target),
        )


BAD = (
    Example({"A.md": "See «[[Nowhere]]».\n"}),
    Example({"A.md": "«[[Focal Los]]»\n", "Focal Loss.md": ""}, why="One letter short."),
    Example({"A.md": "«[text](gone.md)»\n"}),
    Example({"A.md": "%%«[[Nowhere]]»%%\n"}, why="Links in comments count."),
)
GOOD = (
    Example({"A.md": "[[b]] and [b](B.md)\n", "B.md": ""}),
    Example({"A.md": "`[[Nowhere]]` and [site](https://example.org)\n"}),
    Example({"A.md": "[[{{title}}]]\n"}, why="A template's place holder."),
    Example({"A.md": "`[[Nowhere]]` is shown as [[Nowhere]].\n"}, why="A lesson in notation."),
)
