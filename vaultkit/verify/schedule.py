"""From snippets to jobs: which sessions run where, what each block needs, what cannot run."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from vaultkit.snippets.language import Kind
from vaultkit.snippets.sessions import Session
from vaultkit.snippets.snippet import Snippet
from vaultkit.verify.devices import asks_for_device
from vaultkit.verify.job import Block, Job, Limits

_CUDA = "cuda"
# Why a block that needs a GPU does not run on a device.
NOT_HERE, THERE_ONLY = "needs cuda: no CUDA device here", "needs cuda: runs there only"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person asked for, and what there is.

    device: `auto`, `cpu` or `cuda`.
    cuda:   whether there is a CUDA device.
    """

    device: str = "auto"
    cuda: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Task:
    """One session on one device.

    absent: why blocks of it do not run there, by index.
    """

    session: Session
    device: str
    absent: Mapping[int, str]

    def planned(self) -> tuple[Snippet, ...]:
        """The session's own blocks that must be reported."""
        return tuple(s for s in self.session.own if s.index not in self.absent)


def devices_of(session: Session, choice: Choice) -> tuple[str, ...]:
    """Where a session runs: on the CPU, and on a GPU where its code asks for a device.

    A device that is asked for and not there is planned too: its blocks are counted as skipped.
    """
    if choice.device != "auto":
        return (choice.device,)
    asks = any(
        _CUDA in s.attributes.needs or s.attributes.implements or asks_for_device(s.code)
        for s in session.own
    )
    return ("cpu", _CUDA) if asks and choice.cuda else ("cpu",)


def task(session: Session, device: str, choice: Choice) -> Task:
    """A session on a device, with the blocks that cannot run there."""
    absent = {}
    for snippet in session.blocks:
        if why := _absent(snippet, device, choice):
            absent[snippet.index] = why
    return Task(session, device, absent)


def _absent(snippet: Snippet, device: str, choice: Choice) -> str:
    if snippet.problem:
        return snippet.problem
    if snippet.attributes.skip:
        return snippet.attributes.skip
    for need in snippet.attributes.needs:
        if need == _CUDA:
            if not choice.cuda:
                return NOT_HERE
            if device != _CUDA:
                return THERE_ONLY
        elif not _is_there(need):
            return f"needs {need}: not installed"
    return ""


@cache
def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module.partition(".")[0]) is not None
    except (ImportError, ValueError):
        return False


def job(
    number: int,
    planned: Task,
    file: str,
    limits: Limits,
    wanted: Collection[int] | None = None,
) -> Job:
    """The job of a task.

    wanted: indexes of the blocks to report; the others of the session run when these rest on
            them, and are left out otherwise. None asks for all.
    """
    session = planned.session
    flows = session.flows
    own = {s.index for s in session.own}
    reported = own - set(planned.absent) if wanted is None else set(wanted)
    needed = reported.union(*(flows[index].rests_on for index in reported))
    if wanted is None:
        needed = own | {s.index for s in session.setup}
    blocks = tuple(
        block(
            snippet,
            flows[snippet.index].uses,
            snippet.index in reported,
            snippet.index in planned.absent,
        )
        for snippet in session.blocks
        if snippet.index in needed
    )
    return Job(number, session.note, file, blocks, planned.device, limits)


def block(
    snippet: Snippet, uses: frozenset[str], reported: bool = True, absent: bool = False
) -> Block:
    """One snippet as the child runs it; its seed is its place in the note."""
    said = snippet.attributes
    declares = (
        (("implements", said.implements), ("fn", said.fn), *said.convention)
        if said.implements
        else ()
    )
    return Block(
        index=snippet.index,
        line=snippet.line,
        code=snippet.code,
        doctest=snippet.kind is Kind.DOCTEST,
        reported=reported,
        absent=absent,
        seed=snippet.index,
        timeout=said.timeout,
        raises=said.raises,
        xfail=said.xfail,
        uses=uses,
        binds=tuple((name, bound.line) for name, bound in snippet.names.binds.items()),
        calls=snippet.names.calls if snippet.kind is Kind.PYTHON else (),
        result=said.result,
        declares=tuple((key, value) for key, value in declares if value),
    )


def lone_job(number: int, planned: Task, file: str, limits: Limits, index: int) -> Job:
    """A block by itself, after the setup blocks above it alone."""
    blocks = tuple(
        block(s, frozenset(), s.index == index)
        for s in planned.session.blocks
        if s.index == index or (s.attributes.setup and s.index < index)
        if s.index not in planned.absent
    )
    return Job(number, planned.session.note, file, blocks, planned.device, limits)


def resumed(number: int, cut: Job, ended_in: int, session: Session) -> Job | None:
    """What is left of a job whose process ended in a block, or None when nothing is.

    The block that ended it is taken as failed; blocks above it run again, unreported, when
    what is left rests on them.
    """
    order = [one.index for one in cut.blocks]
    place = order.index(ended_in)
    left = [one for one in cut.blocks[place + 1 :] if one.reported]
    if not left:
        return None
    flows = session.flows
    rests = {i for one in left for i in flows[one.index].rests_on if one.index in flows}
    before = [
        replace(one, reported=False)
        for one in cut.blocks[:place]
        if one.index in rests or one.absent
    ]
    cutting = replace(cut.blocks[place], absent=True, reported=False)
    return replace(cut, id=number, blocks=(*before, cutting, *cut.blocks[place + 1 :]))


def rooted_in(absent: Mapping[int, str], blocked: Mapping[int, int]) -> Callable[[int], int]:
    """The block at the start of a chain of `blocked by`."""

    def root(index: int) -> int:
        seen = {index}
        while index in blocked and index not in absent and blocked[index] not in seen:
            index = blocked[index]
            seen.add(index)
        return index

    return root


def tasks(found: Iterable[Session], choice: Choice) -> Sequence[Task]:
    """Every session on every device it is to run on."""
    return [task(one, device, choice) for one in found for device in devices_of(one, choice)]
