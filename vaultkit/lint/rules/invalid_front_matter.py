"""Front matter that is not YAML, or not keys with values.

Obsidian then shows the block as text and knows none of its properties: no aliases, no tags, no
links. The message is the YAML reader's, at the place where it gave up. A line with a template's
place holder (`{{date}}`) is left to `template-left-in`, which knows where templates live.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.templates import place_holder_in_line
from vaultkit.lint.view import Context
from vaultkit.note import Note

FAMILY = "front-matter"
SEVERITY = "error"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    for problem in note.problems:
        if not place_holder_in_line(note.source.data, problem.span.start):
            yield Hit(note.source.name, problem.span, problem.message)


BAD = (
    Example({"A.md": "---\ntitle: a«»: b\n---\n"}),
    Example({"A.md": "---\n«- a\n- list\n»---\n"}),
)
GOOD = (
    Example({"Templates/T.md": "---\ndate: {{date}}\n---\n"}, why="A template is not yet YAML."),
    Example({"A.md": "---\ntitle: a b\n---\n"}),
    Example({"A.md": "text\n\n---\nnot: front: matter\n---\n"}),
)
