"""From outcomes to rows: every block of a note gets its fate, on every device it was to run on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vaultkit.snippets.language import Kind
from vaultkit.snippets.snippet import Snippet
from vaultkit.verify.devices import difference
from vaultkit.verify.outcome import Failure, Outcome
from vaultkit.verify.row import NOWHERE, Row, reaches
from vaultkit.verify.schedule import NOT_HERE, THERE_ONLY, Task, rooted_in

if TYPE_CHECKING:
    from vaultkit.verify.work import Work


def rows_of_note(
    snippets: Sequence[Snippet], tasks: Sequence[Task], work: Work, require: str
) -> list[Row]:
    """The rows of one note; a block that is not ours has one too, so that none is lost."""
    rows = [
        _row(snippet, "cpu", fate="not-ours", why=snippet.foreign)
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


def _row(snippet: Snippet, device: str, **told: Any) -> Row:
    return Row(
        note=snippet.note,
        line=snippet.line,
        index=snippet.index,
        name=snippet.name,
        language="doctest" if snippet.kind is Kind.DOCTEST else snippet.language,
        device=device,
        seed=snippet.index,
        **{"fate": "ran", **told},
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
        if index not in planned:
            told = _absent(snippet, task)
        elif index in blocked:
            told = _blocked(root(index), root(index) in task.absent.keys() - problems)
        else:
            told = _ran(snippet, outcomes[index], flow.undefined, require)
            told["remembered"] = work.is_remembered(task, index)
        if told:
            yield _row(
                snippet,
                told.pop("device", task.device),
                depends_on=flow.depends_on,
                stale=flow.stale,
                alone=work.alone(task, index),
                **told,
            )


def _absent(snippet: Snippet, task: Task) -> dict[str, Any]:
    """Why a block did not run; {} for one whose row is the other device's."""
    why = task.absent[snippet.index]
    if snippet.problem:
        failure = Failure("Attributes", snippet.problem, snippet.line - 1)
        red = {"verdict": "failed", "error": failure, "passed": False}
        return {"fate": "skipped", "why": why, **red}
    if why == NOT_HERE:
        return {"fate": "skipped", "why": why, "device": "cuda"}
    return {} if why == THERE_ONLY else {"fate": "skipped", "why": why}


def _blocked(cause: int, skipped: bool) -> dict[str, Any]:
    if skipped:
        return {"fate": "skipped", "why": f"uses block {cause}, which was skipped"}
    why = f"uses block {cause}, which did not pass"
    return {"fate": "blocked", "why": why, "blocked_by": cause, "passed": False}


def _ran(
    snippet: Snippet, outcome: Outcome, undefined: tuple[str, ...], require: str
) -> dict[str, Any]:
    error = outcome.failure
    if error is None and undefined:
        names = ", ".join(undefined)
        told = f"{NOWHERE} {names}, which no block of the note binds"
        error = Failure("NameError", told, snippet.line)
    return {
        "fate": "defines-only" if snippet.names.defines_only else "ran",
        "verdict": outcome.verdict,
        "seconds": outcome.seconds,
        "error": error,
        "output": outcome.output,
        "judged": outcome.judged,
        "passed": reaches(outcome.verdict, require),
    }


def _nowhere(snippets: Iterable[Snippet], rows: Sequence[Row]) -> Iterable[Row]:
    """A block that no task has taken up: never passed over in silence."""
    seen = {row.index for row in rows}
    for snippet in snippets:
        if snippet.index not in seen:
            failure = Failure("Runner", "the block was never planned")
            yield _row(snippet, "cpu", verdict="crashed", error=failure, passed=False)


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
