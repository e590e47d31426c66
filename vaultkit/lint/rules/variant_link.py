"""A link that differs from one note's name or title by notation alone.

`[[focal_loss]]` and `[[Focal-Loss]]` do not lead to `Focal Loss` in Obsidian. Where separators,
soft punctuation or a `title` property tell that exactly one note can be meant, the fix writes its
name; a display text stays, and where the name differs from the title that matched, the title is
what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.repair.forms import stem
from vaultkit.repair.propose import Proposal
from vaultkit.repair.write import rewrite

FAMILY = "links"
SEVERITY = "warning"
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for sighting in view.links_in("missing-variant"):
        proposal = sighting.verdict
        if not isinstance(proposal, Proposal):
            continue
        link = sighting.link
        forms = view.surveyor.forms
        title = forms.title(proposal.path) if proposal.reason.startswith("title") else None
        made = rewrite(view.vault, view.page(sighting.path), link, proposal.path, title)
        name = stem(proposal.path)
        fix = Fix(f"link to {name}", (made.edit,)) if made else None
        yield Hit(
            sighting.path,
            link.span,
            f"`{link.target}` is not the name of `{name}` ({proposal.reason})",
            (name,),
            fix,
        )


BAD = (
    Example({"A.md": "«[[focal_loss]]»\n", "Focal Loss.md": ""}, {"A.md": "[[Focal Loss]]\n"}),
    Example(
        {"A.md": "«[[Focal Loss]]»\n", "fl-2017.md": "---\ntitle: Focal Loss\n---\n"},
        {"A.md": "[[fl-2017|Focal Loss]]\n"},
    ),
)
GOOD = (
    Example({"A.md": "[[focal loss]]\n", "Focal Loss.md": ""}, why="Letter case does not count."),
    Example({"A.md": "[[C++]]\n", "C++.md": "", "C.md": ""}),
)
