"""One look at a vault: its findings, less the known ones and those on lines nobody changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from vaultkit.cli.baseline import read_baseline
from vaultkit.cli.locate import Place
from vaultkit.cli.output import open_vault, progress
from vaultkit.lint.baseline import Known, compare
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Rule
from vaultkit.lint.run import Run
from vaultkit.report.findings import Answer, places
from vaultkit.vault import Vault


class Ask(NamedTuple):
    """What a look is for.

    revision: only findings on lines changed since then; "" for all.
    baseline: whether the vault's baseline keeps quiet about known findings.
    """

    place: Place
    rules: tuple[Rule, ...]
    revision: str = ""
    baseline: bool = True


class Look(NamedTuple):
    """What a look saw.

    every:    all findings, known ones too.
    met:      what the baseline knows and is still there; None without one.
    vanished: how many findings of the baseline are gone.
    """

    answer: Answer
    every: list[Finding]
    met: Counter[Known] | None
    vanished: int


def look(ask: Ask) -> Look:
    """Read the vault and run the rules."""
    place = ask.place
    opened = open_vault(place.root, place.config)
    with progress("checking"):
        run = Run(opened, ask.rules, place.config, date.today())
        every = run.findings()
    names = tuple(rule.name for rule in run.choice.rules)
    baseline = read_baseline(place) if ask.baseline else None
    met, vanished, new = None, 0, every
    if baseline is not None:
        new, vanished, met = compare(opened, every, baseline, names)
    known = len(every) - len(new)
    if ask.revision:
        new = _changed(opened, new, ask.revision)
    answer = Answer(opened, new, names, known, prefix(place.root))
    return Look(answer, every, met, vanished)


def _changed(opened: Vault, findings: Iterable[Finding], revision: str) -> list[Finding]:
    """The findings on lines that have changed, or in files that have no lines."""
    from vaultkit.report.git import changed_lines

    changed = changed_lines(opened.root, revision)
    kept: list[Finding] = []
    for finding in findings:
        start, end = places(opened, finding.path, finding.span)
        if changed.touches(finding.path, start.line, end.line):
            kept.append(finding)
    return kept


def prefix(root: Path) -> str:
    """The way from the current folder, which in a build is the repository, to the vault."""
    whole, here = root.resolve(), Path.cwd()
    inside = whole != here and whole.is_relative_to(here)
    return f"{whole.relative_to(here).as_posix()}/" if inside else ""
