"""What a run keeps of a file beside its bytes, and what undo refuses to touch."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from faulty_disk import before
from small_vault import Vault, create, plan

from vaultkit.errors import StoreError
from vaultkit.plan.history import history
from vaultkit.plan.preflight import RefusedError
from vaultkit.plan.store import apply, undo

NAMES = (
    "emoji 🎉.md",
    "new\nline.md",
    "\ttab.md",
    "back\\slash\\.md",
    "trailing \\",
    'quote".md',
    "raw \udcff\udcfe.md",
    "x" * 251 + ".md",
)


def test_names_of_every_kind(vault: Vault) -> None:
    for name in NAMES:
        vault.put(f"d {name[0]}/{name}", b"[[x]]")
    before = vault.picture()
    names = [f"d {name[0]}/{name}" for name in NAMES]
    actions = [vault.replace(name, b"x", b"y") for name in names]
    moves = [
        vault.move(name, f"to/{number}/{Path(name).name}") for number, name in enumerate(names)
    ]
    apply(vault.root, plan(*actions, *moves), command="t")
    for number, name in enumerate(NAMES):
        assert vault.bytes(f"to/{number}/{name}") == b"[[y]]"
    undo(vault.root)
    assert vault.picture() == before
    removed = apply(vault.root, plan(*map(vault.remove, names)), command="t")
    assert not any(name in vault.picture() for name in names)
    undo(vault.root, removed.id)
    assert vault.picture() == before


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o4711, 0o666])
def test_modes_are_kept_whatever_the_umask(vault: Vault, mode: int) -> None:
    vault.put("m.md", b"[[x]]", mode)
    old = os.umask(0o077)
    try:
        apply(vault.root, plan(vault.replace("m.md", b"x", b"y")), command="t")
        assert vault.picture()["m.md"][:2] == (b"[[y]]", mode)
        undo(vault.root)
        assert vault.picture()["m.md"][:2] == (b"[[x]]", mode)
        apply(vault.root, plan(vault.remove("m.md")), command="t")
        undo(vault.root)
        assert vault.picture()["m.md"][:2] == (b"[[x]]", mode)
    finally:
        os.umask(old)


def test_undo_does_not_take_back_a_mode_changed_since(vault: Vault) -> None:
    apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    (vault.root / "a.md").chmod(0o600)
    undo(vault.root)
    assert vault.picture()["a.md"][:2] == (b"one [[x]] two\n", 0o600)


def test_the_owner_is_kept(vault: Vault) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving files to another user needs root")
    os.chown(vault.root / "a.md", 1234, 4321)
    apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    info = (vault.root / "a.md").stat()
    assert (info.st_uid, info.st_gid) == (1234, 4321)


def test_extended_attributes_are_kept(vault: Vault) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("this system has no extended attributes in Python")
    try:
        os.setxattr(vault.root / "a.md", "user.tag", b"red")
    except OSError as error:
        pytest.skip(f"this file system keeps no extended attributes: {error.strerror}")
    apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    assert os.getxattr(vault.root / "a.md", "user.tag") == b"red"


def test_other_names_of_a_note_keep_the_old_bytes(vault: Vault, tmp_path: Path) -> None:
    os.link(vault.root / "a.md", tmp_path / "snapshot.md")
    apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    assert (tmp_path / "snapshot.md").read_bytes() == b"one [[x]] two\n"
    assert vault.bytes("a.md") == b"one [[y]] two\n"
    undo(vault.root)
    assert vault.bytes("a.md") == b"one [[x]] two\n"


def test_undo_refuses_as_a_whole_when_a_file_changed_since(vault: Vault) -> None:
    actions = (
        vault.replace("a.md", b"x", b"y"),
        vault.replace("n/b.md", b"x", b"y"),
        vault.move("n/b.md", "b.md"),
        vault.remove("n/c.md"),
        create("d.md", b"fresh"),
    )
    receipt = apply(vault.root, plan(*actions), command="t")
    vault.put("a.md", b"edited")
    vault.put("n/b.md", b"someone's own")
    vault.put("n/c.md", b"someone's own too")
    (vault.root / "d.md").unlink()
    now = vault.picture(backup=True)
    with pytest.raises(RefusedError) as caught:
        undo(vault.root)
    assert vault.picture(backup=True) == now
    assert {str(item.path): item.reason for item in caught.value.conflicts} == {
        "a.md": f"changed since run {receipt.id}",
        "n/b.md": "exists already",
        "n/c.md": "exists already",
        "d.md": "not there",
    }
    assert "cannot be undone: 4 conflicts; nothing was written" in caught.value.message
    assert "vaultkit undo " in caught.value.hint


def test_undo_refuses_when_the_originals_are_damaged(vault: Vault) -> None:
    receipt = apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    pack = vault.root / "_link_reconcile_backup" / receipt.id / "originals.zip"
    whole = pack.read_bytes()
    for damaged in (whole.replace(b"one [[", b"two [["), whole[:40], b""):
        pack.write_bytes(damaged)
        with pytest.raises(StoreError, match=r"originals\.zip cannot be used"):
            undo(vault.root)
        assert vault.bytes("a.md") == b"one [[y]] two\n"
    pack.unlink()
    with pytest.raises(StoreError, match=r"originals\.zip cannot be used"):
        undo(vault.root)
    pack.write_bytes(whole)
    undo(vault.root)
    assert vault.bytes("a.md") == b"one [[x]] two\n"


@pytest.mark.parametrize(
    "damaged", [b"", b"{}", b"[" * 10_000, b'{"format": "vaultkit-run", "version": 9}']
)
def test_a_damaged_manifest_is_told_and_does_not_stop_other_runs(
    vault: Vault, damaged: bytes
) -> None:
    first = apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    manifest = vault.root / "_link_reconcile_backup" / first.id / "manifest.json"
    manifest.write_bytes(damaged)
    second = apply(vault.root, plan(vault.replace("n/c.md", b"x", b"y")), command="t")
    assert [item.status for item in history(vault.root)] == ["unreadable", "applied"]
    with pytest.raises(StoreError, match="not a manifest of a run"):
        undo(vault.root, first.id)
    undo(vault.root, second.id)


def test_a_manifest_that_points_outside_is_not_obeyed(vault: Vault, tmp_path: Path) -> None:
    """Backups travel with vaults from strangers: a forged run must not write elsewhere."""
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"fresh")
    receipt = apply(vault.root, plan(create("new.md", b"fresh")), command="t")
    folder = vault.root / "_link_reconcile_backup" / receipt.id
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"new.md"', '"../outside.md"'))
    with pytest.raises(StoreError, match="not a manifest of a run"):
        undo(vault.root, receipt.id)
    (folder / "done").unlink()
    (folder / "arriving").unlink()
    for name in ("", "arriving"):
        if name:
            (folder / name).touch()
        with pytest.raises(StoreError, match="not a manifest of a run"):
            undo(vault.root)
    assert outside.read_bytes() == b"fresh"


def test_an_immutable_note_is_refused_or_rolls_all_back(vault: Vault) -> None:
    chattr = shutil.which("chattr")
    if chattr is None or os.geteuid() != 0:
        pytest.skip("making a file immutable needs chattr and root")
    value = plan(vault.replace("a.md", b"x", b"y"), vault.replace("n/b.md", b"x", b"y"))
    before_all = vault.picture(backup=True)
    note = str(vault.root / "n/b.md")

    def freeze() -> None:
        subprocess.run([chattr, "+i", note], capture_output=True, check=True)

    try:
        freeze()
    except subprocess.CalledProcessError:
        pytest.skip("this file system knows no immutable files")
    try:
        with pytest.raises(RefusedError, match="read-only file"):
            apply(vault.root, value, command="t")
        subprocess.run([chattr, "-i", note], check=True)
        with pytest.raises(StoreError, match="Operation not permitted; everything was rolled back"):
            apply(vault.root, value, command="t", disk=before("rename", "a.md", freeze))
        assert vault.picture(backup=True) == before_all
    finally:
        subprocess.run([chattr, "-i", note], check=True)
