"""The work of one run: jobs for what is not remembered, and what follows from their outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.verify import remember
from vaultkit.verify.cache import Cache
from vaultkit.verify.job import Job
from vaultkit.verify.outcome import Failure, JobOutcome, Outcome
from vaultkit.verify.row import Alone
from vaultkit.verify.runner import Runner
from vaultkit.verify.schedule import Task, job, lone_job, resumed

if TYPE_CHECKING:
    from vaultkit.verify.run import Options

_OK = ("passed", "executed", "called", "agrees", "robust")


@dataclass(eq=False)
class State:
    """What is known of one task so far.

    remembered: indexes whose outcome is from an earlier run.
    partial:    blocks were left out because names say they do not matter.
    """

    task: Task
    keys: dict[int, str] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    alone: dict[int, Alone] = field(default_factory=dict)
    remembered: set[int] = field(default_factory=set)
    partial: bool = False


class Work:
    """Tasks on their way to outcomes."""

    def __init__(self, vault: Path, options: Options, cache: Cache) -> None:
        self.vault, self.options, self.cache = vault, options, cache
        self.states: dict[int, State] = {}
        self._numbers = count(1)

    def recall(self, tasks: Iterable[Task]) -> None:
        """Take the tasks on, and look up what is known of their blocks."""
        chosen = self.options.digest()
        for task in tasks:
            state = self.states[id(task)] = State(task)
            for snippet in task.planned() if self.cache else ():
                key = remember.block_key(task.session, snippet.index, task.device, chosen)
                state.keys[snippet.index] = key
        known = self.cache.get(key for s in self.states.values() for key in s.keys.values())
        for state in self.states.values():
            for snippet in state.task.planned() if known else ():
                told = known.get(state.keys[snippet.index])
                if told is None:
                    continue
                outcome = remember.outcome_of(told, snippet.line, self.vault)
                if outcome is not None:
                    state.outcomes[snippet.index] = outcome
                    state.remembered.add(snippet.index)
                    if told["alone"]:
                        state.alone[snippet.index] = told["alone"]

    @property
    def open(self) -> bool:
        """Whether anything is left to run."""
        return any(self._wanted(state) for state in self.states.values())

    def _wanted(self, state: State) -> set[int]:
        planned = {snippet.index for snippet in state.task.planned()}
        return planned - state.outcomes.keys()

    def run(self, runner: Runner) -> None:
        """Run what is open, what is left after each crash, and blocks whose names cannot tell."""
        self._run_all(runner, self._first_jobs())
        again = [s for s in self.states.values() if s.partial and self._failed(s)]
        for state in again:  # what was left out may have mattered after all
            state.outcomes.clear()
            state.remembered.clear()
        self._run_all(runner, ((state, self._job(state, None)) for state in again))
        self._run_alone(runner)
        self._keep()

    def _first_jobs(self) -> Iterator[tuple[State, Job]]:
        for state in self.states.values():
            wanted = self._wanted(state)
            if wanted:
                made = self._job(state, wanted if state.remembered else None)
                state.partial = len(made.blocks) < len(state.task.session.blocks)
                yield state, made

    def _job(self, state: State, wanted: set[int] | None) -> Job:
        note = str(self.vault / state.task.session.note)
        return job(next(self._numbers), state.task, note, self.options.limits, wanted)

    def _run_all(self, runner: Runner, some: Iterable[tuple[State, Job]]) -> None:
        todo: Iterable[tuple[State, Job]] = some
        while todo:
            owners: dict[int, tuple[State, Job]] = {}
            left: list[tuple[State, Job]] = []
            for ended in runner.run(_noted(todo, owners)):
                state, one = owners.pop(ended.id)
                self._take(state, ended)
                if ended.ended_in is not None:
                    number = next(self._numbers)
                    rest = resumed(number, one, ended.ended_in, state.task.session)
                    if rest is not None:
                        left.append((state, rest))
            todo = left

    def _take(self, state: State, ended: JobOutcome) -> None:
        planned = {snippet.index for snippet in state.task.planned()}
        for outcome in ended.outcomes:
            if outcome.index in planned and outcome.index not in state.outcomes:
                state.outcomes[outcome.index] = outcome

    def _failed(self, state: State) -> bool:
        return any(
            outcome.verdict in ("failed", "diverges", None)
            for index, outcome in state.outcomes.items()
            if index not in state.remembered
        )

    def _run_alone(self, runner: Runner) -> None:
        jobs: dict[int, tuple[State, int]] = {}
        made: list[Job] = []
        for state in self.states.values():
            for snippet in state.task.planned():
                index = snippet.index
                outcome = state.outcomes.get(index)
                ran = outcome is not None and outcome.verdict in (*_OK, "failed", "diverges")
                unsure = state.task.session.flows[index].lone is None
                if not (ran and unsure) or index in state.alone:
                    continue
                note = str(self.vault / snippet.note)
                number = next(self._numbers)
                made.append(lone_job(number, state.task, note, self.options.limits, index))
                jobs[number] = state, index
        for ended in runner.run(made):
            state, index = jobs[ended.id]
            told = next((o.verdict for o in ended.outcomes if o.index == index), None)
            state.alone[index] = (
                "passed" if told in _OK else "failed" if told == "failed" else "unknown"
            )

    def _keep(self) -> None:
        if not self.cache:
            return
        for state in self.states.values():
            for snippet in state.task.planned():
                outcome = state.outcomes.get(snippet.index)
                if outcome is None or snippet.index in state.remembered:
                    continue
                if remember.lasting(outcome):
                    value = remember.outcome_value(outcome, snippet.line, self.vault)
                    value["alone"] = state.alone.get(snippet.index, "")
                    self.cache.put(state.keys[snippet.index], value)

    def outcome(self, task: Task, index: int) -> Outcome:
        """What became of a planned block; without a report it is a crash, never a pass."""
        found = self.states[id(task)].outcomes.get(index)
        if found is not None:
            return found
        told = Failure("Runner", "the block was planned, and no report of it came back")
        return Outcome(index, "crashed", failure=told)

    def alone(self, task: Task, index: int) -> Alone:
        """Whether a block would run without the blocks above it."""
        state = self.states[id(task)]
        if index in state.alone:
            return state.alone[index]
        lone = task.session.flows[index].lone
        if lone is False:
            return "failed"
        outcome = state.outcomes.get(index)
        if lone is None or outcome is None or outcome.verdict is None:
            return "unknown"
        return (
            "passed"
            if outcome.verdict in _OK
            else ("failed" if outcome.verdict in ("failed", "diverges") else "unknown")
        )

    def is_remembered(self, task: Task, index: int) -> bool:
        """Whether a block's outcome is from an earlier run."""
        return index in self.states[id(task)].remembered

    def lasting(self, tasks: Iterable[Task]) -> bool:
        """Whether every planned block of these tasks would end the same again."""
        return all(
            remember.lasting(outcome) or outcome.blocked_by is not None
            for task in tasks
            for snippet in task.planned()
            for outcome in [self.outcome(task, snippet.index)]
        )

    def reads(self, tasks: Iterable[Task]) -> list[str]:
        """The files of the vault that blocks of these tasks read."""
        return [
            path
            for task in tasks
            for outcome in self.states[id(task)].outcomes.values()
            for path in outcome.reads
        ]


def _noted(
    todo: Iterable[tuple[State, Job]], owners: dict[int, tuple[State, Job]]
) -> Iterator[Job]:
    """The jobs, made one by one as they are asked for, each with its owner written down."""
    for state, made in todo:
        owners[made.id] = state, made
        yield made
