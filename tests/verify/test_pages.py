"""The parent's memory in huge pages: what is merged, and that a fork of it is still a fork."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import job

from vaultkit.verify import pages
from vaultkit.verify.pages import dense
from vaultkit.verify.runner import Runner

SMAPS = """\
55d000000000-55d000a00000 rw-p 00000000 00:00 0                          [heap]
Size:              10240 kB
Anonymous:         10000 kB
7f0000100000-7f0000700000 rw-p 00000000 00:00 0
Size:               6144 kB
Anonymous:          6144 kB
VmFlags: rd wr mr mw me ac
7f0010000000-7f0012000000 rw-p 00000000 00:00 0
Anonymous:            64 kB
7f0020000000-7f0024000000 r-xp 00000000 fe:00 26933                      /usr/lib/libbig.so
Anonymous:         65536 kB
7f0030000000-7f0034000000 rw-p 00443000 fe:00 26933                      /usr/lib/libbig.so
Anonymous:         65536 kB
7f0040000000-7f0040100000 rw-p 00000000 00:00 0
Anonymous:          1024 kB
7ffe4b740000-7ffe4bf61000 rw-p 00000000 00:00 0                          [stack]
Anonymous:          8000 kB
"""


def test_only_large_private_memory_in_use_is_merged() -> None:
    """Not a file's, not the stack, not what is mostly empty, not what is small."""
    assert list(dense(SMAPS.splitlines())) == [
        (0x55D000000000, 0x55D000A00000),
        (0x7F0000200000, 0x7F0000600000),  # inwards, to whole huge pages
    ]


def test_what_the_system_does_not_tell_merges_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", gone)
    assert pages.merge_pages() == 0


_PROGRAM = """
import mmap, os
from pathlib import Path
from vaultkit.verify import pages
own = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
memory = mmap.mmap(-1, 16 << 20, own)
sparse = mmap.mmap(-1, 64 << 20, own | 0x4000)  # unreserved, or the two would be one range
sparse[0] = 1
for place in range(0, 16 << 20, 4096):
    memory[place] = place // 4096 % 251
def told(name):
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))
held, huge = told("Rss"), told("AnonHugePages")
merged = pages.merge_pages()
print(merged, told("AnonHugePages") - huge, told("Rss") - held)
child = os.fork()
if child == 0:
    memory[:] = bytes(len(memory))
    os._exit(0)
os.waitpid(child, 0)
assert all(memory[place] == place // 4096 % 251 for place in range(0, 16 << 20, 4096))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="huge pages are asked for on Linux")
def test_merged_memory_says_the_same_and_a_child_has_its_own() -> None:
    made = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    merged, huge, grown = map(int, made.stdout.split())
    if not merged:
        pytest.skip("this kernel merges no pages")
    assert huge * 1024 >= 8 << 20
    assert grown * 1024 < 8 << 20  # the empty range was left empty


def test_notes_run_the_same_before_and_after(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent merges its pages while notes run; each still has a memory of its own."""
    code = (
        "import builtins\nassert not hasattr(builtins, 'seen')\nbuiltins.seen = list(range(5000))"
    )
    with Runner(vault, ["numpy"], jobs=2) as made:
        found = list(made.run(job(code) for _ in range(pages.MANY + 10)))
    assert [o.verdict for one in found for o in one.outcomes] == ["passed"] * (pages.MANY + 10)


def test_a_version_with_a_class_of_its_own_is_told_as_plain_text(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else reading what the parent tells imports the package a second time, in this process."""
    (tmp_path / "classy_version.py").write_text(
        "class Version(str):\n    pass\n__version__ = Version('1.2')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
    with Runner(vault, ["classy_version"], mode="off", jobs=1) as made:
        found = dict(made.ready.versions)
    assert type(found["classy_version"]) is str
    assert found["classy_version"] == "1.2"
    assert "classy_version" not in sys.modules


def test_the_pattern_of_numbers_holds_for_real_smaps() -> None:
    if not (file := Path("/proc/self/smaps")).exists():
        pytest.skip("needs /proc/self/smaps")
    lines = file.read_text().splitlines()
    for start, end in dense(lines):
        assert start % (2 << 20) == end % (2 << 20) == 0 < end - start
    assert any(re.match(r"Anonymous: +\d+ kB", line) for line in lines)
