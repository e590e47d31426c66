"""Declarations that a person may copy into a note, as values. Nobody else writes them there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One declaration.

    declaration: "implements=focal-loss fn=focal alpha=scalar"
    agrees:      whether a trial run agreed with the definition, or only the name hints at it
    """

    declaration: str
    concept: str
    agrees: bool
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is suggested for one function that declares nothing.

    index, line: of the block that binds it.
    suggestions: best first; empty where it fits no concept.
    problem:     why it could not be tried, or "".
    """

    note: str
    index: int
    line: int
    function: str
    suggestions: tuple[Suggestion, ...] = ()
    problem: str = ""
