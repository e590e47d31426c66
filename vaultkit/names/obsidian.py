"""Obsidian's own equality of names: two names are one when their keys are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
# ASCII punctuation that a heading link leaves out; `'`, `-` and `_` stay.
_PUNCTUATION = re.compile(r"[!\"#$%&()*+,./:;<=>?@\[\\\]^`{|}~\s]+")
_BLANKS = str.maketrans(dict.fromkeys('!"#$%&()*+,./:;<=>?@[\\]^`{|}~', " "))


def link_key(name: str) -> str:
    """The form in which a link's target and a file's name are compared.

    NFC, lower case, NBSP and narrow NBSP as a space, ends trimmed. Not NFKC, and nothing
    else: `[[focal_loss]]` does not mean `Focal Loss`.
    """
    if name.isascii():
        return name.strip().lower()
    return unicodedata.normalize(
        "NFC", unicodedata.normalize("NFC", name).translate(_SPACES).strip().lower()
    )


# Notes of one kind share their headings, and the links to them.
@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """The form in which a `#heading` and a heading are compared: `Q&A` is `Q A`."""
    key = link_key(text)
    if key.isascii():
        return " ".join(key.translate(_BLANKS).split())
    return _PUNCTUATION.sub(" ", key).strip()


def block_key(text: str) -> str:
    """The form in which a `#^id` and a block id are compared."""
    return text.strip().lower()
