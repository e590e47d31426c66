"""A place holder of a template in the front matter of a note that is none.

`created: {{date}}` or `<% tp.date.now() %>` stayed because the note was copied by hand, or the
plugin did not run. The property says nothing, and the braces make the whole block invalid YAML.
Notes in the folder of templates that the vault's settings name, and notes or folders called
*template* in one of several languages, are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.templates import PLACE_HOLDER, is_template_place
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.text import Span

FAMILY = "front-matter"
SEVERITY = "warning"
FRONT_MARKS = (b"{{", b"<%")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    place, data = note.front_matter, note.source.data
    if place is None or all(data.find(mark, *place.block) < 0 for mark in FRONT_MARKS):
        return
    path = note.source.name
    for match in PLACE_HOLDER.finditer(data, *place.block):
        if is_template_place(path, context.settings):
            return
        what = f"`{match[0].decode('utf-8', 'replace')}` was never filled in"
        yield Hit(path, Span(*match.span()), what)


BAD = (Example({"A.md": "---\ncreated: «{{date}}»\nid: «<% tp.file.title %>»\n---\n"}),)
GOOD = (
    Example({"Templates/Daily.md": "---\ncreated: {{date}}\n---\n"}),
    Example({"A.md": "---\ncreated: 2026-01-01\n---\n\nWrite `{{date}}` or {{title}}.\n"}),
)
