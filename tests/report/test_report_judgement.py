"""What the text says of a judged function: its cause and the inputs, never the verdict alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from vaultkit.report.verification import verification_lines
from vaultkit.verify.judging import plain
from vaultkit.verify.outcome import Failure
from vaultkit.verify.row import Row, Verification
from vaultkit.verify.verdict import Cell, Divergence, Level, Verdict


def lines(level: Level, topics: tuple[str, ...], verbose: bool = False, **more: Any) -> list[str]:
    found = tuple(Divergence(t, f"f(x=[{n}])", f"{n}", "9", 1.0) for n, t in enumerate(topics))
    cells = (
        Cell("cpu", "float64", level, divergences=found),
        Cell("cpu", "float32", level, divergences=found[:1]),
    )
    verdict = Verdict("f", "mae", level, cells=cells, explanation="declare `reduction=sum`")
    row = Row(
        "N.md", 3, 1, "n-1", "python", "ran", "cpu", 1,
        verdict=str(level), judged=plain(asdict(verdict)), **more,
    )  # fmt: skip
    made = verification_lines(Verification((row,)), lambda *_: "def f(x):", verbose)
    return [click.unstyle(line) for line in made]


def test_a_divergence_is_shown_with_its_inputs_and_its_cause() -> None:
    failure = Failure("Diverges", "f implements mae: diverges\n  more", 3)
    made = lines(Level.DIVERGES, ("regular domain",), passed=False, error=failure)
    assert made[0] == "N.md:3 block 1 n-1 diverges: Diverges: f implements mae: diverges"
    assert made[1:6] == [
        "  >     3 | def f(x):",
        "    declare `reduction=sum`",
        "    diverges on regular domain (float64, cpu):",
        "      f(x=[0])",
        "      gives 0, right is 9",
    ]


def test_what_keeps_it_from_the_required_level_is_told() -> None:
    made = lines(Level.AGREES, ("a", "b", "c", "d", "e"), passed=False)
    assert "    diverges on c (float64, cpu):" in made
    assert "    diverges also on d, e; --report FILE shows all" in made


def test_what_passes_says_no_more_than_it_is_asked() -> None:
    assert not any("diverges on" in line for line in lines(Level.AGREES, ("a",), passed=True))
    shown = lines(Level.AGREES, ("a",), passed=True, verbose=True)
    assert "    diverges on a (float64, cpu):" in shown
