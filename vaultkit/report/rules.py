"""A rule's page: its docstring and its examples."""

from __future__ import annotations

from collections.abc import Iterator

import click

from vaultkit.lint.rule import Example, Rule
from vaultkit.report.shown import paragraphs


def rule_lines(rule: Rule) -> Iterator[str]:
    """The page as a terminal shows it."""
    yield click.style(rule.name, bold=True) + f" ({rule.family}, {rule.severity})"
    yield ""
    yield from paragraphs(rule.page)
    for title, examples in (("Found", rule.bad), ("Not found", rule.good)):
        yield ""
        yield click.style(f"{title}:", bold=True)
        for example in examples:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    if example.why:
        yield from paragraphs(example.why, "  ")
    for path, text in example.files.items():
        yield from _file(path, text)
    for path, text in (example.fixed or {}).items():
        yield from _file(f"{path}, fixed", text)
    yield ""


def _file(title: str, text: str) -> Iterator[str]:
    yield click.style(f"  {title}" + ("" if text else " (empty)"), dim=True)
    for line in text.splitlines():
        yield f"    {line}"
