from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vaultkit.verify.environment import gpu

NOTE = """# Focal loss

```python
import math
x = math.pi
```

```python
def test_it(device):
    assert device == "cpu"
    assert x > 4
```

## Exit

```python
import os
os._exit(0)
```

```python {skip="needs a camera"}
camera()
```

```python
print("still here")
assert x > 3
```

```pycon
>>> 1 + 1
2
```
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "vaultkit.verify.plugin", "-p", "no:cacheprovider",
         "--strict-markers", *arguments],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "Losses.md").write_text(NOTE)
    (vault / "Empty.md").write_text("nothing\n")
    (tmp_path / "README.md").write_text("```python\nraise SystemError\n```\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def extracted(project: Path) -> None:
    subprocess.run([sys.executable, "-m", "vaultkit", "extract", "vault"], cwd=project, check=True)


def ids(made: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in made.stdout.splitlines() if "::" in line]


NAMES = ["focal-loss-1", "focal-loss-2", "exit-1", "exit-2", "exit-3", "exit-4"]


def test_each_block_of_a_vault_is_an_item(project: Path) -> None:
    made = run(project, "--collect-only", "-q")
    assert ids(made) == [f"vault/Losses.md::{name}" for name in NAMES]


def test_a_markdown_file_of_no_vault_is_left_alone_unless_named(project: Path) -> None:
    assert ids(run(project, "--collect-only", "-q", "README.md")) == ["README.md::block-1"]
    (project / "pytest.ini").write_text("[pytest]\nvaultkit_vaults = .\n")
    assert "README.md::block-1" in ids(run(project, "--collect-only", "-q"))


def test_failures_point_into_the_note(project: Path) -> None:
    made = run(project, "vault")
    assert "2 failed, 3 passed, 1 skipped" in made.stdout
    assert made.returncode == 1
    assert ">    11 |     assert x > 4" in made.stdout
    assert "Losses.md:11: AssertionError" in made.stdout
    assert "ProcessExit: the process ended with exit code 0" in made.stdout
    assert "plugin.py" not in made.stdout


def test_modules_run_on_their_own(project: Path) -> None:
    extracted(project)
    (project / "vault" / "Losses.md").unlink()
    made = run(project, "snippets")
    assert "2 failed, 3 passed, 1 skipped" in made.stdout
    assert "Losses.md:11: AssertionError" in made.stdout
    assert ids(run(project, "snippets", "--collect-only", "-q")) == [
        f"snippets/losses.py::{name}" for name in NAMES
    ]


def test_a_module_that_is_named_is_collected_once(project: Path) -> None:
    extracted(project)
    made = run(project, "snippets/losses.py", "--collect-only", "-q")
    assert len(ids(made)) == len(NAMES)


def test_an_edited_module_warns(project: Path) -> None:
    extracted(project)
    file = project / "snippets" / "losses.py"
    file.write_text(file.read_text().replace("x = math.pi", "x = 5"))
    made = run(project, "snippets", "-k", "focal")
    assert "2 passed" in made.stdout
    assert "cells 1 were edited here" in made.stdout


def test_selection_by_name_marker_and_id(project: Path) -> None:
    made = run(project, "vault", "-k", "exit-3", "-v")
    assert "1 passed, 5 deselected" in made.stdout
    made = run(project, "vault", "-m", "not vaultkit")
    assert "6 deselected" in made.stdout
    made = run(project, "vault/Losses.md::exit-3", "-v")
    assert "1 passed" in made.stdout


def test_junit_names_the_note(project: Path) -> None:
    run(project, "vault", "--junitxml", "out.xml")
    (suite,) = ElementTree.parse(project / "out.xml").getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("6", "2", "1")


@pytest.mark.parametrize("dist", ["loadfile", "load"])
def test_xdist(project: Path, dist: str) -> None:
    pytest.importorskip("xdist")
    made = run(project, "vault", "-p", "xdist", "-n", "2", "--dist", dist)
    assert "2 failed, 3 passed, 1 skipped" in made.stdout


def test_the_device_fixture(project: Path) -> None:
    (project / "test_own.py").write_text("def test_own(device): assert device == 'cuda'\n")
    assert run(project, "test_own.py", "--vaultkit-device", "cuda").returncode == 0
    assert run(project, "test_own.py").returncode == 1


def test_a_timeout_does_not_stop_the_rest(project: Path) -> None:
    text = "# A\n\n```python\nwhile True: pass\n```\n\n```python\nx = 1\n```\n"
    (project / "vault" / "Losses.md").write_text(text)
    made = run(project, "vault", "--vaultkit-timeout", "0.5")
    assert "1 failed, 1 passed" in made.stdout
    assert "ran for more than 0.5 s" in made.stdout


def test_blocks_that_need_a_gpu_are_items_of_their_own(project: Path) -> None:
    text = "# A\n\n```python {needs=cuda}\nx = 1\n```\n\n```python\ny = 1\n```\n"
    (project / "vault" / "Losses.md").write_text(text)
    made = run(project, "vault", "--collect-only", "-q", "-m", "cuda")
    assert ids(made) == ["vault/Losses.md::a-1[cuda]"]
    if not gpu():
        made = run(project, "vault", "-rs")
        assert "1 passed, 1 skipped" in made.stdout
        assert "needs cuda: no CUDA device here" in made.stdout
