"""One look at a vault: its findings, less the known ones and those on lines nobody changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.cli.locate import Place
from vaultkit.cli.output import open_vault, progress
from vaultkit.lint.leaves import Leaves, by_file, leaves_of
from vaultkit.lint.located import Located, locate
from vaultkit.report.findings import Answer, Style

if TYPE_CHECKING:
    from vaultkit.cli.recall import Now
    from vaultkit.lint.baseline import Known
    from vaultkit.lint.rule import Rule
    from vaultkit.lint.run import Run
    from vaultkit.vault import Vault


class Wish(NamedTuple):
    """Which rules a person asked for on the command line, as it was written."""

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def rules(self, place: Place) -> tuple[Rule, ...]:
        """The rules that this and the configuration choose; UsageError for an unknown name."""
        from vaultkit.lint.choice import choose

        config = place.config
        if config.file is not None:
            # Names in the configuration are checked with its own name in the message.
            choose(config.select, (), f"{config.file}: `select`")
            choose((), config.ignore, f"{config.file}: `ignore`")
            choose((), (), f"{config.file}: `extend-select`", config.extend_select)
        # What is selected by hand is all that is meant.
        more = self.extend if self.select else (*config.extend_select, *self.extend)
        ignored = (*config.ignore, *self.ignore)
        return choose(self.select or config.select, ignored, "", more)


class Ask(NamedTuple):
    """What a look is for.

    revision: only findings on lines changed since then; "" for all.
    baseline: whether the vault's baseline keeps quiet about known findings.
    cache:    whether what is remembered of an earlier run may be used, and this one be kept.
    style:    how the findings will be printed, where as text.
    """

    place: Place
    wish: Wish
    revision: str = ""
    baseline: bool = True
    cache: bool = True
    style: Style | None = None


class Told(NamedTuple):
    """What a run in full found, now or before: the number of notes, the rules, the findings."""

    notes: int
    rules: tuple[str, ...]
    findings: Leaves


class Look(NamedTuple):
    """What a look saw.

    every:    all findings, known ones too.
    met:      what the baseline knows and is still there; None without one.
    vanished: how many findings of the baseline are gone.
    vault:    the vault, where it was read as a whole.
    """

    answer: Answer
    every: Sequence[Located]
    met: Counter[Known] | None
    vanished: int
    vault: Vault | None = None


def look(ask: Ask, whole: bool = False) -> Look:
    """Read the vault and run the rules, or recall what an earlier run saw.

    whole: the vault itself is wanted too.
    """
    place = ask.place
    here = _now(ask) if ask.cache and not whole else None
    if here is not None:
        from vaultkit.cli.recall import remembered

        memory = remembered(place, here)
        if memory is not None:
            return _seen(ask, Told(memory.notes, memory.rules, memory.findings))
    run = _run(ask, here.day if here else date.today())
    with progress("checking"):
        told = _told(run)
    if here is not None:
        from vaultkit.cli.recall import keep, saw_the_same
        from vaultkit.lint.memory import memory_of

        if saw_the_same(here, run.view.vault):
            keep(here, memory_of(run, told.findings, here.read))
    return _seen(ask, told, run.view.vault)


def _now(ask: Ask) -> Now | None:
    """The vault's files as they are; None where nothing can be remembered."""
    from vaultkit.cli.recall import now

    here = now(ask.place, _written(ask.wish), ask.style)
    return here if here.file is not None else None


def _written(wish: Wish) -> Iterable[str]:
    return (f"{kind}: {','.join(names)}" for kind, names in wish._asdict().items())


def _run(ask: Ask, day: date) -> Run:
    from vaultkit.lint.run import Run

    place = ask.place
    rules = ask.wish.rules(place)
    return Run(open_vault(place.root, place.config), rules, place.config, day)


def _told(run: Run) -> Told:
    vault = run.view.vault
    rules = tuple(rule.name for rule in run.choice.rules)
    return Told(len(vault.notes), rules, leaves_of(by_file(locate(vault, run.findings()))))


def _seen(ask: Ask, told: Told, vault: Vault | None = None) -> Look:
    """The answer, less what a baseline knows and what has not changed."""
    place, every = ask.place, told.findings
    met, vanished = None, 0
    new: Sequence[Located] = every
    if ask.baseline:
        from vaultkit.cli.baseline import read_baseline
        from vaultkit.lint.baseline import compare

        baseline = read_baseline(place)
        if baseline is not None:
            new, vanished, met = compare(every, baseline, told.rules)
    known = len(every) - len(new)
    if ask.revision:
        new = _changed(place.root, new, ask.revision)
    answer = Answer(told.notes, new, told.rules, known, prefix(place.root))
    return Look(answer, every, met, vanished, vault)


def _changed(root: Path, findings: Iterable[Located], revision: str) -> list[Located]:
    """The findings on lines that have changed, or in files that have no lines."""
    from vaultkit.report.git import changed_lines

    changed = changed_lines(root, revision)
    return [
        item
        for item in findings
        if changed.touches(item.finding.path, item.start.line, item.end.line)
    ]


def prefix(root: Path) -> str:
    """The way from the current folder, which in a build is the repository, to the vault."""
    whole, here = root.resolve(), Path.cwd()
    inside = whole != here and whole.is_relative_to(here)
    return f"{whole.relative_to(here).as_posix()}/" if inside else ""
