"""Applying plans and taking them back."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_vault import Vault, create, plan

from vaultkit.errors import UsageError
from vaultkit.plan.history import history
from vaultkit.plan.store import apply, undo, undo_plan

NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)


def test_a_write_changes_only_the_bytes_inside_its_spans(vault: Vault) -> None:
    before = vault.picture()
    receipt = apply(vault.root, plan(vault.replace("n/b.md", b"x", b"y z")), command="t")
    assert vault.bytes("n/b.md") == b"\xef\xbb\xbfcrlf [[y z]]\r\nnul \0 cr \r end"
    after = vault.picture()
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {"n/b.md"}
    assert after["n/b.md"][1] == 0o600
    assert after["n/b.md"][2] > before["n/b.md"][2]
    assert receipt.id


def test_undo_gives_back_bytes_modes_and_times(vault: Vault) -> None:
    before = vault.picture()
    actions = (
        vault.replace("a.md", b"x", b"y"),
        vault.move("a.md", "new/deep/a.md"),
        vault.remove("n/c.md"),
        create("n/d.md", b"fresh"),
    )
    apply(vault.root, plan(*actions), command="t")
    assert vault.bytes("new/deep/a.md") == b"one [[y]] two\n"
    assert vault.bytes("n/d.md") == b"fresh"
    assert not (vault.root / "a.md").exists()
    assert not (vault.root / "n/c.md").exists()
    undo(vault.root)
    assert vault.picture() == before


def test_undo_can_be_seen_before_it_is_done(vault: Vault) -> None:
    apply(vault.root, plan(vault.replace("a.md", b"x", b"long")), command="t")
    now = vault.picture(backup=True)
    (action,) = undo_plan(vault.root).actions
    assert action == vault.write("a.md", (6, 10, b"x"))
    assert vault.picture(backup=True) == now


def test_undo_can_be_undone_and_again(vault: Vault) -> None:
    before = vault.picture()
    actions = (
        vault.replace("a.md", b"x", b"y"),
        vault.move("a.md", "new/a.md"),
        vault.remove("n/c.md"),
        create("n/d.md", b"fresh"),
    )
    first = apply(vault.root, plan(*actions), command="t")
    applied = {name: item[:2] for name, item in vault.picture().items()}
    back = undo(vault.root)
    again = undo(vault.root, back.id)
    assert {name: item[:2] for name, item in vault.picture().items()} == applied
    assert [item.status for item in history(vault.root)] == ["applied", "undone", "applied"]
    with pytest.raises(UsageError, match="undone already"):
        undo(vault.root, back.id)
    undo(vault.root, first.id)
    assert vault.picture() == before
    assert again.id > back.id > first.id


def test_undo_without_an_id_goes_back_run_by_run(vault: Vault) -> None:
    first = vault.picture()
    apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t")
    second = vault.picture()
    apply(vault.root, plan(vault.replace("a.md", b"y", b"z")), command="t")
    undo(vault.root)
    assert vault.picture() == second
    undo(vault.root)
    assert vault.picture() == first
    with pytest.raises(UsageError, match="no run to undo"):
        undo(vault.root)


def test_an_empty_plan_writes_nothing(vault: Vault) -> None:
    before = vault.picture(backup=True)
    times = {path: path.stat().st_mtime_ns for path in [vault.root, vault.root / "n"]}
    assert apply(vault.root, plan(), command="t").id == ""
    assert vault.picture(backup=True) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_a_plan_that_changes_no_byte_writes_nothing(vault: Vault) -> None:
    before = vault.picture(backup=True)
    same = plan(vault.replace("a.md", b"x", b"x"), vault.write("n/b.md"))
    assert apply(vault.root, same, command="t").id == ""
    assert vault.picture(backup=True) == before


def test_the_originals_are_a_zip_that_anything_opens(vault: Vault) -> None:
    originals = {name: vault.bytes(name) for name in ("a.md", "n/c.md")}
    actions = (vault.replace("a.md", b"x", b"y"), vault.remove("n/c.md"))
    receipt = apply(vault.root, plan(*actions), command="t")
    pack = vault.root / "_link_reconcile_backup" / receipt.id / "originals.zip"
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == originals
        assert {item.compress_type for item in archive.infolist()} == {zipfile.ZIP_STORED}


def test_ids_sort_by_run_even_when_the_clock_goes_back(vault: Vault) -> None:
    texts = b"xyzuvw"
    moments = [NOON, NOON, NOON + timedelta(seconds=1), NOON - timedelta(hours=1)]
    ids = []
    for number, moment in enumerate(moments):
        change = vault.replace("a.md", texts[number : number + 1], texts[number + 1 : number + 2])
        ids.append(apply(vault.root, plan(change), command="t", clock=lambda m=moment: m).id)
    assert ids == sorted(ids)
    assert ids[:2] == ["20250131T120000Z-001", "20250131T120000Z-002"]
    assert [item.id for item in history(vault.root)] == ids


def test_history_tells_each_run(vault: Vault) -> None:
    apply(
        vault.root,
        plan(vault.replace("a.md", b"x", b"y"), why="because"),
        command="vaultkit reconcile --apply",
        clock=lambda: NOON,
    )
    (record,) = history(vault.root)
    assert (record.command, record.why) == ("vaultkit reconcile --apply", "because")
    assert (record.when, record.status) == ("2025-01-31T12:00:00+00:00", "applied")
    assert [str(path) for path in record.paths] == ["a.md"]


def test_swaps_chains_and_stubs(vault: Vault) -> None:
    before = vault.picture()
    names = ("a.md", "n/b.md", "n/c.md")
    old = [vault.bytes(name) for name in names]
    actions = (
        vault.move("a.md", "n/b.md"),
        vault.move("n/b.md", "n/c.md"),
        vault.move("n/c.md", "z.md"),
        create("a.md", b"moved"),
    )
    apply(vault.root, plan(*actions), command="t")
    assert [vault.bytes(name) for name in ("n/b.md", "n/c.md", "z.md")] == old
    assert vault.bytes("a.md") == b"moved"
    undo(vault.root)
    assert vault.picture() == before
    apply(vault.root, plan(vault.move("a.md", "n/b.md"), vault.move("n/b.md", "a.md")), command="t")
    assert [vault.bytes("n/b.md"), vault.bytes("a.md")] == old[:2]
    undo(vault.root)
    assert vault.picture() == before


@pytest.mark.parametrize("inside", [True, False])
def test_the_backup_folder_can_be_elsewhere(vault: Vault, tmp_path: Path, inside: bool) -> None:
    backup = Path("deep/er/backups") if inside else tmp_path / "out" / "side"
    before = vault.picture()
    change = vault.replace("a.md", b"x", b"y")
    receipt = apply(vault.root, plan(change), command="t", backup=backup)
    assert (vault.root / backup / receipt.id / "originals.zip").is_file()
    assert not (vault.root / "_link_reconcile_backup").exists()
    undo(vault.root, backup=backup)
    after = {name: item for name, item in vault.picture().items() if not name.startswith("deep")}
    assert after == before


def test_two_vaults_may_share_a_backup_folder(vault: Vault, tmp_path: Path) -> None:
    shared, root = tmp_path / "shared", tmp_path / "other"
    root.mkdir()
    other = Vault(root)
    other.put("a.md", b"one [[x]] two\n")
    mine = apply(vault.root, plan(vault.replace("a.md", b"x", b"y")), command="t", backup=shared)
    theirs = apply(root, plan(other.replace("a.md", b"x", b"y")), command="t", backup=shared)
    assert [item.id for item in history(vault.root, backup=shared)] == [mine.id]
    assert [item.id for item in history(root, backup=shared)] == [theirs.id]
    with pytest.raises(UsageError, match="there is no run"):
        undo(root, mine.id, backup=shared)
