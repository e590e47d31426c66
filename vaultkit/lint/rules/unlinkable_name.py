"""A note whose name no link can hold.

In a link `#` begins a heading, `^` a block, `|` the text that is shown, and `]]` ends it: a note
called `C#` is out of reach of every wikilink, and Obsidian refuses to make one. Rename the
note, and keep the old name as an alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.places import first_line
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.repair.forms import stem

FAMILY = "notes"
SEVERITY = "warning"
KNOWN_BY = "message"

_BREAKS = re.compile(r"#|\^|\||\[\[|\]\]|%%")


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    path = note.source.name
    if match := _BREAKS.search(stem(path)):
        what = f"no link can hold the `{match[0]}` in `{stem(path)}`"
        yield Hit(path, first_line(note), what)


BAD = (Example({"C#.md": "«A language.»\n"}),)
GOOD = (Example({"C Sharp.md": "A language.\n", "[draft] C++.md": "Another.\n"}),)
