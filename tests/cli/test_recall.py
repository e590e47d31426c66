"""When an earlier answer no longer holds, though no note has changed; and two runs at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tiny_vault import Files, write_files

from vaultkit.cli import look as looking
from vaultkit.cli import recall
from vaultkit.cli.locate import Place
from vaultkit.cli.look import Ask, Look, Wish, look
from vaultkit.config import Config, read_config
from vaultkit.lint.rule import all_rules
from vaultkit.vault import Vault
from vaultkit.vault.cache import cache_file


def seen(root: Path, *select: str, cache: bool = True) -> Look:
    place = Place(root, read_config(root) or Config(), "")
    return look(Ask(place, Wish(select=select), cache=cache))


def told(found: Look) -> list[tuple[str, str]]:
    return [(item.finding.path, item.finding.rule) for item in found.every]


AGEING: Files = {
    "A.md": "---\nlast_reinforced: 2026-01-01\n---\n",
    "vaultkit.toml": "[rules.stale-note]\ndays = 30\n",
}


class TestDays:
    def test_an_answer_about_ages_holds_for_its_day(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = write_files(tmp_path, AGEING)
        for day, wanted in (("2026-01-31", []), ("2026-02-01", [("A.md", "stale-note")])):

            class Then(date):
                @classmethod
                def today(cls, moment: str = day) -> date:  # type: ignore[override]
                    return date.fromisoformat(moment)

            monkeypatch.setattr(recall, "date", Then)
            assert told(seen(root, "stale-note")) == wanted
            assert told(seen(root, "stale-note")) == wanted

    def test_every_rule_that_asks_for_the_day_says_so(self) -> None:
        folder = Path(looking.__file__).parent.parent / "lint" / "rules"
        asking = {
            file.stem.replace("_", "-")
            for file in folder.glob("*.py")
            if "today" in file.read_text(encoding="utf-8")
        }
        assert asking == {rule.name for rule in all_rules().values() if rule.dated}
        assert asking


class TestFilesThatCannotBeRead:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        outside = write_files(tmp_path / "outside", {"B.md": "[[Gone]]\n"})
        root = write_files(tmp_path / "vault", {"A.md": "[[Lost]]\n"})
        (root / "B.md").symlink_to(outside / "B.md")
        return root

    def test_what_stays_so_is_remembered(self, root: Path) -> None:
        first, second = seen(root), seen(root)
        assert ("B.md", "unreadable-note") in told(first)
        assert list(second.every) == list(first.every)
        assert (first.vault is None, second.vault is None) == (False, True)

    def test_one_that_can_be_read_at_last(self, root: Path) -> None:
        seen(root)
        (root / "B.md").unlink()
        write_files(root, {"C.md": "text\n"})
        (root / "B.md").symlink_to(root / "C.md")
        (root / "C.md").unlink()
        seen(root)
        write_files(root, {"C.md": "[[Gone]]\n"})
        assert list(seen(root).every) == list(seen(root, cache=False).every)

    def test_one_that_could_be_read_and_now_leads_out(self, root: Path) -> None:
        (root / "B.md").unlink()
        write_files(root, {"sub/C.md": "[[Gone]]\n"})
        (root / "B.md").symlink_to(root / "sub" / "C.md")
        seen(root)
        (root / "B.md").unlink()
        (root / "B.md").symlink_to(root.parent / "outside" / "B.md")
        assert ("B.md", "unreadable-note") in told(seen(root))


class TestTheMomentOfTheLook:
    def test_what_came_and_went_during_a_run_is_not_remembered(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = write_files(tmp_path, {"A.md": "[[Gone]]\n"})
        whole = looking.open_vault

        def with_a_passing_file(place: Path, config: Config) -> Vault:
            write_files(root, {"Gone.md": "text\n"})
            vault = whole(place, config)
            (root / "Gone.md").unlink()
            return vault

        monkeypatch.setattr(looking, "open_vault", with_a_passing_file)
        assert told(seen(root, "broken-link")) == []
        monkeypatch.setattr(looking, "open_vault", whole)
        assert told(seen(root, "broken-link")) == [("A.md", "broken-link")]

    def test_a_note_that_changed_during_a_run_is_looked_at_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = write_files(tmp_path, {"A.md": "[[Gone]]\n"})
        whole = looking.open_vault

        def with_a_late_change(place: Path, config: Config) -> Vault:
            vault = whole(place, config)
            write_files(root, {"A.md": "[[A]]___\n"})
            return vault

        monkeypatch.setattr(looking, "open_vault", with_a_late_change)
        seen(root, "broken-link")
        monkeypatch.setattr(looking, "open_vault", whole)
        assert told(seen(root, "broken-link")) == []

    def test_the_same_size_at_the_same_time_is_told_apart(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, {"A.md": "[[Gone]]\n"})
        seen(root)
        then = (root / "A.md").stat()
        write_files(root, {"A.md": "[[A]]  x\n"})
        os.utime(root / "A.md", ns=(then.st_atime_ns, then.st_mtime_ns))
        assert told(seen(root)) == []


def test_the_way_the_vault_is_named_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_files(tmp_path, {"A.md": "[[Gone]]\n", "vaultkit.toml": "ignore = []\n"})
    seen(root)
    monkeypatch.chdir(root)
    assert seen(Path()).vault is None


def test_an_engine_of_another_version_answers_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_files(tmp_path, {"A.md": "[[Gone]]\n"})
    seen(root)
    monkeypatch.setattr(recall, "_ENGINES", ())
    assert seen(root).vault is not None


def test_runs_at_once_all_tell_the_truth(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", {f"{i}.md": "[[Gone]]\n" for i in range(40)})
    command = [sys.executable, "-m", "vaultkit", "lint", "--format", "json", str(root)]

    def answer(*more: str) -> bytes:
        return subprocess.run([*command, *more], capture_output=True, check=False).stdout

    with ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            write_files(root, {"7.md": "[[Gone]] [[Lost]]\n" + "x" * len(list(root.iterdir()))})
            given = list(pool.map(lambda _: answer(), range(4)))
            assert set(given) == {answer("--no-cache")}
    file = cache_file(root, "lint")
    assert file is not None
    assert [item.name for item in file.parent.iterdir()] == [file.name]
