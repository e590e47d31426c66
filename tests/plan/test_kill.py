"""Killed at every effect of a run: each note is whole, and all comes back."""

from __future__ import annotations

import contextlib
import errno
import itertools
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from faulty_disk import SteppedDisk, TearingDisk, in_child, kill_self, killing
from rich_runs import Run, apply_all, effects, rich_vault, states, undo_all, without_times
from small_vault import Picture, Vault

from vaultkit.errors import StoreError
from vaultkit.plan.disk import Disk
from vaultkit.plan.history import interrupted
from vaultkit.plan.store import recover, undo


@pytest.fixture
def rich(quick: Path) -> Vault:
    return rich_vault(quick)


def check_whole(now: Picture, before: Picture, after: Picture) -> None:
    """Every note holds old or new bytes, and none is gone, whatever its name at the moment."""
    old = {data for data, _, _ in before.values() if data is not None}
    new = {data for data, _, _ in after.values() if data is not None}
    for name, (data, _, _) in now.items():
        if data is not None and name != ".vaultkit.lock":
            temporary = name.rpartition("/")[2].startswith(".vaultkit-")
            assert temporary or data in old | new, name
    assert "a.md" in now
    here = {data for data, _, _ in now.values()}
    assert old & new <= here
    for part in (b"one [[", b"crlf [["):  # the notes whose bytes change
        assert here & {data for data in old | new if part in data}


def finished(root: Path) -> int:
    return len(list(root.glob("_link_reconcile_backup/*/done")))


def kill_everywhere(
    vault: Vault, quick: Path, run: Run, disk_of: Callable[[int], Disk]
) -> tuple[int, int]:
    """Kill at each effect on a fresh copy; how many runs were rolled back, how many complete."""
    before, after = states(vault, run)
    back = complete = 0
    for number in itertools.count():
        copy = Vault(quick / f"copy{number}")
        shutil.copytree(vault.root, copy.root)
        if in_child(lambda: run(copy.root, disk_of(number))) is None:  # noqa: B023
            shutil.rmtree(copy.root)
            return back, complete
        check_whole(copy.picture(), before, after)
        done = finished(copy.root) > finished(vault.root)
        recover(copy.root)
        recover(copy.root)
        now = copy.picture()
        if done:
            complete += 1
            assert without_times(now) == without_times(after)
        else:
            back += 1
            assert now == before
        shutil.rmtree(copy.root)
    raise AssertionError("unreachable")


def test_killed_at_every_effect_of_apply(rich: Vault, quick: Path) -> None:
    run = apply_all(rich)
    back, complete = kill_everywhere(rich, quick, run, killing)
    assert back + complete == len(effects(rich, run))
    assert 1 <= complete <= 3  # after `done`: its sync, and the removal of the lock


def test_killed_at_every_effect_of_undo(rich: Vault, quick: Path) -> None:
    apply_all(rich)(rich.root, Disk())
    back, complete = kill_everywhere(rich, quick, undo_all, killing)
    assert back + complete == len(effects(rich, undo_all))
    assert 1 <= complete <= 3


def test_killed_while_half_of_a_file_is_written(rich: Vault, quick: Path) -> None:
    run = apply_all(rich)
    counter = SteppedDisk()
    before, after = states(rich, lambda root, disk: run(root, counter))
    creates = [number for number, step in enumerate(counter.steps) if step[0] == "create"]
    assert len(creates) == 8  # pack, manifest, four files, two markers
    for number in creates:
        copy = Vault(quick / f"torn{number}")
        shutil.copytree(rich.root, copy.root)
        assert in_child(lambda: run(copy.root, TearingDisk(number))) == signal.SIGKILL  # noqa: B023
        check_whole(copy.picture(), before, after)
        recover(copy.root)
        if number == creates[-1]:  # the marker `done` is empty: half of it is all of it
            assert without_times(copy.picture()) == without_times(after)
        else:
            assert copy.picture() == before


