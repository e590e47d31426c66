"""Runners, jobs and vault folders for the tests of this room."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vaultkit.snippets.walk import names_of
from vaultkit.verify.job import Block, Job, Limits
from vaultkit.verify.outcome import JobOutcome, Outcome
from vaultkit.verify.runner import Runner

MIB = 1 << 20
# Small enough that a wall that does not hold costs this machine nothing.
TIGHT = Limits(block=15.0, note=60.0, memory=256 * MIB, disk=16 * MIB, output=4 * MIB, processes=40)
_ids = itertools.count(1)


def job(
    *codes: str, limits: Limits = TIGHT, timeouts: dict[int, float] | None = None, **more: object
) -> Job:
    """A job of Python blocks, a hundred lines apart, with the names that analysis finds."""
    blocks = []
    for number, code in enumerate(codes, 1):
        names = names_of(code)
        blocks.append(
            Block(
                number,
                number * 100,
                code if code.endswith("\n") else code + "\n",
                seed=number,
                timeout=(timeouts or {}).get(number),
                uses=frozenset(names.eager) | names.maybe,
                binds=tuple((name, bound.line) for name, bound in names.binds.items()),
                calls=names.calls,
            )
        )
    return Job(next(_ids), "note.md", "/vault/note.md", tuple(blocks), limits=limits, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def vault() -> Iterator[Path]:
    """A vault that any user may read, with one note in it."""
    folder = Path(tempfile.mkdtemp(prefix="vaultkit-test-"))
    folder.chmod(0o755)
    (folder / "note.md").write_text("# A note\n")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session", params=["auto", "off"])
def runner(request: pytest.FixtureRequest, vault: Path) -> Iterator[Runner]:
    """A warm parent at the best level of this machine, and one with limits only."""
    with Runner(vault, mode=request.param, jobs=2) as made:
        yield made


@pytest.fixture(scope="session")
def walled(vault: Path) -> Iterator[Runner]:
    """A warm parent at the level `full`, where this machine allows it."""
    with Runner(vault, jobs=2) as made:
        if made.ready.walls.level != "full":
            pytest.skip(f"no full sandbox here: {made.ready.walls.describe()}")
        yield made


Run = Callable[..., list[Outcome]]


def outcomes(runner: Runner, wanted: Job) -> list[Outcome]:
    """What became of each block of one job; the warm parent must be alive afterwards."""
    made = whole(runner, wanted)
    after = whole(runner, job("x = 1"))
    assert [o.verdict for o in after.outcomes] == ["passed"]
    return list(made.outcomes)


def whole(runner: Runner, wanted: Job) -> JobOutcome:
    """The outcome of one job."""
    (made,) = runner.run([wanted])
    return made


def processes_of(pid: int) -> set[int]:
    """Every living descendant of a process."""
    found = {pid}
    grown = True
    while grown:
        grown = False
        for name in (entry.name for entry in Path("/proc").iterdir()):
            if name.isdigit() and int(name) not in found:
                try:
                    stat = Path(f"/proc/{name}/stat").read_text()
                except OSError:
                    continue
                if int(stat.rpartition(")")[2].split()[1]) in found:
                    found.add(int(name))
                    grown = True
    return found - {pid}
