"""Everything that is wrong with a plan is told at once, and nothing is written."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from small_vault import Vault, create, plan

from vaultkit.errors import ConflictError, Exit
from vaultkit.plan import Conflict, Move, Plan, Remove, Write
from vaultkit.plan.preflight import RefusedError, preflight
from vaultkit.plan.store import apply, undo

NOWHERE = "0" * 64


def reasons(vault: Vault, value: Plan, backup: Path | None = None) -> dict[str, str]:
    """Path -> reason, both as the preflight tells them and as a refused apply does."""
    before = vault.picture(backup=True)
    told = preflight(vault.root, value, backup=backup)
    with pytest.raises(RefusedError) as caught:
        apply(vault.root, value, command="t", backup=backup)
    assert vault.picture(backup=True) == before
    assert caught.value.conflicts == told
    assert isinstance(caught.value, ConflictError)
    assert caught.value.exit_code == Exit.REFUSED
    for conflict in told:
        assert conflict.reason in caught.value.message
    return {str(conflict.path): conflict.reason for conflict in told}


def test_all_conflicts_are_listed_in_the_order_of_paths(vault: Vault) -> None:
    stale = vault.replace("n/c.md", b"x", b"y")
    vault.put("n/c.md", b"edited by hand")
    (vault.root / "gone.md").write_bytes(b"x")
    gone = vault.remove("gone.md")
    (vault.root / "gone.md").unlink()
    value = plan(stale, gone, create("a.md", b""), vault.replace("n/b.md", b"x", b"y"))
    assert preflight(vault.root, value) == (
        Conflict(PurePosixPath("a.md"), "exists already"),
        Conflict(PurePosixPath("gone.md"), "not there"),
        Conflict(PurePosixPath("n/c.md"), "changed since the plan was made"),
    )
    assert len(reasons(vault, value)) == 3


def test_a_file_touched_but_not_changed_is_no_conflict(vault: Vault) -> None:
    value = plan(vault.replace("a.md", b"x", b"y"))
    os.utime(vault.root / "a.md")
    assert preflight(vault.root, value) == ()


def test_bytes_count_even_when_size_and_time_are_the_same(vault: Vault) -> None:
    value = plan(vault.replace("a.md", b"x", b"y"))
    info = (vault.root / "a.md").stat()
    vault.put("a.md", vault.bytes("a.md").replace(b"one", b"two"))
    os.utime(vault.root / "a.md", ns=(info.st_atime_ns, info.st_mtime_ns))
    assert reasons(vault, value) == {"a.md": "changed since the plan was made"}


@pytest.mark.parametrize("name", ["/etc/passwd", "../out.md", "n/../../out.md", "n/../a.md"])
def test_paths_outside_the_vault(vault: Vault, name: str) -> None:
    path = PurePosixPath(name)
    for action in (
        create(name, b""),
        Write(path, NOWHERE, ()),
        Remove(path, NOWHERE),
        Move(path, PurePosixPath("ok.md"), NOWHERE),
        Move(PurePosixPath("a.md"), path, vault.digest("a.md")),
    ):
        assert reasons(vault, plan(action)) == {name: "outside the vault"}


@pytest.mark.parametrize("name", ["", ".", "a\0b.md"])
def test_paths_that_name_no_file(vault: Vault, name: str) -> None:
    assert set(reasons(vault, plan(create(name, b""))).values()) == {"not the path of a file"}


def test_symbolic_links_are_not_followed(vault: Vault, tmp_path: Path) -> None:
    outside = Vault(tmp_path / "outside")
    outside.put("o.md", b"not ours [[x]]")
    (vault.root / "link").symlink_to(outside.root)
    (vault.root / "link.md").symlink_to(vault.root / "a.md")
    (vault.root / "dangling.md").symlink_to("nowhere")
    digest = outside.digest("o.md")
    value = plan(
        Write(PurePosixPath("link/o.md"), digest, ()),
        Remove(PurePosixPath("link.md"), vault.digest("a.md")),
        create("link/new.md", b""),
        create("dangling.md", b""),
        vault.move("a.md", "link/a.md"),
    )
    assert reasons(vault, value) == {
        "link/o.md": "its folder link is a symbolic link",
        "link.md": "a symbolic link",
        "link/new.md": "its folder link is a symbolic link",
        "dangling.md": "exists already",
        "link/a.md": "its folder link is a symbolic link",
    }
    assert outside.bytes("o.md") == b"not ours [[x]]"


def test_the_vault_itself_may_be_reached_through_a_link(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "door").symlink_to(vault.root)
    apply(tmp_path / "door", plan(vault.replace("a.md", b"x", b"y")), command="t")
    assert vault.bytes("a.md") == b"one [[y]] two\n"
    undo(tmp_path / "door")
    assert vault.bytes("a.md") == b"one [[x]] two\n"


def test_folders_pipes_and_files_in_the_way(vault: Vault) -> None:
    os.mkfifo(vault.root / "pipe.md")
    (vault.root / "folder.md").mkdir()
    value = plan(
        Write(PurePosixPath("pipe.md"), NOWHERE, ()),
        Remove(PurePosixPath("folder.md"), NOWHERE),
        create("a.md/b.md", b""),
        Write(PurePosixPath("no/such.md"), NOWHERE, ()),
        Write(PurePosixPath("a.md/c.md"), NOWHERE, ()),
    )
    assert preflight(vault.root, value) == (
        Conflict(PurePosixPath("a.md/b.md"), "its folder a.md is not a folder"),
        Conflict(PurePosixPath("a.md/c.md"), "its folder a.md is not a folder"),
        Conflict(PurePosixPath("folder.md"), "not a regular file"),
        Conflict(PurePosixPath("no/such.md"), "its folder no is not there"),
        Conflict(PurePosixPath("pipe.md"), "not a regular file"),
    )


def test_names_equal_by_case_or_unicode_form(vault: Vault) -> None:
    composed, decomposed = (unicodedata.normalize(form, "é.md") for form in ("NFC", "NFD"))
    vault.put(composed, b"x")
    vault.put("straße/x.md", b"x")
    value = plan(
        create("A.md", b""),
        create(decomposed, b""),
        vault.move("n/c.md", "N.md"),
        create("n.MD", b""),
        create("N/new.md", b""),
        create("STRASSE/new.md", b""),
        create("k/one.md", b""),
        create("K/two.md", b""),
    )
    assert reasons(vault, value) == {
        "A.md": "equal by case or Unicode form to a.md",
        decomposed: f"equal by case or Unicode form to {composed}",
        "n.MD": "equal by case or Unicode form to N.md of the same plan",
        "N/new.md": "its folder N is equal by case or Unicode form to n",
        "STRASSE/new.md": "its folder STRASSE is equal by case or Unicode form to straße",
        "K/two.md": "its folder is spelt k elsewhere in the plan",
    }


def test_a_file_must_have_exactly_the_name_the_plan_gives_it(vault: Vault) -> None:
    value = plan(Write(PurePosixPath("A.md"), vault.digest("a.md"), ()))
    assert reasons(vault, value) == {"A.md": "not there; a file is called a.md"}


def test_two_actions_must_not_meet(vault: Vault) -> None:
    value = plan(
        vault.replace("a.md", b"x", b"y"),
        vault.replace("a.md", b"x", b"z"),
        vault.remove("n/b.md"),
        vault.move("n/b.md", "b.md"),
        create("new.md", b""),
        vault.move("n/c.md", "new.md"),
        create("file", b""),
        create("file/under.md", b""),
    )
    assert reasons(vault, value) == {
        "a.md": "changed by two actions of the plan",
        "n/b.md": "changed by two actions of the plan",
        "new.md": "made by two actions of the plan",
        "file/under.md": "lies under file, a file of the same plan",
    }


def test_edits_must_fit_the_file(vault: Vault) -> None:
    value = plan(
        vault.write("a.md", (0, 3, b"x"), (2, 4, b"y")),
        vault.write("n/b.md", (10, 10_000, b"")),
        vault.write("n/c.md", (5, 4, b"")),
    )
    assert reasons(vault, value) == {
        "a.md": "edits overlap: bytes 0-3 and 2-4",
        "n/b.md": "edit outside the file: bytes 10-10000 of 29",
        "n/c.md": "edit outside the file: bytes 5-4 of 17",
    }


def test_what_belongs_to_others_stays_theirs(vault: Vault) -> None:
    vault.put(".obsidian/app.json", b"{}")
    vault.put("_link_reconcile_backup/mine.md", b"x")
    value = plan(
        vault.remove(".obsidian/app.json"),
        vault.move("a.md", ".trash/a.md"),
        create(".git/hooks/pre-commit", b""),
        create("n/.GIT/config", b""),
        vault.remove("_link_reconcile_backup/mine.md"),
        create(".vaultkit.lock", b""),
        create("n/.vaultkit-1", b""),
    )
    assert reasons(vault, value) == {
        ".obsidian/app.json": "inside .obsidian, which belongs to another program",
        ".trash/a.md": "inside .trash, which belongs to another program",
        ".git/hooks/pre-commit": "inside .git, which belongs to another program",
        "n/.GIT/config": "inside .GIT, which belongs to another program",
        "_link_reconcile_backup/mine.md": "inside the backup folder",
        ".vaultkit.lock": "a name that runs use themselves",
        "n/.vaultkit-1": "a name that runs use themselves",
    }


def test_a_new_file_in_a_dot_folder_is_allowed_and_can_be_undone(vault: Vault) -> None:
    before = vault.picture()
    apply(vault.root, plan(create(".obsidian/snippets/a.css", b"a {}")), command="t")
    assert vault.bytes(".obsidian/snippets/a.css") == b"a {}"
    undo(vault.root)
    assert vault.picture() == before


def test_read_only_files_and_folders_are_left_alone_even_by_root(vault: Vault) -> None:
    vault.put("kept.md", b"x", 0o444)
    vault.put("locked/in.md", b"x")
    (vault.root / "locked").chmod(0o555)
    value = plan(
        vault.write("kept.md", (0, 1, b"y")),
        vault.write("locked/in.md", (0, 1, b"y")),
        create("locked/new.md", b""),
        create("locked/deep/new.md", b""),
    )
    try:
        assert reasons(vault, value) == {
            "kept.md": "read-only file",
            "locked/in.md": "in a read-only folder",
            "locked/new.md": "in a read-only folder",
            "locked/deep/new.md": "in a read-only folder",
        }
    finally:
        (vault.root / "locked").chmod(0o755)


def test_a_name_too_long_for_the_system(vault: Vault) -> None:
    (reason,) = reasons(vault, plan(create("é" * 200 + ".md", b""))).values()
    assert reason.startswith("cannot be reached: ")


def test_a_backup_folder_that_cannot_be_made(vault: Vault, tmp_path: Path) -> None:
    value = plan(vault.replace("a.md", b"x", b"y"))
    vault.put("_link_reconcile_backup", b"a file of that name")
    assert reasons(vault, value) == {
        "_link_reconcile_backup": "the backup folder cannot be made: "
        "_link_reconcile_backup is a file"
    }
    (vault.root / "_link_reconcile_backup").unlink()
    (vault.root / "_link_reconcile_backup").symlink_to(tmp_path)
    assert reasons(vault, value) == {
        "_link_reconcile_backup": "the backup folder is behind a symbolic link"
    }
    (tmp_path / "shut").mkdir(mode=0o555)
    (reason,) = reasons(vault, value, tmp_path / "shut" / "backups").values()
    assert reason == "the backup folder cannot be made: its place is read-only"
    for backup in (Path(), vault.root, vault.root.parent, Path("/")):
        (reason,) = reasons(vault, value, backup).values()
        assert reason == "the backup folder must not hold the vault itself"


def test_control_characters_in_a_name_are_shown_not_sent(vault: Vault) -> None:
    vault.put("bell\x07\nline.md", b"x")
    stale = vault.write("bell\x07\nline.md", (0, 1, b"y"))
    vault.put("bell\x07\nline.md", b"z")
    with pytest.raises(RefusedError) as caught:
        apply(vault.root, plan(stale), command="t")
    assert "\x07" not in caught.value.message
    assert r"'bell\x07\nline.md': changed since" in caught.value.message
