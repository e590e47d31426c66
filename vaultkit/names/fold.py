"""Normal forms that tell notation variants of one name from different names.

A step deletes or unifies separators and soft punctuation, never letters of any script and
never a character that tells two names apart (`C`, `C++`, `C#`; `A*`; `Go!`). Each form is
idempotent, and an empty or too short one matches nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Step = Literal["same", "separators", "punctuation", "joined"]
# In this order, first step that matches wins; "joined" only where a person asks for it.
STEPS: tuple[Step, ...] = ("same", "separators", "punctuation", "joined")

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
# A word may end in a vowel sign or another mark, which `\w` of `re` leaves out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0981-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
_AFTER_WORD = rf"(?:(?<=[^\W_])|(?<=[{_MARKS}]))"
# Between word characters only, and a hyphen with a space on one side stays:
# `F- (language)` is a sanitised `F#`, `C-` is not `C--`, `ls -a` is not `ls a`.
_HYPHENS = r"[_\-\u2010\u2011]+"
_SEPARATORS = re.compile(rf"{_AFTER_WORD}(?:{_HYPHENS}| +{_HYPHENS} +| +)(?=[^\W_])")
_APOSTROPHE = re.compile(rf"{_AFTER_WORD}(?:''|['\u2018\u2019\u02bc])(?=[^\W_])")
# A dot between digits stays: `1.5` is not `1 5`.
_SOFT = re.compile(
    r"(?:[\"'`\u2018\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a,:;?/()\[\]\u2013\u2014"
    r"\u3001\u3002\u3008-\u3011\u3014-\u301b\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d"
    r"\u30fb\u2026]|(?<!\d)\.|\.(?!\d))+"
)
_WORD = re.compile(r"[^\W_]")
_NO_WORD = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
# Digits keep their groups: `T1 055` is not `T105 5`.
_GAP = re.compile(rf"{_AFTER_WORD} (?=[^\W\d_])|(?<=[^\W\d_]) (?=\d)|(?<=[{_MARKS}]) (?=\d)")
_SOFT_MIN = 2
_JOINED_MIN = 6


def fold(name: str, step: Step) -> str:
    """The name's form at a step, or "" when it has too little in it to match anything."""
    text = fold_characters(name)
    if step == "same":
        return text if _WORD.search(text) else ""
    # Most names are words between hyphens and blanks: what an expression need not look through.
    letters = text.replace("-", "").replace("_", "").replace(" ", "")
    plain = letters.isascii() and letters.isalnum()
    if step == "punctuation":
        text = text if plain else _softened(text)
        if (len(letters) if plain else len(_WORD.findall(text))) < _SOFT_MIN:
            return ""
    if not plain or len(letters) < len(text):
        text = _SEPARATORS.sub(" ", text)
    if step == "joined":
        text = _GAP.sub("", text)
        if len(_LETTER.findall(text)) < _JOINED_MIN:
            return ""
    return text if plain or _WORD.search(text) else ""


def letters(name: str) -> str:
    """What every form of a name keeps: names with equal forms have equal letters."""
    return _NO_WORD.sub("", fold_characters(name))


def fold_characters(name: str) -> str:
    """Unicode form, case, edge white space, NBSP, zero-width characters."""
    if name.isascii():
        return " ".join(name.split()).casefold()
    text = unicodedata.normalize("NFD", _INVISIBLE.sub("", name)).casefold()
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())


def _softened(text: str) -> str:
    """Soft punctuation as a space, an apostrophe inside a word as nothing, `1.5` kept."""
    return _SPACES.sub(" ", _SOFT.sub(" ", _APOSTROPHE.sub("", text))).strip()
