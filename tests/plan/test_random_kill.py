"""Killed at random moments, in real time, by someone else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from small_vault import Picture, Vault, create, picture, plan

from vaultkit.plan import Plan
from vaultkit.plan.history import history, interrupted
from vaultkit.plan.store import apply, recover

FILES = 60


def many(root: Path) -> Vault:
    vault = Vault(root)
    for number in range(FILES):
        vault.put(f"folder {number % 7}/{number}.md", b"%d [[x]] text\r\n" % number * 30)
    return vault


def rewrite(vault: Vault) -> Plan:
    """Writes to most notes, moves of some, removals, new notes in a new folder."""
    actions = []
    for number in range(FILES):
        name = f"folder {number % 7}/{number}.md"
        if number % 10 == 9:
            actions.append(vault.remove(name))
        else:
            actions.append(vault.replace(name, b"[[x]]", b"[[another]]"))
        if number % 10 < 3:
            actions.append(vault.move(name, f"new {number % 3}/{number}.md"))
        if number % 10 == 5:
            actions.append(create(f"made/deep/{number}.md", b"fresh %d" % number))
    return plan(*actions)


def kill_at_random(place: Path, rounds: int, seed: int) -> Counter[str]:
    """Kill applies after random times; what state each was found in."""
    chance, found = random.Random(seed), Counter[str]()
    model = many(place / "model")
    before, value = model.picture(), rewrite(model)
    started = time.perf_counter()
    shutil.copytree(model.root, place / "timed")
    apply(place / "timed", value, command="t")
    whole = time.perf_counter() - started
    after = picture(place / "timed")
    for number in range(rounds):
        root = place / f"round {number}"
        shutil.copytree(model.root, root)
        pid = os.fork()
        if pid == 0:
            try:
                apply(root, value, command="t")
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, whole))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        found[check(root, before, after)] += 1
        shutil.rmtree(root)
    return found


def check(root: Path, before: Picture, after: Picture) -> str:
    """Each note whole, recovery exact; complete, not begun, or rolled back from how many."""
    wholes = {data for data, _, _ in (*before.values(), *after.values())}
    now = picture(root)
    for name, (data, _, _) in now.items():
        assert data in wholes or name.rpartition("/")[2].startswith(".vaultkit"), name
    if any(record.status == "applied" for record in history(root)):
        recover(root)
        now = picture(root)
        assert {name: item[:2] for name, item in now.items()} == {
            name: item[:2] for name, item in after.items()
        }
        return "complete"
    cut = bool(interrupted(root))
    mixed = {item[0] for item in now.values()} & (wholes - {item[0] for item in before.values()})
    recover(root)
    assert picture(root, backup=True) == before
    return "not begun" if not cut else "mixed" if mixed else "staged"


def test_killed_at_forty_random_moments(quick: Path) -> None:
    found = kill_at_random(quick, 40, seed=2)
    assert found.total() == 40
    assert found["staged"] + found["mixed"] > 0


@pytest.mark.slow
def test_killed_at_four_hundred_random_moments_more(quick: Path) -> None:
    found = kill_at_random(quick, 400, seed=3)
    assert found.total() == 400
    assert found["staged"] > 0 and found["mixed"] > 0


@pytest.mark.slow
def test_killed_at_a_hundred_random_moments_on_a_disk(tmp_path: Path) -> None:
    """Where a sync waits for the device, most kills find the process in one."""
    found = kill_at_random(tmp_path, 100, seed=4)
    assert found.total() == 100
    assert found["staged"] + found["mixed"] > 0
