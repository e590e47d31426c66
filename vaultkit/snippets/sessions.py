"""Which blocks of a note share a namespace, and in what order they run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from vaultkit.snippets.flow import Flow, Part, flow_of
from vaultkit.snippets.language import Kind
from vaultkit.snippets.snippet import Snippet


@dataclass(frozen=True)
class Session:
    """Blocks that run one after the other in one namespace.

    name:  "" for the note's own, the word of `session=`, or `#3` for the isolated block 3.
    setup: blocks of other sessions that run first, for what they make.
    own:   the session's blocks, those that are skipped among them.
    """

    note: str
    name: str
    setup: tuple[Snippet, ...]
    own: tuple[Snippet, ...]

    @property
    def blocks(self) -> tuple[Snippet, ...]:
        """Every block that runs, in order."""
        return (*self.setup, *self.own)

    @cached_property
    def flows(self) -> Mapping[int, Flow]:
        """What each block takes from those above it."""
        return flow_of([Part(s.index, s.section, s.names, s.attributes.setup) for s in self.blocks])


def sessions(snippets: Iterable[Snippet]) -> tuple[Session, ...]:
    """The sessions of one note's blocks, in the order in which they begin.

    A setup block belongs to its own session and runs first in those that begin below it.
    """
    ours = [s for s in snippets if s.ours]
    groups: dict[str, list[Snippet]] = {}
    for snippet in ours:
        groups.setdefault(_name(snippet), []).append(snippet)
    made = []
    for name, own in groups.items():
        setup = tuple(
            s
            for s in ours
            if s.runs and s.attributes.setup and _name(s) != name and s.index < own[0].index
        )
        made.append(Session(own[0].note, name, setup, tuple(own)))
    return tuple(made)


def _name(snippet: Snippet) -> str:
    return f"#{snippet.index}" if snippet.attributes.isolated else snippet.attributes.session


# Modules whose import does something that a note should do itself.
_NOT_AHEAD = frozenset({"__main__", "antigravity", "this", "turtle", "tkinter", "idlelib"})


def modules_of(snippets: Iterable[Snippet]) -> tuple[str, ...]:
    """Every module that the blocks import, in order of appearance; doctest where it is needed."""
    found: dict[str, None] = {}
    for snippet in snippets:
        if snippet.runs:
            found.update(
                (module, None)
                for module in snippet.names.modules
                if module.partition(".")[0] not in _NOT_AHEAD
            )
            if snippet.kind is Kind.DOCTEST:
                found["doctest"] = None
    return tuple(found)
