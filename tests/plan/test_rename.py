"""Files that get another spelling of their own name, also where the system sees no difference."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from case_blind import make_case_blind
from faulty_disk import SteppedDisk
from small_vault import Vault, create, plan

from vaultkit.plan.history import interrupted
from vaultkit.plan.preflight import RefusedError, preflight
from vaultkit.plan.store import apply, recover, undo

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "é 각.md") for form in ("NFC", "NFD"))
SPELLINGS = [("Note.md", "note.md"), (COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)]


def names_in(vault: Vault) -> set[str]:
    return {path.name for path in (vault.root / "n").iterdir()}


@pytest.fixture(params=["a system that tells names apart", "a system that does not"])
def disk_kind(request: pytest.FixtureRequest, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "a system that does not":
        make_case_blind(monkeypatch, vault.root)
        assert (vault.root / "A.MD").read_bytes() == (vault.root / "a.md").read_bytes()
    return str(request.param)


@pytest.mark.usefixtures("disk_kind")
@pytest.mark.parametrize(("old", "new"), SPELLINGS)
def test_a_name_can_change_its_case_or_unicode_form_alone(vault: Vault, old: str, new: str) -> None:
    vault.put(f"n/{old}", b"bytes [[x]]", 0o600)
    before, names = vault.picture(), names_in(vault)
    value = plan(vault.replace(f"n/{old}", b"x", b"y"), vault.move(f"n/{old}", f"n/{new}"))
    assert preflight(vault.root, value) == ()
    apply(vault.root, value, command="t")
    assert names_in(vault) == names - {old} | {new}
    assert vault.bytes(f"n/{new}") == b"bytes [[y]]"
    undo(vault.root)
    assert names_in(vault) == names
    assert vault.picture() == before


class PowerCut(BaseException):
    pass


@pytest.mark.usefixtures("disk_kind")
@pytest.mark.parametrize(("old", "new"), SPELLINGS)
def test_cut_off_at_every_effect_the_old_spelling_comes_back(
    vault: Vault, old: str, new: str
) -> None:
    vault.put(f"n/{old}", b"bytes", 0o600)
    before, counter = vault.picture(backup=True), SteppedDisk()
    value = plan(vault.move(f"n/{old}", f"n/{new}"))
    seen = set()
    for number in range(4, 40):

        def stop(at: int, name: str, path: Path | None) -> None:
            if at >= number:  # noqa: B023
                raise PowerCut

        try:
            apply(vault.root, value, command="t", disk=SteppedDisk(stop))
        except PowerCut:
            seen.add(bool(interrupted(vault.root)))
            if not any(vault.root.glob("_link*/*/done")):
                recover(vault.root)
                assert vault.picture(backup=True) == before, number
                continue
        undo(vault.root, disk=counter)
        break
    assert seen == {True, False}
    now = {name: item for name, item in vault.picture().items() if name != ".vaultkit.lock"}
    assert now == before


@pytest.mark.usefixtures("disk_kind")
def test_another_file_s_name_is_not_taken_whatever_its_spelling(vault: Vault) -> None:
    for value in (plan(create("A.md", b"")), plan(vault.move("n/b.md", "A.MD"))):
        with pytest.raises(RefusedError, match=r"equal by case or Unicode form to a\.md"):
            apply(vault.root, value, command="t")
    swap = plan(vault.move("a.md", "n/B.md"), vault.move("n/b.md", "A.md"))
    old = vault.bytes("a.md"), vault.bytes("n/b.md")
    before = vault.picture()
    apply(vault.root, swap, command="t")
    assert sorted(path.name for path in vault.root.glob("*.md")) == ["A.md"]
    assert (vault.bytes("n/B.md"), vault.bytes("A.md")) == old
    undo(vault.root)
    assert vault.picture() == before
