"""Which files a vault has, and that no name or link on a disk leads us astray."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from tiny_vault import sightings, tiny_vault, write_files

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.lint.rule import all_rules
from vaultkit.lint.run import lint
from vaultkit.repair.survey import Surveyor
from vaultkit.vault import Found, Missing, list_files, read_vault


def test_dot_files_and_dot_folders_are_invisible(tmp_path: Path) -> None:
    files = {"S.md": "", ".x.md": "", ".trash/x.md": "", ".obsidian/x.md": "", "a/.b/x.md": ""}
    vault = tiny_vault(tmp_path, files)
    assert vault.files == ("S.md",)
    assert vault.resolve("x", "S.md") == Missing()


def test_a_dot_inside_a_name_hides_nothing(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"a.b/x.md": "", "S.md": ""})
    assert vault.resolve("x", "S.md") == Found("a.b/x.md")


def test_the_backup_folder_is_never_scanned(tmp_path: Path) -> None:
    files = {"_link_reconcile_backup/x.md": "", "kept/x.md": "", "S.md": ""}
    assert tiny_vault(tmp_path, files).files == ("S.md", "kept/x.md")
    named = read_vault(tmp_path, Config(backup="kept"))
    assert named.files == ("S.md", "_link_reconcile_backup/x.md")


def test_excluded_files_still_resolve(tmp_path: Path) -> None:
    files = {
        ".obsidian/app.json": json.dumps({"userIgnoreFilters": ["Archive/"]}),
        "S.md": "[[Old]]\n",
        "Archive/Old.md": "[[Nowhere]]\n",
    }
    found = sightings(tmp_path, files)
    assert [(item.path, item.bucket) for item in found] == [
        ("Archive/Old.md", "missing"),
        ("S.md", "resolved"),
    ]


@pytest.mark.parametrize(
    ("filters", "hidden"),
    [
        ([], []),
        (["Archive/"], ["Archive/A.md"]),
        (["Arch"], ["Archive/A.md"]),
        (["/^Archive\\//"], ["Archive/A.md"]),
        (["/A\\.md$/"], ["A.md", "Archive/A.md", "b/Archive/A.md"]),  # anywhere, as in Obsidian
        (["Archive/", "b/"], ["Archive/A.md", "b/Archive/A.md"]),
        (["/(/", "Archive/"], ["Archive/A.md"]),  # one broken filter spoils no other
        (["A.md"], ["A.md"]),  # a prefix, not a part
        (["."], []),  # letter for letter
        ("Archive/", []),
        ([1, None, ""], []),
    ],
)
def test_findings_of_excluded_files_are_left_out(
    tmp_path: Path, filters: object, hidden: list[str]
) -> None:
    notes = dict.fromkeys(["A.md", "Archive/A.md", "b/Archive/A.md"], "[[Nowhere]]\n")
    settings = {".obsidian/app.json": json.dumps({"userIgnoreFilters": filters})}
    vault = tiny_vault(tmp_path, {**notes, **settings})
    shown = {finding.path for finding in lint(vault, [all_rules()["broken-link"]])}
    assert shown == set(notes) - set(hidden)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000, "\xff"])
def test_broken_settings_are_the_defaults(tmp_path: Path, text: str) -> None:
    files = {".obsidian/app.json": text.encode("latin-1"), "S.md": "[[x]]\n"}
    settings = tiny_vault(tmp_path, files).settings
    assert (settings.link_format, settings.markdown_links, settings.excluded) == (
        "shortest",
        False,
        (),
    )
    assert settings.problem


def test_no_settings_are_no_problem(tmp_path: Path) -> None:
    assert tiny_vault(tmp_path, {"S.md": ""}).settings.problem == ""


def test_two_notes_of_one_name_are_legal(tmp_path: Path) -> None:
    files = {"a/x.md": "[[x]]\n", "b/x.md": "[[x]]\n"}
    assert [item.bucket for item in sightings(tmp_path, files)] == ["self", "self"]


NAMES = [
    "📚 Books",
    "👩‍💻 note",
    "🇰🇷",
    " leading space",
    "\tleading tab",
    "trailing backslash\\",
    "back\\slash",
    "[ ]",
    "a [b] c",
    "a[b",
    "x.md",
    "a.md.md",
    "100%",
    "50%25",
    "it's",
    'say "hi"',
    "a & b",
    "$x$",
    "`tick`",
    "é",
    unicodedata.normalize("NFD", "é 한글"),
    "한글 노트",
    "中文",
    "عربي",
    "a" * 240,
    "-x",
    "~",
    "a  b",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_link_finds_a_file_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    vault = tiny_vault(tmp_path, {f"d/{name}.md": "", "S.md": ""})
    assert vault.resolve(name, "S.md") == Found(f"d/{name}.md")
    assert vault.resolve(f"{name}x", "S.md") == Missing()


@pytest.mark.parametrize("name", [name for name in NAMES if name[0] not in "[`$"])
def test_a_link_as_text_finds_it_too(tmp_path: Path, name: str) -> None:
    (found,) = sightings(tmp_path, {"S.md": f"[[{name}]]\n", f"d/{name}.md": ""})
    assert found.resolved == f"d/{name}.md"


def test_a_name_with_a_newline_is_read_and_never_linked(tmp_path: Path) -> None:
    found = sightings(tmp_path, {"S.md": "[[a\nb]]\n", "a\nb.md": "[[S]]\n"})
    assert [(item.path, item.bucket) for item in found] == [("a\nb.md", "resolved")]


def test_a_name_that_is_no_text_is_read_like_any_other(tmp_path: Path) -> None:
    write_files(tmp_path, {"S.md": "[[x]]\n"})
    raw = os.fsencode(tmp_path) + b"/caf\xe9.md"
    Path(os.fsdecode(raw)).write_bytes(b"[[S]] [[Nowhere]]\n")
    found = list(Surveyor(read_vault(tmp_path)).survey())
    assert [item.bucket for item in found] == ["missing", "resolved", "missing"]
    assert os.fsencode(found[1].path) == b"caf\xe9.md"


def test_linked_folders_are_not_entered(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", {"a/x.md": "", "S.md": ""})
    write_files(tmp_path / "outside", {"secret.md": ""})
    (root / "loop").symlink_to(root)
    (root / "a/up").symlink_to("..")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "self").symlink_to("self")
    (root / "dangling.md").symlink_to("nowhere.md")
    vault = read_vault(root)
    assert vault.files == ("S.md", "a/x.md")
    assert vault.resolve("secret", "S.md") == Missing()


def test_a_linked_note_is_read_inside_the_vault_alone(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", {"a/x.md": "[[S]]\n", "S.md": ""})
    write_files(tmp_path / "outside", {"secret.md": "[[S]]\n"})
    (root / "also.md").symlink_to("a/x.md")
    (root / "out.md").symlink_to(tmp_path / "outside/secret.md")
    vault = read_vault(root)
    assert set(vault.notes) == {"S.md", "a/x.md", "also.md"}
    assert vault.linked == {"also.md", "out.md"}
    (trouble,) = vault.unreadable
    assert str(trouble.path) == "out.md"
    assert "out of the vault" in trouble.reason
    assert vault.resolve("out", "S.md") == Found("out.md")


def test_a_fifo_is_no_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"S.md": ""})
    os.mkfifo(tmp_path / "pipe.md")
    assert read_vault(tmp_path).files == ("S.md",)


def test_the_order_of_files_is_that_of_their_names(tmp_path: Path) -> None:
    names = ["b.md", "a/z.md", "A.md", "é.md", "a.md", "a/b/c.md"]
    write_files(tmp_path, dict.fromkeys(names, ""))
    assert list_files(tmp_path).files == tuple(sorted(names))


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_vault(tmp_path / "gone")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="is not a folder"):
        read_vault(tmp_path / "file")
