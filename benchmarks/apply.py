"""How long applying a plan takes, next to writing and syncing the same files plainly.

    python benchmarks/apply.py [--edits 1200] [--files 800] [--folders 40] [--rounds 3]
                               [--pause 6] [--at FOLDER]

Each round measures, on fresh vaults in one folder of one disk and in turning order:
  floor     every file written beside its target, synced, renamed; one fsync per folder
  in place  every file written over itself and synced; one fsync per folder
  folders   every file written beside its target and renamed; one fsync per folder, none per file
  no sync   every file written over itself, nothing synced
  apply     the store: checks, lock, originals, journal, the same writes, `done`
  undo      taking it back
It prints the median of each and its ratio to the floor of the same round.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from vaultkit.plan import Plan, Write
from vaultkit.plan.store import apply, undo
from vaultkit.text import Edit, Span, apply_edits

LINK = b"[[some-note]]"


def make_vault(root: Path, edits: int, files: int, folders: int) -> Plan:
    """A vault of notes of 0.5 to 8 KB, and a plan with `edits` edits spread over all of them."""
    random.seed(7)
    actions = []
    for number in range(files):
        path = PurePosixPath(f"folder {number % folders:02d}", f"note {number:04d}.md")
        share = edits // files + (number < edits % files)
        text = b"# Note\n\n" + (
            b"words and more words, " * random.randint(4, 80) + b"\n" + LINK
        ) * max(share, 1)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
        starts, start = [], -1
        for _ in range(share):
            start = text.index(LINK, start + 1)
            starts.append(start)
        spans = tuple(Edit(Span(at, at + len(LINK)), b"[[Some note]]") for at in starts)
        actions.append(Write(path, hashlib.sha256(text).hexdigest(), spans))
    os.sync()
    return Plan("measure", tuple(actions))


def prepared(root: Path, plan: Plan) -> list[tuple[Path, bytes]]:
    return [
        (root / item.path, apply_edits((root / item.path).read_bytes(), item.edits))
        for item in plan.actions
        if isinstance(item, Write)
    ]


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def floor(work: list[tuple[Path, bytes]]) -> None:
    for path, data in work:
        path.with_name(f".{path.name}.tmp").write_bytes(data)
    for path, _ in work:
        sync(path.with_name(f".{path.name}.tmp"))
    for path, _ in work:
        path.with_name(f".{path.name}.tmp").replace(path)
    for folder in {path.parent for path, _ in work}:
        sync(folder)


def in_place(work: list[tuple[Path, bytes]]) -> None:
    for path, data in work:
        path.write_bytes(data)
    for path, _ in work:
        sync(path)
    for folder in {path.parent for path, _ in work}:
        sync(folder)


def folders_only(work: list[tuple[Path, bytes]]) -> None:
    for path, data in work:
        path.with_name(f".{path.name}.tmp").write_bytes(data)
    for path, _ in work:
        path.with_name(f".{path.name}.tmp").replace(path)
    for folder in {path.parent for path, _ in work}:
        sync(folder)


def no_sync(work: list[tuple[Path, bytes]]) -> None:
    for path, data in work:
        path.write_bytes(data)


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    os.sync()
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    given = arguments()
    ways: dict[str, Callable[[list[tuple[Path, bytes]]], None]]
    ways = {"no sync": no_sync, "folders": folders_only, "in place": in_place, "floor": floor}
    order = [*ways, "apply"]
    times: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="vaultkit-apply-", dir=given.at) as place:
        for turn in range(given.rounds):
            for name in order[turn % 5 :] + order[: turn % 5]:
                base = Path(place, f"{turn} {name}")
                plan = make_vault(base, given.edits, given.files, given.folders)
                work = prepared(base, plan)
                time.sleep(given.pause)
                if name == "apply":
                    spent = timed(lambda: apply(base, plan, command="benchmark"))  # noqa: B023
                    time.sleep(given.pause)
                    times.setdefault("undo", []).append(timed(lambda: undo(base)))  # noqa: B023
                else:
                    spent = timed(lambda: ways[name](work))  # noqa: B023
                times.setdefault(name, []).append(spent)
    print(
        f"{given.edits} edits, {given.files} files, {given.folders} folders, {given.rounds} rounds"
    )
    for name in (*order, "undo"):
        walls, cpus = zip(*times[name], strict=True)
        ratios = [wall / base[0] for wall, base in zip(walls, times["floor"], strict=True)]
        print(
            f"{name:9} {statistics.median(walls):.3f} s wall {statistics.median(cpus):.3f} s CPU  "
            f"{statistics.median(ratios):5.2f} x floor ({min(ratios):.2f} to {max(ratios):.2f})"
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("edits", 1200), ("files", 800), ("folders", 40), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=value)
    # ext4 searches long for a free inode while many were freed in the last five seconds.
    parser.add_argument("--pause", type=float, default=6.0, help="seconds before each measurement")
    parser.add_argument("--at", type=Path, default=None, help="folder on the disk to measure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
