"""Damage that other tools were seen to do, and that is not done here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import carried_out, reconciled, refusals, repaired, sightings, tree_digest

from vaultkit.plan import store
from vaultkit.repair.propose import Options
from vaultkit.repair.reconcile import reconcile
from vaultkit.vault import read_vault

ALL = Options(joined=True, moved=True, same_folder=True)
BROKEN = ("missing", "missing-variant", "missing-alias")


def test_no_key_folds_to_nothing(tmp_path: Path) -> None:
    """`()` and `--` had one empty key, and every such link went to one note."""
    files = {"S.md": "[[--]] [[??]] [[📚]] [[·]] [[ _ ]]\n", "().md": "", "!.md": "", "…….md": ""}
    found = reconciled(tmp_path, files, ALL)
    assert (found.repairs, found.refused) == ((), ())


def test_what_is_promised_is_written_and_no_more(tmp_path: Path) -> None:
    """Two repairs promised, three written: the third was inside a fence."""
    text = "[[a_b]]\n\n```\n[[a_b]]\n```\n\n[[a_b]] `[[a_b]]`\n"
    files = {"S.md": text, "a b.md": ""}
    found = reconciled(tmp_path, files)
    assert len(found.repairs) == 2
    after = carried_out(files, found.plan)["S.md"]
    assert after == "[[a b]]\n\n```\n[[a_b]]\n```\n\n[[a b]] `[[a_b]]`\n"


def test_a_missing_heading_is_no_misspelt_name(tmp_path: Path) -> None:
    files = {"S.md": "[[page#Notes]]\n", "page.md": "", "page Notes.md": "", "Notes.md": "# Notes"}
    found = reconciled(tmp_path, files, ALL)
    assert (found.repairs, found.refused) == ((), ())


def test_a_link_is_not_repaired_to_its_own_note(tmp_path: Path) -> None:
    files = {"Focal Loss.md": "[[focal_loss]]\n"}
    assert repaired(tmp_path, files, ALL) == {}
    assert refusals(tmp_path, files) == [("focal_loss", "its own note")]


@pytest.mark.parametrize("display", ["my text", "focal_loss", "a|b", " spaced ", "[x]", "$x$"])
def test_a_display_text_is_kept(tmp_path: Path, display: str) -> None:
    files = {
        "S.md": f"[[focal_loss|{display}]] [[T_t|{display}]]\n",
        "Focal Loss.md": "",
        "n.md": "---\ntitle: T t\n---\n",
    }
    assert repaired(tmp_path, files) == {"S.md": f"[[Focal Loss|{display}]] [[n|{display}]]\n"}


def test_a_repair_in_front_matter_is_written(tmp_path: Path) -> None:
    files = {"S.md": '---\nup: "[[a_b]]"\n---\n', "a b.md": ""}
    found = reconciled(tmp_path, files)
    assert len(found.repairs) == 1
    assert carried_out(files, found.plan) == {"S.md": '---\nup: "[[a b]]"\n---\n'}


def test_every_fix_resolves_and_the_broken_count_falls(tmp_path: Path) -> None:
    """Another tool changed 1,097 files, and then more links were broken than before."""
    files = {
        "d/S.md": "[[T t]] [[x_y]] [[e/x_y]] [t](x_y.md) ![[x_y#H]]\n",
        "d/n.md": "",
        "e/n.md": "---\ntitle: T t\n---\n",
        "e/x y.md": "# H\n",
    }
    before = sightings(tmp_path, files)
    found = reconcile(read_vault(tmp_path))
    assert len(found.repairs) == 5
    changed = carried_out(files, found.plan)
    after = sightings(tmp_path, {**files, **changed})
    assert sum(item.bucket in BROKEN for item in before) == 5
    assert [item.resolved for item in after] == [item.proposal.path for item in found.repairs]


def test_no_brackets_are_escaped_and_no_link_is_unwrapped(tmp_path: Path) -> None:
    files = {"S.md": "[[x]] [[a_b]] \\[\\[y\\]\\] [[gone]] [z](gone.md)\n", "a b.md": ""}
    assert repaired(tmp_path, files) == {
        "S.md": "[[x]] [[a b]] \\[\\[y\\]\\] [[gone]] [z](gone.md)\n"
    }


def test_no_note_is_renamed_and_every_original_is_kept(tmp_path: Path) -> None:
    files = {"S.md": "[[a_b]]\n", "a b.md": "---\ntitle: A, B\n---\n"}
    found = reconciled(tmp_path, files)
    digest = tree_digest(tmp_path)
    receipt = store.apply(tmp_path, found.plan, command="a test")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"S.md", "a b.md", "_link_reconcile_backup"}
    assert (tmp_path / "_link_reconcile_backup" / receipt.id / "originals.zip").is_file()
    assert tree_digest(tmp_path) != digest
    store.undo(tmp_path)
    assert tree_digest(tmp_path) == digest
