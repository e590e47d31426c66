"""The real disk waits for the device: what the tests of a power loss take for granted."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from small_vault import Vault, plan

from vaultkit.plan.disk import Disk
from vaultkit.plan.store import apply


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes that `os.fsync` was asked for."""
    seen: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        seen.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


@pytest.mark.parametrize("count", [1, 3, 40])
def test_files_and_folders_are_synced(tmp_path: Path, synced: list[int], count: int) -> None:
    paths = [tmp_path, *(tmp_path / f"{number}.md" for number in range(count))]
    for path in paths[1:]:
        path.write_bytes(b"x")
    Disk().sync_all(paths)
    assert sorted(synced) == sorted(path.stat().st_ino for path in paths)


def test_an_apply_syncs_every_note_and_folder_it_changes(vault: Vault, synced: list[int]) -> None:
    value = plan(vault.replace("a.md", b"x", b"y"), vault.replace("n/b.md", b"x", b"y"))
    receipt = apply(vault.root, value, command="t")
    run = vault.root / "_link_reconcile_backup" / receipt.id
    changed = ("a.md", "n/b.md", ".", "n")
    kept = ("manifest.json", "originals.zip", ".")
    places = [*(vault.root / name for name in changed), *(run / name for name in kept)]
    assert {place.stat().st_ino for place in places} <= set(synced)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_device_that_fails_to_sync_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fsync(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match=os.strerror(code)):
        Disk().sync(tmp_path)


def test_a_file_system_that_cannot_sync_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "fsync", fsync)
    Disk().sync(tmp_path)
