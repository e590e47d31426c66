"""A note without a heading that the vault's schema asks for.

`sections` of a `[[schemas]]` entry in the configuration lists the headings that its notes must
have, on any level and in any order; `"Summary | 요약"` asks for one of several spellings. Letter
case and punctuation do not count. Without such an entry nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import first_line
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.templates import is_template_place
from vaultkit.lint.view import Context
from vaultkit.names import heading_key
from vaultkit.note import Note

FAMILY = "knowledge"
SEVERITY = "warning"
KNOWN_BY = "message"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    schemas = context.config.schemas
    if not any(schema.sections for schema in schemas):
        return
    path = note.source.name
    if is_template_place(path, context.settings):
        return
    from vaultkit.lint.shapes import schemas_for

    for schema in schemas_for(note, schemas):
        present = {heading_key(heading.text) for heading in note.headings}
        for section in schema.sections:
            spellings = [part.strip() for part in section.split("|")]
            if not any(heading_key(part) in present for part in spellings):
                what = f"there is no section `{spellings[0]}` ({schema.name})"
                yield Hit(path, first_line(note), what)


_SCHEMA = '[[schemas]]\nname = "wiki"\npath = "Wiki"\nsections = ["Summary | 요약", "See also"]\n'
BAD = (Example({"Wiki/A.md": "«# A»\n\n## Summary\n"}, config=_SCHEMA),)
GOOD = (
    Example({"Wiki/A.md": "# A\n\n## 요약\n\n### See also:\n"}, config=_SCHEMA),
    Example({"A.md": "# A\n"}, config=_SCHEMA, why="Another folder."),
)
