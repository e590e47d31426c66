"""A link that several files answer equally.

Obsidian takes the file in the linking note's own folder, then the one with the shortest path.
Where paths are equally long its choice changes with the order in which it read the files: the
link may lead elsewhere on another device. Write the folder too: `[[a/Note]]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "links"
SEVERITY = "warning"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("ambiguous"):
        yield Hit(
            sighting.path,
            sighting.link.span,
            f"`{sighting.link.target}` may be any of {len(sighting.candidates)} files",
            tuple(path.removesuffix(".md") for path in sighting.candidates),
        )


BAD = (Example({"A.md": "«[[Note]]»\n", "a/Note.md": "", "b/Note.md": ""}),)
GOOD = (
    Example({"A.md": "[[a/Note]]\n", "a/Note.md": "", "b/Note.md": ""}),
    Example(
        {"a/A.md": "[[Note]]\n", "a/Note.md": "", "b/Note.md": ""},
        why="The own folder comes first.",
    ),
)
