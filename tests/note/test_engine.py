"""Which engine a note is read with, when nobody hands one over."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from vaultkit.note import engine, parse, present_engine, read_note, reading_with, reference
from vaultkit.text import Source

SOURCE = Source("a.md", b"# h\n[[b]]")


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget which engines are there, before and after."""
    engine._engine.cache_clear()
    yield
    engine._engine.cache_clear()


def test_the_fast_engine_is_the_usual_one() -> None:
    assert read_note(SOURCE).engine is parse.read_marks


def test_inside_the_reference_engine_reads_every_note() -> None:
    with reading_with("reference"):
        note = read_note(SOURCE)
        assert note.engine is reference.read_marks
        with reading_with("fast"):
            assert present_engine() is parse.read_marks
        assert present_engine() is reference.read_marks
    assert present_engine() is parse.read_marks
    assert note.headings == read_note(SOURCE).headings
    assert read_note(SOURCE, reference.read_marks).engine is reference.read_marks


def test_an_error_inside_ends_the_choice() -> None:
    with pytest.raises(ZeroDivisionError), reading_with("reference"):
        raise ZeroDivisionError
    assert present_engine() is parse.read_marks


def test_another_thread_does_not_see_the_choice() -> None:
    seen: list[object] = []
    with reading_with("reference"):
        thread = threading.Thread(target=lambda: seen.append(present_engine()))
        thread.start()
        thread.join()
    assert seen == [parse.read_marks]


@pytest.mark.usefixtures("fresh")
def test_without_pyromark_the_reference_engine_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyromark", None)
    note = read_note(SOURCE)
    assert note.engine is reference.read_marks
    assert [link.target for link in note.links] == ["b"]
