"""An image, sound, film or PDF that no note, canvas or base uses.

It was pasted and deleted again, or its note went. A file counts as used when anything links to
it, and also when its name stands anywhere in a note: in HTML, in code, in a property. Off by
default, because a folder may serve more than the vault, such as the icons of a published site.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import quote

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.targets import is_media
from vaultkit.lint.view import View
from vaultkit.text import Span

FAMILY = "links"
SEVERITY = "info"
DEFAULT = False
KNOWN_BY = "message"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    unlinked = [path for path in view.vault.files if is_media(path) and path not in view.incoming]
    pages = [page.source.data for _, page in view.vault.pages()] if unlinked else []
    for path in unlinked:
        name = path[path.rfind("/") + 1 :]
        spellings = _spellings(name)
        if not any(spelling in data for data in pages for spelling in spellings):
            yield Hit(path, Span(0, 0), "nothing uses this file")


def _spellings(name: str) -> set[bytes]:
    """A file's name as a text may hold it: composed, decomposed, percent-encoded."""
    forms = {name, *(normalize(form, name) for form in ("NFC", "NFD"))}
    plain = {form.encode("utf-8", "surrogateescape") for form in forms}
    return plain | {quote(form).encode() for form in plain}


BAD = (Example({"A.md": "![[used.png]]\n", "used.png": "", "img/left.png": "«»"}),)
GOOD = (
    Example({"A.md": '<img src="img/a%20b.png">\n', "img/a b.png": ""}),
    Example({"A.md": "---\ncover: c.jpg\n---\n", "img/c.jpg": "", "notes.txt": ""}),
)
