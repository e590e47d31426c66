"""Splitting: the section moves byte for byte, and links to what is in it follow."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from random_vaults import contents, memory_vault, vaults

from vaultkit.errors import UsageError
from vaultkit.generate.split import split
from vaultkit.repair.after import after
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink
from vaultkit.vault import Settings, Vault


def vault_of(files: Mapping[str, str], settings: Settings | None = None) -> Vault:
    return memory_vault({path: text.encode() for path, text in files.items()}, settings)


def parted(
    files: Mapping[str, str],
    heading: str,
    name: str | None = None,
    *,
    embed: bool = False,
    settings: Settings | None = None,
) -> dict[str, str]:
    vault = vault_of(files, settings)
    found = relink(vault, split(vault, "f/N.md", heading, name, embed=embed))
    assert not found.stuck
    assert not found.caught
    assert not failures(vault, found)
    return {path: data.decode() for path, data in contents(after(vault, found.plan)).items()}


NOTE = (
    "# N\n\n[[#Two]] [[#One]]\n\n## One\n\na\n\n"
    "## Two\n\n[[#One]] [[#Deep]] x ^b\n\n### Deep\n\n## Three\n"
)


def test_links_to_the_section_follow() -> None:
    found = parted(
        {"f/N.md": NOTE, "S.md": "[[N#Two]] [[N#N#Two#Deep|d]] [[N#^b]] [[N#One]] [[N]]"}, "Two"
    )
    assert found["f/N.md"] == (
        "# N\n\n[[Two#Two]] [[#One]]\n\n## One\n\na\n\n[[Two]]\n\n## Three\n"
    )
    assert found["f/Two.md"] == "## Two\n\n[[N#One]] [[#Deep]] x ^b\n\n### Deep\n\n"
    assert found["S.md"] == "[[Two#Two]] [[Two#Two#Deep|d]] [[Two#^b]] [[N#One]] [[N]]"


def test_the_name_the_embed_and_the_vaults_style() -> None:
    found = parted({"f/N.md": NOTE}, "Three", "New name", embed=True)
    assert found["f/N.md"].endswith("\n\n![[New name]]\n")
    markdown = Settings(markdown_links=True)
    found = parted({"f/N.md": NOTE}, "Three", "New name", settings=markdown)
    assert found["f/N.md"].endswith("\n\n[New name](New%20name.md)\n")


@pytest.mark.parametrize(
    ("text", "heading", "name", "message"),
    [
        ("# A", "B", None, "has no heading"),
        ("# A: x", "A x", "a:b", "cannot be a note's name"),
        ("# N", "N", None, "exists already"),
        ("> # A", "A", None, "in a list or quote"),
        ("[^1]\n\n# A\n\n[^1]: x", "A", None, r"share \[\^1\]"),
        ("%%\n\n# A\n\n%%", "A", None, "a comment runs across"),
    ],
)
def test_what_cannot_stand_alone_is_refused(
    text: str, heading: str, name: str | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        parted({"f/N.md": text}, heading, name)


@given(st.data())
def test_no_byte_of_the_section_is_lost(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    path = data.draw(st.sampled_from(sorted(vault.notes)))
    headings = [item.text for item in vault.notes[path].headings]
    assume(headings)
    try:
        draft = split(vault, path, data.draw(st.sampled_from(headings)), "quite new")
    except UsageError:
        assume(False)
        raise
    found = relink(vault, draft)
    assume(not found.stuck and not found.caught and not found.settled)
    assert not failures(vault, found)
    changed = after(vault, found.plan)
    new = path[: path.rfind("/") + 1] + "quite new.md"
    lines = vault.notes[path].source.data.splitlines()
    left = changed.notes[path].source.data + changed.notes[new].source.data
    assert all(line in left.splitlines() for line in lines if b"[" not in line)
