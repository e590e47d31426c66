"""`vaultkit lint`: what is wrong in a vault."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.locate import announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_json, print_lines, progress
from vaultkit.errors import Exit
from vaultkit.lint.finding import Finding
from vaultkit.lint.run import choose
from vaultkit.lint.run import lint as run_rules
from vaultkit.report import findings as report
from vaultkit.report.shown import counted
from vaultkit.vault import Vault


@click.command(short_help="Find what is wrong in a vault.")
@vault_argument
@format_option("json")
@click.option("--select", metavar="RULE|FAMILY,…", help="Run only these rules or families.")
@click.option("--ignore", metavar="RULE|FAMILY,…", help="Leave these rules or families out.")
def lint(vault: Path | None, style: str, select: str | None, ignore: str | None) -> int:
    """Find what is wrong in VAULT: exit code 0 when nothing is, 1 with findings.

    `vaultkit rules` lists the rules, `vaultkit rules NAME` explains one.
    """
    place = locate(vault)
    announce(place)
    config = place.config
    rules = choose(
        _names(select) or config.select,
        (*config.ignore, *_names(ignore)),
    )
    opened = open_vault(place.root, config)
    with progress("checking"):
        found = run_rules(opened, rules, config)
    if style == "json":
        print_json(report.findings_value(opened, found))
    else:
        print_lines(_text(opened, found))
    return Exit.FINDINGS if found else Exit.CLEAN


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _text(opened: Vault, found: list[Finding]) -> list[str]:
    lines = [line for finding in found for line in report.finding_lines(opened, finding)]
    summary = report.summary_value(found, len(opened.notes))
    if not found:
        return [f"{counted(summary['notes'], 'note')}, nothing found"]
    lines.append("")
    lines += [f"{count:>6}  {rule}" for rule, count in summary["rules"].items()]
    what = "finding" if len(found) == 1 else "findings"
    return [*lines, f"{len(found):>6}  {what} in {counted(summary['notes'], 'note')}"]
