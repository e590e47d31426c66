"""The house keeps its shape: imports go one way, the start is light, few doors have effects."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "vaultkit"

# Room -> the rooms it may import, as docs/architecture.md has them.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "text": {"errors"},
    "schema": {"errors"},
    "config": {"errors", "schema"},
    "names": set(),
    "note": {"text"},
    "vault": {"errors", "text", "note", "names", "config"},
    "plan": {"text", "errors"},
    "stamp": {"errors", "text", "note", "plan"},
    "repair": {"errors", "text", "note", "vault", "names", "plan"},
    "graph": {"errors", "text", "note", "names", "schema", "config", "vault"},
    "snippets": {"errors", "text", "note", "config", "vault", "plan"},
    "lint": {
        "errors", "text", "note", "names", "schema", "config", "vault", "plan", "repair", "graph",
        "stamp",
    },
    "verify": {"errors", "text", "note", "config", "snippets", "stamp", "plan"},
    "generate": {
        "errors", "text", "note", "names", "schema", "config", "vault", "lint", "repair", "graph",
        "stamp", "plan",
    },
}  # fmt: skip
EVERYTHING = {"report", "cli", "__main__"}
# The only places that change a file or start a process; `report/git.py` asks git what changed,
# which nothing but git can say, and runs nothing else.
DOORS = {"plan/disk.py", "vault/cache.py", "report/file.py", "verify/runner.py", "report/git.py"}
EFFECTS = {
    "write_bytes", "write_text", "unlink", "rmdir", "mkdir", "makedirs", "rename", "replace_file",
    "rmtree", "Popen", "fork", "system", "symlink_to", "chmod", "touch",
}  # fmt: skip
MODULES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    """The rooms a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "vaultkit" and len(part) > 1}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    here = room(path)
    if here in EVERYTHING or here == "__init__":
        return
    assert here in MAY_IMPORT, f"{here} is no room of the plan"
    tree = ast.parse(path.read_text())
    rooms = {
        name for name in imported(tree) if (ROOT / name).is_dir() or (ROOT / f"{name}.py").exists()
    }
    assert rooms - {here} <= MAY_IMPORT[here]


def test_no_circle() -> None:
    """The allowed imports themselves form no circle."""
    order: list[str] = []
    while len(order) < len(MAY_IMPORT):
        free = [name for name in MAY_IMPORT if name not in order and MAY_IMPORT[name] <= set(order)]
        assert free, "a circle among " + ", ".join(set(MAY_IMPORT) - set(order))
        order += free


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_only_doors_have_effects() -> None:
    found = []
    for path in MODULES:
        name = str(path.relative_to(ROOT))
        if name in DOORS:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                # The store and its parts reach the disk through the Disk they are handed.
                handed = ast.unparse(node.func.value).endswith("disk") and name.startswith("plan/")
                if node.func.attr in EFFECTS and not handed:
                    found.append(f"{name}:{node.lineno} .{node.func.attr}()")
    assert not found


def test_only_doors_start_processes() -> None:
    starters = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import) and any(name.name == "subprocess" for name in node.names)
    }
    assert starters <= DOORS


def test_the_start_is_light() -> None:
    """`import vaultkit.cli` loads none of the heavy packages."""
    code = (
        "import sys, vaultkit.cli.root, vaultkit.cli.lint, vaultkit.cli.reconcile\n"
        "heavy = {'torch', 'networkx', 'markdown_it', 'numpy', 'scipy', 'rich', 'hypothesis'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_no_room_without_a_name() -> None:
    words = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not [path for path in MODULES if words & set(path.with_suffix("").parts)]


def test_an_answer_that_is_remembered_needs_no_rule_and_no_note(tmp_path: Path) -> None:
    """Nor what parses: to import all that was a third of such a run."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault/A.md").write_text("[[Gone]]\n")
    code = (
        "import sys, vaultkit.cli\n"
        "codes = [vaultkit.cli.run(['lint', sys.argv[1]]) for _ in range(2)]\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('vaultkit.')}\n"
        "rules = [name for name in sys.modules if name.startswith('vaultkit.lint.rules.')]\n"
        "print(codes, sorted(rooms & {'note', 'repair', 'graph', 'stamp', 'plan'}), rules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "vault")]
    environment = {**os.environ, "VAULTKIT_CACHE": str(tmp_path / "cache")}
    said = [
        subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]
    assert "broken_link" in said[0]
    assert said[1] == "[1, 1] [] []"
