"""`%%comments%%`: where one begins, and where it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.note import Note

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("%%a%%", ["%%a%%"]),
        ("a %%b%% c", ["%%b%%"]),
        ("a %%b%% c %%d%%", ["%%b%%", "%%d%%"]),
        ("a %%b\nc%% d", ["%%b\nc%%"]),
        ("a %%b\n\nc%% d", []),
        ("a %%b\n \t\nc%% d", []),
        ("a %%b\r\n\r\nc%% d", []),
        ("a %%b", []),
        ("%%\na\n\nb\n%%\nc", ["%%\na\n\nb\n%%"]),
        ("a\n\n%%\nb", ["%%\nb"]),
        ("a\r%%\rb", ["%%\rb"]),
        ("%%a", ["%%a"]),
        ("  %%\na\n\nb %% c", ["%%\na\n\nb %%"]),
        ("> %%\n> a\n>\n> %%\n> b", ["%%\n> a\n>\n> %%"]),
        ("a %% b\n\n%% c\n\nd", ["%% c\n\nd"]),
        ("%%a%% %%b\n\nc", ["%%a%%"]),
        ("%%%%", ["%%%%"]),
        ("%%%", ["%%%"]),
        ("100%%", []),
        ("5% and 6%", []),
        ("\\%%a%%", []),
        ("`%%` a `%%`", []),
        ("`%%` a %%b%%", ["%%b%%"]),
        ("`a\n%%` b %%c%%", ["%%c%%"]),
        ("$%%$ a", []),
        ("```\n%%\n```\na", []),
        ("<!-- %% --> a", []),
        ("\ufeff%%\n\na", ["%%\n\na"]),
        ("---\na: '%%'\n---\nb", []),
        ("---\na: b\n---\n%%\n\nb", ["%%\n\nb"]),
    ],
)
def test_comments(read: Read, text: str, hidden: list[str]) -> None:
    found = read(text)
    assert [found.source.data[start:end].decode() for start, end in found.comments] == hidden
