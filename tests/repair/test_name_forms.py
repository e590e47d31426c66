"""The names that repairs compare: front matter is loaded only where an expected name may stand."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.repair.forms import NameForms, _by_rarest, words
from vaultkit.vault import Settings, Vault
from vaultkit.vault.snapshot import vault_of

NAMES = ("Focal Loss", "focal-loss", "Loss 4711", "loss_4712", "Été", "E\u0301te\u0301", "a b", "")
PLACES = ("title: {}", "aliases: [{}]", "aliases:\n  - x\n  - {}", "alias: {}, y", "other: {}")


def vault(texts: list[str]) -> Vault:
    files = {f"N{number}.md": text.encode() for number, text in enumerate(texts)}
    return vault_of(Path("nowhere"), files, Settings())


@given(
    st.lists(st.builds(str.format, st.sampled_from(PLACES), st.sampled_from(NAMES)), max_size=6),
    st.sets(st.sampled_from(NAMES)),
)
def test_an_expected_name_is_found_wherever_it_stands(blocks: list[str], wanted: set[str]) -> None:
    notes = vault([f"---\n{block}\n---\ntext\n" for block in blocks])
    some, every = NameForms(notes, wanted), NameForms(notes)
    for name in wanted:
        assert some.titled_exactly(name) == every.titled_exactly(name)
        assert some.aliased(name) == every.aliased(name)
        assert some.titled(name, "separators") == every.titled(name, "separators")


def test_names_with_a_common_word_do_not_lie_together() -> None:
    """Each note was once compared with every missing name that had its word."""
    found = _by_rarest(map(words, (f"Classification {number}" for number in range(1000))))
    assert {len(names) for names in found.values()} == {1}
    assert sorted(found) == sorted(map(str, range(1000)))
