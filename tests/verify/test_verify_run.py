from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TIGHT

from vaultkit.errors import UsageError
from vaultkit.snippets.collect import collect
from vaultkit.vault import read_vault
from vaultkit.verify.environment import gpu
from vaultkit.verify.row import Row, Verification
from vaultkit.verify.run import Options, verify

STORY = Path(__file__).parent.parent / "vaults" / "session"
LIMITS = replace(TIGHT, memory=1 << 30)


def run(root: Path, **chosen: object) -> Verification:
    options = Options(limits=LIMITS, jobs=2, **chosen)  # type: ignore[arg-type]
    return verify(root, read_vault(root).notes, collect, options)


def note(root: Path, *blocks: str, name: str = "N.md") -> Path:
    """A note with each text as a fence; "{…}" in front of a text are its attributes."""
    parts = []
    for number, text in enumerate(blocks, 1):
        said, _, code = text.partition("}") if text.startswith("{") else ("", "", text)
        attributes = f" {said}}}" if said else ""
        parts.append(f"## Part {number}\n\n```python{attributes}\n{code.strip()}\n```\n")
    (root / name).write_text("\n".join(parts))
    return root


def rows(root: Path, *blocks: str, **chosen: object) -> list[Row]:
    return list(run(note(root, *blocks), **chosen).rows)


def shown(made: list[Row]) -> list[tuple[str, str | None]]:
    return [(row.fate, row.verdict) for row in made]


