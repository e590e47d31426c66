"""One code block of a note, as a value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from vaultkit.snippets.attributes import Attributes
from vaultkit.snippets.language import Kind, statements
from vaultkit.snippets.names import Names
from vaultkit.snippets.walk import names_of
from vaultkit.text import Span

_NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class Snippet:
    """A Python-looking block.

    note:      its note's path, relative to the vault.
    index:     counts the note's Python-looking blocks from 1.
    name:      a short name that stays when other sections change: `focal-loss-1`.
    line:      the note's line that holds the first line of code.
    code:      without the container's markers, line ends as LF.
    section:   the heading it stands under, with its place among equal ones.
    foreign:   why the block is not ours to run, or "".
    problem:   why its attributes cannot be read, or "".
    code_span: the bytes of the code's lines in the note.
    container: what the block stands in, outermost first.
    """

    note: str
    index: int
    name: str
    line: int
    language: str
    kind: Kind
    code: str
    attributes: Attributes
    section: str = ""
    foreign: str = ""
    problem: str = ""
    code_span: Span = _NOWHERE
    container: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether the block is to run or to be skipped by us."""
        return not self.foreign

    @property
    def runs(self) -> bool:
        """Whether the block is to run, as far as the note says."""
        return self.ours and not self.problem and not self.attributes.skip

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the code, as hexadecimal digits."""
        return digest_of(self.code)

    @cached_property
    def names(self) -> Names:
        """What the block binds and needs."""
        code = statements(self.code) if self.kind is Kind.DOCTEST else self.code
        return names_of(code)


def digest_of(code: str) -> str:
    """SHA-256 of a block's code, as hexadecimal digits."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
