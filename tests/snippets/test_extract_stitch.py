"""Modules brought up to date, and edits made in them carried back into their notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_modules import NOTE, module, note

from vaultkit.note import Note, read_note
from vaultkit.plan import Create, Remove, Write
from vaultkit.snippets.collect import collect
from vaultkit.snippets.extract import existing_modules, extract
from vaultkit.snippets.stitch import stitch
from vaultkit.text import Source, apply_edits


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
    again = read_note(Source("n0.md", data))
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
