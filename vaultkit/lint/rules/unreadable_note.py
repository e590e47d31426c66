"""A file that cannot be read, or that is not what its name says.

No permission, a link that leads out of the vault, bytes that are not UTF-8, a canvas that is not
JSON, a base that is not YAML, settings that are not JSON. What such a file says is unknown to
every other rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.text import Span

FAMILY = "notes"
SEVERITY = "error"
SCOPE = "front"
KNOWN_BY = "message"


def leans_on(view: View) -> Iterator[str]:
    """The notes that are not UTF-8."""
    for path, note in view.notes():
        try:
            note.source.data.decode()
        except UnicodeDecodeError:
            yield path


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for item in view.vault.unreadable:
        yield Hit(str(item.path), Span(0, 0), f"cannot be read: {item.reason}")
    if view.vault.settings.problem:
        reason = f"settings are left aside: {view.vault.settings.problem}"
        yield Hit(".obsidian/app.json", Span(0, 0), reason)
    for path, page in view.vault.pages():
        try:
            page.source.data.decode()
        except UnicodeDecodeError as error:
            place = Span(error.start, error.end)
            yield Hit(path, place, f"not UTF-8: {error.reason}")
            continue
        if path in view.vault.boards:
            for problem in page.problems:
                yield Hit(path, problem.span, problem.message)


BAD = (Example({"Board.canvas": "{«»nodes}"}),)
GOOD = (
    Example({"Board.canvas": '{"nodes": [], "edges": []}'}),
    Example({"A.md": "한국어, 中文, emoji 📚\n"}),
)
