"""Every sentence of the grammar is tried with both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import note

from vaultkit.note import Note
from vaultkit.note.parse import read_marks as fast
from vaultkit.note.reference import read_marks as reference


@pytest.fixture(params=[fast, reference], ids=["fast", "reference"])
def read(request: pytest.FixtureRequest) -> Callable[[str | bytes], Note]:
    """A reader of notes, once by each engine."""
    return lambda text: note(text, request.param)
