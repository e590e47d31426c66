"""All fixes are one plan: whole or not at all, never on the same bytes, proven on a copy."""

from __future__ import annotations

from pathlib import Path

from tiny_vault import Files, carried_out, tiny_vault

from vaultkit.lint.finding import Finding, Fix
from vaultkit.lint.fixing import OVERLAPS, UNSOUND, Fixing, fixing
from vaultkit.lint.proof import is_sound
from vaultkit.lint.run import choose, lint
from vaultkit.text import Edit, Span


def made(root: Path, files: Files, unsafe: bool = False) -> Fixing:
    vault = tiny_vault(root, files)
    return fixing(vault, lint(vault, choose()), unsafe)


def finding(span: tuple[int, int], *edits: tuple[int, int, bytes], safety: str = "safe") -> Finding:
    fix = Fix("mend", tuple(Edit(Span(start, end), new) for start, end, new in edits))
    if safety == "unsafe":
        fix = fix._replace(safety="unsafe")
    return Finding("A.md", Span(*span), "x", "info", "m", (), fix)


def test_fixes_of_many_files_are_one_plan(tmp_path: Path) -> None:
    files = {
        "A.md": "---\ntags: one\nup: [[B]]\n---\n[[focal_loss]]\n",
        "B.md": "[[Focal-Loss]]\n",
        "Focal Loss.md": "x\n",
    }
    result = made(tmp_path, files)
    assert carried_out(files, result.plan) == {
        "A.md": '---\ntags:\n  - one\nup: "[[B]]"\n---\n[[Focal Loss]]\n',
        "B.md": "[[Focal Loss]]\n",
    }
    assert (len(result.fixed), result.skipped, result.unsafe) == (4, (), ())


def test_unsafe_ones_wait_to_be_asked_for(tmp_path: Path) -> None:
    files = {"A.md": "[[FL]]\n", "B.md": "---\naliases: [FL]\n---\nx\n"}
    waiting = made(tmp_path / "1", files)
    assert (not waiting.plan, len(waiting.unsafe)) == (True, 1)
    asked = made(tmp_path / "2", files, unsafe=True)
    assert carried_out(files, asked.plan) == {"A.md": "[[B|FL]]\n"}


def test_of_two_on_the_same_bytes_the_first_is_made(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"A.md": "abcdef\n"})
    first = finding((0, 3), (0, 3, b"X"))
    second = finding((2, 5), (2, 5, b"Y"), (6, 6, b"!"))
    result = fixing(vault, [second, first])
    assert result.fixed == (first,)
    assert result.skipped == ((second, OVERLAPS),)
    assert carried_out({"A.md": "abcdef\n"}, result.plan) == {"A.md": "Xdef\n"}


def test_findings_that_share_a_fix_share_it_whole(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"A.md": "abcdef\n"})
    pair = [finding((0, 1), (0, 3, b"X")), finding((2, 3), (0, 3, b"X"))]
    result = fixing(vault, pair)
    assert len(result.fixed) == 2
    assert carried_out({"A.md": "abcdef\n"}, result.plan) == {"A.md": "Xdef\n"}


def test_a_fix_that_changes_something_else_is_left_out(tmp_path: Path) -> None:
    """An opening fence written at the top would make code of the heading below."""
    vault = tiny_vault(tmp_path, {"A.md": "text\n\n# Heading\n"})
    result = fixing(vault, [finding((0, 4), (0, 4, b"```"))])
    assert not result.plan
    assert [reason for _, reason in result.skipped] == [UNSOUND]


def test_fixes_that_hold_alone_but_not_together_are_left_out(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"A.md": "a\n\nb\n\n# H\n\nc\n"})
    pair = [finding((0, 1), (0, 1, b"$$")), finding((11, 12), (11, 12, b"$$"))]
    assert len(fixing(vault, [pair[0]]).fixed) == 1
    both = fixing(vault, pair)
    assert not both.plan or is_sound(vault.notes["A.md"], [e for f in pair for e in f.fix.edits])  # type: ignore[union-attr]


def test_proof_looks_at_front_matter(tmp_path: Path) -> None:
    page = tiny_vault(tmp_path, {"A.md": "---\na: 1\nb: 2\n---\n"}).notes["A.md"]
    assert is_sound(page, [Edit(Span(7, 8), b"3")])
    assert not is_sound(page, [Edit(Span(7, 8), b"[")])
    assert not is_sound(page, [Edit(Span(8, 9), b"")])


def test_nothing_to_mend_is_an_empty_plan(tmp_path: Path) -> None:
    assert not made(tmp_path, {"A.md": "text [[Gone]]\n"}).plan
