"""A comment that keeps quiet about a rule where the rule finds nothing.

The link was mended and the comment stayed, or it names a rule that does not exist: either way it
would hide the next mistake. Every rule and family that the comment names is tried, whether it is
selected or not. The fix takes the idle names away, and the comment with them when none is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fix
from vaultkit.lint.places import whole_lines
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.suppression import Name, Suppression, suppressions
from vaultkit.lint.view import View
from vaultkit.note import Note
from vaultkit.text import Edit, Span

FAMILY = "notes"
SEVERITY = "warning"
SCOPE = "front"
MARKS = (b"vaultkit-disable",)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.notes():
        for item in suppressions(note):
            if not item.names:
                if not _is_used(view, path, item, "all"):
                    fix = Fix("take the comment away", (_without(note, item),))
                    yield Hit(path, item.span, "nothing is found here", (), fix)
                continue
            idle = [name for name in item.names if not _is_used(view, path, item, name.text)]
            fix = _fix(note, item, idle)
            for name in idle:
                known = view.rules_called(name.text)
                what = f"`{name.text}` finds nothing here"
                yield Hit(
                    path, name.span, what if known else f"no rule is called `{name.text}`", (), fix
                )


def _is_used(view: View, path: str, item: Suppression, name: str) -> bool:
    return any(
        finding.path == path and item.covers(finding.span.start)
        for rule in view.rules_called(name)
        if rule != "useless-suppression"
        for finding in view.findings_of(rule)
    )


def _fix(note: Note, item: Suppression, idle: list[Name]) -> Fix:
    """One fix for all idle names of a comment, so that two of them do not overlap."""
    if len(idle) == len(item.names):
        return Fix("take the comment away", (_without(note, item),))
    kept = [name.text for name in item.names if name not in idle]
    whole = Span(item.names[0].span.start, item.names[-1].span.end)
    return Fix("take the idle names away", (Edit(whole, ", ".join(kept).encode()),))


def _without(note: Note, item: Suppression) -> Edit:
    """The edit that takes a comment away, with its line when nothing else stands there."""
    data = note.source.data
    line = whole_lines(data, item.span)
    if not (data[line.start : item.span.start] + data[item.span.end : line.end]).strip():
        return Edit(line, b"")
    start = item.span.start
    while start > line.start and data[start - 1 : start] in (b" ", b"\t"):
        start -= 1
    return Edit(Span(start, item.span.end), b"")


BAD = (
    Example(
        {"A.md": "[[B]] %% vaultkit-disable-line «broken-link» -- not yet %%\n", "B.md": "x\n"},
        {"A.md": "[[B]]\n"},
    ),
    Example(
        {"A.md": "%% vaultkit-disable-next-line broken-link, «self-link» %%\n[[Gone]]\n"},
        {"A.md": "%% vaultkit-disable-next-line broken-link %%\n[[Gone]]\n"},
    ),
    Example({"A.md": "«%% vaultkit-disable-file %%»\n\ntext\n"}, {"A.md": "\ntext\n"}),
    Example({"A.md": "[[Gone]]\n%% vaultkit-disable «brokn-link» %%\n"}, {"A.md": "[[Gone]]\n"}),
)
GOOD = (
    Example({"A.md": "[[Gone]] %% vaultkit-disable-line broken-link %%\n"}),
    Example(
        {"A.md": "%% vaultkit-disable links %%\n[[Gone]]\n%% vaultkit-enable links %%\n\n[[Off]]\n"}
    ),
    Example({"A.md": "`%% vaultkit-disable-file %%`\n"}, why="Code is no comment."),
)