def test_a_note_like_the_one_that_started_this(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    made = run(STORY, sandbox="auto").rows
    assert [row.index for row in made] == list(range(1, 11))
    assert [row.index for row in made if row.fate == "defines-only"] == [4, 7, 8, 9, 10]
    assert [row.index for row in made if row.verdict == "passed"] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    (bad,) = [row for row in made if row.verdict == "failed"]
    assert bad.index == 3
    assert bad.error is not None
    assert bad.error.type == "RuntimeError"
    assert "weight" in bad.error.message
    assert bad.error.line == 34
    stale = {row.index: [(s.name, s.bound_by) for s in row.stale] for row in made if row.stale}
    assert stale == {6: [("loss", 5)]}
    alone = {row.index for row in made if row.alone == "failed"}
    assert alone == {2, 3, 5, 6}
    (mixing,) = [row for row in made if row.index == 10]
    assert mixing.error is not None and "read np," in mixing.error.message
    assert [row.depends_on for row in made[:3]] == [(), (1,), (1, 2)]
    assert all(row.seed == row.index for row in made)


def test_what_fails_blocks_what_needs_it_by_its_root(tmp_path: Path) -> None:
    made = rows(tmp_path, "a = 1 / 0", "b = a", "c = b", "d = 1")
    assert shown(made) == [
        ("ran", "failed"),
        ("blocked", None),
        ("blocked", None),
        ("ran", "passed"),
    ]
    assert [row.blocked_by for row in made] == [None, 1, 1, None]
    assert [row.passed for row in made] == [False, False, False, True]


def test_what_is_skipped_skips_what_needs_it(tmp_path: Path) -> None:
    made = rows(tmp_path, "{skip}a = 1", "b = a", "{skip='no camera'}c = 1", "{needs=no_such}1")
    assert [row.fate for row in made] == ["skipped"] * 4
    assert [row.why for row in made] == [
        "skip", "uses block 1, which was skipped", "no camera", "needs no_such: not installed",
    ]  # fmt: skip
    assert run(tmp_path).green


def test_a_name_bound_before_the_skipped_block_is_not_taken_instead(tmp_path: Path) -> None:
    made = rows(tmp_path, "x = 1", "{skip}x = 2", "print(x)")
    assert [row.fate for row in made] == ["ran", "skipped", "skipped"]


def test_attributes_that_cannot_be_read_are_red(tmp_path: Path) -> None:
    (made, other) = rows(tmp_path, "{rasies=A}x = 1", "print(x)")
    assert (made.fate, made.verdict, made.passed) == ("skipped", "failed", False)
    assert made.error is not None and "raises" in made.error.message
    assert (other.fate, other.blocked_by) == ("blocked", 1)


def test_blocks_after_a_crash_still_run(tmp_path: Path) -> None:
    made = rows(
        tmp_path,
        "import math\nkept = [1]",
        "import os\nlost = 1\nos._exit(0)",
        "print(lost)",
        "assert kept == [1] and math.pi",
        "{timeout=0.5}while True: pass",
        "assert kept == [1]",
    )
    assert shown(made) == [
        ("ran", "passed"), ("ran", "crashed"), ("blocked", None), ("ran", "passed"),
        ("ran", "timeout"), ("ran", "passed"),
    ]  # fmt: skip


def test_alone_is_told_by_a_process_where_names_cannot(tmp_path: Path) -> None:
    made = rows(tmp_path, "x = 1", "exec('y = x')", "exec('y = 2')", "x", "if x: z = x")
    assert [row.alone for row in made] == ["passed", "failed", "passed", "failed", "failed"]


def test_sessions_are_apart_and_setup_is_shared(tmp_path: Path) -> None:
    made = rows(
        tmp_path,
        "{setup}import math",
        "x = 1",
        "{session=b}x = 2\nmath.pi",
        "{isolated}assert 'x' not in globals()\nmath.pi",
        "{session=b}assert x == 2",
        "assert x == 1",
    )
    assert shown(made) == [("ran", "passed")] * 6


def test_without_cuda_its_blocks_are_skipped_and_counted(tmp_path: Path) -> None:
    if gpu():
        pytest.skip("this machine has a CUDA device")
    made = run(note(tmp_path, "{needs=cuda}x = 1", "y = 1"))
    assert [(row.fate, row.device) for row in made.rows] == [("skipped", "cuda"), ("ran", "cpu")]
    assert made.summary()["skipped"] == {"needs cuda: no CUDA device here": 1}
    assert made.green
    with pytest.raises(UsageError, match="no CUDA device"):
        run(tmp_path, device="cuda")


def test_every_block_has_a_row(tmp_path: Path) -> None:
    text = "```python2\nprint 1\n```\n\n%%\n```python\nx\n```\n%%\n\n```pycon\n>>> 1\n1\n```\n"
    (tmp_path / "N.md").write_text(text)
    made = run(tmp_path).rows
    assert [(r.index, r.fate) for r in made] == [(1, "not-ours"), (2, "not-ours"), (3, "ran")]
    assert made[2].language == "doctest"


# -- remembering


def kept(root: Path, **chosen: object) -> Verification:
    return run(root, cache=root / ".vaultkit-cache", **chosen)


def runs(made: Verification) -> list[int]:
    return [row.index for row in made.rows if row.verdict is not None and not row.remembered]


def test_nothing_changed_runs_nothing(tmp_path: Path) -> None:
    note(tmp_path, "import math\nx = 1", "print(x)", "1 / 0", "def f(): pass")
    first, second = kept(tmp_path), kept(tmp_path)
    assert runs(first) == [1, 2, 3, 4]
    assert runs(second) == []
    assert [(r.fate, r.verdict, r.output, r.passed) for r in first.rows] == [
        (r.fate, r.verdict, r.output, r.passed) for r in second.rows
    ]
    assert first.environment == second.environment


def test_editing_prose_runs_nothing_and_moves_the_lines(tmp_path: Path) -> None:
    note(tmp_path, "x = 1", "1 / 0")
    first = kept(tmp_path)
    (tmp_path / "N.md").write_text("New words.\n\n" + (tmp_path / "N.md").read_text())
    second = kept(tmp_path)
    assert runs(second) == []
    for before, after in zip(first.rows, second.rows, strict=True):
        assert after.line == before.line + 2
    assert first.rows[1].error is not None and second.rows[1].error is not None
    assert second.rows[1].error.line == (first.rows[1].error.line or 0) + 2


def test_editing_code_runs_it_and_what_rests_on_it(tmp_path: Path) -> None:
    blocks = ["import math", "x = [1]", "y = 2", "x.append(math.pi)", "z = x"]
    kept(note(tmp_path, *blocks))
    assert runs(kept(note(tmp_path, *blocks[:2], "y = 3", *blocks[3:]))) == [3]
    assert runs(kept(note(tmp_path, *blocks[:3], "x.append(4)", "z = x"))) == [4, 5]


def test_a_block_left_out_that_mattered_is_found_out(tmp_path: Path) -> None:
    hidden = "import builtins\nsetattr(builtins, 'secret', 1)"
    kept(note(tmp_path, hidden, "x = 1"))
    made = kept(note(tmp_path, hidden, "x = 1", "assert secret\ny = 2"))
    assert all(row.passed for row in made.rows)


def test_a_file_of_the_vault_that_a_block_reads_counts(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("1")
    path = str(tmp_path / "data.txt")
    note(tmp_path, f"print(open({path!r}).read())")
    assert kept(tmp_path).rows[0].output == "1\n"
    assert runs(kept(tmp_path)) == []
    (tmp_path / "data.txt").write_text("2")
    assert kept(tmp_path).rows[0].output == "2\n"


def test_what_time_or_the_system_ended_is_not_remembered(tmp_path: Path) -> None:
    note(tmp_path, "{timeout=0.5}while True: pass", "import os\nos._exit(0)", "x = 1")
    kept(tmp_path)
    assert runs(kept(tmp_path)) == [1, 2]


def test_another_choice_is_another_result(tmp_path: Path) -> None:
    note(tmp_path, "x = 1")
    kept(tmp_path)
    assert runs(kept(tmp_path, sandbox="off")) == [1]


def test_a_cache_that_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    note(tmp_path, "x = 1")
    (tmp_path / ".vaultkit-cache").mkdir()
    (tmp_path / ".vaultkit-cache" / "verify.sqlite").write_bytes(b"not a database" * 100)
    assert runs(kept(tmp_path)) == [1]


def test_a_level_that_is_required_and_not_there_is_refused(tmp_path: Path) -> None:
    made = run(note(tmp_path, "x = 1"))
    if str(made.environment["sandbox"]).startswith("full"):
        assert run(tmp_path, sandbox="require").green
    else:
        with pytest.raises(UsageError, match="sandbox"):
            run(tmp_path, sandbox="require")


@pytest.mark.corpus
@pytest.mark.slow
def test_every_block_of_a_real_vault_has_a_fate(corpus: Callable[[str], Path]) -> None:
    root = corpus("madison-zk")
    made = run(root)
    blocks = [snippet for note in read_vault(root).notes.values() for snippet in collect(note)]
    assert {(row.note, row.index) for row in made.rows} == {(b.note, b.index) for b in blocks}
    assert len(made.rows) == len(blocks) == 227
    for row in made.rows:
        assert (row.fate in ("ran", "defines-only")) is (row.verdict is not None)
        assert row.fate != "blocked" or row.blocked_by is not None
