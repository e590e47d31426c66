"""A person's own oracles, in a folder that the configuration names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from huber import HUBER

from vaultkit.config import read_config
from vaultkit.errors import UsageError
from vaultkit.verify.own import content, oracle_folders
from vaultkit.verify.runner import Runner

NOTE = """# Huber

```python {implements=huber}
import numpy as np

def huber(prediction, target):
    gap = (prediction - target).abs()
    return gap.where(gap >= 1, gap**2 / 2 + 0.5).sub(0.5).mean()
```
"""


def folders(root: Path, setting: str) -> tuple[str, ...]:
    (root / "vaultkit.toml").write_text(f"oracles = {setting}\n")
    config = read_config(root)
    assert config is not None
    return oracle_folders(config)


def test_folders_are_relative_to_the_configuration(tmp_path: Path) -> None:
    for name in ("mine", "deep/er"):
        (tmp_path / name).mkdir(parents=True)
    mine, deeper = str(tmp_path / "mine"), str(tmp_path / "deep/er")
    assert folders(tmp_path, '"mine"') == (mine,)
    assert folders(tmp_path, '["mine", "deep/er", "./mine"]') == (mine, deeper)
    assert folders(tmp_path, "[]") == ()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        folders(tmp_path, '"nowhere"')
    assert "vaultkit.toml: `oracles` names 'nowhere'" in caught.value.message


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    assert content(()) == ""
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "notes.txt").write_text("x")
    first = content([str(tmp_path)])
    (tmp_path / "notes.txt").write_text("y")
    assert content([str(tmp_path)]) == first
    (tmp_path / "a.py").write_text("x = 2")
    second = content([str(tmp_path)])
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, content([str(tmp_path)])}) == 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pytest.importorskip("torch")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "Huber.md").write_text(NOTE)
    (tmp_path / "oracles").mkdir()
    (tmp_path / "oracles" / "huber.py").write_text(HUBER)
    (tmp_path / "vaultkit.toml").write_text('vault = "notes"\noracles = "oracles"\n')
    return tmp_path


def vaultkit(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vaultkit", *arguments],
        cwd=root, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def verified(root: Path) -> tuple[dict[str, object], int]:
    made = vaultkit(root, "verify", "notes", "--format", "json")
    assert made.returncode in (0, 1), made.stderr
    told = json.loads(made.stdout)
    return told["blocks"][0], told["summary"]["remembered"]


def test_a_note_is_judged_by_it_and_again_once_it_changes(project: Path) -> None:
    block, remembered = verified(project)
    assert (block["verdict"], remembered) == ("robust", 0)
    assert verified(project)[1] == 1
    other = HUBER.replace("gap - 0.5)", "gap - 0.4)")
    (project / "oracles" / "huber.py").write_text(other)
    block, remembered = verified(project)
    assert (block["verdict"], remembered) == ("diverges", 0)


def test_oracles_shows_it_where_the_configuration_holds(project: Path, tmp_path: Path) -> None:
    told = vaultkit(project, "oracles", "--format", "json")
    assert "huber" in [one["id"] for one in json.loads(told.stdout)["concepts"]]
    assert vaultkit(project / "notes", "oracles", "huber").stdout.startswith("huber: Huber loss")
    assert vaultkit(project.parent, "oracles", "huber").returncode == 2
    beside = vaultkit(project.parent, "oracles", "huber", "--vault", str(project / "notes"))
    assert beside.returncode == 0, beside.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n", "mine.py has no CONCEPT. An oracle file builds one Concept value"),
        ("import nowhere_at_all\n", "mine.py does not import: ModuleNotFoundError"),
        ("def\n", "mine.py does not import: SyntaxError"),
        ("import os\nos._exit(0)\n", "ProcessExit"),
    ],
)
def test_a_file_that_is_no_oracle_ends_the_run(project: Path, text: str, message: str) -> None:
    (project / "oracles" / "mine.py").write_text(text)
    made = vaultkit(project, "verify", "notes")
    assert made.returncode == 2
    assert "error: the oracles cannot be used: " in made.stderr
    assert message in made.stderr


def test_a_folder_that_is_not_there_ends_both_commands(project: Path) -> None:
    (project / "vaultkit.toml").write_text('vault = "notes"\noracles = "orcales"\n')
    for command in (("verify", "notes"), ("oracles",)):
        made = vaultkit(project, *command)
        assert made.returncode == 2
        assert "`oracles` names 'orcales', which is no folder" in made.stderr


def test_its_files_are_imported_inside_the_walls(project: Path) -> None:
    with Runner(project, jobs=1) as runner:
        if runner.ready.walls.level == "limits":
            pytest.skip("no walls around files here: only limits")
    mark = project / "mark"
    (project / "oracles" / "huber.py").write_text(HUBER + f"open({str(mark)!r}, 'w')\n")
    made = vaultkit(project, "verify", "notes")
    assert made.returncode == 2
    assert "does not import" in made.stderr
    assert not mark.exists()


def test_pytest_judges_by_it_too(project: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "notes"]
    made = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert "1 passed" in made.stdout, made.stdout + made.stderr
