"""Two notes whose `title` property is the same text.

A title is how a note is called in search results, on published pages and in what other tools
make of the vault; with two of one title a reader cannot tell them apart, and no repair by title
can be safe. Compared letter for letter, but for the Unicode form. A note and its translation
(another `lang`) may share a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.note.placeholder import is_template
from vaultkit.repair.forms import title_of

FAMILY = "notes"
SEVERITY = "warning"
SCOPE = "front"
FRONT_MARKS = (b"title",)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    holders: dict[tuple[str, str], list[str]] = {}
    for path, note in view.vault.notes.items():
        title = title_of(note)
        if title is not None and not is_template(title):
            key = (normalize("NFC", title), str(note.values.get("lang") or ""))
            holders.setdefault(key, []).append(path)
    for (title, _), paths in holders.items():
        for path in paths if len(paths) > 1 else ():
            others = [other for other in paths if other != path]
            for item in view.vault.notes[path].properties:
                if item.key == "title":
                    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
                    yield Hit(path, item.span, f"`{title}` is also the title of {others[0]}{more}")


BAD = (Example({"A.md": "---\n«title: Loss»\n---\n", "b/B.md": '---\n«title: "Loss"»\n---\n'}),)
GOOD = (
    Example({"A.md": "---\ntitle: Loss\n---\n", "B.md": "---\ntitle: loss\n---\n"}),
    Example({"A.md": "---\ntitle: X\n---\n", "B.md": "---\ntitle: X\nlang: de\n---\n"}),
)
