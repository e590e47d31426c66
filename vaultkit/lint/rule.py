"""What a rule is, and how the rules are found: every module of `lint/rules/`, by its name.

A module has `check(view)`, or `check_note(note, context)` where a note is enough.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.lint.finding import Finding, Fix, Severity
from vaultkit.lint.stated import KnownBy, Scope
from vaultkit.lint.table import TABLE
from vaultkit.text import Span

if TYPE_CHECKING:
    from vaultkit.lint.view import Context, Option, View
    from vaultkit.note import Note


class Hit(NamedTuple):
    """A finding as a rule yields it; the rule's name and severity are added by the run."""

    path: str
    span: Span
    message: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


Check = Callable[["View"], Iterator[Hit]]
NoteCheck = Callable[["Note", "Context"], Iterator[Hit]]


class Example(NamedTuple):
    """A tiny vault that shows the rule: documentation and test at once.

    files:  path -> text; each finding's place stands between `«` and `»`, none in a good one.
    fixed:  what the files whose text changes are after the rule's fixes.
    why:    one sentence, or "".
    config: the settings the example needs, as `vaultkit.toml` has them.
    """

    files: Mapping[str, str]
    fixed: Mapping[str, str] | None = None
    why: str = ""
    config: str = ""


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule as its module states it; the module is imported when more is asked than `Stated`."""

    name: str
    family: str
    severity: Severity
    default: bool
    scope: Scope
    dated: bool
    known_by: KnownBy
    leans: bool
    marks: tuple[bytes, ...]
    in_front: bool

    @cached_property
    def _module(self) -> Any:
        return importlib.import_module(f"vaultkit.lint.rules.{self.name.replace('-', '_')}")

    @property
    def page(self) -> str:
        """The module's docstring."""
        return (self._module.__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.splitlines()[0]

    @property
    def bad(self) -> tuple[Example, ...]:
        """Examples with findings."""
        return tuple(self._module.BAD)

    @property
    def good(self) -> tuple[Example, ...]:
        """Examples without one."""
        return tuple(self._module.GOOD)

    @property
    def options(self) -> tuple[Option, ...]:
        """Its own settings, as `[rules.<name>]` in the configuration has them."""
        return tuple(getattr(self._module, "OPTIONS", ()))

    @property
    def note(self) -> NoteCheck | None:
        """For a rule that needs one note at a time, what it finds in one; else None."""
        return getattr(self._module, "check_note", None)

    @property
    def check(self) -> Check:
        """What it finds in a vault."""
        note = self.note
        check: Check = (
            self._module.check if note is None else _each_note(note, self.marks, self.in_front)
        )
        return check

    def leans_on(self, view: View) -> frozenset[str]:
        """The notes among those looked at on whose text findings elsewhere depend."""
        if not self.leans or not view.holds(self.marks, self.in_front):
            return frozenset()
        return frozenset(self._module.leans_on(view))

    def findings(self, view: View) -> Iterator[Finding]:
        """What the rule finds in a vault."""
        if not view.holds(self.marks, self.in_front):
            return
        for path, span, message, suggestions, fix in self.check(view):
            yield Finding(path, span, self.name, self.severity, message, suggestions, fix)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, sorted, without importing one."""
    return {name: Rule(name, *stated) for name, stated in TABLE.items()}


def _each_note(check_note: NoteCheck, marks: tuple[bytes, ...], in_front: bool) -> Check:
    def check(view: View) -> Iterator[Hit]:
        context = view.context
        for note in view.holding(marks, in_front):
            yield from check_note(note, context)

    return check
