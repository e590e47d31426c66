"""Merging: no byte of either text is lost, links lead to the one, clashes are asked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from random_vaults import contents, memory_vault, vaults

from vaultkit.errors import UsageError
from vaultkit.generate.front_matter import Side
from vaultkit.generate.merge import UnsettledError, merge
from vaultkit.repair.after import after
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink
from vaultkit.vault import Found, Vault


def vault_of(files: Mapping[str, str]) -> Vault:
    return memory_vault({path: text.encode() for path, text in files.items()})


def merged(files: Mapping[str, str], take: Mapping[str, Side] | None = None) -> dict[str, str]:
    vault = vault_of(files)
    found = relink(vault, merge(vault, "A.md", "B.md", take or {}))
    assert not found.stuck
    assert not found.caught
    assert not failures(vault, found)
    return {path: data.decode() for path, data in contents(after(vault, found.plan)).items()}


def test_the_text_comes_after_and_links_follow() -> None:
    found = merged(
        {
            "A.md": "# A\n\n## Same\n\nto [[B]]",
            "B.md": "# B\n\n## Same\n\n[[#Same]] [[A]] ^b\n",
            "S.md": "[[B]] [[B|x]] [[B#Same]] [[B#^b]] ![[B]] [m](B.md) [[A#Same]]",
        }
    )
    assert found["A.md"] == (
        "# A\n\n## Same\n\nto [[A|B]]\n\n# B\n\n## Same\n\n[[#B#Same]] [[A]] ^b\n"
    )
    assert found["S.md"] == ("[[A|B]] [[A|x]] [[A#B#Same]] [[A#^b]] ![[A]] [m](A.md) [[A#Same]]")
    assert "B.md" not in found


def test_front_matter_is_joined() -> None:
    found = merged(
        {
            "A.md": "---\ntitle: A\ntags: [x]\naliases:\n  - one\nempty:\n---\nA\n",
            "B.md": '---\ntitle: A\ntags:\n  - x\n  - "y z"\naliases: ["two"]\nempty: full\n'
            'up: "[[C]]"\n---\nB\n',
            "C.md": "",
        }
    )
    assert found["A.md"] == (
        '---\ntitle: A\ntags: [x, "y z"]\naliases:\n  - one\n  - two\nempty: full\n'
        'up: "[[C]]"\n---\nA\n\nB\n'
    )


def test_a_note_without_front_matter_takes_the_others() -> None:
    found = merged({"A.md": "A\n", "B.md": "---\nup: '[[A]]'\n---\nB"})
    assert found["A.md"] == "---\nup: '[[A]]'\n---\nA\n\nB"


FILES = {"A.md": "---\nid: 1\nn: 2\n---\n", "B.md": "---\nid: 9\nn: 3\n---\n"}


def test_clashes_are_asked_and_never_dropped() -> None:
    with pytest.raises(UnsettledError) as raised:
        merged(FILES)
    assert [item.key for item in raised.value.clashes] == ["id", "n"]
    assert "1 or 9" in raised.value.message
    assert "--take id=first" in raised.value.hint
    found = merged(FILES, {"id": "first", "n": "second"})
    assert found["A.md"].startswith("---\nid: 1\nn: 3\n---\n")


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        ("```\ncode", "text", "a code block that is never closed"),
        ("%%\nhidden", "text", "a comment that is never closed"),
        ("[^1]\n\n[^1]: a", "[^1]\n\n[^1]: b", r"both notes define \[\^1\]"),
        ("[t][r]\n\n[r]: https://x", "[t][R]\n\n[R]: https://y", r"both notes define \[r\]"),
    ],
)
def test_texts_that_would_run_into_each_other_are_refused(one: str, two: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        merged({"A.md": one, "B.md": two})


def test_a_block_id_of_both_notes_is_told_when_a_link_names_it() -> None:
    vault = vault_of({"A.md": "a ^x\n", "B.md": "b ^x\n", "S.md": "[[B#^x]]"})
    found = relink(vault, merge(vault, "A.md", "B.md", {}))
    assert [item.link.target for item, _ in found.stuck] == ["B"]


@given(st.data())
def test_no_byte_is_lost_and_every_link_leads_where_it_did(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    first, second = data.draw(st.permutations(sorted(vault.notes)))[:2]
    try:
        draft = merge(vault, first, second, {"up": "first"})
    except UsageError:
        assume(False)
        raise
    found = relink(vault, draft)
    assume(not found.stuck and not found.caught and not found.settled)
    assert not failures(vault, found)
    changed = after(vault, found.plan)
    note = changed.notes[first]
    for path in (first, second):
        own = vault.notes[path]
        body = own.source.data[own.front_matter.span.end if own.front_matter else 0 :]
        unlinked = [line for line in body.splitlines() if b"[" not in line]
        assert all(line in note.source.data.splitlines() for line in unlinked)
        edits = found.edits.get(path, [])
        if not edits:
            assert body in note.source.data
    for path, page in vault.pages():
        home = first if path == second else path
        meant = [
            vault.resolve(link.target, path) for link in page.links if link.where != "property"
        ]
        led = [changed.resolve(link.target, home) for link in changed.page(home).links]
        for item in meant:
            if isinstance(item, Found):
                assert Found(first if item.path == second else item.path) in led
