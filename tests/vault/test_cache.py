"""What is remembered between runs: whole or not at all, and never in the vault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_vault import write_files

from vaultkit.vault.cache import cache_file, packed, recall, remember, unpacked
from vaultkit.vault.scan import list_files
from vaultkit.vault.signs import NONE, SIZE, Numbers, numbers_of, signs_of, sure

VALUE = {"key": b"x", "가": b"", "long": bytes(range(256))}


def test_a_value_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "v.lint"
    remember(file, VALUE)
    assert recall(file) == VALUE
    assert [item.name for item in file.parent.iterdir()] == ["v.lint"]


def test_a_torn_file_is_none_wherever_it_is_torn(tmp_path: Path) -> None:
    file = tmp_path / "v.lint"
    remember(file, VALUE)
    data = file.read_bytes()
    for length in range(len(data)):
        file.write_bytes(data[:length])
        assert recall(file) is None
    for place in range(len(data)):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert recall(file) in (None, VALUE)


@pytest.mark.parametrize("data", [b"", b"\n", b"zz\n{}", b"00000000\n", b"\xff\xfe\n[]"])
def test_what_is_not_ours_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "v.lint"
    file.write_bytes(data)
    assert recall(file) is None


def test_what_cannot_be_kept_is_not_kept(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    remember(blocked / "v.lint", VALUE)
    assert recall(blocked / "v.lint") is None
    remember(None, VALUE)
    assert recall(None) is None


def test_two_processes_leave_one_whole_value(tmp_path: Path) -> None:
    file = tmp_path / "v.lint"
    code = (
        "import sys; from pathlib import Path; from vaultkit.vault.cache import remember, recall\n"
        "file, mine = Path(sys.argv[1]), sys.argv[2]\n"
        "for number in range(200):\n"
        "    remember(file, {'who': mine.encode(), 'filler': mine.encode() * 5000})\n"
        "    value = recall(file)\n"
        "    assert value is not None and value['filler'] == value['who'] * 5000\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    running = [subprocess.Popen([*command, who]) for who in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    value = recall(file)
    assert value is not None
    assert value["who"] in (b"a", b"b")


def test_it_lies_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAULTKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    file = cache_file(tmp_path / "vault", "lint")
    assert file is not None
    assert file.parent == tmp_path / "xdg" / "vaultkit"
    assert file != cache_file(tmp_path / "other", "lint")
    monkeypatch.setenv("VAULTKIT_CACHE", "")
    assert cache_file(tmp_path / "vault", "lint") is None


def test_a_part_may_be_plain_json() -> None:
    value = {"key": "x", "가": ["\udcff", 1.5, None, {"deep": [True]}]}
    assert unpacked(packed(value)) == value


class TestSigns:
    @staticmethod
    def signs(root: Path) -> list[bytes]:
        """As a look at the vault takes them, by the entries of its folders."""
        numbers: dict[str, Numbers] = {}
        list_files(root, visit=lambda path, entry: numbers.update({path: numbers_of(entry.stat())}))
        joined = signs_of(sorted(numbers), numbers)
        return [joined[first : first + SIZE] for first in range(0, len(joined), SIZE)]

    def test_a_sign_is_of_size_times_and_identity(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, {"a.md": "x", "sub/b.md": "x"})
        first, other = self.signs(root)
        assert first != other
        assert self.signs(root) == [first, other]
        modified = (root / "a.md").stat().st_mtime_ns
        (root / "a.md").write_text("y")
        os.utime(root / "a.md", ns=(0, modified))
        assert self.signs(root)[0] != first
        assert self.signs(root)[1] == other

    def test_a_links_sign_is_that_of_the_file_it_leads_to(self, tmp_path: Path) -> None:
        root = write_files(tmp_path / "vault", {"a.md": "x"})
        (root / "b.md").symlink_to(root / "a.md")
        first, second = self.signs(root)
        assert first == second

    def test_one_that_is_not_to_be_had_equals_none_that_is_kept(self) -> None:
        there: Numbers = (1, 1, 1, 1)
        joined = signs_of(["a", "gone"], {"a": there})
        assert joined[SIZE:] == signs_of(["b"], {"b": NONE})
        assert sure(joined, 1 << 60) == joined
        assert sure(joined, 1 << 60, [1])[SIZE:] not in (joined[:SIZE], joined[SIZE:])

    def test_numbers_of_any_size_make_signs(self) -> None:
        strange: list[Numbers] = [(1, -5, 2, 1 << 65), (1, -6, 2, 1 << 65)]
        first, second = (signs_of(["a"], {"a": item}) for item in strange)
        assert len(first) == len(second) == SIZE
        assert first != second

    def test_what_changed_a_moment_ago_is_not_sure(self, tmp_path: Path) -> None:
        (sign,) = self.signs(write_files(tmp_path, {"a.md": "x"}))
        assert sure(sign, time.time_ns()) != sign
        assert sure(sign, time.time_ns() + 10_000_000_000) == sign
