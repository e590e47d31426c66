"""Promoting aliases: every link to one leads to its note and shows what it showed."""

from __future__ import annotations

import pytest
from random_vaults import contents, memory_vault

from vaultkit.errors import UsageError
from vaultkit.generate.promote import promote, wanted
from vaultkit.repair.after import after

VAULT = memory_vault(
    {
        "f/Active Learning.md": b"---\naliases: [AL, Both]\n---\n# H\n",
        "Other.md": b"---\naliases: [Both, OO]\n---\n",
        "S.md": b"[[AL]] [[al#H]] [[AL|shown]] ![[AL]] [m](AL) [[Both]]\n\n| [[AL]] |\n|---|\n",
        "T.md": b'---\nup: "[[AL]]"\n---\n[[OO]] `[[AL]]`\r\n',
    }
)


def test_the_most_written_alias_comes_first() -> None:
    assert [(item.alias, item.path, len(item.links)) for item in wanted(VAULT)] == [
        ("AL", "f/Active Learning.md", 7),
        ("OO", "Other.md", 1),
    ]


def test_links_to_an_alias_lead_to_its_note() -> None:
    found = contents(after(VAULT, promote(VAULT, ["al"])))
    assert found["S.md"].decode() == (
        "[[Active Learning|AL]] [[Active Learning#H|al > H]] [[Active Learning|shown]] "
        "![[Active Learning]] [m](Active%20Learning) [[Both]]\n\n"
        "| [[Active Learning\\|AL]] |\n|---|\n"
    )
    assert found["T.md"] == b'---\nup: "[[Active Learning|AL]]"\n---\n[[OO]] `[[AL]]`\r\n'
    assert [item.alias for item in wanted(after(VAULT, promote(VAULT, ["AL", "OO"])))] == []


@pytest.mark.parametrize("alias", ["Both", "nothing"])
def test_what_no_link_or_two_notes_name_is_refused(alias: str) -> None:
    with pytest.raises(UsageError) as raised:
        promote(VAULT, [alias])
    assert raised.value.hint == "such links name: `AL`, `OO`"
