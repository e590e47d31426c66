"""The ten most-linked notes of real vaults get other names, and have them taken back."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_vault import tree_digest

from vaultkit.plan import store
from vaultkit.repair.after import after
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink
from vaultkit.repair.rename import rename_file
from vaultkit.repair.survey import Surveyor
from vaultkit.vault import Vault, read_vault

Told = tuple[str, str, str, str | None]


def told(vault: Vault) -> list[Told]:
    """Every link's file, kind, bucket and meaning."""
    return [
        (item.path, item.link.kind, item.bucket, item.resolved) for item in Surveyor(vault).survey()
    ]


def renamed(links: list[Told], old: str, new: str) -> list[Told]:
    """The same with the new name for the old."""
    return [
        (new if path == old else path, kind, bucket, new if means == old else means)
        for path, kind, bucket, means in links
    ]


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("name", ["kseysh-ko", "obsidian-hub"])
def test_the_most_linked_notes_are_renamed(
    name: str, corpus: Callable[[str], Path], tmp_path: Path
) -> None:
    root = tmp_path / name
    shutil.copytree(corpus(name), root, symlinks=True)
    digest = tree_digest(root)
    vault = read_vault(root)
    links = told(vault)
    counts = Counter(means for _, _, bucket, means in links if bucket == "resolved")
    most = sorted(counts, key=lambda path: (-counts[path], str(path)))[:10]
    assert len(most) == 10
    for number, path in enumerate(most):
        assert path is not None
        title = f"Quite another name {number}"
        new = path[: path.rfind("/") + 1] + title + ".md"
        found = relink(vault, rename_file(vault, path, title))
        assert not found.stuck
        assert not found.caught
        assert not failures(vault, found)
        assert sum(map(len, found.edits.values())) >= counts[path]
        store.apply(root, found.plan, command="test")
        now = read_vault(root)
        assert now.files == after(vault, found.plan).files
        assert sorted(told(now)) == sorted(renamed(links, path, new))
        store.undo(root)
        assert tree_digest(root) == digest
