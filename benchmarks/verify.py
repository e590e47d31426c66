"""What `vaultkit verify` costs, against a bare fork and against other tools, in one run.

    python benchmarks/verify.py [--notes 500] [--torch] [--peers PYTHON]

Prints CPU and wall seconds and, what counts on a shared machine, ratios. `--torch` takes notes
that import torch. `--peers` names an interpreter that has pytest, sybil, pytest-markdown-docs,
mktestdocs and pytest-codeblocks; those it has are measured on the same vault. Each figure is
the best of three, of two with torch or for another tool.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

from costs import Cost, best, call
from verify_peers import peers, runs

from vaultkit.snippets.collect import collect
from vaultkit.snippets.sessions import modules_of
from vaultkit.vault import read_vault
from vaultkit.verify.run import Options, verify

BLOCKS = (
    "import math\n\nvalues = [math.sqrt(n) for n in range({n}, {n} + 50)]\n",
    "from dataclasses import dataclass\n\n@dataclass\nclass Point:\n    x: int\n    y: int\n\n"
    "points = [Point(n, int(v)) for n, v in enumerate(values)]\n",
    "import json\n\ntext = json.dumps([vars(point) for point in points])\n"
    "assert json.loads(text)[0]['y'] == int(math.sqrt({n}))\n",
    "total = sum(point.x * point.y for point in points)\nassert total > {n}\n",
)
TORCH = (
    "import torch\nimport torch.nn.functional as F\n",
    "logits = torch.randn(8, 10, requires_grad=True)\nlabels = torch.randint(0, 10, (8,))\n",
    "loss = F.cross_entropy(logits, labels)\nloss.backward()\n",
    "assert torch.allclose(logits.grad.sum(-1), torch.zeros(8), atol=1e-6)\n",
)


def make_vault(root: Path, notes: int, blocks: tuple[str, ...]) -> None:
    """Notes of four blocks under headings, in ten folders."""
    for number in range(notes):
        folder = root / f"part {number % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(
            f"## Step {place}\n\nSome words about it.\n\n```python\n"
            + block.replace("{n}", str(number + 1))
            + "```\n\n"
            for place, block in enumerate(blocks, 1)
        )
        (folder / f"Note {number}.md").write_text(f"# Note {number}\n\n{text}")


def run(root: Path, jobs: int, cache: Path | None = None, sandbox: str = "auto") -> None:
    """One whole verification, reading the vault included; every block must pass."""
    notes = read_vault(root).notes
    made = verify(root, notes, collect, Options(jobs=jobs, cache=cache, sandbox=sandbox))
    assert made.green, [row for row in made.rows if not row.passed][:3]
    assert len(made.rows) == 4 * len(notes)


_FORKS = """
import gc, importlib, json, os, resource, sys, tempfile
from time import perf_counter
home, wanted = sys.argv[1], json.loads(sys.argv[2])
sys.path.append(home)
import vaultkit.verify.parent
from vaultkit.verify import kernel, pages, sandbox
from vaultkit.verify.job import Limits
from vaultkit.verify.sandbox import Gate, Room

walls = None
if wanted["walls"]:
    room = Room(tempfile.mkdtemp(), wanted["vault"])
    os.chmod(room.work, 0o711)
    walls = sandbox.probe(room, os.fork)
    assert walls.level == "full", walls.describe()
    sandbox.enter(os.fork)
for name in wanted["modules"]:
    importlib.import_module(name)
if "torch" in sys.modules:
    sys.modules["torch"].set_num_threads(1)
if walls:
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    kernel.make_read_only("/")
    gate = Gate(room, walls)
gc.collect()
gc.freeze()

def used():
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)

start, before = perf_counter(), used()
if wanted["merged"]:
    pages.merge_pages()
for blocks in wanted["notes"]:
    if walls:
        kernel.setns(own, kernel.CLONE_NEWPID)
        kernel.unshare(kernel.CLONE_NEWPID)
    child = os.fork()
    if child == 0:
        if walls:
            gate.close(room.work, Limits(), 0)
        space = {"__name__": "__main__"}
        for block in blocks:
            exec(compile(block, "note", "exec"), space)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0
