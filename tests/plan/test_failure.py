"""The system refuses, or someone else is faster: a clear error, nothing half-done."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from as_nobody import as_nobody
from faulty_disk import SteppedDisk, before, refusing
from small_vault import Picture, Vault, create, plan, three_notes

from vaultkit.errors import StoreError
from vaultkit.plan import Plan
from vaultkit.plan.history import history, interrupted
from vaultkit.plan.preflight import RefusedError
from vaultkit.plan.store import apply, recover, undo


def changes(vault: Vault) -> Plan:
    return plan(
        vault.replace("a.md", b"x", b"y"),
        vault.replace("n/b.md", b"x", b"y"),
        vault.move("n/b.md", "new/b.md"),
        vault.remove("n/c.md"),
        create("new/d.md", b"fresh"),
    )


def effects(vault: Vault) -> list[str]:
    """The effects that the plan of `changes` takes."""
    copy = Vault(vault.root.with_name("counted"))
    shutil.copytree(vault.root, copy.root)
    disk = SteppedDisk()
    apply(copy.root, changes(copy), command="t", disk=disk)
    shutil.rmtree(copy.root)
    return [name for name, _ in disk.steps]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EDQUOT])
def test_an_error_at_any_effect_rolls_everything_back(quick: Path, code: int) -> None:
    vault = three_notes(quick)
    seen, names = vault.picture(backup=True), effects(vault)
    assert len(names) > 30
    for number, name in enumerate(names[:-1]):  # the last removes the lock, when all is done
        if name == "sign_lock":
            continue
        with pytest.raises((StoreError, RefusedError)) as caught:
            apply(vault.root, changes(vault), command="t", disk=refusing(number, code))
        message = caught.value.message
        assert os.strerror(code) in message
        assert "everything was rolled back" in message or "nothing was written" in message
        picture = vault.picture(backup=True)
        picture.pop(".vaultkit.lock", None)
        assert picture == seen, number
    assert history(vault.root) == ()


def test_an_error_at_the_lock_file_itself_is_no_harm(vault: Vault) -> None:
    """What counts is the kernel's lock: an unsigned or a left-over file is only less helpful."""
    names, seen = effects(vault), vault.picture()
    for number in (names.index("sign_lock"), len(names) - 1):
        receipt = apply(vault.root, changes(vault), command="t", disk=refusing(number))
        assert history(vault.root)[-1].status == "applied"
        assert undo(vault.root).id > receipt.id
        assert vault.picture() == seen


@pytest.mark.parametrize("wrong", [KeyboardInterrupt, ZeroDivisionError])
def test_an_interrupt_or_a_bug_rolls_back_and_goes_on(
    vault: Vault, wrong: type[BaseException]
) -> None:
    seen = vault.picture(backup=True)

    def stop() -> None:
        raise wrong

    with pytest.raises(wrong):
        apply(vault.root, changes(vault), command="t", disk=before("rename", "new/d.md", stop))
    assert vault.picture(backup=True) == seen


def test_a_rollback_that_fails_too_says_so_and_waits(vault: Vault) -> None:
    seen = vault.picture(backup=True)
    broken: list[int] = []

    def stop(number: int, name: str, path: Path | None) -> None:
        if broken or (name == "rename" and path == vault.root / "new/d.md"):
            broken.append(number)
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    with pytest.raises(StoreError, match="rolling back failed too") as caught:
        apply(vault.root, changes(vault), command="t", disk=SteppedDisk(stop))
    (record,) = interrupted(vault.root)
    assert str(record.folder) in caught.value.hint
    with pytest.raises(Exception, match="was cut off") as refused:
        apply(vault.root, plan(create("z.md", b"")), command="t")
    assert "vaultkit undo" in getattr(refused.value, "hint", "")
    (recovery,) = recover(vault.root)
    assert recovery.left == ()
    assert vault.picture(backup=True) == seen


