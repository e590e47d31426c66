"""What a rule is, and how the rules are found: every module of `lint/rules/`, by its name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal, NamedTuple

from vaultkit.lint.finding import Finding, Fix, Severity
from vaultkit.lint.view import Context, Option, View
from vaultkit.note import Note
from vaultkit.text import Span


class Hit(NamedTuple):
    """A finding as a rule yields it; the rule's name and severity are added by the run."""

    path: str
    span: Span
    message: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


Scope = Literal["note", "file", "front", "vault"]
Check = Callable[[View], Iterator[Hit]]
NoteCheck = Callable[[Note, Context], Iterator[Hit]]


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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its module states it.

    summary: the docstring's first line; page: the whole docstring.
    default: whether it runs when nothing is selected.
    options: its own settings, as `[rules.<name>]` in the configuration has them.
    note:    for a rule that needs one note at a time, what it finds in one; else None.
    scope:   what a finding in a file depends on beside the list of files and the settings:
             "note": on that note alone; "file": on that file, and on names, titles, aliases,
             headings and blocks of others; "front": on front matter, in whatever note, and on the
             text of the notes that `leans_on` names; "vault": on anything.
    leans_on: the notes among those looked at on whose text findings elsewhere depend.
    dated:   whether the findings depend on the day of the run.
    known_by: what makes a finding the same one later: the text it points at, or its message
             where that is about the file as a whole.
    """

    name: str
    family: str
    severity: Severity
    default: bool
    summary: str
    page: str
    check: Check
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    options: tuple[Option, ...] = ()
    note: NoteCheck | None = None
    scope: Scope = "vault"
    leans_on: Callable[[View], Iterator[str]] | None = None
    dated: bool = False
    known_by: Literal["text", "message"] = "text"

    def findings(self, view: View) -> Iterator[Finding]:
        """What the rule finds in a vault."""
        for path, span, message, suggestions, fix in self.check(view):
            yield Finding(path, span, self.name, self.severity, message, suggestions, fix)


@cache
def rule_names() -> tuple[str, ...]:
    """The names of all rules, sorted, without loading one."""
    from vaultkit.lint import rules

    stems = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return tuple(stem.replace("_", "-") for stem in stems)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, sorted: a file in the package is a rule, none can be forgotten."""
    from vaultkit.lint import rules

    found = (
        _rule(importlib.import_module(f"{rules.__name__}.{name.replace('-', '_')}"))
        for name in rule_names()
    )
    return {rule.name: rule for rule in found}


def _rule(module: ModuleType) -> Rule:
    """A rule's module has `check(view)`, or `check_note(note, context)` where a note is enough."""
    page = (module.__doc__ or "").strip()
    note: NoteCheck | None = getattr(module, "check_note", None)
    return Rule(
        name=module.__name__.rpartition(".")[2].replace("_", "-"),
        family=module.FAMILY,
        severity=module.SEVERITY,
        default=getattr(module, "DEFAULT", True),
        summary=page.splitlines()[0],
        page=page,
        check=module.check if note is None else _each_note(note),
        bad=tuple(module.BAD),
        good=tuple(module.GOOD),
        options=tuple(getattr(module, "OPTIONS", ())),
        note=note,
        scope=getattr(module, "SCOPE", "vault") if note is None else "note",
        leans_on=getattr(module, "leans_on", None),
        dated=getattr(module, "DATED", False),
        known_by=getattr(module, "KNOWN_BY", "text"),
    )


def _each_note(check_note: NoteCheck) -> Check:
    def check(view: View) -> Iterator[Hit]:
        for _, note in view.notes():
            yield from check_note(note, view.context)

    return check
