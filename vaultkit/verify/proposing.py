"""Declarations for functions that declare nothing: what `verify --suggest` runs.

Each block with such functions runs once more, in a process of its own inside the walls, after the
blocks it rests on; there its functions are called on small inputs of every concept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.snippets.names import Bound
from vaultkit.snippets.sessions import modules_of, sessions
from vaultkit.snippets.snippet import Snippet
from vaultkit.verify.job import Job, Limits
from vaultkit.verify.outcome import JobOutcome
from vaultkit.verify.own import check
from vaultkit.verify.proposal import Proposal, Suggestion
from vaultkit.verify.runner import Runner
from vaultkit.verify.schedule import Choice, Task, job, tasks

if TYPE_CHECKING:
    from vaultkit.note import Note
    from vaultkit.verify.run import Options


class _Asked(NamedTuple):
    task: Task
    snippet: Snippet
    names: tuple[str, ...]


def proposals(
    vault: Path,
    notes: Mapping[str, Note],
    collect: Callable[[Note], tuple[Snippet, ...]],
    options: Options,
) -> tuple[Proposal, ...]:
    """What may be declared of the notes' functions, by note, block and place in the block.

    A block that says `raises=` or `xfail`, or does not run, is not asked. Nothing is written,
    and nothing is remembered.
    """
    found = {path: collect(note) for path, note in notes.items()}
    every = (one for snippets in found.values() for one in _asked(snippets, options))
    asked = dict(enumerate(every, 1))
    made = [_job(number, one, vault, options.limits) for number, one in asked.items()]
    if not made:
        return ()
    modules = modules_of(s for snippets in found.values() for s in snippets)
    with Runner(
        vault, modules, options.sandbox, options.jobs, options.read, options.oracles, judges=True
    ) as runner:
        check(runner, options.oracles)
        told = {ended.id: list(_told(asked[ended.id], ended)) for ended in runner.run(made)}
    return tuple(one for number in sorted(told) for one in told[number])


def _asked(snippets: Sequence[Snippet], options: Options) -> Iterator[_Asked]:
    """The blocks of a note that have functions to ask about."""
    declared = set(_declared(snippets))
    for task in tasks(sessions(snippets), Choice("cpu", False, options.limits)):
        for snippet in task.planned():
            said = snippet.attributes
            names = tuple(n for n in _functions(snippet) if n not in declared)
            if names and not (said.raises or said.xfail):
                yield _Asked(task, snippet, names)


def _functions(snippet: Snippet) -> Iterator[str]:
    """Functions and classes that the block defines, tests and hidden ones aside."""
    names = snippet.names
    for name, bound in names.binds.items():
        if bound.how is Bound.DEFINITION and name not in names.calls and name[0] != "_":
            yield name


def _declared(snippets: Iterable[Snippet]) -> Iterator[str]:
    """Functions that some block of the note speaks for already."""
    for snippet in snippets:
        if snippet.attributes.implements:
            fn = snippet.attributes.fn
            yield from [fn.partition(".")[0]] if fn else _functions(snippet)


def _job(number: int, one: _Asked, vault: Path, limits: Limits) -> Job:
    """The block after those it rests on, with its question; nothing is judged again."""
    index = one.snippet.index
    plain = job(number, one.task, str(vault / one.snippet.note), limits, {index})
    return replace(
        plain,
        blocks=tuple(
            replace(block, declares=(), asks=one.names if block.index == index else ())
            for block in plain.blocks
        ),
    )


def _told(asked: _Asked, ended: JobOutcome) -> Iterator[Proposal]:
    _, snippet, names = asked
    outcome = next((one for one in ended.outcomes if one.index == snippet.index), None)
    known = {one["function"]: one["suggestions"] for one in (outcome and outcome.proposed) or ()}
    if outcome is None:
        problem = "a block it rests on ended the process"
    elif outcome.failure is not None:
        problem = f"{outcome.failure.type}: {outcome.failure.message}"
    elif outcome.blocked_by is not None:
        problem = f"uses block {outcome.blocked_by}, which did not pass"
    else:
        problem = "the block left nothing callable under this name"
    for name in names:
        yield Proposal(
            snippet.note,
            snippet.index,
            snippet.line,
            name,
            tuple(Suggestion(**one) for one in known.get(name, ())),
            "" if name in known else problem,
        )
