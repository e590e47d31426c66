"""Reading cost on inputs made to be slow: is it linear?

    python benchmarks/adversarial.py [--engine reference] [--size 100000] [NAME ...]

Every case is read at 1, 2, 4 and 8 times the size, each in a process of its own with a time
limit; what counts is the growth, not the seconds. `order` is the exponent of the last
doubling: 1 is linear, 2 quadratic. Exit code 1 when a case exceeds 1.5 and takes over 0.5 s.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from adversarial_cases import CASES


def read_everything(data: bytes, engine: str) -> int:
    """Ask a note for all it has, and every link for its position; the number of elements."""
    from vaultkit.note import read_note
    from vaultkit.text import Source

    marks = None
    if engine == "reference":
        from vaultkit.note.reference import read_marks as marks
    source = Source("a.md", data)
    note = read_note(source, marks)
    # What is told without an engine, by a note that has asked none yet.
    short = read_note(source, marks)
    told = (*short.internal_links, *short.embeds, *short.headings)
    keys = len(short.values)
    elements = [
        *told, *note.links, *note.headings, *note.blocks, *note.tags, *note.fences, *note.math,
        *note.properties, *note.problems, *note.unquoted_links,
    ]  # fmt: skip
    for element in elements:
        source.position(element.span.start)
    return len(elements) + keys + len(note.comments)


def measure(name: str, size: int, engine: str) -> float:
    """CPU seconds, in this process; the engines are loaded before."""
    read_everything(b"---\na: b\n---\n[[a]]", engine)
    data = CASES[name](size)
    start = time.process_time()
    read_everything(data, engine)
    return time.process_time() - start


def measure_apart(name: str, size: int, engine: str, limit: float) -> float | str:
    """CPU seconds in a process of its own, or what became of it."""
    command = [sys.executable, __file__, "--child", name, str(size), "--engine", engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s"
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"exit {done.returncode}: {last}"
    return float(json.loads(done.stdout))


def main() -> int:
    """Print the table; 1 when a case grows faster than it should or does not end well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--engine", choices=("fast", "reference"), default="fast")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--once", action="store_true", help="read every case, measure nothing")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        name, size = options.child
        print(json.dumps(measure(name, int(size), options.engine)))
        return 0
    if options.once:
        for name in options.names or CASES:
            read_everything(CASES[name](options.size), options.engine)
        print(len(options.names or CASES), "cases read")
        return 0
    bad = 0
    sizes = [options.size * factor for factor in (1, 2, 4, 8)]
    print(f"{'case':26}" + "".join(f"{size:>12,}" for size in sizes) + "   order")
    for name in options.names or CASES:
        times: list[float | str] = []
        for size in sizes:
            times.append(measure_apart(name, size, options.engine, options.limit))
            if isinstance(times[-1], str):
                break
        cells = "".join(
            f"{item:>12.3f}" if isinstance(item, float) else f"  {item}" for item in times
        )
        last = [item for item in times if isinstance(item, float)][-2:]
        order = math.log2(last[1] / last[0]) if len(last) == 2 and last[0] > 0 else math.nan
        worst = isinstance(times[-1], str) or (order > 1.5 and last[-1] > 0.5)
        bad += worst
        print(f"{name:26}{cells}   {order:5.2f}{'  <<<' if worst else ''}", flush=True)
    print(f"{bad} of {len(options.names or CASES)} cases grow faster than they should")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
