"""Killed at every effect of a run, and again at every effect of the recovery from that.

Thousands of processes would be needed. Nothing waits in the process between two effects, so what
a kill leaves is what lies on the disk right before an effect: it is copied, and the run goes on.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from faulty_disk import SteppedDisk, in_child, killing
from rich_runs import Run, apply_all, effects, rich_vault, states, undo_all
from small_vault import Vault, picture
from test_kill import check_whole

from vaultkit.plan.disk import Disk
from vaultkit.plan.store import recover

SYNCS = ("sync", "sync_all")


def moments(root: Path, run: Run, place: Path) -> list[Path]:
    """A copy of the vault right before each effect of a run that changes what a reader sees.

    A sync changes nothing that survives a kill: the copy before it would be the one after it.
    """
    copies: list[Path] = []

    def copy(number: int, name: str, path: Path | None) -> None:
        if name not in SYNCS:
            copies.append(place / str(number))
            shutil.copytree(root, copies[-1])

    run(root, SteppedDisk(copy))
    copies.append(place / "end")
    shutil.copytree(root, copies[-1])
    return copies


def seen(root: Path) -> dict[str, object]:
    """Names, bytes and permission bits; of the run's own papers the names, but for its id."""
    ours = re.compile(r"_link_reconcile_backup/|\.vaultkit\.lock$")
    return {
        re.sub(r"\d{8}T\d{6}Z", "WHEN", name): None if ours.match(name) else item[:2]
        for name, item in picture(root, backup=True).items()
    }


def test_a_copy_is_what_a_kill_leaves(quick: Path) -> None:
    vault = rich_vault(quick)
    run = apply_all(vault)
    steps = effects(vault, run)
    shutil.copytree(vault.root, quick / "copied")
    copies = moments(quick / "copied", run, quick / "moments")
    assert len(copies) > 25
    for number in range(len(steps)):
        shutil.copytree(vault.root, quick / "killed")
        assert in_child(lambda: run(quick / "killed", killing(number)))  # noqa: B023
        # Right before a sync lies what lies right before the next effect that is none.
        later = next((n for n in range(number, len(steps)) if steps[n][0] not in SYNCS), "end")
        assert seen(quick / "killed") == seen(quick / "moments" / str(later)), number
        shutil.rmtree(quick / "killed")


def pairs(vault: Vault, quick: Path, run: Run) -> int:
    """Cut a run off at every moment, and its recovery at every moment; how many pairs."""
    before, after = states(vault, run)
    shutil.copytree(vault.root, quick / "whole")
    tried = 0
    # The last two are complete: `done` is written, the lock is gone.
    for cut in moments(quick / "whole", run, quick / "first")[:-2]:
        for copy in moments(cut, lambda root, disk: recover(root, disk=disk), quick / "second"):
            check_whole(picture(copy), before, after)
            recover(copy)
            assert picture(copy) == before, (cut, copy)
            tried += 1
        shutil.rmtree(quick / "second")
    for name in ("first", "whole"):
        shutil.rmtree(quick / name)
    return tried


@pytest.mark.slow
def test_killed_at_every_pair_of_effects(quick: Path) -> None:
    vault = rich_vault(quick)
    run = apply_all(vault)
    assert pairs(vault, quick, run) > 450
    run(vault.root, Disk())
    assert pairs(vault, quick, undo_all) > 450
