"""Names and markup on one line of a terminal, and JSON that any reader takes."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from functools import cache
from typing import Any

# Control characters, lone surrogates, and what shows nothing or turns the direction of a line;
# the joiners U+200C and U+200D are part of words and emoji.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_WIDEST = 100


def one_line(text: str) -> str:
    """The text with all that cannot be seen as escapes: a file or link may hold such."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def counted(number: int, what: str) -> str:
    """`1 note`, `2 notes`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def width() -> int:
    """The columns to write in: the terminal's, 100 at most, and 80 where there is none."""
    return max(40, min(_columns_there() or 80, _WIDEST))


def _columns_there() -> int:
    """As `shutil` tells them, which brings three compression libraries along; 0 for none."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError):
        return 0


def columns(text: str) -> int:
    """Terminal columns: wide East Asian characters take two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitted(text: str, most: int) -> str:
    """The beginning of a text, `most` columns at most; an ellipsis where something is left out."""
    if text.isascii():
        return text if len(text) <= most else text[: max(most - 1, 0)] + "…"
    used = cut = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used < most:
            cut = index + 1
        elif used > most:
            return text[:cut] + "…"
    return text


def fitted_end(text: str, most: int) -> str:
    """The end of a text, `most` columns at most."""
    return fitted(text[::-1], most)[::-1]


def paragraphs(text: str, indent: str = "") -> list[str]:
    """Paragraphs wrapped to the terminal; blank lines between them stay."""
    import textwrap

    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, width() - len(indent), break_long_words=False)]
    return [indent + line if line else "" for line in lines[1:]]


def as_json(value: Any) -> str:
    """The value as JSON in UTF-8, two blanks of indent, a newline at the end.

    Names the file system holds in no valid encoding are escaped, so that the text still encodes.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=2)
    return text + "\n"
