"""A link that names a note's alias, which Obsidian does not resolve.

An alias helps Obsidian *suggest* the note while you type, and then writes `[[Note|alias]]`. A bare
`[[alias]]` leads to a new, empty note. The fix is offered as unsafe, because of aliases that were
measured some named more than one thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.repair.forms import stem
from vaultkit.repair.write import rewrite

FAMILY = "links"
SEVERITY = "warning"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("missing-alias"):
        link, note = sighting.link, sighting.candidates[0]
        page = view.page(sighting.path)
        made = rewrite(view.vault, page, link, note, link.target)
        name = stem(note)
        fix = Fix(f"link to {name}", (made.edit,), "unsafe") if made else None
        yield Hit(
            sighting.path,
            link.span,
            f"`{link.target}` is an alias of `{name}`, not a name",
            (name,),
            fix,
        )


BAD = (
    Example(
        {"A.md": "«[[FL]]»\n", "Focal Loss.md": "---\naliases: [FL]\n---\n"},
        {"A.md": "[[Focal Loss|FL]]\n"},
    ),
)
GOOD = (Example({"A.md": "[[Focal Loss|FL]]\n", "Focal Loss.md": "---\naliases: [FL]\n---\n"}),)
