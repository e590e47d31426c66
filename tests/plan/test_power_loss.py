"""Power lost at every effect: whatever the cache took with it, all comes back."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
from power_loss import LossyDisk, State, write_out
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
) -> tuple[Counter[str], int]:
    """Cut at each effect, `rounds` states each; half of them are cut again inside the recovery.

    How often the states were mended how, and how many different ones there were: what a state
    comes to is found out once.
    """
    found = Counter[str]()
    different = 0
    total = len(effects(vault, run))
    before = vault.picture()
    shutil.copytree(vault.root, place / "done")
    run(place / "done", Disk())
    after = picture(place / "done")
    left = place / "left"
    for number in range(total + 1):
        shutil.copytree(vault.root, place / "cut")
        disk = cut(place / "cut", run, number)
        shutil.rmtree(place / "cut")

        @cache
        def cut_again(state: State, number: int) -> LossyDisk:
            with written(state, left):
                return cut(left, lambda root, lossy: recover(root, disk=lossy), number)

        @cache
        def outcome(state: State) -> str:
            with written(state, left):
                return mended(left, before, after)

        for _ in range(rounds):
            state = disk.lost(chance)
            if chance.random() < 0.5:  # the power goes again while the loss is being mended
                state = cut_again(state, chance.randrange(30)).lost(chance)
            found[outcome(state)] += 1
        different += outcome.cache_info().currsize
    shutil.rmtree(place / "done")
    return found, different


@contextmanager
def written(state: State, place: Path) -> Iterator[None]:
    write_out(state, place)
    yield
    shutil.rmtree(place)


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
    found, _ = lose_power(vault, quick, apply_all(vault), 4, random.Random(5))
    assert found["as before"] > 180
    assert found["complete"] > 3


def test_power_lost_at_every_effect_of_undo(quick: Path) -> None:
    vault = rich_vault(quick)
    apply_all(vault)(vault.root, Disk())
    found, _ = lose_power(vault, quick, undo_all, 4, random.Random(6))
    assert found["as before"] > 180
    assert found["complete"] > 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_power_lost_in_very_many_ways(quick: Path, seed: int) -> None:
    vault = rich_vault(quick)
    found, different = lose_power(vault, quick, apply_all(vault), 60, random.Random(seed))
    apply_all(vault)(vault.root, Disk())
    more, others = lose_power(vault, quick, undo_all, 60, random.Random(seed))
    assert (found + more).total() > 5_000
    assert different + others > 1_500
