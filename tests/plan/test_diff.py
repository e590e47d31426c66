"""The diff of a plan: `git apply` turns the old files into exactly what the plan would."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from plan_strategies import edited
from small_vault import Vault, create, picture, plan

from vaultkit.plan import Plan
from vaultkit.plan.diff import Hunk, diff, hunks, render
from vaultkit.plan.store import apply
from vaultkit.text import Edit, Span, apply_edits

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def patched(data: bytes, found: tuple[Hunk, ...]) -> bytes:
    """What a strict patch program makes of `data`: every context and removed line must match."""
    lines = data.split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    out: list[bytes] = []
    position = 0
    for hunk in found:
        out += lines[position : hunk.start - 1]
        position = hunk.start - 1
        assert len(out) == hunk.new_start - 1
        for mark, line in hunk.lines:
            if mark == "+":
                out.append(line)
                continue
            assert lines[position] == line
            position += 1
            if mark == " ":
                out.append(line)
    return b"".join(out + lines[position:])


@given(edited())
def test_the_hunks_say_what_the_edits_do(case: tuple[bytes, tuple[Edit, ...]]) -> None:
    data, edits = case
    found = hunks(data, edits)
    assert patched(data, found) == apply_edits(data, edits)
    assert not found or apply_edits(data, edits) != data


@given(edited())
def test_no_hunk_shows_more_context_than_asked(case: tuple[bytes, tuple[Edit, ...]]) -> None:
    data, edits = case
    assert patched(data, hunks(data, edits, 0)) == apply_edits(data, edits)
    for hunk in hunks(data, edits, 0):
        marks = "".join(mark for mark, _ in hunk.lines)
        assert not marks.startswith(" ") and not marks.endswith(" ")


@needs_git
@settings(max_examples=60, deadline=None)
@given(edited())
def test_git_agrees(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[bytes, tuple[Edit, ...]]
) -> None:
    data, edits = case
    root = tmp_path_factory.mktemp("git")
    vault = Vault(root)
    vault.put("a b.md", data)
    value = plan(vault.write("a b.md", *((*span, new) for span, new in edits)))
    git_apply(root, value)
    assert vault.bytes("a b.md") == apply_edits(data, edits)


@needs_git
def test_git_makes_moves_and_removes_files_as_the_store_does(vault: Vault, tmp_path: Path) -> None:
    for name in ('q "uote\\.md', "tab\tnew\nline.md", "가 é.md", "plain.md"):
        vault.put(name, b"1\n2\n3 [[x]]\n4\n5\n")
    actions = (
        vault.replace('q "uote\\.md', b"x", b"y"),
        vault.replace("tab\tnew\nline.md", b"x", b"y"),
        vault.move("tab\tnew\nline.md", "new place/t\t.md"),
        vault.move("가 é.md", "é/가.md"),
        vault.remove("plain.md"),
        create("fresh note.md", b"no line end"),
        create("empty.md", b""),
    )
    copy = tmp_path / "copy"
    shutil.copytree(vault.root, copy)
    value = plan(*actions)
    git_apply(copy, value)
    apply(vault.root, value, command="t")
    theirs, ours = picture(copy), picture(vault.root)
    assert {name: item[0] for name, item in theirs.items()} == {
        name: item[0] for name, item in ours.items()
    }


def git_apply(root: Path, value: Plan) -> None:
    text = render(diff(value, lambda path: (root / path).read_bytes()))
    if text:
        command = ["git", "apply", "--unidiff-zero", "--whitespace=nowarn", "-"]
        subprocess.run(command, cwd=root, input=text, check=True, capture_output=True)


def test_it_reads_like_a_diff() -> None:
    data = b"".join(b"line %d\n" % number for number in range(1, 31))
    place = data.index(b"line 10")
    edits = (Edit(Span(place + 5, place + 7), b"ten"), Edit(Span(len(data) - 3, len(data)), b"X"))
    value = plan(create("new.md", b"x\n"))
    assert render(diff(value, lambda path: b"")) == (
        b"diff --git a/new.md b/new.md\nnew file mode 100644\n"
        b"--- /dev/null\n+++ b/new.md\n@@ -0,0 +1,1 @@\n+x\n"
    )
    first, second = hunks(data, edits)
    assert (first.start, first.new_start, first.counts) == (7, 7, (7, 7))
    assert [line for mark, line in first.lines if mark != " "] == [b"line 10\n", b"line ten\n"]
    assert second.lines[-2:] == (("-", b"line 30\n"), ("+", b"line X"))


def test_a_removed_attachment_is_not_printed(vault: Vault) -> None:
    vault.put("image.png", b"\x89PNG\0\0")
    value = plan(vault.remove("image.png"))
    (item,) = diff(value, lambda path: vault.bytes(str(path)))
    assert (item.binary, item.before, item.after) == (True, PurePosixPath("image.png"), None)
    assert b"Binary files differ" in render([item])
