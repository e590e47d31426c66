"""The lines that changed since a revision, as git tells them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tiny_vault import Files, write_files

from vaultkit.errors import UsageError
from vaultkit.report.git import ChangedLines, changed_lines, is_revision


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(
        write_files(tmp_path, {"v/A.md": "1\n2\n3\n4\n", 'v/가 "b".md': "1\n", "C.md": "1\n"}),
        "init",
    )
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


def after(root: Path, files: Files) -> ChangedLines:
    write_files(root, files)
    return changed_lines(root / "v", "HEAD")


def test_changed_lines_of_a_file(repository: Path) -> None:
    changed = after(repository, {"v/A.md": "1\ntwo\n3\n4\n5\n6\n"})
    assert [changed.touches("A.md", n, n) for n in range(1, 7)] == [
        False, True, False, False, True, True,
    ]  # fmt: skip
    assert changed.touches("A.md", 1, 2)
    assert not changed.holds("C.md")


def test_lines_that_look_like_headers_are_lines(repository: Path) -> None:
    changed = after(repository, {"v/A.md": "1\n++ b/C.md\n@@ -1 +9 @@\n2\n3\n4\n"})
    assert [changed.touches("A.md", n, n) for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert not changed.holds("C.md")


def test_a_gap_counts_as_the_line_above_it(repository: Path) -> None:
    changed = after(repository, {"v/A.md": "1\n4\n"})
    assert [changed.touches("A.md", n, n) for n in (1, 2)] == [True, False]


def test_unusual_names_and_files_git_does_not_know(repository: Path) -> None:
    changed = after(
        repository,
        {
            'v/가 "b".md': "1\n2\n",
            "v/new\nline.md": "x\n",
            ".gitignore": "v/i.md\n",
            "v/i.md": "x\n",
        },
    )
    assert changed.touches('가 "b".md', 2, 2)
    assert changed.touches("new\nline.md", 7, 7)
    assert not changed.holds("i.md")


def test_what_is_staged_and_what_is_committed_counts(repository: Path) -> None:
    write_files(repository, {"v/A.md": "0\n1\n2\n3\n4\n"})
    git(repository, "add", "-A")
    assert changed_lines(repository / "v", "HEAD").touches("A.md", 1, 1)
    git(repository, "commit", "-m", "second")
    assert not changed_lines(repository / "v", "HEAD").holds("A.md")
    assert changed_lines(repository / "v", "HEAD~1").touches("A.md", 1, 1)


def test_what_git_does_not_know_is_told(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.raises(UsageError, match="cannot tell what changed"):
        changed_lines(repository, "nowhere")
    with pytest.raises(UsageError, match="no revision"):
        changed_lines(repository, "--output=x")
    outside = tmp_path_factory.mktemp("outside")
    with pytest.raises(UsageError, match="cannot tell what changed"):
        changed_lines(outside, "HEAD")
    assert is_revision(repository, "HEAD")
    assert not is_revision(repository, "nowhere")
