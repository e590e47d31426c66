"""Other tools that run the code of notes, each as its documentation says."""

from __future__ import annotations

import subprocess
import tempfile
from functools import partial
from pathlib import Path

from costs import Cost, best, call

_SYBIL = """
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
pytest_collect_file = Sybil([PythonCodeBlockParser()], pattern="*.md").pytest()
"""
_MKTESTDOCS = """
import pathlib, pytest
from mktestdocs import check_md_file
@pytest.mark.parametrize("path", sorted(pathlib.Path("vault").rglob("*.md")), ids=str)
def test_note(path):
    check_md_file(fpath=path, memory=True)
"""


def peers(python: str, root: Path) -> dict[str, Cost]:
    """Other tools on the same vault, each as its documentation says."""
    base = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tools = {
        "sybil": ("sybil", [*base, "vault"], {"conftest.py": _SYBIL}),
        "mktestdocs": ("mktestdocs", [*base, "test_notes.py"], {"test_notes.py": _MKTESTDOCS}),
        "pytest-codeblocks": ("pytest_codeblocks", [*base, "--codeblocks", "vault"], {}),
        "pytest-markdown-docs": ("pytest_markdown_docs", [*base, "--markdown-docs", "vault"], {}),
    }
    found = {}
    for name, (module, command, files) in tools.items():
        there = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
        if there.returncode:
            print(f"{name:24} not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "vault").symlink_to(root)
            for file, text in files.items():
                (Path(folder) / file).write_text(text)
            if name in ("pytest-codeblocks", "pytest-markdown-docs"):
                # These run each block by itself unless it says that it goes on.
                continued = Path(folder) / "continued"
                _rewrite(root, continued, name)
                found[name] = best(partial(call, [*command[:-1], str(continued)], Path(folder)), 2)
            else:
                found[name] = best(partial(call, command, Path(folder)), 2)
    return found


def _rewrite(root: Path, to: Path, tool: str) -> None:
    for file in root.rglob("*.md"):
        first, *rest = file.read_text().split("```python\n")
        mark = (
            "```python continuation\n"
            if "docs" in tool
            else "<!--pytest-codeblocks:cont-->\n\n```python\n"
        )
        target = to / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(first + "```python\n" + mark.join(rest))


def runs(python: str, block: str) -> bool:
    """Whether the other tools' interpreter has what the first block imports."""
    return not subprocess.run([python, "-c", block], capture_output=True, check=False).returncode