def kill_inside_recovery(vault: Vault, quick: Path, run: Run, first: int) -> int:
    """Kill a run at one effect, then its recovery at every effect; how many recoveries died."""
    before, after = states(vault, run)
    cut = quick / "cut"
    shutil.copytree(vault.root, cut)
    assert in_child(lambda: run(cut, killing(first))) == signal.SIGKILL
    for number in itertools.count():
        copy = Vault(quick / f"again{number}")
        shutil.copytree(cut, copy.root)
        ended = in_child(lambda: recover(copy.root, disk=killing(number)))  # noqa: B023
        check_whole(copy.picture(), before, after)
        recover(copy.root)
        assert copy.picture() == before, (first, number)
        shutil.rmtree(copy.root)
        if ended is None:
            shutil.rmtree(cut)
            return number
    raise AssertionError("unreachable")


def turning_points(steps: list[tuple[str, Path | None]]) -> list[int]:
    """In the midst of the renames, at each marker, and right before the end."""
    renames = [number for number, step in enumerate(steps) if step[0] == "rename"]
    marks = [number for number, (_, path) in enumerate(steps) if path and path.name == "arriving"]
    return [*renames[2::4], *marks, marks[-1] + 1, len(steps) - 4]


def test_killed_again_at_every_effect_of_the_recovery(rich: Vault, quick: Path) -> None:
    run = apply_all(rich)
    for first in turning_points(effects(rich, run)):
        assert kill_inside_recovery(rich, quick, run, first) > 10


def test_killed_again_while_half_of_an_original_is_written_back(rich: Vault, quick: Path) -> None:
    run, before = apply_all(rich), rich.picture()
    first = len(effects(rich, run)) - 4  # everything is done but the marker `done`
    assert in_child(lambda: run(rich.root, killing(first))) == signal.SIGKILL
    counter = SteppedDisk()
    shutil.copytree(rich.root, quick / "counted")
    recover(quick / "counted", disk=counter)
    creates = [number for number, step in enumerate(counter.steps) if step[0] == "create"]
    assert len(creates) == 3  # two notes written to, one removed
    for number in creates:
        copy = Vault(quick / f"half{number}")
        shutil.copytree(rich.root, copy.root)
        ended = in_child(lambda: recover(copy.root, disk=TearingDisk(number)))  # noqa: B023
        assert ended == signal.SIGKILL
        recover(copy.root)
        assert copy.picture() == before


def test_undo_rolls_back_what_was_cut_off(rich: Vault) -> None:
    before = rich.picture()
    run = apply_all(rich)
    number = len(effects(rich, run)) - 5
    assert in_child(lambda: run(rich.root, killing(number))) == signal.SIGKILL
    (record,) = interrupted(rich.root)
    assert record.status == "cut off"
    assert undo(rich.root).id == record.id
    assert rich.picture(backup=True) == before


def test_killed_while_rolling_back_a_run_whose_last_sync_failed(rich: Vault, quick: Path) -> None:
    """The marker `done` is there by then: the rollback must take it away before anything else."""
    run, before = apply_all(rich), rich.picture()
    steps = effects(rich, run)
    last = len(steps) - 2
    assert (steps[last][0], steps[last - 1][1].name) == ("sync", "done")  # type: ignore[union-attr]
    for number in itertools.count(last + 1):

        def stop(at: int, name: str, path: Path | None) -> None:
            if at == last:
                raise OSError(errno.EIO, "broken", str(path))
            if at == number:  # noqa: B023
                kill_self()

        copy = Vault(quick / f"late{number}")
        shutil.copytree(rich.root, copy.root)
        ended = in_child(lambda: fails(run, copy.root, SteppedDisk(stop)))  # noqa: B023
        recover(copy.root)
        if number == last + 1:  # killed before the marker went: complete
            assert without_times(copy.picture()) != without_times(before)
        else:
            assert copy.picture() == before, number
        shutil.rmtree(copy.root)
        if ended is None:
            assert number > last + 20
            return


def fails(run: Run, root: Path, disk: Disk) -> None:
    with contextlib.suppress(StoreError):
        run(root, disk)
        raise AssertionError("the run came to its end")
