"""At a terminal: colours unless NO_COLOR is set, a spinner for long work, and the ways out."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from tiny_vault import write_files

from vaultkit.cli import run

COMMAND = [sys.executable, "-m", "vaultkit"]


def at_terminal(arguments: list[str], columns: int = 80, **environment: str) -> tuple[int, str]:
    """The exit code, and all that a terminal of so many columns gets to see."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    base = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**base, "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    return process.wait(), seen.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("vault")
    long = "an extraordinarily long sentence goes on and on " * 3
    files = {"A.md": f"[[a_b]] {long}[[Nowhere]] {long}\n", "a b.md": ""}
    return str(write_files(folder, files))


def test_colours_at_a_terminal(root: str) -> None:
    code, seen = at_terminal(["reconcile", root])
    assert code == 0
    assert "\x1b[31m- [[a_b]]\x1b[0m" in seen
    assert "\x1b[32m+ [[a b]]\x1b[0m" in seen
    code, seen = at_terminal(["links", f"{root}/gone"])
    assert code == 2
    assert "\x1b[31m\x1b[1merror: \x1b[0m" in seen


@pytest.mark.parametrize("command", ["lint", "reconcile", "links"])
def test_no_colour_where_a_person_wants_none(root: str, command: str) -> None:
    for arguments in ([command, root], [command, f"{root}/gone"]):
        _, seen = at_terminal(arguments, NO_COLOR="1")
        assert "\x1b" not in seen
    # no-color.org: an empty one counts as none.
    _, seen = at_terminal([command, root], NO_COLOR="")
    assert "\x1b[" in seen


def test_what_is_over_at_once_shows_no_spinner(root: str) -> None:
    _, seen = at_terminal(["links", root])
    assert "\x1b[?25l" not in seen
    assert "reading" not in seen


def test_a_spinner_when_it_takes_longer() -> None:
    code = (
        "import time; from vaultkit.cli import output; output._PATIENCE = 0.01\n"
        "with output.progress('reading [bold] notes'): time.sleep(0.6)\n"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=theirs,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    out, _ = process.communicate()
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert out == b""
    assert "reading [bold] notes" in seen
    assert seen.endswith("\x1b[2K") or "\x1b[?25h" in seen


@pytest.mark.parametrize("columns", [80, 100])
def test_a_finding_fits_the_terminal(root: str, columns: int) -> None:
    _, seen = at_terminal(["lint", root], columns, NO_COLOR="1")
    assert max(len(line) for line in seen.splitlines()) <= columns
    line = next(line for line in seen.splitlines() if line.endswith("^^^^^^^^^^^"))
    above = seen.splitlines()[seen.splitlines().index(line) - 1]
    assert above[line.index("^") :].startswith("[[Nowhere]]")


def test_no_colour_and_no_spinner_in_a_pipe(root: str) -> None:
    done = subprocess.run([*COMMAND, "reconcile", root], capture_output=True, check=True)
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


def test_a_reader_that_goes_away_is_no_error(root: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, "links", root], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_interrupted(root: str, tmp_path: Path) -> None:
    """Ctrl-C while a plan is read from a pipe that says nothing: 130, and no traceback."""
    fifo = tmp_path / "plan.json"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*COMMAND, "apply", str(fifo), "--vault", root],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Opening to write waits until the command has opened it to read.
    with fifo.open("wb"):
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err == b"\ninterrupted\n"


def test_a_bug_of_ours_asks_for_a_report(
    root: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("vaultkit.cli.links.open_vault", broken)
    assert run(["links", root]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "RuntimeError: a bug" in shown.err
    assert "Please report it" in shown.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script(shell: str) -> None:
    done = subprocess.run(
        COMMAND,
        capture_output=True,
        text=True,
        env={**os.environ, "_VAULTKIT_COMPLETE": f"{shell}_source"},
        check=False,
    )
    assert "_VAULTKIT_COMPLETE" in done.stdout
    assert "vaultkit" in done.stdout
    assert "Traceback" not in done.stderr


def test_completion_offers_commands_and_options() -> None:
    def offered(words: str, position: int) -> list[str]:
        done = subprocess.run(
            COMMAND,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "_VAULTKIT_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(position),
            },
            check=False,
        )
        return [line.partition(",")[2] for line in done.stdout.splitlines()]

    assert offered("vaultkit li", 1) == ["links", "lint"]
    assert "--same-folder" in offered("vaultkit reconcile --s", 2)
    assert offered("vaultkit links --format j", 3) == ["json"]
