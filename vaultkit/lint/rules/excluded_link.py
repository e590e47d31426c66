"""A link into a folder that the vault's settings exclude.

Files under *Excluded files* still open, but search, graph and suggestions leave them out: a
reader who follows the link stands in a place the vault hides. Off by default, since links into
an archive are often meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.vault import Found

FAMILY = "links"
SEVERITY = "info"
DEFAULT = False
SCOPE = "file"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    if not view.vault.settings.excluded:
        return
    for path, page in view.pages():
        for link in page.links:
            found = view.vault.resolve(link.target, path)
            if isinstance(found, Found) and found.path != path and view.is_excluded(found.path):
                yield Hit(path, link.span, f"`{found.path}` is excluded from search and graph")


_SETTINGS = {".obsidian/app.json": '{"userIgnoreFilters": ["Archive/"]}'}
BAD = (Example({"A.md": "«[[Old]]»\n", "Archive/Old.md": "", **_SETTINGS}),)
GOOD = (
    Example({"A.md": "[[New]]\n", "New.md": "", **_SETTINGS}),
    Example({"Archive/A.md": "[[Old]]\n", "Archive/Old.md": "", **_SETTINGS}),
)
