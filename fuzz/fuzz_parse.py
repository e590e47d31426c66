"""Coverage-guided fuzzing of a note's body: both engines, every law.

    pip install atheris
    python fuzz/fuzz_parse.py -max_total_time=3600 [CORPUS_FOLDER]

Every option is libFuzzer's. An input is a whole file. It fails by an exception, by a span that
is not its own markup, by engines that differ beyond their table, or by `-timeout` seconds.
"""

from __future__ import annotations

import fuzzing

with fuzzing.instrumented():
    from vaultkit.note import parse, reference
    from vaultkit.note.differences import DIFFERENCES
    from vaultkit.note.shadow import shadow

import re

import own_markup
from engine_alone import by_engine
from strategies import BLOCKS, CHARACTERS, FRONT, INLINES, LINKS

FIELDS = ("links", "headings", "blocks", "tags", "fences", "math", "comments")


def one(data: bytes) -> None:
    """Read a file with both engines and by each short way, and hold it against the laws."""
    note = fuzzing.note(data, parse.read_marks)
    own_markup.check(note)
    for field, expected in by_engine(data).items():
        assert tuple(getattr(fuzzing.note(data, parse.read_marks), field)) == expected, field
    other = fuzzing.note(data, reference.read_marks)
    own_markup.check(other)
    if any(getattr(note, field) != getattr(other, field) for field in FIELDS):
        text = shadow(data).replace("\r\n", "\n")
        assert any(re.search(difference.sign, text) for difference in DIFFERENCES), data


if __name__ == "__main__":
    words = (*LINKS, *BLOCKS, *INLINES, *CHARACTERS)
    fuzzing.run(one, [*(word.encode() for word in words), *FRONT])
