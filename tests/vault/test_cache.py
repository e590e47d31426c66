"""What is remembered between runs: whole or not at all, and never in the vault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_vault import write_files

from vaultkit.vault.cache import Sign, cache_file, recall, remember, sign_of

VALUE = {"key": "x", "가": ["\udcff", 1.5, None, {"deep": [True]}]}


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
        "    remember(file, {'who': mine, 'filler': mine * 5000})\n"
        "    value = recall(file)\n"
        "    assert value is not None and value['filler'] == value['who'] * 5000\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    running = [subprocess.Popen([*command, who]) for who in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    value = recall(file)
    assert value is not None
    assert value["who"] in "ab"


def test_it_lies_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAULTKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    file = cache_file(tmp_path / "vault", "lint")
    assert file is not None
    assert file.parent == tmp_path / "xdg" / "vaultkit"
    assert file != cache_file(tmp_path / "other", "lint")
    monkeypatch.setenv("VAULTKIT_CACHE", "")
    assert cache_file(tmp_path / "vault", "lint") is None


class TestSigns:
    def test_a_sign_is_of_size_times_and_identity(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, {"a.md": "x", "b.md": "x"})
        first = sign_of(root, ["a.md", "b.md", "gone.md"])
        assert first["gone.md"] is None
        assert first["a.md"] != first["b.md"]
        assert sign_of(root, ["a.md"])["a.md"] == first["a.md"]
        (root / "a.md").write_text("y")
        os.utime(root / "a.md", ns=(0, (first["a.md"] or Sign(0, 0, 0, 0)).modified))
        assert sign_of(root, ["a.md"])["a.md"] != first["a.md"]

    def test_what_changed_a_moment_ago_is_not_sure(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, {"a.md": "x"})
        sign = sign_of(root, ["a.md"])["a.md"]
        assert sign is not None
        assert not sign.is_sure(time.time_ns())
        assert sign.is_sure(time.time_ns() + 10_000_000_000)
