"""What the notes say of their own verification was earned by a run of the code they hold."""

from __future__ import annotations

import pytest
from own_notes import TEMPLATES, notes_in, own_vault, python_blocks

from vaultkit.note import Note, read_note
from vaultkit.stamp import claimed, code_digest, has_code, read_stamp, stamp_plan
from vaultkit.text import Source

WITH_CODE = {path: note for path, note in own_vault().notes.items() if has_code(note)}
every = pytest.mark.parametrize("note", WITH_CODE.values(), ids=WITH_CODE)


@every
def test_the_stamp_speaks_of_the_code_that_is_there(note: Note) -> None:
    stamp = read_stamp(note)
    assert stamp is not None
    assert stamp.code == code_digest(note)
    assert claimed(note) == stamp.status
    assert stamp_plan(note, stamp) is None


@every
def test_a_note_that_implements_something_is_robust_and_another_only_passed(note: Note) -> None:
    implements = any("implements=" in fence.info for fence in python_blocks(note))
    assert claimed(note) == ("robust" if implements else "passed")


def test_a_note_without_code_claims_nothing() -> None:
    without = set(own_vault().notes) - set(WITH_CODE)
    assert without
    for path in without:
        # A note made from a template is to have code, which nobody has run yet.
        wanted = "unverified" if path.startswith(TEMPLATES) else None
        assert claimed(own_vault().notes[path]) == wanted


def test_a_stamp_does_not_make_a_translation_stale() -> None:
    """The digest that a translation keeps is that of its original's text, not of its properties."""
    from vaultkit.lint.rules.stale_translation import _digest

    (original,) = (n for name, n in notes_in("10_Wiki/").items() if name == "Cross-Entropy Loss")
    stamp = read_stamp(original)
    assert stamp is not None
    later = stamp_plan(original, stamp._replace(on="2030-01-01"))
    assert later is not None
    (edit,) = later.edits
    data = original.source.data
    changed = data[: edit.span.start] + edit.new + data[edit.span.end :]
    assert changed != data
    assert _digest(read_note(Source(original.source.name, changed))) == _digest(original)
    for translation in notes_in("40_").values():
        kept = str(translation.values["original_digest"]).removeprefix("sha256-")
        assert _digest(original).startswith(kept)
