"""Small vaults on disk, and what they are after `vaultkit reconcile --apply`.

`tests/vaults/<story>/vault` is the vault; `expected` holds the files that change.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_vault import tree_digest

from vaultkit.cli import run
from vaultkit.repair.reconcile import reconcile
from vaultkit.vault import read_vault

STORIES = Path(__file__).parent.parent / "vaults"


def bytes_of(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "_link_reconcile_backup" not in path.parts
    }


@pytest.fixture
def story(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the story's vault, and the folder of what is expected."""
    place = STORIES / request.param
    return shutil.copytree(place / "vault", tmp_path / "vault"), place / "expected"


@pytest.mark.parametrize(
    "story",
    ["every-variant", "tables", "properties", "canvas", "ambiguity"],
    indirect=True,
)
def test_a_story_ends_as_expected(story: tuple[Path, Path]) -> None:
    root, expected = story
    before, digest = bytes_of(root), tree_digest(root)
    assert run(["reconcile", str(root), "--check"]) == 1
    assert tree_digest(root) == digest
    assert run(["reconcile", str(root), "--apply"]) == 0
    assert bytes_of(root) == before | bytes_of(expected)
    assert run(["reconcile", str(root), "--check"]) == 0
    assert run(["undo", "--vault", str(root)]) == 0
    assert tree_digest(root) == digest


def test_every_story_is_told() -> None:
    folders = {path.name for path in STORIES.iterdir() if path.is_dir()}
    # `session` is a story of running code, told in tests/verify and tests/snippets.
    told = {"every-variant", "tables", "properties", "canvas", "ambiguity", "session"}
    assert folders == told


@pytest.mark.parametrize("story", ["every-variant"], indirect=True)
def test_every_repairable_kind_is_in_the_first_story(story: tuple[Path, Path]) -> None:
    found = reconcile(read_vault(story[0]))
    assert {item.proposal.reason for item in found.repairs} == {
        "invisible characters",
        "separators",
        "punctuation",
        "title",
        "title, folded",
    }
    assert {item.link.kind for item in found.repairs} == {"wiki", "embed", "markdown", "file"}
    assert {item.link.where for item in found.repairs} == {
        "body",
        "comment",
        "property",
        "canvas",
        "base",
    }
    assert not [item for item in found.repairs if item.path == "Traps.md"]


@pytest.mark.parametrize("story", ["ambiguity"], indirect=True)
def test_what_the_story_of_ambiguity_refuses(story: tuple[Path, Path]) -> None:
    found = reconcile(read_vault(story[0]))
    assert [(item.path, item.link.target, item.refusal.reason) for item in found.refused] == [
        ("a/Data Set.md", "data_set", "same name in two folders"),
        ("c/S.md", "data_set", "same name in two folders"),
        ("c/S.md", "Big_Data", "two spellings"),
        ("c/S.md", "AI", "alias only"),
        ("c/S.md", "one_title", "two spellings"),
        ("c/S.md", "War?", "two spellings"),
    ]
