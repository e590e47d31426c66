"""An embed that shows, itself or through others, the place it stands in.

Obsidian stops such a chain after a few turns and shows the note inside itself; an export or a
published page may not stop. An embedded section counts with what stands in that section alone:
a note may well embed one of its own sections elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.embeds import Embeds
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "links"
SEVERITY = "error"
SCOPE = "front"
MARKS = (b"![",)


def leans_on(view: View) -> Iterator[str]:
    """The notes that show others, and those that are shown."""
    for path, embeds in Embeds(view.vault, view.only).by_note.items():
        yield path
        for embed in embeds:
            yield embed.shows.path


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    embeds = Embeds(view.vault)
    for path, found in embeds.by_note.items():
        for embed in found:
            if embeds.reaches(embed.shows, path, embed.link.span.start):
                yield Hit(path, embed.link.span, f"`{embed.shows.path}` shows this place again")


BAD = (
    Example({"A.md": "«![[B]]»\n", "B.md": "«![[A]]»\n"}),
    Example({"A.md": "# One\n\n«![[#One]]»\n"}),
    Example({"A.md": "# One\n\n«![](B.md)»\n", "B.md": "# Two\n\n«![[A#One]]»\n"}),
)
GOOD = (
    Example({"A.md": "# One\n\n![[#Two]]\n\n# Two\n"}, why="Another section of the same note."),
    Example({"A.md": "# One\n\n![[B]]\n\n# Two\n", "B.md": "![[A#Two]]\n"}),
    Example({"A.md": "![[B]]\n", "B.md": "[[A]]\n"}, why="A link shows nothing."),
)