print(json.dumps([perf_counter() - start, used() - before]))
"""


def forks(
    root: Path,
    codes: list[list[str]],
    times: int,
    *,
    walls: bool = False,
    work: bool = False,
    merged: bool = True,
) -> Cost:
    """A process like the warm parent forks and waits once for each note, and nothing else.

    walls:  the child closes them. work: it runs the blocks. merged: as the warm parent does it,
    the pages are merged first, and that is counted. Starting it, and its imports, are not.
    """
    snippets = [s for note in read_vault(root).notes.values() for s in collect(note)]
    wanted = {
        "modules": modules_of(snippets),
        "notes": codes if work else [[] for _ in codes],
        "walls": walls,
        "merged": merged,
        "vault": str(root),
    }
    home = str(Path(__file__).parent.parent)
    with tempfile.TemporaryDirectory() as folder:
        # In a file: an argument may not be as long as five hundred notes.
        (Path(folder) / "wanted").write_text(json.dumps(wanted))
        program = _FORKS.replace("json.loads(sys.argv[2])", "json.load(open(sys.argv[2]))")
        command = [sys.executable, "-P", "-c", program, home, f"{folder}/wanted"]
        told = [Cost(*json.loads(call(command).splitlines()[-1])) for _ in range(times)]
    return Cost(min(c.wall for c in told), min(c.cpu for c in told))


def show(name: str, cost: Cost, against: Cost) -> None:
    """One line: seconds, and the ratio to something measured in the same run."""
    print(
        f"{name:38} {cost.wall:7.2f} s wall {cost.cpu:7.2f} s CPU"
        f"   {cost.wall / against.wall:6.2f} x wall {cost.cpu / against.cpu:6.2f} x CPU"
    )


def measure(root: Path, python: str | None, times: int = 3) -> None:
    """One vault: the floors, the tool, and what else runs notes."""
    codes = codes_of(root)
    merged = partial(forks, root, codes, times)
    floor = merged(merged=False)
    print(f"{len(codes)} notes, 4 blocks each; ratios to a bare fork and wait for each note")
    show("bare fork and wait", floor, floor)
    show("- of a parent whose pages are merged", merged(), floor)
    show("- and the walls", merged(walls=True), floor)
    least = merged(work=True)
    show("- and the blocks, without walls", least, floor)
    own = own_work(codes)
    show("the blocks alone, in one process", own, floor)
    show("vaultkit verify, 1 job", best(lambda: run(root, 1), times), floor)
    first = best(lambda: run(root, 2), times)
    show("vaultkit verify, 2 jobs", first, floor)
    show("- without walls", best(lambda: run(root, 2, sandbox="off"), times), floor)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        run(root, 2, cache)
        again = best(lambda: run(root, 2, cache))
    show("vaultkit verify, nothing changed", again, floor)
    print(f"{'':38} {again.wall / first.wall:.1%} of the first run's wall time")
    for name, cost in peers(python, root).items() if python and runs(python, codes[0][0]) else ():
        show(name, cost, floor)
    if "import torch" in codes[0][0]:
        once = best(lambda: call([sys.executable, "-c", "import torch"]), 2)
        show("import torch, once", once, floor)
        allowed = 2 * once.cpu + own.cpu
        print(f"{'':38} {first.cpu / allowed:.2f} x (2 imports and the blocks' own work), in CPU")
        rest = first.cpu - once.cpu
        print(f"{'':38} {rest / floor.cpu:.2f} x bare forks without the import, in CPU")
        rest -= own.cpu
        print(f"{'':38} {rest / floor.cpu:.2f} x bare forks without import and own work, in CPU")


def codes_of(root: Path) -> list[list[str]]:
    """Every note's blocks."""
    return [[snippet.code for snippet in collect(note)] for note in read_vault(root).notes.values()]


def own_work(codes: list[list[str]]) -> Cost:
    """The blocks alone: every note's code in one process, a namespace for each, nothing around."""
    if "import torch" in codes[0][0]:
        importlib.import_module("torch").set_num_threads(1)  # as every note has it

    def go() -> None:
        for code in codes:
            space = {"__name__": "__main__"}
            for block in code:
                exec(compile(block, "note", "exec"), space)

    return best(go)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, default=500)
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--torch", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        make_vault(root, chosen.notes, TORCH if chosen.torch else BLOCKS)
        measure(root, chosen.peers, 2 if chosen.torch else 3)


if __name__ == "__main__":
    main()
