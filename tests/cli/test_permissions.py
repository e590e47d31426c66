"""What the system refuses to hand over or to take: told in words, and nothing half done.

As root, which is refused nothing, the command runs as nobody.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files
from transcript import Answer

HERE = Path(__file__).parent
HOUSE = HERE.parent.parent
AS_ROOT = os.geteuid() == 0
_PATHS = os.pathsep.join(map(str, (HOUSE, HERE, HERE.parent)))


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """A process that runs commands as somebody who is not root."""
    with subprocess.Popen(
        [sys.executable, str(HERE / "as_nobody.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": _PATHS},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


class Somebody:
    """Runs commands as somebody who is refused what nobody may do."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def __call__(self, *arguments: str, cwd: Path | None = None) -> Answer:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps([arguments, str(cwd or "/")]) + "\n")
        self._server.stdin.flush()
        answer = Answer(*json.loads(self._server.stdout.readline()))
        assert "Traceback" not in answer.err, answer.err
        return answer


@pytest.fixture
def somebody(server: subprocess.Popen[str]) -> Somebody:
    return Somebody(server)


@pytest.fixture
def root() -> Iterator[Path]:
    """A vault that everybody may read and change, in a folder where everybody may go."""
    folder = Path(tempfile.mkdtemp())
    vault = write_files(
        folder / "vault",
        {"S.md": "[[a_b]] [[c/d]]\n", "a b.md": "[[a-b]]\n", "c/d.md": "[[a_b]]\n"},
    )
    for place in (folder, vault, *vault.rglob("*")):
        place.chmod(0o777 if place.is_dir() else 0o666)
    yield vault
    for place in (folder, vault, *sorted(vault.rglob("*"))):
        if not place.is_symlink():
            place.chmod(0o777)
    shutil.rmtree(folder)


LOOKS = (["links"], ["lint"], ["reconcile"], ["reconcile", "--check"], ["history"])


def test_a_vault_nobody_may_open(root: Path, somebody: Somebody) -> None:
    root.chmod(0o000)
    for command in LOOKS[:4]:
        done = somebody(*command, str(root))
        assert done.code == 2
        assert done.err.startswith(f"error: {root} cannot be read: Permission denied\n  hint: ")
    assert somebody("history", str(root)).code in (0, 2)
    assert somebody("undo", "--vault", str(root)).code == 2
    assert somebody("reconcile", "--apply", str(root)).code == 2


def test_a_vault_behind_a_closed_folder(root: Path, somebody: Somebody) -> None:
    root.parent.chmod(0o000)
    for command in LOOKS:
        done = somebody(*command, str(root))
        assert done.code == 2
        assert "Permission denied" in done.err
    assert somebody("undo", "--vault", str(root)).code == 2


def test_a_note_nobody_may_read(root: Path, somebody: Somebody) -> None:
    (root / "c/d.md").chmod(0o000)
    done = somebody("lint", str(root), "--select", "notes")
    assert done.code == 1
    assert "c/d.md:1:1 unreadable-note cannot be read: Permission denied" in done.out
    # It still answers to links, and the others are read.
    done = somebody("links", str(root))
    assert "S.md:1:9  resolved  [[c/d]]  -> c/d.md" in done.out
    assert somebody("reconcile", "--apply", str(root)).code == 0
    assert (root / "S.md").read_bytes() == b"[[a b]] [[c/d]]\n"


def test_a_folder_nobody_may_open(root: Path, somebody: Somebody) -> None:
    (root / "c").chmod(0o000)
    done = somebody("lint", str(root), "--select", "notes")
    assert done.code == 1
    assert "c:1:1 unreadable-note cannot be read: Permission denied" in done.out
    assert somebody("links", str(root)).code == 0


def test_settings_nobody_may_read(root: Path, somebody: Somebody) -> None:
    write_files(root, {".obsidian/app.json": "{}"})
    (root / ".obsidian/app.json").chmod(0o000)
    done = somebody("lint", str(root), "--select", "notes")
    assert done.code == 1
    assert ".obsidian/app.json:1:1 unreadable-note" in done.out


def test_a_configuration_nobody_may_read(root: Path, somebody: Somebody) -> None:
    write_files(root, {"vaultkit.toml": "", "deep/x.md": ""})
    (root / "vaultkit.toml").chmod(0o000)
    for done in (somebody("links", str(root)), somebody("links", cwd=root / "deep")):
        assert done.code == 2
        assert "vaultkit.toml cannot be read: Permission denied" in done.err


@pytest.mark.parametrize("closed", ["S.md", "", "c"])
def test_nothing_is_written_where_one_file_cannot_be(
    root: Path, somebody: Somebody, closed: str
) -> None:
    place = root / closed
    place.chmod(0o555 if place.is_dir() else 0o444)
    if AS_ROOT and place.is_file():
        os.chown(place, 0, 0)
    digest = tree_digest(root)
    done = somebody("reconcile", "--apply", str(root))
    assert done.code == 2, done.out
    assert done.err.startswith("error: ")
    assert tree_digest(root) == digest
    assert somebody("reconcile", "--check", str(root)).code == 1


def test_a_folder_is_not_moved_with_an_attachment_nobody_may_read(
    root: Path, somebody: Somebody
) -> None:
    image = root / "c/x.png"
    image.write_bytes(b"x")
    image.chmod(0o666)
    digest = tree_digest(root)
    image.chmod(0o000)
    for command in (["move", "c", "e"], ["rename", "c", "e"], ["rename", "c/x.png", "y.png"]):
        done = somebody(*command, "--vault", str(root))
        assert done.code == 2
        assert "error: c/x.png cannot be read: Permission denied" in done.err
        assert "\n  hint: " in done.err
    image.chmod(0o666)
    assert tree_digest(root) == digest


def test_a_plan_that_cannot_be_read_or_kept(root: Path, somebody: Somebody) -> None:
    shut = root.parent / "shut"
    shut.mkdir()
    (shut / "plan.json").write_bytes(b"{}")
    shut.chmod(0o500 if AS_ROOT else 0o000)
    done = somebody("apply", str(shut / "plan.json"), "--vault", str(root))
    assert done.code == 2
    assert "cannot be read: Permission denied" in done.err
    done = somebody("reconcile", str(root), "--save", str(shut / "new.json"))
    assert done.code == 2
    assert "Permission denied" in done.err
    shut.chmod(0o700)


def test_backups_nobody_may_read(root: Path, somebody: Somebody) -> None:
    assert somebody("reconcile", "--apply", str(root)).code == 0
    backups = root / "_link_reconcile_backup"
    (run,) = backups.iterdir()
    for place in (run / "manifest.json", run, backups):
        mode = place.stat().st_mode
        place.chmod(0o000)
        for command in (["history", str(root)], ["undo", "--vault", str(root)]):
            done = somebody(*command)
            assert done.code == 2 or command[0] == "history", (place, done.out)
        place.chmod(mode)
    assert somebody("undo", "--vault", str(root)).code == 0
    assert (root / "S.md").read_bytes() == b"[[a_b]] [[c/d]]\n"


def test_a_current_folder_that_is_gone(root: Path) -> None:
    gone = root.parent / "gone"
    gone.mkdir()
    gone.chmod(0o777)
    code = (
        "import os, sys; os.rmdir(os.getcwd()); "
        "from vaultkit.cli import run; sys.exit(run(['links']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=gone,
        env={**os.environ, "PYTHONPATH": _PATHS},
        check=False,
    )
    assert done.returncode == 2
    assert "the current folder is not there any more" in done.stderr
