from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

NOTE = """# A

```python
import math
x = math.pi
```

## B

```python
1 / 0
lost = 1
```

## C

```python
print(lost, x)
```

```python {skip="needs a camera"}
camera()
```
"""
KEYS = {
    "note", "line", "index", "language", "fate", "verdict", "device", "seconds", "error",
    "depends_on", "blocked_by", "alone", "stale", "seed",
}  # fmt: skip


def vaultkit(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vaultkit", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "Note.md").write_text(NOTE)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Other.md").write_text("```python\nassert 1\n```\n")
    return tmp_path


def test_json_is_the_contract(vault: Path) -> None:
    made = vaultkit(vault, "verify", ".", "--format", "json")
    assert made.returncode == 1, made.stderr
    told = json.loads(made.stdout)
    assert set(told) == {"version", "environment", "blocks", "summary"}
    assert told["version"] == 1
    assert all(set(block) == KEYS for block in told["blocks"])
    assert [(b["note"], b["index"], b["fate"], b["verdict"]) for b in told["blocks"]] == [
        ("Note.md", 1, "ran", "passed"),
        ("Note.md", 2, "ran", "failed"),
        ("Note.md", 3, "blocked", None),
        ("Note.md", 4, "skipped", None),
        ("deep/Other.md", 1, "ran", "passed"),
    ]
    error = told["blocks"][1]["error"]
    assert error == {"type": "ZeroDivisionError", "message": "division by zero", "line": 11}
    assert told["blocks"][2]["blocked_by"] == 2
    assert told["blocks"][2]["depends_on"] == [1, 2]
    assert told["summary"]["skipped"] == {"needs a camera": 1}
    assert told["environment"]["python"]


def test_text_shows_the_line_and_what_depends_on_what(vault: Path) -> None:
    made = vaultkit(vault, "verify", ".")
    assert "Note.md:11 block 2 b-1 failed: ZeroDivisionError: division by zero" in made.stdout
    assert "  >    11 | 1 / 0" in made.stdout
    assert "block 3 c-1 blocked: uses block 2, which did not pass" in made.stdout
    assert "skipped: needs a camera" in made.stdout
    assert "sandbox: " in made.stdout


def test_notes_can_be_named(vault: Path) -> None:
    made = vaultkit(vault, "verify", ".", "deep", "--format", "json")
    assert made.returncode == 0
    assert [b["note"] for b in json.loads(made.stdout)["blocks"]] == ["deep/Other.md"]
    made = vaultkit(vault, "verify", ".", "deep/Other.md", "-v")
    assert "deep/Other.md:2 block 1 block-1 passed" in made.stdout
    made = vaultkit(vault, "verify", ".", "deep/Othr.md")
    assert made.returncode == 2
    assert "did you mean 'deep/Other.md'" in made.stderr


def test_junit_and_github(vault: Path) -> None:
    made = vaultkit(vault, "verify", ".", "--format", "junit")
    suites = ElementTree.fromstring(made.stdout)
    keys = ("name", "tests", "failures", "skipped")
    assert [tuple(map(suite.get, keys)) for suite in suites] == [
        ("Note.md", "4", "2", "1"), ("deep/Other.md", "1", "0", "0"),
    ]  # fmt: skip
    failure = suites[0][1][0]
    assert 'Note.md", line 11' in (failure.text or "")
    made = vaultkit(vault.parent, "verify", vault.name, "--format", "github")
    assert made.stdout.splitlines()[0] == (
        f"::error file={vault.name}/Note.md,line=11,title=block 2 failed on cpu"
        "::ZeroDivisionError: division by zero"
    )


def test_a_second_run_remembers_and_no_cache_does_not(vault: Path) -> None:
    vaultkit(vault, "verify", ".", "--no-cache")
    assert not (vault / ".vaultkit-cache").exists()
    first = json.loads(vaultkit(vault, "verify", ".", "--format", "json").stdout)
    assert first["summary"]["remembered"] == 0
    second = json.loads(vaultkit(vault, "verify", ".", "--format", "json").stdout)
    assert second["summary"]["remembered"] == 3
    assert second["blocks"] == first["blocks"]


