"""Two headings of one text under the same heading.

A link to the heading always leads to the first of them, and so does an entry of the outline that
was copied as a link: the second cannot be linked to. Headings of one text in different chapters
are reached through their chapter (`[[Note#Chapter#Heading]]`) and are not reported.

Off by default: in journals and logs such headings are a habit, and harmless until someone links.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.names import heading_key
from vaultkit.note import Note
from vaultkit.note.placeholder import is_template

FAMILY = "notes"
SEVERITY = "info"
DEFAULT = False


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    open_headings: list[tuple[int, dict[str, int]]] = [(0, {})]
    for heading in note.headings:
        while open_headings[-1][0] >= heading.level:
            open_headings.pop()
        key, start = heading_key(heading.text), heading.span.start
        told = key and not is_template(heading.text)
        first = open_headings[-1][1].setdefault(key, start) if told else start
        if first != start:
            line = note.source.position(first).line
            what = f"`{heading.text}` stands in line {line} too"
            yield Hit(note.source.name, heading.span, what)
        open_headings.append((heading.level, {}))


BAD = (
    Example({"A.md": "# Use\n\n«# Use»\n"}),
    Example({"A.md": "# A\n\n## Why\n\n«## Why?»\n"}, why="Punctuation does not tell them apart."),
)
GOOD = (
    Example({"A.md": "# 1.0\n\n## Fixed\n\n# 1.1\n\n## Fixed\n"}),
    Example({"A.md": "# {{name}}\n\n# {{name}}\n"}, why="A template."),
)
