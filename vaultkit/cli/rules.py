"""`vaultkit rules`: the linter's rules, and the page of one."""

from __future__ import annotations

import difflib

import click

from vaultkit.cli.output import print_lines
from vaultkit.errors import UsageError
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.report.rules import rule_lines
from vaultkit.report.shown import paragraphs


@click.command(short_help="Explain the rules of `lint`.")
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """List the rules of `lint`, or explain the one called NAME."""
    known = all_rules()
    if name is None:
        print_lines(_listed(list(known.values())))
        return
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean `{near[0]}`?" if near else "`vaultkit rules` lists them"
        raise UsageError(f"no rule is called `{name}`", hint)
    print_lines(rule_lines(known[name]))


def _listed(known: list[Rule]) -> list[str]:
    lines: list[str] = []
    widest = max(len(rule.name) for rule in known)
    for family in sorted({rule.family for rule in known}):
        lines.append(click.style(family, bold=True))
        for rule in known:
            if rule.family == family:
                off = "" if rule.default else " (off by default)"
                first, *more = paragraphs(rule.summary + off, " " * (widest + 4))
                lines += [f"  {rule.name:<{widest + 2}}{first.strip()}", *more]
    return lines
