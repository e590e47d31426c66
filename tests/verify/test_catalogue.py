"""Oracles are found in the package, in installed projects and in a folder."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from huber import HUBER

from vaultkit.errors import UsageError
from vaultkit.verify import catalogue as module
from vaultkit.verify.audit import audit
from vaultkit.verify.catalogue import catalogue, find
from vaultkit.verify.judge import judge
from vaultkit.verify.oracles import mae
from vaultkit.verify.verdict import Level


@pytest.fixture(autouse=True)
def forget():
    module._catalogue.cache_clear()
    yield
    module._catalogue.cache_clear()


def test_a_users_own_oracle_is_one_file_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "huber.py").write_text(HUBER, encoding="utf-8")
    (tmp_path / "_private.py").write_text("raise RuntimeError", encoding="utf-8")
    concepts = catalogue([tmp_path])
    assert list(audit(concepts["huber"])) == []
    assert "huber" in concepts
    assert "cross-entropy" in concepts
    assert list(concepts) == sorted(concepts)

    def huber(prediction, target):
        gap = (prediction - target).abs()
        return gap.where(gap >= 1, gap**2 / 2 + 0.5).sub(0.5).mean()

    options = {"devices": ("cpu",), "concepts": concepts, "measured": False}
    assert judge(huber, {"implements": "huber"}, **options).level is Level.ROBUST
    wrong = judge(lambda p, t: (p - t).abs().mean(), {"implements": "huber"}, **options)
    assert wrong.level is Level.DIVERGES


def test_an_installed_project_offers_oracles(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("mine", "vaultkit.verify.oracles.mae", module.GROUP)
    monkeypatch.setattr(module, "entry_points", lambda group: [entry])
    monkeypatch.setattr(module, "_of_package", lambda: iter(()))
    assert dict(catalogue()) == {"mae": mae.CONCEPT}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n", "has no CONCEPT"),
        ("import nowhere_at_all\n", "does not import: ModuleNotFoundError"),
        ("from vaultkit.verify.oracles.mae import CONCEPT\n", "two oracles for `mae`"),
    ],
)
def test_a_file_that_is_no_oracle(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        catalogue([tmp_path])
    assert message in caught.value.message
    assert "mine.py" in caught.value.message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder of oracles"):
        catalogue([tmp_path / "nowhere"])


def test_an_entry_point_that_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("mine", "nowhere_at_all", module.GROUP)
    monkeypatch.setattr(module, "entry_points", lambda group: [entry])
    with pytest.raises(UsageError, match="entry point `mine`"):
        catalogue()


def test_find_names_the_nearest() -> None:
    assert find("ece", catalogue()).id == "ece"
    with pytest.raises(UsageError) as caught:
        find("perplexty", catalogue())
    assert "`perplexity`" in caught.value.hint
