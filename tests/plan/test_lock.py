"""One run at a time: the second is told who is at work, and a dead owner holds nothing."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from faulty_disk import SteppedDisk, before, in_child, kill_self
from small_vault import Vault, create, plan

from vaultkit.errors import ConflictError, StoreError
from vaultkit.plan import lock
from vaultkit.plan.disk import Disk
from vaultkit.plan.history import history
from vaultkit.plan.lock import locked
from vaultkit.plan.preflight import RefusedError
from vaultkit.plan.store import apply, recover, undo


def hold_in_child(root: Path, command: str) -> tuple[int, int]:
    """A process that holds the lock until its pipe is closed: its id, and the pipe."""
    read, write = os.pipe()
    ready, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(write)
        with locked(root, command, "noon", Disk()):
            os.write(tell, b"!")
            os.read(read, 1)
        os._exit(0)
    os.close(read)
    assert os.read(ready, 1) == b"!"
    os.close(ready)
    os.close(tell)
    return pid, write


def test_a_second_run_is_told_who_is_at_work(vault: Vault) -> None:
    value = plan(vault.replace("a.md", b"x", b"y"))
    pid, pipe = hold_in_child(vault.root, "vaultkit reconcile --apply")
    for attempt in (
        lambda: apply(vault.root, value, command="t"),
        lambda: recover(vault.root),
    ):
        with pytest.raises(ConflictError) as caught:
            attempt()
        assert f"`vaultkit reconcile --apply` (process {pid} on " in caught.value.message
        assert "nothing was written" in caught.value.message
        assert caught.value.hint
    assert vault.bytes("a.md") == b"one [[x]] two\n"
    os.close(pipe)
    os.waitpid(pid, 0)
    assert apply(vault.root, value, command="t").id


def test_the_lock_of_a_killed_process_is_open(vault: Vault) -> None:
    pid, pipe = hold_in_child(vault.root, "t")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(pipe)
    assert (vault.root / ".vaultkit.lock").exists()
    assert apply(vault.root, plan(create("new.md", b"")), command="t").id
    assert not (vault.root / ".vaultkit.lock").exists()


def test_a_second_apply_in_the_midst_of_the_first(vault: Vault) -> None:
    first, second = plan(vault.replace("a.md", b"x", b"1")), plan(vault.replace("a.md", b"x", b"2"))

    def meet() -> None:
        with pytest.raises(ConflictError, match="is changing this vault"):
            apply(vault.root, second, command="second")

    apply(vault.root, first, command="first", disk=before("rename", "a.md", meet))
    assert vault.bytes("a.md") == b"one [[1]] two\n"
    with pytest.raises(RefusedError, match="changed since the plan was made"):
        apply(vault.root, second, command="second")


def test_many_at_once_each_get_their_turn(vault: Vault) -> None:
    """Eight processes append to one note; none is lost, none overlaps."""
    vault.put("log.md", b"")
    children = []
    for number in range(8):
        pid = os.fork()
        if pid == 0:
            try:
                insist(vault, number)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 8
    assert sorted(vault.bytes("log.md").split()) == sorted(b"%d" % n for n in range(8))
    assert len(history(vault.root)) == 8
    for _ in range(8):
        undo(vault.root)
    assert vault.bytes("log.md") == b""


def insist(vault: Vault, number: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        size = len(vault.bytes("log.md"))
        try:
            apply(
                vault.root,
                plan(vault.write("log.md", (size, size, b"%d\n" % number))),
                command=f"process {number}",
            )
            return
        except ConflictError:
            time.sleep(0.002)
    raise TimeoutError


def test_a_run_killed_right_after_taking_the_lock_leaves_no_mess(vault: Vault) -> None:
    seen = vault.picture(backup=True)
    value = plan(vault.replace("a.md", b"x", b"y"))
    ended = in_child(
        lambda: apply(vault.root, value, command="t", disk=before("make_folder", "-001", kill_self))
    )
    assert ended == signal.SIGKILL
    assert recover(vault.root) == ()
    assert vault.picture(backup=True) == seen


def test_a_lock_file_that_is_none(vault: Vault, tmp_path: Path) -> None:
    outside = tmp_path / "precious"
    outside.write_bytes(b"precious")
    (vault.root / ".vaultkit.lock").symlink_to(outside)
    with pytest.raises(RefusedError, match="the lock cannot be made"):
        apply(vault.root, plan(create("new.md", b"")), command="t")
    with pytest.raises(StoreError, match="the lock cannot be made"):
        recover(vault.root)
    assert outside.read_bytes() == b"precious"
    (vault.root / ".vaultkit.lock").unlink()
    (vault.root / ".vaultkit.lock").write_bytes(b"\xff no owner")
    assert apply(vault.root, plan(create("new.md", b"")), command="t").id


@pytest.fixture
def no_kernel_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without locks, as some network and FUSE systems are."""

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(fcntl, "flock", refuse)


def signed(vault: Vault, age: float = 0, **changes: Any) -> Path:
    """A lock file as a process left it that is this one but for `changes`."""
    path = vault.root / ".vaultkit.lock"
    path.write_text(json.dumps({**lock._me("other", "noon"), **changes}))
    os.utime(path, (time.time() - age, time.time() - age))
    return path


@pytest.mark.usefixtures("no_kernel_locks")
@pytest.mark.parametrize("changes", [{}, {"host": "elsewhere"}, {"host": "elsewhere", "boot": "b"}])
def test_without_kernel_locks_a_living_owner_is_believed(
    vault: Vault, changes: dict[str, str]
) -> None:
    path = signed(vault, 1_000, **changes)
    with pytest.raises(ConflictError, match="`other`"):
        apply(vault.root, plan(create("new.md", b"")), command="t")
    path.unlink()
    assert apply(vault.root, plan(create("new.md", b"")), command="t").id
    assert not path.exists()


@pytest.mark.usefixtures("no_kernel_locks")
@pytest.mark.parametrize(
    "changes", [{"boot": "an earlier one"}, {"started": "1"}, {"pid": 2**22 + 1, "started": ""}]
)
def test_without_kernel_locks_a_dead_owner_is_found_out(
    vault: Vault, changes: dict[str, Any]
) -> None:
    path = signed(vault, **changes)
    assert apply(vault.root, plan(create("new.md", b"")), command="t").id
    assert not path.exists()


@pytest.mark.usefixtures("no_kernel_locks")
def test_without_kernel_locks_a_file_made_this_moment_is_believed(vault: Vault) -> None:
    path = vault.root / ".vaultkit.lock"
    path.write_bytes(b"")
    with pytest.raises(ConflictError, match="another run is changing this vault"):
        apply(vault.root, plan(create("new.md", b"")), command="t")
    os.utime(path, (0, 0))
    assert apply(vault.root, plan(create("new.md", b"")), command="t").id


@pytest.mark.usefixtures("no_kernel_locks")
def test_without_kernel_locks_runs_exclude_each_other_too(vault: Vault) -> None:
    disk = SteppedDisk()

    def meet() -> None:
        with pytest.raises(ConflictError, match="`first`"):
            apply(vault.root, plan(create("two.md", b"")), command="second", disk=disk)

    one = plan(create("one.md", b""))
    apply(vault.root, one, command="first", disk=before("rename", "one.md", meet))
    assert [name for name, _ in disk.steps] == ["open_lock"]
