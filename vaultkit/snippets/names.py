"""What one block of code binds and what it takes from elsewhere, found without running it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Bound(Enum):
    """How a name came to be bound; a value is what other code may change in place."""

    IMPORT = "import"
    DEFINITION = "definition"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Binding:
    """One name that a block leaves behind.

    line:   of the last top-level statement that binds it, from 1 within the block, its end.
    sure:   bound on every path through the block.
    needs:  names that a function or class reads once it is called.
    origin: the top-level package an imported name comes from, or "".
    """

    name: str
    line: int
    how: Bound
    sure: bool
    needs: frozenset[str] = frozenset()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why Python cannot parse the block: message, and line from 1 within the block."""

    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one block, as its syntax tree tells them.

    binds:    what it leaves behind, by name.
    eager:    names it certainly reads while it runs and has not bound before, with their line.
    maybe:    names it reads on some path only, or through a function of its own that it uses.
    deferred: names that only its functions read, once somebody calls them.
    changes:  names it changes in place (`np.random.seed(0)`, `os.environ[k] = v`).
    calls:    its functions named `test_…`, in order.
    modules:  modules it imports, as written.
    dynamic:  analysis cannot tell: `exec`, `eval`, `globals`, `locals`, `vars()`, a star import.
    defines_only: it holds definitions, and beside them only imports, constants and docstrings.
    """

    binds: Mapping[str, Binding]
    eager: Mapping[str, int]
    maybe: frozenset[str]
    deferred: frozenset[str]
    changes: frozenset[str]
    calls: tuple[str, ...]
    modules: tuple[str, ...]
    dynamic: bool
    defines_only: bool
    problem: SyntaxProblem | None = None

    @property
    def reads(self) -> frozenset[str]:
        """Every name the block takes from elsewhere, now or later."""
        return frozenset(self.eager) | self.maybe | self.deferred
