"""Laws of renaming and moving on random vaults, judged without the code that makes the plan."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_vaults import FOLDERS, HEADINGS, NAMES, contents, memory_vault, vaults
from tiny_vault import tree_digest, write_files

from vaultkit.errors import UsageError
from vaultkit.note import Link
from vaultkit.plan import store
from vaultkit.plan.plan import Plan
from vaultkit.repair import rename
from vaultkit.repair.after import after
from vaultkit.repair.draft import Draft
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink
from vaultkit.vault import Found, Vault, read_vault


def meaning(vault: Vault, path: str, link: Link) -> object:
    """The file a link means and the number of its heading or block, or that it means none."""
    outright = link.kind == "file" and link.where == "canvas"
    found = vault.resolve_path(link.target) if outright else vault.resolve(link.target, path)
    if not isinstance(found, Found):
        return None
    anchor = vault.anchor(found.path, link.fragment) if link.fragment else None
    return found.path, anchor and (anchor.kind, anchor.path[-1:]), link.fragment is None


def meanings(vault: Vault, moved: Mapping[str, str]) -> dict[str, list[object]]:
    """Every link's meaning by file, in order, paths as they are after the moves."""
    told: dict[str, list[object]] = {}
    for path, page in vault.pages():
        here = told.setdefault(moved.get(path, path), [])
        for link in page.links:
            means = meaning(vault, path, link)
            if isinstance(means, tuple):
                means = (moved.get(means[0], means[0]), *means[1:])
            here.append((link.kind, link.where, means))
    return told


def planned(vault: Vault, draft: Draft) -> Plan:
    """The plan of a draft, where it is not refused."""
    found = relink(vault, draft)
    # The names here can all be written, so no link may be stuck or lose its meaning; that a
    # broken link finds a file, or that a tie ends, is refused or told, and no matter of laws.
    assert not found.stuck
    assert not failures(vault, found)
    assume(not found.caught and not found.settled)
    return found.plan


def try_rename(vault: Vault, path: str, name: str) -> Draft:
    try:
        return rename.rename_file(vault, path, name)
    except UsageError:
        assume(False)
        raise


@given(st.data())
def test_a_rename_changes_no_links_meaning(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    name = data.draw(st.sampled_from((*NAMES, "new", "new one", "NEW (1)")))
    draft = try_rename(vault, path, name)
    to = path[: path.rfind("/") + 1] + name + ".md"
    changed = after(vault, planned(vault, draft))
    assert meanings(changed, {}) == meanings(vault, {path: to})


@given(st.data())
def test_a_move_changes_no_links_meaning(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    folder = data.draw(st.sampled_from((*FOLDERS, "new", "f/g/deep")))
    try:
        draft = rename.move(vault, [path], folder)
    except UsageError:
        assume(False)
        raise
    to = f"{folder}/{path[path.rfind('/') + 1 :]}".lstrip("/")
    changed = after(vault, planned(vault, draft))
    assert meanings(changed, {}) == meanings(vault, {path: to})


@given(vaults(), st.sampled_from(("f", "f/g", "h")), st.sampled_from(("k", "k l")))
def test_renaming_a_folder_changes_no_links_meaning(vault: Vault, folder: str, name: str) -> None:
    inside = [path for path in vault.files if path.startswith(f"{folder}/")]
    assume(inside)
    to = folder[: folder.rfind("/") + 1] + name
    draft = rename.rename_folder(vault, folder, name)
    changed = after(vault, planned(vault, draft))
    assert meanings(changed, {}) == meanings(
        vault, {path: to + path[len(folder) :] for path in inside}
    )


@given(st.data())
def test_rename_and_back_restores_bytes(data: st.DataObject) -> None:
    """Every byte, since the name is new; links in another case follow only by their meaning.

    A canvas may spell a letter `\\u00e9`; the new name does not tell that, so its text comes back.
    """
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    stem = path[path.rfind("/") + 1 : -3]
    draft = try_rename(vault, path, "quite new")
    changed = after(vault, planned(vault, draft))
    to = path[: path.rfind("/") + 1] + "quite new.md"
    back = after(changed, planned(changed, rename.rename_file(changed, to, stem)))
    assert meanings(back, {}) == meanings(vault, {})
    for page_path, page in vault.pages():
        if all(not _in_other_case(vault, link.target) for link in page.links):
            now, then = back.page(page_path).source.data, page.source.data
            if page_path.endswith(".canvas") and b"\\u" in then:
                now, then = (json.dumps(json.loads(text)).encode() for text in (now, then))
            assert now == then


def _in_other_case(vault: Vault, target: str) -> bool:
    return bool(target) and not any(
        f"/{form}".endswith("/" + target.lstrip("./"))
        for path in vault.files
        for form in (path, path.removesuffix(".md"))
    )


@given(st.data())
def test_renaming_a_heading_changes_no_links_meaning(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    headings = [item.text for item in vault.notes[path].headings]
    assume(headings)
    old = data.draw(st.sampled_from(headings))
    new = data.draw(st.sampled_from((*HEADINGS, "Entirely new", "3 * [x] | #y: ^z")))
    try:
        draft = rename.rename_heading(vault, path, old, new)
    except UsageError:
        assume(False)
        raise
    found = relink(vault, draft)
    # Two headings of one text, where nothing tells them apart; a broken fragment that finds one.
    assume(not found.stuck and not found.caught)
    assert not failures(vault, found)
    changed = after(vault, found.plan)
    assert [heading.text for heading in changed.notes[path].headings].count(new) >= 1
    assert meanings(changed, {}) == meanings(vault, {})


@given(st.data())
def test_renaming_a_block_changes_no_links_meaning(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    try:
        assume(b"^id1" in vault.notes[path].source.data)
        draft = rename.rename_block(vault, path, "id1", "new-id")
    except UsageError:
        assume(False)
        raise
    found = relink(vault, draft)
    assume(not found.stuck)
    changed = after(vault, planned(vault, draft))
    assert meanings(changed, {}) == meanings(vault, {})


@given(vaults(), st.data())
@settings(max_examples=settings.default.max_examples * 3 // 20)
def test_rename_then_undo_restores_every_byte(vault: Vault, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    with tempfile.TemporaryDirectory() as folder:
        root = write_files(Path(folder) / "v", contents(vault))
        before = tree_digest(root)
        plan = relink(vault, rename.rename_file(vault, path, "quite new")).plan
        store.apply(root, plan, command="test")
        assert contents(read_vault(root)) == contents(after(vault, plan))
        store.undo(root)
        assert tree_digest(root) == before


@given(vaults())
def test_the_virtual_vault_is_what_its_bytes_make(vault: Vault) -> None:
    assert contents(memory_vault(contents(vault), vault.settings)) == contents(vault)
