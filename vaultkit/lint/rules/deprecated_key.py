"""A property under its old name: `tag`, `alias` or `cssclass`.

Since version 1.9 Obsidian reads only `tags`, `aliases` and `cssclasses`, and only as lists: what
stands under the old names is no tag, no alias and no style any more. The fix gives the property
its new name and makes a list of its value, as Obsidian's own format converter does. Where the
new name is there already, nothing is fixed.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.lint.yaml_list import list_edit
from vaultkit.note import Note, Property
from vaultkit.text import Edit

FAMILY = "front-matter"
SEVERITY = "warning"
FRONT_MARKS = (b"tag", b"alias", b"css", b"\\")

_NEW = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses", "cssClass": "cssclasses"}
_SEPARATOR = {"tags": r"[,\s]+", "aliases": r"\s*,\s*", "cssclasses": r"[,\s]+"}


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    if not _NEW.keys() & note.values.keys():
        return
    for item in note.properties:
        new = _NEW.get(item.key)
        if new is not None:
            what = f"`{item.key}` is called `{new}` now"
            fix = None if new in note.values else _fix(note, item, new)
            yield Hit(note.source.name, item.key_span, what, (new,), fix)


def _fix(note: Note, item: Property, new: str) -> Fix | None:
    edits = [Edit(item.key_span, new.encode())]
    if isinstance(item.value, str) and item.value.strip():
        made = list_edit(note, item, _SEPARATOR[new])
        if made is None:
            return None
        edits.append(made)
    elif not isinstance(item.value, list) and item.value is not None:
        return None
    return Fix(f"call it {new}", tuple(edits))


BAD = (
    Example(
        {"A.md": "---\n«alias»: My Note\n«tag»: a, b\n---\n"},
        {"A.md": "---\naliases:\n  - My Note\ntags:\n  - a\n  - b\n---\n"},
    ),
    Example({"A.md": "---\n«tag»: [a]\n---\n"}, {"A.md": "---\ntags: [a]\n---\n"}),
    Example({"A.md": "---\n«tag»: a\ntags: [b]\n---\n"}),
)
GOOD = (Example({"A.md": "---\ntags: [a]\naliases:\n  - b\n---\n\n#tag and `alias: x`\n"}),)
