"""An embed of, or a link to, an image, PDF, canvas or other file that does not exist.

The reader sees a broken frame or a grey link. Other files than notes need their extension in a
link, and answer to nothing else. Nothing is fixed: the file is missing, not the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.note.formats import is_attachment

FAMILY = "links"
SEVERITY = "error"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("missing"):
        if is_attachment(sighting.link):
            yield Hit(
                sighting.path, sighting.link.span, f"no file is called `{sighting.link.target}`"
            )


BAD = (
    Example({"A.md": "«![[chart.png]]»\n"}),
    Example({"A.md": "«![a chart](images/chart.png)»\n"}),
    Example({"A.md": "«[[paper.pdf#page=3]]»\n"}),
)
GOOD = (
    Example({"A.md": "![[chart.png|200]]\n", "images/chart.png": ""}),
    Example(
        {"A.md": "[[release v2.4 notes]]\n", "release v2.4 notes.md": ""},
        why="A dot is no extension.",
    ),
)
