"""A rule's page: its docstring, its settings and its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import click

from vaultkit.lint.rule import Example, Rule
from vaultkit.report.shown import paragraphs

_BACKTICKS = re.compile(r"`{3,}")


def rule_lines(rule: Rule) -> Iterator[str]:
    """The page as a terminal shows it."""
    yield click.style(rule.name, bold=True) + f" ({_facts(rule)})"
    yield ""
    yield from paragraphs(rule.page)
    if rule.options:
        yield ""
        yield click.style("Settings:", bold=True)
        for option in rule.options:
            yield f"  {option.name} = {_toml(option.default)}  {option.meaning}"
    for title, examples in (("Found", rule.bad), ("Not found", rule.good)):
        yield ""
        yield click.style(f"{title}:", bold=True)
        for example in examples:
            yield from _example(example)


def _facts(rule: Rule) -> str:
    return f"{rule.family}, {rule.severity}" + ("" if rule.default else ", off by default")


def _example(example: Example) -> Iterator[str]:
    if example.why:
        yield from paragraphs(example.why, "  ")
    for title, text in _files(example):
        yield click.style(f"  {title}" + ("" if text else " (empty)"), dim=True)
        for line in text.splitlines():
            yield f"    {line}"
    yield ""


def _files(example: Example) -> Iterator[tuple[str, str]]:
    """Every file of an example with its title."""
    if example.config:
        yield "vaultkit.toml", example.config
    yield from example.files.items()
    for path, text in (example.fixed or {}).items():
        yield f"{path}, fixed", text


def rule_page(rule: Rule) -> str:
    """The page as Markdown."""
    summary, _, rest = rule.page.partition("\n")
    lines = [
        f"# {rule.name}",
        "",
        f"{summary}",
        "",
        f"Family `{rule.family}`, severity `{rule.severity}`, "
        f"{'on' if rule.default else 'off'} by default, {_fixes(rule)}.",
        *([rest.rstrip()] if rest.strip() else []),
        "",
    ]
    if rule.options:
        lines += ["## Settings", "", "```toml", f"[rules.{rule.name}]"]
        for option in rule.options:
            lines += [f"# {option.meaning}.", f"{option.name} = {_toml(option.default)}"]
        lines += ["```", ""]
    for title, examples in (("Found", rule.bad), ("Not found", rule.good)):
        lines += [f"## {title}", ""]
        for number, example in enumerate(examples, 1):
            told = [f"**{number}.**"] if len(examples) > 1 else []
            told += [example.why] if example.why else []
            lines += [" ".join(told), ""] if told else []
            lines += _example_page(example)
    return "\n".join(lines).rstrip("\n") + "\n"


def _fixes(rule: Rule) -> str:
    return "with a fix" if any(item.fixed for item in rule.bad) else "nothing is fixed"


def _example_page(example: Example) -> Iterator[str]:
    for title, text in _files(example):
        if not text.strip("«»"):
            yield from (f"`{title}` is empty{', and found' if text else ''}.", "")
            continue
        longest = max((len(run) for run in _BACKTICKS.findall(text)), default=2)
        fence = "`" * (longest + 1)
        kind = "toml" if title.endswith(".toml") else "markdown"
        kind = "json" if title.endswith((".json", ".canvas")) else kind
        yield from (f"`{title}`", "", f"{fence}{kind}", text.rstrip("\n"), fence, "")


def index_page(rules: Iterable[Rule]) -> str:
    """The list of all rules as Markdown, by family."""
    known = list(rules)
    lines = [
        "# Rules",
        "",
        "What `vaultkit lint` looks for. `vaultkit rules NAME` shows a rule's page on the",
        "terminal; these pages are written from the same files. In the examples `«` and `»` stand",
        "around the place that is reported.",
        "",
    ]
    for family in sorted({rule.family for rule in known}):
        lines += [f"## {family}", "", "| rule | what it finds | severity | |", "|---|---|---|---|"]
        for rule in known:
            if rule.family == family:
                notes = ["off by default"] if not rule.default else []
                notes += ["fix"] if any(item.fixed for item in rule.bad) else []
                summary = rule.summary.replace("|", "\\|")
                link = f"[{rule.name}]({rule.name}.md)"
                lines.append(f"| {link} | {summary} | {rule.severity} | {', '.join(notes)} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
