from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made_modules import NOTE, module, note

from vaultkit.snippets.attributes import parse, written
from vaultkit.snippets.collect import collect
from vaultkit.snippets.module import read_module
from vaultkit.snippets.place import places


def test_a_module_reads_back_as_the_blocks_it_was_made_of() -> None:
    back = read_module(module())
    assert back is not None
    assert (back.note, back.intact) == ("topics/Losses.md", True)
    ours = [s for s in collect(note(NOTE)) if s.ours]
    for cell, snippet in zip(back.cells, ours, strict=True):
        assert not cell.edited
        mine, theirs = cell.snippet, snippet
        assert (mine.code, mine.index, mine.name, mine.line, mine.kind, mine.attributes) == (
            theirs.code, theirs.index, theirs.name, theirs.line, theirs.kind, theirs.attributes,
        )  # fmt: skip


def test_a_module_is_importable_and_says_where_its_cells_come_from(tmp_path: Path) -> None:
    (tmp_path / "made_of_losses.py").write_bytes(module())
    sys.path.insert(0, str(tmp_path))
    try:
        made = importlib.import_module("made_of_losses")
        assert made.focal(1.0) == 0
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("made_of_losses", None)
    text = module().decode()
    assert "# %% [2] focal-1 · topics/Losses.md:11 · python · sha256=" in text
    assert "· not at import: raises ValueError ·" in text
    assert "python2" not in text


def test_pickle_inspect_and_spawn_work_with_an_imported_module(tmp_path: Path) -> None:
    (tmp_path / "snippets" / "topics").mkdir(parents=True)
    (tmp_path / "snippets" / "topics" / "losses.py").write_bytes(module())
    program = """
import inspect, multiprocessing, pickle
from snippets.topics import losses

if __name__ == "__main__":
    assert pickle.loads(pickle.dumps(losses.focal)) is losses.focal
    assert inspect.getsource(losses.focal).startswith("def focal(")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(losses.focal, [1.0, 1.0]) == [0.0, 0.0]
    print("all of it")
"""
    (tmp_path / "main.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "all of it\n", done.stderr


def test_code_that_python_refuses_stands_behind_a_mark(tmp_path: Path) -> None:
    text = module("```python\nreturn 3\n```\n\n```python\nx = = 1\n```\n").decode()
    assert text.count("not at import: not valid Python") == 2
    compile(text, "m", "exec")


def test_the_same_notes_give_the_same_bytes() -> None:
    assert module() == module()


def test_an_edit_is_seen_in_its_cell() -> None:
    edited = module().replace(b"return -math.log(p)", b"return -2 * math.log(p)")
    back = read_module(edited)
    assert back is not None
    assert (back.intact, back.framed) == (False, True)
    assert [cell.edited for cell in back.cells] == [False, True, False, False, False]


def test_an_edit_outside_the_cells_is_seen() -> None:
    back = read_module(module().replace(b"# Generated", b"import os\n# Generated"))
    assert back is not None
    assert (back.intact, back.framed) == (False, False)


def test_a_file_of_somebody_else_is_no_module() -> None:
    assert read_module(b"import os\n") is None


def test_places_can_be_imported_and_never_meet() -> None:
    made = places(
        ["10_Wiki/Topics/Cross-Entropy Loss.md", "class.md", "test_x.md", "conftest.md", "교차.md",
         "A b.md", "a-B.md", "c.md", "c/d.md", "!!.md"]
    )  # fmt: skip
    assert made["10_Wiki/Topics/Cross-Entropy Loss.md"] == "n10_wiki/topics/cross_entropy_loss.py"
    assert made["class.md"] == "class_.py"
    assert made["test_x.md"] == "n_test_x.py"
    assert made["conftest.md"] == "n_conftest.py"
    assert made["교차.md"] == "교차.py"
    assert made["c/d.md"] == "c/d.py"
    assert made["c.md"] != "c.py"
    assert len({path.casefold() for path in made.values()}) == len(made)
    for path in made.values():
        assert all(part.isidentifier() for part in path.removesuffix(".py").split("/"))


@given(st.lists(st.text(min_size=1).map(lambda t: t.replace("\0", "x") + ".md"), unique=True))
def test_no_two_notes_share_a_module(notes: list[str]) -> None:
    made = places(notes)
    assert len({path.casefold() for path in made.values()}) == len(notes)


_WORD = st.from_regex(r"[a-z_]{1,6}", fullmatch=True).filter(lambda w: w != "true")
_ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "skip": st.text(st.characters(exclude_characters="\"'{}\n\r", categories=("L", "Zs")),
                        min_size=1).map(str.strip).filter(
                            lambda t: t.lower() not in ("", "true", "yes", "no", "false")),
        "timeout": st.integers(1, 99).map(str),
        "session": _WORD,
        "needs": st.lists(_WORD, min_size=1, max_size=3).map(",".join),
        "setup": st.just("true"),
        "raises": _WORD,
    },
)  # fmt: skip


@given(_ATTRIBUTES)
def test_attributes_are_written_as_they_are_read(stated: dict[str, str]) -> None:
    made = parse("", stated)
    assert parse(written(made)) == made


# -- extract
