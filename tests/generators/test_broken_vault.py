"""1,200 broken links among 5,000 notes are repaired, and of 300 traps none is touched."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest
from generators.broken_vault import PLACES, Broken, Generated, generate
from generators.notations import KINDS
from tiny_vault import tree_digest, write_files

from vaultkit.note import Link
from vaultkit.plan import store
from vaultkit.plan.plan import Write
from vaultkit.repair.reconcile import reconcile
from vaultkit.text import apply_edits
from vaultkit.vault import Found, Vault, read_vault


@pytest.fixture(scope="module")
def generated() -> Generated:
    return generate()


def markups(vault: Vault, path: str) -> list[str]:
    page = vault.notes.get(path) or vault.boards[path]
    return [page.source.text(link.span) for link in page.links]


def link_of(vault: Vault, path: str, index: int) -> Link:
    page = vault.notes.get(path) or vault.boards[path]
    return page.links[index]


def test_the_vault_is_what_it_says(generated: Generated) -> None:
    assert sum(path.endswith(".md") for path in generated.files) >= 5000
    assert len(generated.broken) == 1200
    assert len(generated.traps) == 300
    assert generate() == generated
    assert generate(2) != generated
    assert len({path for path, _ in generated.traps}) == 300
    for path, markup, target in generated.broken:
        assert markup in generated.files[path].decode()
        assert target in generated.files
        assert target != path
    for path, text in generated.traps:
        assert text in generated.files[path].decode()
    assert len(KINDS) * len(PLACES) <= 1200


def test_each_is_repaired_and_no_trap_is_touched(generated: Generated, tmp_path: Path) -> None:
    gc.disable()
    root = write_files(tmp_path / "vault", generated.files)
    digest = tree_digest(root)
    before = read_vault(root)
    found = reconcile(before)
    gc.enable()

    # Each planted link is in the plan, and nothing else is.
    planted = Counter((item.path, item.markup) for item in generated.broken)
    planned = Counter((item.path, item.rewrite.old.decode()) for item in found.repairs)
    assert planned == planted
    assert len(found.repairs) == 1200
    trapped = {trap.path for trap in generated.traps}
    assert not trapped & {item.path for item in found.repairs}

    # Carried out, it is what it was planned to be: every link means its note.
    receipt = store.apply(root, found.plan, command="a test")
    after = read_vault(root)
    for path, data in generated.files.items():
        if path not in {item.path for item in found.repairs}:
            assert (root / path).read_bytes() == data
    for path in trapped:
        assert (root / path).read_bytes() == generated.files[path]
    assert_all_mean_their_notes(generated.broken, before, after)

    again = reconcile(after)
    assert again.repairs == ()
    store.undo(root, receipt.id)
    assert tree_digest(root) == digest


def assert_all_mean_their_notes(broken: tuple[Broken, ...], before: Vault, after: Vault) -> None:
    where: dict[str, list[str]] = {}
    for item in broken:
        old = where.setdefault(item.path, markups(before, item.path))
        index = old.index(item.markup)
        old[index] = ""  # the same markup may stand there twice
        link = link_of(after, item.path, index)
        assert after.resolve(link.target, item.path) == Found(item.target)
        was = link_of(before, item.path, index)
        assert (link.kind, link.fragment) == (was.kind, was.fragment)
        assert was.display in (None, link.display)


def test_the_plan_changes_link_markup_and_nothing_else(
    generated: Generated, tmp_path: Path
) -> None:
    small = generate(3, notes=400, broken=150, traps=40)
    root = write_files(tmp_path, small.files)
    vault = read_vault(root)
    found = reconcile(vault)
    assert len(found.repairs) == 150
    for action in found.plan.actions:
        assert isinstance(action, Write)
        path = str(action.path)
        page = vault.notes.get(path) or vault.boards[path]
        spans = [link.span for link in page.links]
        for edit in action.edits:
            assert any(s.start <= edit.span.start and edit.span.end <= s.end for s in spans)
        data = small.files[path]
        assert len(apply_edits(data, action.edits)) == len(data) + sum(
            len(edit.new) - (edit.span.end - edit.span.start) for edit in action.edits
        )
