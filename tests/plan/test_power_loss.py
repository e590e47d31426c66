"""Power lost at every effect: whatever the cache took with it, all comes back."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from power_loss import LossyDisk
from rich_runs import Run, apply_all, effects, rich_vault, undo_all, without_times
from small_vault import Picture, Vault, picture

from vaultkit.plan.disk import Disk
from vaultkit.plan.store import recover


class PowerCut(BaseException):
    pass


def cut(root: Path, run: Run, number: int) -> LossyDisk:
    """The disk of a run that lost power at one effect."""

    def stop(at: int, name: str, path: Path | None) -> None:
        if at >= number:
            raise PowerCut

    disk = LossyDisk(root, stop)
    with suppress(PowerCut):
        run(root, disk)
    return disk


def lose_power(
    vault: Vault, place: Path, run: Run, rounds: int, chance: random.Random
) -> Counter[str]:
    """Cut at each effect, `rounds` states each; then once more inside each recovery."""
    found = Counter[str]()
    total = len(effects(vault, run))
    before = vault.picture()
    shutil.copytree(vault.root, place / "done")
    run(place / "done", Disk())
    after = picture(place / "done")
    for number in range(total + 1):
        shutil.copytree(vault.root, place / "cut")
        disk = cut(place / "cut", run, number)
        for _ in range(rounds):
            disk.leave(place / "left", chance)
            check = place / "left"
            if chance.random() < 0.5:  # the power goes again while the loss is being mended
                again = cut(
                    check, lambda root, disk: recover(root, disk=disk), chance.randrange(30)
                )
                again.leave(place / "left again", chance)
                check = place / "left again"
            found[mended(check, before, after)] += 1
            for name in ("left", "left again"):
                shutil.rmtree(place / name, ignore_errors=True)
        shutil.rmtree(place / "cut")
    shutil.rmtree(place / "done")
    return found


def mended(root: Path, before: Picture, after: Picture) -> str:
    """What recovery makes of the state a loss of power left: all as before, or all done."""
    recover(root)
    recover(root)
    now = picture(root)
    if now == before:
        return "as before"
    assert without_times(now) == without_times(after)
    return "complete"


def test_power_lost_at_every_effect_of_apply(quick: Path) -> None:
    vault = rich_vault(quick)
    found = lose_power(vault, quick, apply_all(vault), 4, random.Random(5))
    assert found["as before"] > 180
    assert found["complete"] > 3


def test_power_lost_at_every_effect_of_undo(quick: Path) -> None:
    vault = rich_vault(quick)
    apply_all(vault)(vault.root, Disk())
    found = lose_power(vault, quick, undo_all, 4, random.Random(6))
    assert found["as before"] > 180
    assert found["complete"] > 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_power_lost_in_very_many_ways(quick: Path, seed: int) -> None:
    vault = rich_vault(quick)
    found = lose_power(vault, quick, apply_all(vault), 60, random.Random(seed))
    apply_all(vault)(vault.root, Disk())
    found += lose_power(vault, quick, undo_all, 60, random.Random(seed))
    assert found.total() > 5_000
