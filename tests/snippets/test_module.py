from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.note import Note, read_note
from vaultkit.plan import Create, Remove, Write
from vaultkit.snippets.attributes import parse, written
from vaultkit.snippets.collect import collect
from vaultkit.snippets.extract import existing_modules, extract
from vaultkit.snippets.module import read_module, render
from vaultkit.snippets.place import places
from vaultkit.snippets.stitch import stitch
from vaultkit.text import Source, apply_edits

NOTE = """# Losses

```python {setup}
from __future__ import annotations
import math
```

## Focal

> ```python
> def focal(p: Unknown) -> float:
>
>     return -math.log(p)
> ```

```python {raises=ValueError}
math.log(-1)
```

```pycon
>>> focal(1.0)
-0.0
```

```python {skip="needs a camera"}
camera()
```

```python2
print 1
```
"""


def note(text: str, path: str = "topics/Losses.md") -> Note:
    return read_note(Source(PurePosixPath(path), text.encode()))


def module(text: str = NOTE) -> bytes:
    found = note(text)
    return render(str(found.source.path), collect(found))


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


def notes(*texts: str) -> dict[str, Note]:
    return {f"n{i}.md": note(text, f"n{i}.md") for i, text in enumerate(texts)}


def carried_out(existing: dict[str, bytes], plan: object) -> dict[str, bytes]:
    after = dict(existing)
    for action in plan.actions:  # type: ignore[attr-defined]
        path = str(action.path)
        if isinstance(action, Create):
            after[path] = action.content
        elif isinstance(action, Remove):
            del after[path]
        elif isinstance(action, Write):
            after[path] = apply_edits(after[path], action.edits)
    return after


def extraction(found: dict[str, Note], existing: dict[str, bytes]):
    return extract({path: collect(n) for path, n in found.items()}, existing)


BLOCK = "```python\nx = 1\ny = 2\n```\n"


def test_extracting_twice_plans_nothing() -> None:
    found = notes(NOTE, BLOCK, "no code\n")
    first = extraction(found, {})
    assert [str(a.path) for a in first.plan.actions] == ["n0.py", "n1.py"]
    after = carried_out({}, first.plan)
    assert not extraction(found, after).plan


def test_a_changed_note_rewrites_its_module_and_a_vanished_one_removes_it() -> None:
    after = carried_out({}, extraction(notes(BLOCK, BLOCK), {}).plan)
    made = extraction(notes(BLOCK.replace("1", "3")), after)
    assert not made.conflicts
    assert sorted(type(a).__name__ for a in made.plan.actions) == ["Remove", "Write"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"x = 1", b"x = 9", "cell 1 was edited here"),
        (b"# Generated", b"# Made", "outside the code"),
        (b"# vaultkit:", b"# other:", "did not write it"),
    ],
)
def test_an_edited_module_is_never_overwritten(old: bytes, new: bytes, why: str) -> None:
    after = carried_out({}, extraction(notes(BLOCK), {}).plan)
    after["n0.py"] = after["n0.py"].replace(old, new)
    made = extraction(notes(BLOCK + "\n" + BLOCK), after)
    assert not made.plan
    assert why in made.conflicts[0].reason
    gone = extraction({}, after)
    assert not gone.plan


def test_files_that_are_not_modules_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("x = 1\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "m.py").write_bytes(module())
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "z.py").write_text("")
    found = existing_modules(tmp_path)
    assert sorted(found) == ["deep/m.py", "own.py"]
    assert [str(a.path) for a in extraction({}, found).plan.actions] == ["deep/m.py"]


# -- stitch


def stitched(text: str, old: bytes, new: bytes):
    found = notes(text)
    after = carried_out({}, extraction(found, {}).plan)
    assert old in after["n0.py"]
    after["n0.py"] = after["n0.py"].replace(old, new)
    return found, after, stitch(after, found, collect)


CONTAINERS = {
    "plain": BLOCK,
    "crlf": BLOCK.replace("\n", "\r\n"),
    "quote": "> ```python\n> x = 1\n>\n> y = 2\n> ```\n",
    "list": "- a\n\n  ```python\n  x = 1\n  y = 2\n  ```\n",
    "doctest": "```python\n>>> x = 1\n>>> y = 2\n```\n",
    "skipped": "```python {skip}\nx = 1\ny = 2\n```\n",
    "future": "```python\nfrom __future__ import annotations\nx = 1\ny = 2\n```\n",
}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_an_edit_goes_back_into_its_note(kind: str) -> None:
    text = "before\n\n" + CONTAINERS[kind] + "\nafter\n\n```python\nz = 0\n```\n"
    mark = b">>> " if kind == "doctest" else b""
    inert = b"#: " if kind in ("doctest", "skipped") else b""
    found, after, made = stitched(text, b"x = 1", b"x = 10\n" + inert + mark + b"w = 5")
    assert not made.conflicts
    (write,) = made.plan.actions
    assert isinstance(write, Write)
    data = apply_edits(found["n0.md"].source.data, write.edits)
    again = read_note(Source(PurePosixPath("n0.md"), data))
    first, last = collect(again)
    assert "x = 10\n" in first.code and "w = 5\n" in first.code and "y = 2\n" in first.code
    assert last.code == "z = 0\n"
    assert len(data.splitlines()) == len(text.splitlines()) + 1
    # The module holds what the note now says: extracting overwrites it without complaint.
    assert not extraction({"n0.md": again}, after).conflicts


def test_nothing_edited_stitches_nothing() -> None:
    found = notes(NOTE)
    after = carried_out({}, extraction(found, {}).plan)
    assert not stitch(after, found, collect).plan


def test_both_sides_changed_is_a_conflict_that_names_both() -> None:
    _found, after, _ = stitched(BLOCK, b"x = 1", b"x = 2")
    changed = notes(BLOCK.replace("x = 1", "x = 3"))
    made = stitch(after, changed, collect)
    assert not made.plan
    assert str(made.conflicts[0].path) == "n0.py"
    assert "n0.md" in made.conflicts[0].reason and "both changed" in made.conflicts[0].reason


def test_an_edit_follows_its_block_when_the_note_moved_it() -> None:
    _, after, _ = stitched(BLOCK, b"x = 1", b"x = 2")
    moved = notes("```python\nnew = 0\n```\n\n" + BLOCK)
    made = stitch(after, moved, collect)
    assert not made.conflicts
    (write,) = made.plan.actions
    assert isinstance(write, Write)
    data = apply_edits(moved["n0.md"].source.data, write.edits).decode()
    assert data == "```python\nnew = 0\n```\n\n" + BLOCK.replace("x = 1", "x = 2")


def test_code_that_would_end_its_fence_is_refused() -> None:
    _, _, made = stitched(BLOCK, b"x = 1", b"x = '''\n```\n'''")
    assert not made.plan
    assert "cannot stand in its fence" in made.conflicts[0].reason
