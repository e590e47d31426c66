"""Which module each note becomes: a path that Python can import, the same on every machine."""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_NO_WORD = re.compile(r"\W+")


def places(notes: Iterable[str]) -> dict[str, str]:
    """A module's path for each note's path, both with `/`; no two equal, whatever the case.

    Names that meet get a few digits of their note's path, all of them, so that none changes
    its place when another note comes or goes in its stead.
    """
    stems = {note: _stem(note) for note in sorted(notes)}
    taken = Counter(stem.casefold() for stem in stems.values())
    folders = {
        "/".join(stem.casefold().split("/")[:depth])
        for stem in stems.values()
        for depth in range(1, stem.count("/") + 1)
    }
    made = {}
    for note, stem in stems.items():
        shared = taken[stem.casefold()] > 1 or stem.casefold() in folders
        mark = f"_{hashlib.sha256(note.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
        made[note] = f"{stem}{mark if shared else ''}.py"
    return made


def _stem(note: str) -> str:
    path = note[: -len(".md")] if note.lower().endswith(".md") else note
    return "/".join(_identifier(part) for part in path.split("/"))


def _identifier(part: str) -> str:
    """A file name as a Python identifier, which Python itself reads in the form NFKC."""
    word = _NO_WORD.sub("_", unicodedata.normalize("NFKC", part).lower()).strip("_") or "note"
    if keyword.iskeyword(word):
        word += "_"
    # pytest would collect these by their name, beside collecting them as ours.
    if word.startswith("test_") or word.endswith("_test") or word == "conftest":
        word = f"n_{word}"
    return word if word.isidentifier() else f"n{word}"
