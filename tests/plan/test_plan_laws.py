"""The laws of plan and store, on vaults and plans no one thought of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from faulty_disk import SteppedDisk
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from plan_strategies import stories
from small_vault import Picture, Vault, memory_folder

from vaultkit.plan import Create, Move, Plan, Remove, Write
from vaultkit.plan.codec import decode, encode
from vaultkit.plan.history import history, interrupted
from vaultkit.plan.preflight import preflight
from vaultkit.plan.store import apply, recover, undo
from vaultkit.text import apply_edits

Story = tuple[dict[str, tuple[bytes, int]], Plan]
lawful = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@contextmanager
def told(story: Story) -> Iterator[Vault]:
    """The vault of a story, whose plan has no conflict."""
    with memory_folder() as place:
        vault = Vault(place / "vault")
        for name, (data, mode) in story[0].items():
            vault.put(name, data, mode)
        assume(not preflight(vault.root, story[1]))
        yield vault


def foretold(story: Story) -> dict[str, tuple[bytes, int | None]]:
    """Bytes and mode of each file after the plan, worked out without a disk."""
    files: dict[str, tuple[bytes, int | None]] = dict(story[0])
    for action in story[1].actions:
        if isinstance(action, Write):
            data, mode = files[str(action.path)]
            files[str(action.path)] = (apply_edits(data, action.edits), mode)
    moved = {
        str(action.to): files.pop(str(action.path))
        for action in story[1].actions
        if isinstance(action, Move)
    }
    for action in story[1].actions:
        if isinstance(action, Remove):
            del files[str(action.path)]
    made = {
        str(item.path): (item.content, None)
        for item in story[1].actions
        if isinstance(item, Create)
    }
    return {**files, **moved, **made}


def files(picture: Picture) -> dict[str, tuple[bytes | None, int]]:
    return {name: item[:2] for name, item in picture.items() if item[0] is not None}


@lawful
@given(stories())
def test_apply_does_what_the_plan_says_and_nothing_else(story: Story) -> None:
    with told(story) as vault:
        before = vault.picture()
        apply(vault.root, story[1], command="t")
        after, expected = vault.picture(), foretold(story)
        assert {name: item[0] for name, item in files(after).items()} == {
            name: item[0] for name, item in expected.items()
        }
        for name, (_, mode) in expected.items():
            assert mode is None or after[name][1] == mode
        for name in story[0].keys() & after.keys() - {str(a.path) for a in story[1].actions}:
            assert after[name] == before[name]  # the time of last change too


@lawful
@given(stories())
def test_apply_then_undo_restores_every_byte_mode_and_time(story: Story) -> None:
    with told(story) as vault:
        before = vault.picture()
        receipt = apply(vault.root, story[1], command="t")
        if not receipt.id:
            assert vault.picture(backup=True) == before
            return
        applied = files(vault.picture())
        back = undo(vault.root, receipt.id)
        assert vault.picture() == before
        undo(vault.root, back.id)
        assert files(vault.picture()) == applied
        undo(vault.root, receipt.id)
        assert vault.picture() == before


@lawful
@given(stories())
def test_a_saved_plan_does_the_same(story: Story) -> None:
    saved = decode(encode(story[1]), "plan.json")
    assert saved == story[1]
    with told((story[0], saved)) as vault:
        apply(vault.root, saved, command="t")
        assert {name: item[0] for name, item in files(vault.picture()).items()} == {
            name: item[0] for name, item in foretold(story).items()
        }


class PowerCut(BaseException):
    """From here on nothing reaches the disk any more."""


def cut_after(effects: int) -> SteppedDisk:
    def stop(number: int, name: str, path: Path | None) -> None:
        if number >= effects:
            raise PowerCut

    return SteppedDisk(stop)


def effects(story: Story) -> int:
    with told(story) as vault:
        disk = SteppedDisk()
        apply(vault.root, story[1], command="t", disk=disk)
        return len(disk.steps)


@lawful
@given(stories(), st.floats(0, 1), st.integers(2, 30))
def test_cut_off_anywhere_even_in_recovery_all_comes_back(
    story: Story, share: float, second: int
) -> None:
    first = round(share * (effects(story) - 1))
    with told(story) as vault:
        before = vault.picture()
        with suppress(PowerCut):
            apply(vault.root, story[1], command="t", disk=cut_after(first))
        complete = any(record.status == "applied" for record in history(vault.root))
        event("complete" if complete else "cut off" if interrupted(vault.root) else "not begun")
        with suppress(PowerCut):
            recover(vault.root, disk=cut_after(second))
        recover(vault.root)
        if complete:
            assert {name: item[0] for name, item in files(vault.picture()).items()} == {
                name: item[0] for name, item in foretold(story).items()
            }
        else:
            assert vault.picture(backup=True) == before
