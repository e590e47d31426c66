"""Real vaults, when they are at hand: what is known of them, and that repairs do what they say."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_vault import tree_digest

from vaultkit.lint.run import choose, lint
from vaultkit.lint.specimen import is_specimen
from vaultkit.plan import store
from vaultkit.plan.plan import Write
from vaultkit.repair.reconcile import Reconciliation, reconcile
from vaultkit.repair.survey import BUCKETS, Sighting, Surveyor
from vaultkit.vault import Found, Vault, read_vault

pytestmark = pytest.mark.corpus
Corpus = Callable[[str], Path]

ALL = ("koreahong-ko", "kseysh-ko", "madison-zk", "obsidian-help", "virgil")
BROKEN = ("missing", "missing-variant", "missing-alias")


@pytest.fixture(autouse=True)
def _no_collection() -> Iterator[None]:
    """As the command does: collecting while thousands of notes are parsed is slow."""
    gc.disable()
    yield
    gc.enable()


def survey(vault: Vault) -> list[Sighting]:
    return list(Surveyor(vault).survey())


def broken(vault: Vault) -> int:
    return sum(item.bucket in BROKEN for item in survey(vault))


@pytest.mark.parametrize("name", [*ALL, pytest.param("obsidian-hub", marks=pytest.mark.slow)])
def test_the_counts_of_the_buckets_sum_to_the_links(corpus: Corpus, name: str) -> None:
    vault = read_vault(corpus(name))
    found = survey(vault)
    counts = Counter(item.bucket for item in found)
    assert set(counts) <= set(BUCKETS)
    assert counts.total() == sum(len(page.links) for _, page in vault.pages())
    assert counts["resolved"] > 0


def test_the_official_manual_has_six_broken_links_and_no_broken_heading(corpus: Corpus) -> None:
    vault = read_vault(corpus("obsidian-help"))
    found = survey(vault)
    broken_links = [item for item in found if item.bucket in BROKEN]
    assert {item.link.target for item in broken_links} == {"Example", "Example.md"}
    assert Counter(item.link.kind for item in broken_links) == {"wiki": 4, "markdown": 2}
    assert not [item for item in found if item.bucket in ("bad-fragment", "ambiguous")]
    # Each stands beside its own markup as code and teaches the notation: no finding to mend.
    assert all(is_specimen(vault.page(item.path), item.link) for item in broken_links)
    assert lint(vault, choose(["links"])) == []


class Reconciled:
    """A copy of a vault, its repairs, and how many links were broken before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.digest = tree_digest(root)
        self.vault: Vault = read_vault(root)
        self.broken = broken(self.vault)
        self.found: Reconciliation = reconcile(self.vault)


@pytest.fixture(params=["virgil", "koreahong-ko"])
def copy(request: pytest.FixtureRequest, corpus: Corpus, tmp_path: Path) -> Reconciled:
    root = tmp_path / "vault"
    shutil.copytree(corpus(request.param), root, symlinks=True)
    return Reconciled(root)


def test_repairs_of_a_real_vault(copy: Reconciled) -> None:
    """Apply, look, plan again, undo: one test, since each step costs seconds."""
    root, found = copy.root, copy.found
    assert len(found.repairs) > 20
    planned = {str(action.path): action for action in found.plan.actions}
    assert set(planned) == {item.path for item in found.repairs}
    written = sum(len(w.edits) for w in planned.values() if isinstance(w, Write))
    assert written == len(found.repairs)

    receipt = store.apply(root, found.plan, command="a test")
    now = read_vault(root)
    assert_round_trip(copy.vault, now, found)

    assert broken(now) == copy.broken - len(found.repairs)
    again = reconcile(now)
    assert again.repairs == ()
    assert not again.plan

    store.undo(root, receipt.id)
    assert tree_digest(root) == copy.digest


def assert_round_trip(before: Vault, now: Vault, found: Reconciliation) -> None:
    """Each repaired link means the proposed note; each other link what it meant."""
    proposed = {(item.path, item.link.span): item for item in found.repairs}
    assert list(before.notes) == list(now.notes)
    for path, page in before.pages():
        links = (now.notes.get(path) or now.boards[path]).links
        for old, new in zip(page.links, links, strict=True):
            repair = proposed.pop((path, old.span), None)
            if repair is None:
                assert old[:4] == new[:4]
                assert before.resolve(old.target, path) == now.resolve(new.target, path)
            else:
                assert now.resolve(new.target, path) == Found(repair.proposal.path)
                assert (old.kind, old.fragment) == (new.kind, new.fragment)
                assert old.display in (None, new.display)
    assert proposed == {}


@pytest.mark.parametrize("name", [*ALL[:4], pytest.param("virgil", marks=pytest.mark.slow)])
def test_the_same_plan_every_time(corpus: Corpus, name: str) -> None:
    first, second = (reconcile(read_vault(corpus(name))).plan for _ in range(2))
    assert first == second
