"""Every command, as a person sees it in a terminal of 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript import played

FOLDER = Path(__file__).parent / "transcripts"
NAMES = sorted(path.name for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_transcript(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    home = tmp_path / "me"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = FOLDER / name
    expected = file.read_text(encoding="utf-8")
    seen = played(expected, home)
    if pytestconfig.getoption("--rewrite-transcripts"):
        file.write_text(seen, encoding="utf-8")
    else:
        assert seen == expected


def test_every_command_is_shown() -> None:
    from vaultkit.cli.root import COMMANDS

    text = "".join((FOLDER / name).read_text(encoding="utf-8") for name in NAMES)
    for command in COMMANDS:
        assert f"$ vaultkit {command} --help\n" in text
        assert any(
            line.startswith(f"$ vaultkit {command}") and "--help" not in line
            for line in text.splitlines()
        )
