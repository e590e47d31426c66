"""`vaultkit lint`: what is wrong in a vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from vaultkit.cli.locate import Place, announce, format_option, locate, vault_argument
from vaultkit.cli.look import Ask, Look, Wish, look
from vaultkit.cli.output import in_colour, print_bytes, print_lines, print_text
from vaultkit.errors import Exit
from vaultkit.lint.baseline import FILE
from vaultkit.lint.leaves import tallies
from vaultkit.lint.located import Located
from vaultkit.report import findings as report
from vaultkit.report.findings import Style
from vaultkit.report.forms import FORMS
from vaultkit.schema.folder import SEVERITIES

# `--diff` without a revision: the fixes as a diff.
_FIXES = "\0"


@click.command(short_help="Find what is wrong in a vault.")
@vault_argument
@format_option(*FORMS)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the answer to FILE, and the counts to the terminal.",
)
@click.option("--select", metavar="RULE|FAMILY,…", help="Run only these rules or families.")
@click.option(
    "--extend-select", metavar="RULE|FAMILY,…", help="Run these beyond those chosen otherwise."
)
@click.option("--ignore", metavar="RULE|FAMILY,…", help="Leave these rules or families out.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely; `undo` takes it back.")
@click.option("--unsafe-fixes", is_flag=True, help="Also mend what may need a second look.")
@click.option(
    "--diff",
    is_flag=False,
    flag_value=_FIXES,
    metavar="[REV]",
    help="With REV: only findings on lines changed since that git revision. Without: show the "
    "fixes as a diff and write nothing.",
)
@click.option("--statistics", is_flag=True, help="Show the counts alone.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also when something is found.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="info",
    show_default=True,
    help="Exit with 1 only for findings at least as grave.",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help=f"Keep today's findings in {FILE}; where there is one, take out what has vanished.",
)
@click.option("--no-baseline", is_flag=True, help=f"Show also what {FILE} knows.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what a run remembers.")
@click.option("--watch", is_flag=True, help="Answer again after every change, until Ctrl-C.")
def lint(
    vault: Path | None,
    style: str,
    output: Path | None,
    select: str | None,
    extend_select: str | None,
    ignore: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: str | None,
    statistics: bool,
    exit_zero: bool,
    fail_on: str,
    write_baseline: bool,
    no_baseline: bool,
    no_cache: bool,
    watch: bool,
) -> int:
    """Find what is wrong in VAULT: exit code 0 when nothing is, 1 with findings.

    `vaultkit rules` lists the rules, `vaultkit rules NAME` explains one. Findings that were there
    before can be kept in a baseline, which lies in the vault, is used when it is there, and only
    ever shrinks.
    """
    if vault is None and diff not in (None, _FIXES) and Path(str(diff)).is_dir():
        # `lint --diff VAULT`: the option took the folder for its revision.
        vault, diff = Path(str(diff)), _FIXES
    mends = fix or unsafe_fixes or diff == _FIXES
    if write_baseline and (mends or no_baseline or diff is not None):
        raise click.UsageError(
            "--write-baseline goes with neither --fix, --diff nor --no-baseline."
        )
    if watch and (mends or write_baseline):
        raise click.UsageError("--watch shows findings; it neither mends nor writes a baseline.")
    place, revision = _place(vault, diff)
    announce(place)
    wish = Wish(_names(select), _names(extend_select), _names(ignore))
    as_text = style == "text" and not statistics
    ask = Ask(place, wish, revision, not no_baseline, not no_cache, _style(as_text, output))
    if watch:
        from vaultkit.cli.watch import watch as watch_vault

        def again() -> None:
            shown = _style(as_text, output)
            _answer(ask._replace(place=locate(vault), style=shown), style, output)

        watch_vault(place, again)
        return Exit.CLEAN
    seen = look(ask, whole=mends)
    if write_baseline:
        return _keep(place, seen)
    if mends:
        from vaultkit.cli.fixes import fix_all, show_fixes

        if diff == _FIXES:
            return show_fixes(seen, unsafe_fixes)
        seen = fix_all(ask, seen, unsafe_fixes)
    _print(seen, style, output, ask.style)
    _hint(seen)
    return Exit.CLEAN if exit_zero or not _grave(seen.answer.findings, fail_on) else Exit.FINDINGS


def _answer(ask: Ask, style: str, output: Path | None) -> None:
    seen = look(ask)
    _print(seen, style, output, ask.style)
    _hint(seen)


def _style(as_text: bool, output: Path | None) -> Style | None:
    """How findings are printed now: a terminal's width may change."""
    return report.style(in_colour() and output is None) if as_text else None


def _place(vault: Path | None, diff: str | None) -> tuple[Place, str]:
    """The vault and the revision."""
    return locate(vault), "" if diff is None or diff == _FIXES else diff


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _print(seen: Look, style: str, output: Path | None, shown: Style | None) -> None:
    answer = seen.answer
    if output is None and style == "text" and shown is not None:
        print_text(report.text(answer, shown), shown.colour)
    elif output is None and style == "text":
        print_lines(report.statistics_lines(answer))
    elif output is None:
        print_bytes(FORMS[style](answer).encode())
    else:
        from vaultkit.report.file import write_output

        if shown is not None:
            data = report.text(answer, shown)
        elif style == "text":
            lines = "".join(f"{line}\n" for line in report.statistics_lines(answer))
            data = click.unstyle(lines).encode()
        else:
            data = FORMS[style](answer).encode("utf-8", "backslashreplace")
        write_output(output, data)
        print_lines(report.statistics_lines(answer))


def _hint(seen: Look) -> None:
    """What a person may want to know beside the answer."""
    if seen.vanished:
        gone = f"{seen.vanished} known findings are gone"
        click.echo(f"{gone}; take them out of {FILE} with: --write-baseline", err=True)


def _grave(findings: Sequence[Located], fail_on: str) -> bool:
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(tally.severity in counted for tally in tallies(findings))


def _keep(place: Place, seen: Look) -> int:
    """Write a first baseline, or take out of the one there is what has vanished."""
    from vaultkit.cli import baseline

    new = seen.answer.findings
    if seen.met is None:
        from vaultkit.lint.baseline import baseline_of

        kept = baseline_of(seen.every)
        baseline.write_baseline(place, kept)
        print_lines([f"{kept.total()} findings are known from now on ({FILE})"])
        return Exit.CLEAN
    baseline.write_baseline(place, seen.met)
    print_lines([f"{seen.met.total()} findings stay known, {seen.vanished} are gone ({FILE})"])
    if new:
        shown = report.style(in_colour())
        print_text(report.text(seen.answer, shown), shown.colour)
        click.echo(
            "a baseline only shrinks: mend what is new, suppress it in the note, or delete "
            f"{FILE} and begin again",
            err=True,
        )
    return Exit.FINDINGS if new else Exit.CLEAN
