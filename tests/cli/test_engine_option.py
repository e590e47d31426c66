"""`--engine reference`: every command that reads notes takes it, and means it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files
from transcript import Answer, call

from vaultkit.cli.root import COMMANDS, WITHOUT_NOTES
from vaultkit.note import engine, parse, reference

FILES = {
    "Focal Loss.md": "---\naliases: [FL]\n---\n# One\n[[Big_Data]] [[gone]] ![[B.canvas]]\n\n"
    "## Two ##\nSee [[#One]] and `[[no]]` FL.\n\n```python\nx = 1\n```\n",
    "Big Data.md": "[[Focal Loss#Two|x]] $[[no]]$ ^id\n\n- [ ] [[focal_loss]] #tag\n",
    "c/Third.md": "[t](<../Big Data.md>) [[Big Data#^id]]\n",
    "Contents.md": "[[FL]]\n<!-- vaultkit:begin index by=tag -->\n<!-- vaultkit:end -->\n",
    "B.canvas": '{"nodes": [{"id": "1", "type": "text", "text": "[[Big_Data]]"}]}',
}
# What each command may be asked; the vault is named after it.
CALLS = {
    "links": [["--format", "json"]],
    "lint": [["--format", "json"], ["--diff"]],
    "reconcile": [["--format", "json"], ["--apply"]],
    "new": [["Fourth"]],
    "rename": [["Big Data", "Small Data"]],
    "move": [["Big Data", "c"]],
    "merge": [["c/Third", "Big Data"]],
    "split": [["Focal Loss#Two"]],
    "promote": [["FL"], []],
    "index": [[]],
    "view": [["health"]],
    "graph": [["--format", "json"]],
    "extract": [[]],
    "verify": [["c/Third.md"]],
    "init": [[]],
}
POSITIONAL = {"links", "lint", "reconcile", "graph", "extract", "verify", "init"}
CASES = [(command, tuple(given)) for command, calls in CALLS.items() for given in calls]


def test_every_command_is_tried_or_reads_no_notes() -> None:
    assert set(CALLS) | set(WITHOUT_NOTES) == set(COMMANDS)
    assert not set(CALLS) & set(WITHOUT_NOTES)


def _untimed(text: str) -> str:
    """Without the second in which a run began, which is its name."""
    return re.sub(r"\d{8}T\d{6}Z-\d+", "RUN", text)


def ask(command: str, given: tuple[str, ...], root: Path, *more: str) -> Answer:
    where = [str(root)] if command in POSITIONAL else ["--vault", str(root)]
    return call(command, *where, *given, *more)


@pytest.mark.parametrize(("command", "given"), CASES)
def test_both_engines_give_the_same_answer(
    command: str, given: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the fast engine is not asked at all."""
    # `extract` without a configuration writes below the current folder.
    monkeypatch.chdir(tmp_path)
    root = write_files(tmp_path / "vault", FILES)
    shutil.copytree(root, tmp_path / "copy")
    fast = ask(command, given, root)
    digest = tree_digest(root)
    shutil.rmtree(root)
    shutil.rmtree(tmp_path / "snippets", ignore_errors=True)
    (tmp_path / "copy").rename(root)

    def refuse(_: str) -> None:
        raise AssertionError("the fast engine was asked")

    engine._engine.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(parse, "read_marks", refuse)
        slow = ask(command, given, root, "--engine", "reference")
    engine._engine.cache_clear()
    assert fast.code in (0, 1), fast.err
    assert slow._replace(out=_untimed(slow.out)) == fast._replace(out=_untimed(fast.out))
    assert tree_digest(root) == digest


def test_the_option_means_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_files(tmp_path / "vault", FILES)
    asked: list[str] = []
    real = reference.read_marks
    monkeypatch.setattr(reference, "read_marks", lambda text: asked.append(text) or real(text))
    engine._engine.cache_clear()
    call("links", str(root))
    assert not asked
    call("links", str(root), "--engine", "reference")
    assert asked
    asked.clear()
    call("links", str(root))
    assert not asked
    engine._engine.cache_clear()


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    found = call("links", str(tmp_path), "--engine", "third")
    assert found.code == 2
    assert "'fast', 'reference'" in found.err


def test_the_choice_costs_no_import_at_the_start() -> None:
    import subprocess

    program = (
        "import sys; from vaultkit.cli import run; run(['links', '--help']);"
        "assert not {'markdown_it', 'pyromark'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