def during(vault: Vault, name: str, path: str, edited: str, data: bytes | None) -> RefusedError:
    """Apply while someone writes `data` (None: removes) right before one effect."""

    def edit() -> None:
        if data is None:
            (vault.root / edited).unlink()
        else:
            vault.put(edited, data)

    with pytest.raises(RefusedError) as caught:
        apply(vault.root, changes(vault), command="t", disk=before(name, path, edit))
    assert "everything was rolled back" in caught.value.message
    return caught.value


def only_edit(now: Picture, seen: Picture, edited: str) -> bool:
    now.pop(edited, None)
    return now == {name: item for name, item in seen.items() if name != edited}


def test_a_note_edited_while_the_files_are_staged(vault: Vault) -> None:
    seen = vault.picture(backup=True)
    error = during(vault, "create", "-0", "a.md", b"edited")
    assert [str(item.path) for item in error.conflicts] == ["a.md"]
    assert error.conflicts[0].reason == "changed while the plan was being applied"
    assert vault.bytes("a.md") == b"edited"
    assert only_edit(vault.picture(backup=True), seen, "a.md")


def test_a_note_edited_after_others_were_written(vault: Vault) -> None:
    seen = vault.picture(backup=True)
    during(vault, "rename", "a.md", "n/b.md", b"edited")
    assert vault.bytes("n/b.md") == b"edited"
    assert only_edit(vault.picture(backup=True), seen, "n/b.md")


def test_a_note_removed_during_the_run_is_not_made_again(vault: Vault) -> None:
    seen = vault.picture(backup=True)
    error = during(vault, "create", "-0", "n/b.md", None)
    assert error.conflicts[0].reason == "vanished while the plan was being applied"
    assert not (vault.root / "n/b.md").exists()
    now = vault.picture()
    assert only_edit(now, {k: v for k, v in seen.items() if "backup" not in k}, "n/b.md")


def test_a_file_that_appears_at_a_new_place_is_kept(vault: Vault) -> None:
    seen = vault.picture()
    error = during(vault, "create", "arriving", "new/b.md", b"someone's own")
    assert error.conflicts[0].reason == "appeared while the plan was being applied"
    assert vault.bytes("new/b.md") == b"someone's own"
    now = vault.picture()
    del now["new/"]  # not ours to remove: it is not empty
    assert only_edit(now, seen, "new/b.md")


def test_a_note_edited_after_it_was_written_keeps_the_edit(vault: Vault) -> None:
    """The rollback finds neither old nor new bytes, leaves them, and says where the old are."""
    original = vault.bytes("a.md")

    def edit_then_fail() -> None:
        vault.put("a.md", b"edited on top")
        raise OSError(errno.EIO, "broken", "somewhere")

    with pytest.raises(StoreError) as caught:
        disk = before("create", "arriving", edit_then_fail)
        apply(vault.root, changes(vault), command="t", disk=disk)
    assert "a.md: changed since the run began" in caught.value.message
    assert vault.bytes("a.md") == b"edited on top"
    assert (vault.root / "n/b.md").exists() and not (vault.root / "new").exists()
    (record,) = history(vault.root)
    assert record.status == "rolled back"
    assert str(record.folder) in caught.value.message
    assert original in (record.folder / "originals.zip").read_bytes()
    assert interrupted(vault.root) == ()
    apply(vault.root, plan(vault.replace("n/b.md", b"x", b"y")), command="t")


@pytest.mark.parametrize("step", range(4))
def test_a_folder_that_vanishes_during_the_run(vault: Vault, step: int) -> None:
    name, path = [("create", "-1"), ("rename", "a.md"), ("create", "arriving"), ("sync", "n")][step]
    rest = {key: item for key, item in vault.picture().items() if not key.startswith("n/")}
    disk = before(name, path, lambda: shutil.rmtree(vault.root / "n"))
    with pytest.raises((StoreError, RefusedError)) as caught:
        apply(vault.root, changes(vault), command="t", disk=disk)
    assert "rolled back" in caught.value.message
    now = {key: item for key, item in vault.picture().items() if not key.startswith("new/")}
    assert now == rest
    assert interrupted(vault.root) == ()


