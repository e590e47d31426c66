"""Reference links: a rename edits the definition that a link takes its address from."""

from __future__ import annotations

import pytest
from random_vaults import memory_vault

from vaultkit.repair import rename
from vaultkit.repair.after import after
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The first definition of a label is the one that counts.
        ("[s][r]\n\n[r]: <A>\n\n[r]: <A>\n", "[s][r]\n\n[r]: <New>\n\n[r]: <A>\n"),
        # Two labels with one address are two places.
        (
            "[s][r] [s][Q  1] ![q 1] [R][]\n\n[r]: <A>\n[q 1]: A 'x'\n",
            "[s][r] [s][Q  1] ![q 1] [R][]\n\n[r]: <New>\n[q 1]: New 'x'\n",
        ),
        # With more than a title behind the address it is no definition.
        ("[r]: <A> x\n\n[s][r]\n\n[r]: <A>\n", "[r]: <A> x\n\n[s][r]\n\n[r]: <New>\n"),
    ],
)
def test_the_definition_of_the_label_is_edited(text: str, expected: str) -> None:
    vault = memory_vault({"A.md": b"", "B.md": text.encode()})
    found = relink(vault, rename.rename_file(vault, "A.md", "New"))
    assert not found.stuck
    assert not failures(vault, found)
    assert after(vault, found.plan).notes["B.md"].source.data == expected.encode()
