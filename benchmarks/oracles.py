"""The sweep: every concept's function in the project's own vault, judged on every device and dtype.

    python benchmarks/oracles.py [--jobs 2] [--vault vault] [--repeat]

Prints a table of functions, devices and dtypes with the largest error against the definition, the
wall and CPU seconds of the whole run, and the slowest blocks. `--repeat` runs all of it twice and
compares the verdicts. Ends with 1 where a concept has no function, one falls below `agrees`, or the
second run's verdicts are not the first's.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from vaultkit.report.proof import proof_markdown
from vaultkit.snippets.collect import collect
from vaultkit.vault import read_vault
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.row import Verification
from vaultkit.verify.run import Options, verify

MEASURED = ("seconds", "reference_seconds", "peak", "reference_peak", "text", "costs")


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def sweep(root: Path, jobs: int) -> tuple[Verification, float, float]:
    """One run with nothing remembered: rows, wall seconds, CPU seconds."""
    notes = {
        path: note
        for path, note in read_vault(root).notes.items()
        if any(snippet.attributes.implements for snippet in collect(note))
    }
    before, start = _cpu(), perf_counter()
    made = verify(root.resolve(), notes, collect, Options(jobs=jobs))
    return made, perf_counter() - start, _cpu() - before


def verdicts(made: Verification) -> str:
    """Every verdict with its cells and counterexamples; what was measured is left out."""
    judged = [
        [row.note, row.index, row.device, row.verdict, _steady(row.judged)]
        for row in made.rows
        if row.judged
    ]
    return json.dumps(judged, sort_keys=True)


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _steady(item) for key, item in value.items() if key not in MEASURED}
    return [_steady(item) for item in value] if isinstance(value, list | tuple) else value


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--vault", type=Path, default=Path(__file__).parent.parent / "vault")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--repeat", action="store_true")
    chosen = parser.parse_args()
    made, wall, cpu = sweep(chosen.vault, chosen.jobs)
    print(proof_markdown(made).partition("\n## ")[0])
    judged = [row for row in made.rows if row.judged]
    missing = catalogue().keys() - {row.judged["concept"] for row in judged}
    for row in sorted(judged, key=lambda row: -row.seconds)[:5]:
        print(f"{row.seconds:8.2f} s  {row.judged['function']} on {row.device}")
    print(
        f"{len(judged)} functions, {len(catalogue()) - len(missing)} concepts, {chosen.jobs} jobs:"
    )
    print(f"{wall:8.2f} s wall, {cpu:.2f} s CPU")
    low = [row for row in judged if row.verdict not in ("agrees", "robust")]
    for text in (*sorted(missing), *(f"{row.note}: {row.verdict}" for row in low)):
        print(f"missing or below agrees: {text}")
    same = True
    if chosen.repeat:
        again, wall, cpu = sweep(chosen.vault, chosen.jobs)
        same = verdicts(again) == verdicts(made)
        print(
            f"{wall:8.2f} s wall, {cpu:.2f} s CPU again, verdicts {'equal' if same else 'DIFFER'}"
        )
    return 1 if missing or low or not same else 0


if __name__ == "__main__":
    sys.exit(main())
