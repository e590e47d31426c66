"""What `vaultkit lint` costs, beside a process that only reads the vault, and beside rumdl.

    python benchmarks/lint.py VAULT [--rounds 7] [--rumdl PROGRAM]

Each round measures, on one copy of the vault and in turning order, the CPU seconds of whole
processes (user and system, children included):
  digest   read every note and digest it (SHA-256), nothing else
  links    `lint --select links`, nothing remembered
  cold     `lint` with all default rules, nothing remembered
  warm     `lint` again, nothing changed
  changed  `lint` after the body of one note has changed
  broken   the same, where the new text holds a broken link
  rumdl    `rumdl check` with all its rules and a warm cache, where a program is named
It prints the median of each, and the median of the ratios within a round.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

_DIGEST = """
import hashlib, os, sys
for base, folders, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith('.md'):
            with open(os.path.join(base, name), 'rb') as file:
                hashlib.sha256(file.read()).digest()
"""
# What each of the first may cost at most, as a share of the second.
_BOUNDS = (("cold", "links", 1.6), ("warm", "rumdl", 0.7), ("changed", "digest", 1.5))


def cpu(command: list[str], environment: Mapping[str, str]) -> float:
    """CPU seconds of a process; its answer goes nowhere."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=null, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command}: {process.returncode}\n{said.decode(errors='replace')}")
    return used.ru_utime + used.ru_stime


class Bench:
    """One vault and what may be remembered of it.

    root:  a copy of the vault, which is changed and left clean.
    apart: an empty folder.
    """

    def __init__(self, root: Path, apart: Path, rumdl: str | None) -> None:
        self.root, self._apart, self._rumdl = root, apart, rumdl
        self._notes = sorted(root.rglob("*.md"))
        self._turn = 0
        # As where vaultkit is installed: its modules are compiled once.
        self._environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(apart / "compiled")}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def ways(self) -> dict[str, Callable[[], float]]:
        """Name -> what is measured."""
        ways = {name: getattr(self, name) for name in ("digest", "links", "cold")}
        ways |= {name: getattr(self, name) for name in ("warm", "changed", "broken")}
        return ways | ({"rumdl": self.rumdl} if self._rumdl else {})

    def _lint(self, memory: str, *more: str, forget: bool = False) -> float:
        place = self._apart / memory
        if forget:
            shutil.rmtree(place, ignore_errors=True)
        environment = {**self._environment, "VAULTKIT_CACHE": str(place)}
        command = [sys.executable, "-m", "vaultkit", "lint", str(self.root), *more]
        return cpu(command, environment)

    def digest(self) -> float:
        return cpu([sys.executable, "-c", _DIGEST, str(self.root)], self._environment)

    def links(self) -> float:
        return self._lint("links", "--select", "links", forget=True)

    def cold(self) -> float:
        return self._lint("cold", forget=True)

    def warm(self) -> float:
        return self._lint("kept")

    def changed(self) -> float:
        return self._after(b"More words.")

    def broken(self) -> float:
        return self._after(b"More, and a [[link to nothing]].")

    def _after(self, text: bytes) -> float:
        """After text has come to another note each time, which is as before at the end."""
        self._turn += 1
        note = self._notes[self._turn * 997 % len(self._notes)]
        before = note.read_bytes()
        note.write_bytes(before + b"\n\n" + text + b"\n")
        try:
            return self._lint("kept")
        finally:
            note.write_bytes(before)
            self._lint("kept")

    def rumdl(self) -> float:
        assert self._rumdl
        cache = ["--cache-dir", str(self._apart / "rumdl")]
        return cpu([self._rumdl, "check", *cache, str(self.root)], self._environment)


def measured(bench: Bench, rounds: int) -> dict[str, list[float]]:
    """Name -> seconds of each round, after one round that only warms up."""
    ways = bench.ways()
    names = list(ways)
    times: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            seconds = ways[name]()
            if turn:
                times[name].append(seconds)
    return times


def report(times: dict[str, list[float]]) -> None:
    for name, seconds in times.items():
        spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
        print(f"{name:8} {statistics.median(seconds):6.2f} s  ({spread})")
    for first, second, most in _BOUNDS:
        if second in times:
            shares = [a / b for a, b in zip(times[first], times[second], strict=True)]
            print(f"{first} / {second}: {statistics.median(shares):.2f} (at most {most})")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rumdl", default=shutil.which("rumdl"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaultkit-lint-") as place:
        root = Path(place) / "vault"
        shutil.copytree(given.vault, root, symlinks=True)
        report(measured(Bench(root, Path(place) / "apart", given.rumdl), given.rounds))


if __name__ == "__main__":
    main()