def test_a_folder_swapped_for_a_link_during_the_run(vault: Vault, tmp_path: Path) -> None:
    outside = Vault(tmp_path / "outside")
    outside.put("b.md", vault.bytes("n/b.md"))

    def swap() -> None:
        (vault.root / "n").rename(tmp_path / "away")
        (vault.root / "n").symlink_to(outside.root)

    with pytest.raises((RefusedError, StoreError)):
        disk = before("create", "-0", swap)
        apply(vault.root, changes(vault), command="t", disk=disk)
    assert {path.name for path in outside.root.iterdir()} == {"b.md"}
    assert outside.bytes("b.md").count(b"[[x]]") == 1
    assert vault.bytes("a.md") == b"one [[x]] two\n"


def test_permission_bits_bind_whoever_is_not_root(quick: Path) -> None:
    # One run beforehand: what Python imports only when needed it may not find any more once
    # the privileges are gone, where the interpreter lies in a closed home.
    (quick / "first").mkdir()
    first = three_notes(quick / "first")
    apply(first.root, changes(first), command="t")
    undo(first.root)
    vault = three_notes(quick)
    vault.put("shut/s.md", b"[[x]]")
    value = plan(vault.replace("shut/s.md", b"x", b"y"), vault.replace("a.md", b"x", b"y"))
    (vault.root / "shut").chmod(0o555)

    def attempt() -> None:
        with pytest.raises(RefusedError) as caught:
            apply(vault.root, value, command="t")
        assert {str(item.path) for item in caught.value.conflicts} == {"shut/s.md"}
        # A folder shut after the preflight: the system itself refuses.
        (vault.root / "shut").chmod(0o755)
        seen = vault.picture(backup=True)
        disk = before("make_folder", "-001", lambda: (vault.root / "shut").chmod(0o555))
        with pytest.raises(StoreError, match="Permission denied; everything was rolled back"):
            apply(vault.root, value, command="t", disk=disk)
        (vault.root / "shut").chmod(0o755)
        assert vault.picture(backup=True) == seen
        # A vault whose own folder is shut takes neither lock nor backup.
        vault.root.chmod(0o555)
        with pytest.raises(
            RefusedError, match=r"\.vaultkit\.lock: the lock cannot be made: Permission"
        ):
            apply(vault.root, value, command="t")
        vault.root.chmod(0o755)
        assert apply(vault.root, value, command="t").id
        undo(vault.root)
        assert vault.picture() == {
            name: item for name, item in seen.items() if "backup" not in name
        }

    as_nobody(quick, attempt)


def test_a_full_disk(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system needs root")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this system lets no one mount a small file system")
    try:
        vault = three_notes(place)
        for number in range(4):
            vault.put(f"big {number}.md", b"[[x]]" + b"." * 16_000)
        value = plan(*(vault.replace(f"big {number}.md", b"x", b"y") for number in range(4)))
        seen, refused = vault.picture(backup=True), 0
        for size in itertools.count(100_000, 8_000):  # less and less room for the run
            ballast = place / "ballast"
            try:
                ballast.write_bytes(b"." * size)
            except OSError:
                break
            try:
                apply(vault.root, value, command="t")
                undo(vault.root)
                shutil.rmtree(vault.root / "_link_reconcile_backup")
            except (StoreError, RefusedError) as error:
                assert "No space left on device" in error.message
                assert "rolled back" in error.message or "nothing was written" in error.message
                refused += 1
                for record in history(vault.root):  # applied, and the undo found no room
                    assert record.status == "applied"
                    ballast.unlink()
                    undo(vault.root)
                    shutil.rmtree(vault.root / "_link_reconcile_backup")
            assert vault.picture(backup=True) == seen, size
        assert refused > 5
    finally:
        subprocess.run(["umount", str(place)], check=True)
