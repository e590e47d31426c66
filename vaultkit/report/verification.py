"""What became of the notes' blocks: as text, as JSON, and as annotations on a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

import click

from vaultkit.report.shown import one_line
from vaultkit.verify.row import NOWHERE, Row, Verification

# The text of a note's line, counted from 1.
LineOf = Callable[[str, int], str]

_COLOURS = {"passed": "green", "agrees": "green", "robust": "green", "timeout": "yellow"}
_CONTEXT = 2
_SHOWN = 3  # divergences of a function, each with its inputs


def verification_value(made: Verification) -> dict[str, Any]:
    """A whole run as the JSON contract has it."""
    return {
        "version": 1,
        "environment": made.environment,
        "blocks": [row_value(row) for row in made.rows],
        "summary": {**made.summary(), "why": [_why_value(row) for row in made.rows if row.why]},
    }


def row_value(row: Row) -> dict[str, Any]:
    """One block on one device as the JSON contract has it."""
    error = row.error
    value: dict[str, Any] = {
        "note": row.note,
        "line": row.line,
        "index": row.index,
        "language": row.language,
        "fate": row.fate,
        "verdict": row.verdict,
        "device": row.device,
        "seconds": round(row.seconds, 6),
        "error": error and {"type": error.type, "message": error.message, "line": error.line},
        "depends_on": list(row.depends_on),
        "blocked_by": row.blocked_by,
        "alone": row.alone,
        "stale": [{"name": one.name, "bound_by": one.bound_by} for one in row.stale],
        "seed": row.seed,
    }
    if row.judged is not None:
        value["judged"] = row.judged
    return value


def _why_value(row: Row) -> dict[str, Any]:
    return {"note": row.note, "index": row.index, "device": row.device, "why": row.why}


def verification_lines(made: Verification, line_of: LineOf, verbose: bool) -> Iterator[str]:
    """What did not pass, what is doubtful, and the counts; with `verbose` every block."""
    for row in made.rows:
        if row.passed is False:
            yield from _failure(row, line_of)
        elif verbose:
            yield _line(row)
        if row.judged and (verbose or row.passed is False):
            yield from _judgement(row)
        yield from _doubts(row)
    yield from _summary(made)


def _place(row: Row, line: int | None = None) -> str:
    return click.style(f"{one_line(row.note)}:{line or row.line}", bold=True)


def _line(row: Row) -> str:
    word = row.verdict or row.fate
    told = click.style(word, fg=_COLOURS.get(word, "red" if row.passed is False else "blue"))
    kind = " (defines only)" if row.fate == "defines-only" else ""
    device = f" on {row.device}" if row.device != "cpu" else ""
    again = " (remembered)" if row.remembered else ""
    why = f": {one_line(row.why)}" if row.why else ""
    return f"{_place(row)} block {row.index} {row.name} {told}{kind}{device}{again}{why}"


def _failure(row: Row, line_of: LineOf) -> Iterator[str]:
    error = row.error
    if error is None:
        yield _line(row)
        return
    yield (
        f"{_line(row)}: {error.type}: {one_line(error.message.splitlines()[0][:300])}"
        if (error.message)
        else f"{_line(row)}: {error.type}"
    )
    if error.line is not None:
        first = max(error.line - _CONTEXT, row.line)
        for number in range(first, error.line + 1):
            mark = click.style(">", fg="red") if number == error.line else " "
            yield f"  {mark} {number:>5} | {one_line(line_of(row.note, number))}"
    if row.depends_on:
        needs = ", ".join(map(str, row.depends_on))
        blocks = "blocks" if len(row.depends_on) > 1 else "block"
        yield f"    depends on {blocks} {needs}; seed {row.seed}"
    for line in row.output.splitlines()[-3:]:
        yield f"    printed: {one_line(line[:200])}"


def _judgement(row: Row) -> Iterator[str]:
    """Why a function's verdict is not higher: the cause, and inputs that show it."""
    told = row.judged
    if told["explanation"]:
        yield f"    {click.style(one_line(told['explanation']), bold=True)}"
    first: dict[str, Any] = {}
    for cell in told["cells"]:
        for divergence in cell["divergences"]:
            first.setdefault(divergence["topic"], divergence)
    for one in list(first.values())[:_SHOWN]:
        yield f"    diverges on {one['topic']} ({one['dtype']}, {one['device']}):"
        for line in one["call"].splitlines():
            yield f"      {one_line(line)}"
        yield f"      gives {one_line(one['got'])}, right is {one_line(one['expected'])}"
        if one["explanation"]:
            yield f"      {one_line(one['explanation'])}"
    if left := list(first)[_SHOWN:]:
        yield f"    diverges also on {', '.join(left)}; --report FILE shows all"


def _doubts(row: Row) -> Iterator[str]:
    for one in row.stale:
        told = f"reads `{one.name}` as the unrelated block {one.bound_by} left it"
        yield f"{_place(row)} block {row.index} {click.style('stale', fg='yellow')}: {told}"
    if row.passed and row.error is not None and row.error.message.startswith(NOWHERE):
        warning = click.style("warning", fg="yellow")
        yield f"{_place(row)} block {row.index} {warning}: {one_line(row.error.message)}"


def _summary(made: Verification) -> Iterator[str]:
    counts = made.summary()
    yield ""
    for why, number in counts["skipped"].items():
        yield f"{number:>6}  {click.style('skipped', fg='blue')}: {one_line(why)}"
    for name, number in counts["fates"].items():
        if name != "skipped":
            yield f"{number:>6}  {name}"
    for name, number in counts["verdicts"].items():
        yield f"{number:>6}  {click.style(name, fg=_COLOURS.get(name, 'red'))}"
    if counts["remembered"]:
        yield f"{counts['remembered']:>6}  of them remembered from an earlier run"
    blocks, notes = counts["blocks"], counts["notes"]
    yield f"{blocks:>6}  blocks in {notes} notes, {counts['failed']} not as their markers say"
    yield f"sandbox: {made.environment.get('sandbox', 'nothing had to run')}"


def workflow_commands(made: Verification, prefix: str) -> Iterator[str]:
    """GitHub's workflow commands, one for each thing to look at.

    prefix: the vault's folder relative to the repository, "" when it is the repository.
    """
    for row in made.rows:
        if row.passed is False:
            error = row.error
            told = f"{error.type}: {error.message}" if error else row.why or row.fate
            line = error.line if error and error.line else row.line
            title = f"block {row.index} {row.verdict or row.fate} on {row.device}"
            yield _command("error", prefix, row.note, line, title, told)
        for one in row.stale:
            told = f"reads {one.name} as block {one.bound_by} left it"
            yield _command("warning", prefix, row.note, row.line, "stale read", told)


def _command(kind: str, prefix: str, note: str, line: int, title: str, told: str) -> str:
    path = str(PurePosixPath(prefix) / note) if prefix else note
    return f"::{kind} file={_property(path)},line={line},title={_property(title)}::{_escaped(told)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
