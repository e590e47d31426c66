"""From outcomes to rows: every block of a note gets its fate, on every device it was to run on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vaultkit.snippets.flow import Flow
from vaultkit.snippets.language import Kind
from vaultkit.snippets.snippet import Snippet
from vaultkit.verify.devices import difference
from vaultkit.verify.outcome import Failure, Outcome
from vaultkit.verify.row import NOWHERE, Alone, Fate, Row, reaches
from vaultkit.verify.schedule import Task, rooted_in

if TYPE_CHECKING:
    from vaultkit.verify.work import Work


def rows_of_note(
    snippets: Sequence[Snippet], tasks: Sequence[Task], work: Work, require: str
) -> list[Row]:
    """The rows of one note; a block that is not ours has one too, so that none is lost."""
    rows = [
        replace(_blank(snippet, "cpu"), fate="not-ours", why=snippet.foreign)
        for snippet in snippets
        if not snippet.ours
    ]
    results: dict[tuple[int, str], Outcome] = {}
    for task in tasks:
        for row in _rows_of_task(task, work, require):
            rows.append(row)
            if row.verdict is not None:
                results[row.index, row.device] = work.outcome(task, row.index)
    rows += _nowhere(snippets, rows)
    return [compared(row, results) for row in rows]


def _blank(
    snippet: Snippet, device: str, flow: Flow | None = None, alone: Alone = "unknown"
) -> Row:
    return Row(
        note=snippet.note,
        line=snippet.line,
        index=snippet.index,
        name=snippet.name,
        language="doctest" if snippet.kind is Kind.DOCTEST else snippet.language,
        fate="ran",
        device=device,
        seed=snippet.index,
        depends_on=flow.depends_on if flow else (),
        stale=flow.stale if flow else (),
        alone=alone,
    )


def _rows_of_task(task: Task, work: Work, require: str) -> Iterable[Row]:
    planned = {snippet.index for snippet in task.planned()}
    outcomes = {index: work.outcome(task, index) for index in planned}
    blocked = {i: o.blocked_by for i, o in outcomes.items() if o.blocked_by is not None}
    root = rooted_in(task.absent, blocked)
    problems = {s.index for s in task.session.blocks if s.problem}
    for snippet in task.session.own:
        index = snippet.index
        flow = task.session.flows[index]
        row = _blank(snippet, task.device, flow, work.alone(task, index))
        if index not in planned:
            if (told := _absent_row(row, snippet, task)) is not None:
                yield told
        elif index in blocked:
            cause = root(index)
            if cause in task.absent and cause not in problems:
                why = f"uses block {cause}, which was skipped"
                yield replace(row, fate="skipped", why=why)
            else:
                why = f"uses block {cause}, which did not pass"
                yield replace(row, fate="blocked", why=why, blocked_by=cause, passed=False)
        else:
            yield _ran(row, snippet, outcomes[index], flow.undefined, require, work, task)


def _absent_row(row: Row, snippet: Snippet, task: Task) -> Row | None:
    why = task.absent[snippet.index]
    if snippet.problem:
        failure = Failure("Attributes", snippet.problem, snippet.line - 1)
        return replace(row, fate="skipped", why=why, verdict="failed", error=failure, passed=False)
    if why.endswith("runs there only"):
        return None  # its row is the other device's
    return replace(row, fate="skipped", why=why)


def _ran(
    row: Row,
    snippet: Snippet,
    outcome: Outcome,
    undefined: tuple[str, ...],
    require: str,
    work: Work,
    task: Task,
) -> Row:
    fate: Fate = "defines-only" if snippet.names.defines_only else "ran"
    error = outcome.failure
    if error is None and undefined:
        names = ", ".join(undefined)
        told = f"{NOWHERE} {names}, which no block of the note binds"
        error = Failure("NameError", told, snippet.line)
    return replace(
        row,
        fate=fate,
        verdict=outcome.verdict,
        seconds=outcome.seconds,
        error=error,
        output=outcome.output,
        judged=outcome.judged,
        passed=reaches(outcome.verdict, require),
        remembered=work.is_remembered(task, row.index),
    )


def _nowhere(snippets: Iterable[Snippet], rows: Sequence[Row]) -> Iterable[Row]:
    """A block that no task has taken up: never passed over in silence."""
    seen = {row.index for row in rows}
    for snippet in snippets:
        if snippet.index not in seen:
            failure = Failure("Runner", "the block was never planned")
            yield replace(_blank(snippet, "cpu"), verdict="crashed", error=failure, passed=False)


def compared(row: Row, results: Mapping[tuple[int, str], Outcome]) -> Row:
    """A CUDA row fails where what the block calls its result differs from the CPU's."""
    here = results.get((row.index, row.device))
    there = results.get((row.index, "cpu"))
    if row.device == "cpu" or here is None or there is None or not row.passed:
        return row
    known = dict(there.result)
    for name, value in here.result:
        told = difference(name, known[name], value, ("cpu", row.device)) if name in known else ""
        if told:
            failure = Failure("DeviceMismatch", told, row.line)
            return replace(row, verdict="failed", error=failure, passed=False)
    return row
