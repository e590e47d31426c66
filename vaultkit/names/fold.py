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
# Between word characters only, and a hyphen with a space on one side stays:
# `F- (language)` is a sanitised `F#`, `C-` is not `C--`, `ls -a` is not `ls a`.
_SEPARATORS = re.compile(r"(?<=[^\W_])(?:[_\-\u2010\u2011]+| +[_\-\u2010\u2011]+ +| +)(?=[^\W_])")
_APOSTROPHE = re.compile(r"(?<=[^\W_])(?:''|['\u2018\u2019\u02bc])(?=[^\W_])")
_DECIMAL_DOT = re.compile(r"(?<=\d)\.(?=\d)")
_SOFT = re.compile(
    "[\"'`\u2018\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a,:;?./()\\[\\]\u2013\u2014"
    "\u3001\u3002\u3008-\u3011\u3014-\u301b\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\u30fb\u2026]+"
)
_WORD = re.compile(r"[^\W_]")
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"(?<=[^\W_]) (?=[^\W_])")
_MARK = "\ue000"
_SOFT_MIN = 2
_JOINED_MIN = 6


def fold(name: str, step: Step) -> str:
    """The name's form at a step, or "" when it has too little in it to match anything."""
    text = fold_characters(name)
    least = 1
    if step != "same":
        text = _SEPARATORS.sub(" ", text)
    if step == "punctuation":
        text, least = _softened(text), _SOFT_MIN
    elif step == "joined":
        text, least = _joined(text), _JOINED_MIN
    return text if len(_WORD.findall(text)) >= least else ""


def fold_characters(name: str) -> str:
    """Unicode form, case, edge white space, NBSP, zero-width characters."""
    if name.isascii():
        return _SPACES.sub(" ", name).strip().casefold()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", name))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip().casefold())


def _softened(text: str) -> str:
    """Soft punctuation as a space, an apostrophe inside a word as nothing, `1.5` kept."""
    text = _DECIMAL_DOT.sub(_MARK, _APOSTROPHE.sub("", text))
    return _SPACES.sub(" ", _SOFT.sub(" ", text).replace(_MARK, ".")).strip()


def _joined(text: str) -> str:
    """No separators at all; the digits keep their groups, so `T1 055` is not `T105 5`."""
    return _GAP.sub("", text) + "|" + ",".join(_DIGITS.findall(text))
