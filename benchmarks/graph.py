"""How long the graph takes, next to a lint of the same links, and how it grows.

    python benchmarks/graph.py VAULT [--rounds 5]
    python benchmarks/graph.py --notes 60000 --links 10 [--at FOLDER]

With a vault each round runs, as processes of their own and in turning order:
  lint     vaultkit lint --select links --no-cache VAULT
  graph    vaultkit graph VAULT: the graph, and every question
It prints the median CPU seconds of each and the ratio within the rounds.

With --notes a vault is made up: notes in folders of about two hundred that link mostly among
themselves, a twentieth of the links to a few index notes, one link in three with a relation.
`vaultkit graph` then runs once; wall and CPU seconds and the most memory are printed. CPU seconds
do not depend on what else the machine does, wall seconds do.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_LABELS = ("Parents", "Variants", "Applications", "Adjacent", "Related")
_FOLDER = 200


class Run(NamedTuple):
    """What a process took: CPU and wall seconds, and its most memory in MB."""

    cpu: float
    wall: float
    memory: float


def measured(*command: str) -> Run:
    """Run vaultkit once, its output thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultkit", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    told = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise SystemExit(f"vaultkit {' '.join(command)} ended with {code}: {told.decode()}")
    wall = time.perf_counter() - began
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def compare(vault: Path, rounds: int) -> None:
    """Print the two commands' CPU seconds and their ratio."""
    commands = {
        "lint": ("lint", "--select", "links", "--no-cache", str(vault)),
        "graph": ("graph", str(vault)),
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds):
        for name in sorted(commands, reverse=bool(turn % 2)):
            found[name].append(measured(*commands[name]).cpu)
    for name, seconds in found.items():
        print(f"{name:6} {statistics.median(seconds):6.2f} s CPU")
    ratios = [graph / lint for lint, graph in zip(*found.values(), strict=True)]
    print(f"ratio  {statistics.median(ratios):6.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")


def make_vault(root: Path, notes: int, links: int) -> None:
    """A vault of `notes` notes with `links` links each."""
    chance = random.Random(7)
    for number in range(notes):
        folder = number // _FOLDER
        first = folder * _FOLDER
        inside = min(_FOLDER, notes - first)
        lines = [f"# Note {number}", ""]
        for turn in range(links):
            kind = chance.random()
            if kind < 0.05:
                other = chance.randrange(min(50, notes))
            elif kind < 0.9:
                other = first + chance.randrange(inside)
            else:
                other = chance.randrange(notes)
            label = f"- {chance.choice(_LABELS)}: " if turn % 3 == 0 else "Words about "
            lines.append(f"{label}[[note {other}]]\n")
        place = root / f"folder {folder:03d}" / f"note {number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines))


def grown(notes: int, links: int, at: Path | None) -> None:
    """Print what the graph of a vault made up takes."""
    with tempfile.TemporaryDirectory(dir=at) as folder:
        make_vault(Path(folder), notes, links)
        run = measured("graph", folder)
    print(
        f"{notes} notes, {notes * links} links: {run.wall:.1f} s, {run.cpu:.1f} s CPU,"
        f" {run.memory:.0f} MB"
    )


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vault", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--notes", type=int)
    parser.add_argument("--links", type=int, default=10)
    parser.add_argument("--at", type=Path)
    given = parser.parse_args()
    if given.notes:
        grown(given.notes, given.links, given.at)
    elif given.vault:
        compare(given.vault, given.rounds)
    else:
        parser.error("name a vault, or --notes")


if __name__ == "__main__":
    main()
