"""How the blocks of one session hang together: what each needs from those above it.

Everything here is read from names alone; nothing runs. Where names cannot tell
(`exec`, star imports, `globals()`) the answers say so, and a process is spent instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vaultkit.snippets.names import Binding, Bound, Names


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the analysis sees it.

    section: where the block stands; blocks of one section belong together.
    setup:   the block is there whenever any other of the session runs.
    """

    index: int
    section: str
    names: Names
    setup: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """A name read here though its last binding is by a block that has nothing to do with this."""

    name: str
    bound_by: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What one block takes from the blocks above it.

    depends_on: blocks that bind a name which this one reads, ascending.
    uses:       names this block needs while it runs, those of functions it calls included.
    lone:       False: alone it would raise NameError; True: it needs nothing from above;
                None: names cannot tell.
    stale:      names whose binding was meant for another block.
    undefined:  names its functions read that no block of the session binds.
    rests_on:   every block above that can change what this one does, ascending.
    """

    depends_on: tuple[int, ...]
    uses: frozenset[str]
    lone: bool | None
    stale: tuple[Stale, ...]
    undefined: tuple[str, ...]
    rests_on: tuple[int, ...]


def flow_of(parts: Sequence[Part]) -> dict[int, Flow]:
    """The flow of each block of one session; `parts` in the order in which they run."""
    bound_somewhere = {name for part in parts for name in part.names.binds}
    uncertain = any(part.names.dynamic for part in parts)
    flows: dict[int, Flow] = {}
    last: dict[str, list[tuple[Part, Binding]]] = {}  # binders of a name, the latest at the end
    links: dict[int, _Links] = {}
    for position, part in enumerate(parts):
        uses = _uses(part.names, last)
        binders = {n: _latest(last[n]) for n in part.names.reads | uses if n in last}
        depends = {p.index for found in binders.values() for p, _ in found}
        links[part.index] = _links(part, binders, last)
        missing = part.names.deferred | part.names.maybe
        flows[part.index] = Flow(
            depends_on=tuple(sorted(depends)),
            uses=uses,
            lone=_lone(part, last),
            stale=tuple(_stale(part, last)),
            undefined=() if uncertain else tuple(sorted(missing - bound_somewhere)),
            rests_on=_rests_on(parts[: position + 1], links),
        )
        for name, binding in part.names.binds.items():
            last.setdefault(name, []).append((part, binding))
    return flows


def _latest(binders: list[tuple[Part, Binding]]) -> list[tuple[Part, Binding]]:
    """The binders that may have made the current value: back to the last one that surely did."""
    found = []
    for binder in reversed(binders):
        found.append(binder)
        if binder[1].sure:
            break
    return found


def _uses(names: Names, last: Mapping[str, list[tuple[Part, Binding]]]) -> frozenset[str]:
    """Names needed while the block runs, through functions of earlier blocks that it reads."""
    found: set[str] = set()
    queue = [*names.eager, *names.maybe]
    while queue:
        name = queue.pop()
        if name in found:
            continue
        found.add(name)
        if name in last:
            queue += last[name][-1][1].needs - names.binds.keys()
    return frozenset(found)


def _lone(part: Part, last: Mapping[str, list[tuple[Part, Binding]]]) -> bool | None:
    names = part.names

    def from_above(name: str) -> bool:
        return name in last and not any(binder.setup for binder, _ in last[name])

    if names.dynamic:
        return None
    if any(from_above(name) for name in names.eager):
        return False
    if any(from_above(name) for name in names.maybe):
        return None
    return True


def _stale(part: Part, last: Mapping[str, list[tuple[Part, Binding]]]) -> Iterable[Stale]:
    """Names that several blocks bind for themselves, read here from one that is unrelated.

    Unrelated: it stands in another section, it did not carry the name on from the block
    before it, and this block takes nothing else from it.
    """
    reads = part.names.eager.keys() | part.names.maybe
    for name in sorted(reads):
        binders = last.get(name, [])
        if len(binders) < 2 or binders[-1][1].how is Bound.IMPORT:
            continue
        owner = binders[-1][0]
        others = {n for n in reads if n != name and n in last and last[n][-1][0] is owner}
        carried_on = name in owner.names.reads
        if owner.section != part.section and not carried_on and not _own(others, last):
            yield Stale(name, owner.index)


def _own(names: Iterable[str], last: Mapping[str, list[tuple[Part, Binding]]]) -> bool:
    return any(last[name][-1][1].how is not Bound.IMPORT for name in names)


@dataclass(frozen=True, slots=True)
class _Links:
    """A block's ties to blocks above it, and the packages it uses and changes.

    values:      owners of objects it reads: whoever shares one may change it in place.
    definitions: owners of modules, functions and classes it reads.
    """

    values: frozenset[int]
    definitions: frozenset[int]
    packages: frozenset[str]
    changes: frozenset[str]


def _links(
    part: Part,
    binders: Mapping[str, list[tuple[Part, Binding]]],
    last: Mapping[str, list[tuple[Part, Binding]]],
) -> _Links:
    values: set[int] = set()
    definitions: set[int] = set()
    packages = {binding.origin for binding in part.names.binds.values()}
    for name, found in binders.items():
        for owner, binding in found:
            shared = binding.how is Bound.VALUE or (
                binding.how is Bound.DEFINITION and name in part.names.changes
            )
            (values if shared else definitions).add(owner.index)
            packages.add(binding.origin)
    changes = set()
    for name in part.names.changes:
        if name in part.names.binds:
            changes.add(part.names.binds[name].origin)
        elif name in last:
            changes.add(last[name][-1][1].origin)
    return _Links(
        frozenset(values),
        frozenset(definitions),
        frozenset(packages - {""}),
        frozenset(changes - {""}),
    )


def _rests_on(prefix: Sequence[Part], links: Mapping[int, _Links]) -> tuple[int, ...]:
    """Every block above the last one of the prefix that can change what that one does.

    A value can be changed in place by whoever reads it, or something it was made from, so
    blocks tied by values stand and fall together. Modules and definitions are shared only
    with the code that changes them in plain sight.
    """
    target = prefix[-1].index
    if any(part.names.dynamic for part in prefix):
        return tuple(part.index for part in prefix[:-1])
    reached = {target, *(part.index for part in prefix if part.setup)}
    while True:
        owners = {i for one in reached for i in links[one].values}
        named = {i for one in reached for i in links[one].definitions}
        packages = {name for one in reached for name in links[one].packages}
        grown = reached | owners | named
        for part in prefix:
            link = links[part.index]
            if link.values & (owners | reached) or link.changes & packages:
                grown.add(part.index)
        if grown == reached:
            return tuple(sorted(reached - {target}))
        reached = grown
