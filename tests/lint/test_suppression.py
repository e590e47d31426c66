"""A note's own comments keep quiet about findings, exactly where they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import tiny_vault

from vaultkit.lint.run import choose, lint
from vaultkit.lint.suppression import suppressions
from vaultkit.note import read_note
from vaultkit.text import Source


def lines_found(root: Path, text: str, *rules: str) -> list[int]:
    """The lines of `S.md` in which broken links (or what the rules find) are still reported."""
    vault = tiny_vault(root, {"S.md": text})
    found = lint(vault, choose(rules or ["broken-link"]))
    return [vault.notes["S.md"].source.position(item.span.start).line for item in found]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[[X]]\n[[Y]] %% vaultkit-disable-line broken-link %%\n[[Z]]\n", [1, 3]),
        ("%% vaultkit-disable-next-line broken-link %%\n[[X]]\n[[Y]]\n", [3]),
        ("%% vaultkit-disable-next-line %%\r\n[[X]]\r\n[[Y]]\r\n", [3]),
        ("[[W]]\n%% vaultkit-disable %%\n[[X]]\n\n[[Y]]\n", [1]),
        ("%% vaultkit-disable %%\n[[X]]\n%% vaultkit-enable %%\n[[Y]]\n", [4]),
        (
            "%% vaultkit-disable links %%\n[[X]]\n%% vaultkit-enable self-link %%\n[[Y]]\n"
            "%% vaultkit-enable links %%\n[[Z]]\n",
            [6],
        ),
        ("[[X]]\n\n%% vaultkit-disable-file broken-link -- a draft %%\n", []),
        ("[[X]] %%vaultkit-disable-line%%\n", []),
        ("[[X]] %% vaultkit-disable-line broken-heading %%\n", [1]),
        ("[[X]] %% vaultkit-disable-line self-link, broken-link %%\n", []),
        ("[[X]] %% vaultkit-disable-line notes links %%\n", []),
        ("[[X]] `%% vaultkit-disable-line %%`\n", [1]),
        ("[[X]] %% vaultkit-disabled-line %%\n", [1]),
        ("[[X]] %% say vaultkit-disable-line %%\n", [1]),
        ("---\nup: '[[X]]'\n---\n%% vaultkit-disable-file %%\n", []),
        ("[[X]]\n%% vaultkit-disable-next-line %%", [1]),
    ],
)
def test_what_is_kept_quiet(tmp_path: Path, text: str, left: list[int]) -> None:
    assert lines_found(tmp_path, text) == left


def test_a_link_inside_the_comment_itself_is_kept_quiet_by_no_accident(tmp_path: Path) -> None:
    text = "%% vaultkit-disable-next-line %%\n%% [[X]] %%\n%% [[Y]] %%\n"
    assert lines_found(tmp_path, text) == [3]


def test_one_comment_for_two_rules_names_the_idle_one(tmp_path: Path) -> None:
    text = "[[X]] %% vaultkit-disable-line broken-link, empty-note %%\n"
    vault = tiny_vault(tmp_path, {"S.md": text})
    (found,) = lint(vault, choose())
    assert found.rule == "useless-suppression"
    assert vault.notes["S.md"].source.slice(found.span) == b"empty-note"


def test_a_useless_comment_cannot_hide_that_it_is_useless(tmp_path: Path) -> None:
    text = "text %% vaultkit-disable-line useless-suppression %%\n"
    assert lines_found(tmp_path, text, "useless-suppression") == [1]


def test_other_files_are_not_touched(tmp_path: Path) -> None:
    files = {"A.md": "%% vaultkit-disable-file %%\n[[X]]\n", "B.md": "[[X]]\n"}
    found = lint(tiny_vault(tmp_path, files), choose(["broken-link"]))
    assert [item.path for item in found] == ["B.md"]


def test_names_have_their_own_places() -> None:
    data = "é %% vaultkit-disable-line broken-link, self-link -- why not %%\n".encode()
    note = read_note(Source("S.md", data))
    (item,) = suppressions(note)
    assert [note.source.slice(name.span) for name in item.names] == [b"broken-link", b"self-link"]
    assert note.source.slice(item.span).startswith(b"%%")