def test_a_timeout_can_be_given(vault: Path) -> None:
    (vault / "Note.md").write_text("```python\nwhile True: pass\n```\n")
    made = vaultkit(vault, "verify", ".", "--timeout", "0.5", "--format", "json")
    assert made.returncode == 1
    block = json.loads(made.stdout)["blocks"][0]
    assert (block["verdict"], block["error"]["type"]) == ("timeout", "Timeout")
    assert vaultkit(vault, "verify", ".", "--timeout", "0").returncode == 2


def test_extract_writes_checks_and_refuses(vault: Path) -> None:
    assert vaultkit(vault, "extract", ".", "--check").returncode == 1
    assert not (vault / "snippets").exists()
    assert vaultkit(vault, "extract", ".").returncode == 0
    assert vaultkit(vault, "extract", ".", "--check").returncode == 0
    module = vault / "snippets" / "note.py"
    module.write_text(module.read_text().replace("x = math.pi", "x = math.tau"))
    before = module.read_text()
    made = vaultkit(vault, "extract", ".")
    assert made.returncode == 2
    assert "snippets/note.py: cell 1 was edited here" in made.stderr
    assert module.read_text() == before


def test_another_vaults_modules_are_not_taken_for_ones_own(vault: Path, tmp_path: Path) -> None:
    assert vaultkit(vault, "extract", "deep").returncode == 0
    (vault / "else").mkdir()
    (vault / "else/Third.md").write_text("```python\nassert 3\n```\n")
    made = vaultkit(vault, "extract", "else")
    assert made.returncode == 2
    assert "the modules in snippets are of other notes, such as Other.md" in made.stderr
    assert [file.name for file in (vault / "snippets").rglob("*.py")] == ["other.py"]
    meant = vaultkit(vault, "extract", "else", "--into", "snippets")
    assert meant.returncode == 0
    assert "1 of 1 modules written, 1 removed" in meant.stdout


def test_an_edit_is_carried_back_and_can_be_undone(vault: Path) -> None:
    vaultkit(vault, "extract", ".")
    module = vault / "snippets" / "note.py"
    module.write_text(module.read_text().replace("x = math.pi", "x = math.tau"))
    shown = vaultkit(vault, "extract", ".", "--stitch")
    assert "+x = math.tau" in shown.stdout
    assert (vault / "Note.md").read_text() == NOTE
    made = vaultkit(vault, "extract", ".", "--stitch", "--apply")
    assert made.returncode == 0, made.stderr
    assert (vault / "Note.md").read_text() == NOTE.replace("math.pi", "math.tau")
    assert vaultkit(vault, "extract", ".", "--check").returncode == 0
    assert vaultkit(vault, "undo", "--vault", ".").returncode == 0
    assert (vault / "Note.md").read_text() == NOTE


def test_both_sides_changed_exits_2_and_names_both(vault: Path) -> None:
    vaultkit(vault, "extract", ".")
    module = vault / "snippets" / "note.py"
    module.write_text(module.read_text().replace("x = math.pi", "x = math.tau"))
    (vault / "Note.md").write_text(NOTE.replace("x = math.pi", "x = math.e"))
    made = vaultkit(vault, "extract", ".", "--stitch", "--apply")
    assert made.returncode == 2
    assert "snippets/note.py" in made.stderr and "Note.md" in made.stderr
    assert "math.e" in (vault / "Note.md").read_text()


def test_options_that_exclude_each_other(vault: Path) -> None:
    assert vaultkit(vault, "extract", ".", "--apply").returncode == 2
    assert vaultkit(vault, "extract", ".", "--check", "--stitch").returncode == 2


def test_extract_as_json(vault: Path) -> None:
    told = json.loads(vaultkit(vault, "extract", ".", "--into", "code", "--format", "json").stdout)
    assert told["modules"] == [
        {"note": "Note.md", "module": "note.py", "state": "new"},
        {"note": "deep/Other.md", "module": "deep/other.py", "state": "new"},
    ]
    assert (vault / "code" / "deep" / "other.py").is_file()
