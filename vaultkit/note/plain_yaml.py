"""Front matter that can be read one way only: keys at the margin with one-line texts or lists.

As in `plain.py`: what the expressions below do not take whole is left to the YAML loader, which
loads a block in many times as long. Where they do, both give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# The first character of a text without quotes, and what may follow: a colon inside a word, a
# number sign after something that is no blank.
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<.~+]"
_PLAIN = _FIRST + r"(?:[^:# ]++|:(?![ ]|\Z)|(?<! )#| ++(?!#|\Z))*+"
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_LINE = re.compile(
    r"(?P<key>[^\W\d][\w-]{0,99}):(?: +(?:(?P<text>" + _PLAIN + "|" + _QUOTED + r")"
    r"|\[(?P<list>[^\[\]{}\n:#\"'&*!|>%@`\\]*)\]))?[ ]*"
    r"|(?P<indent>[ ]*)-(?:[ ]+(?P<item>" + _PLAIN + "|" + _QUOTED + r"))?[ ]*"
)
_FLOW = re.compile(_FIRST + r"[^,]*")
_INT = re.compile(r"[0-9]{1,18}")
_FLOAT = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[0-9]{19,}")
_WORDS = {
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DOUBTFUL = object()


def read_plain_yaml(block: bytes) -> Mapping[str, Any] | None:
    """The keys and values of a block; None where the loader must tell."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return None
    # What cannot be printed may be a control character, a line break of any version of YAML, or
    # a byte order mark; a regular expression of them takes milliseconds to make.
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, Any] = {}
    # The key that a list may belong to, the column of the list, and the list.
    key: str | None = None
    indent = ""
    items: list[Any] | None = None
    lines = text.split("\n")
    if lines.pop():
        # Nobody ended the last line.
        return None
    for line in lines:
        if not line:
            continue
        kind, name, value = _read(line)
        if value is _DOUBTFUL:
            return None
        if kind == "item":
            if items is None and key is not None:
                indent = name
                items = values[key] = []
            if items is None or name != indent:
                return None
            items.append(value)
        else:
            if name in values:
                return None
            key = name if kind == "key" else None
            items = None
            values[name] = [*value] if type(value) is tuple else value
    return values or None


# Notes of one kind have the same lines.
@lru_cache(maxsize=4096)
def _read(line: str) -> tuple[str, str, Any]:
    """A line alone: "key", "text" or "list" with its key and value, "item" with its indent."""
    match = _LINE.fullmatch(line)
    if match is None:
        return "", "", _DOUBTFUL
    kind = match.lastgroup
    if kind == "key":
        return kind, match["key"], None
    if kind == "text":
        return kind, match["key"], _scalar(match["text"])
    if kind == "list":
        return kind, match["key"], _flow(match["list"])
    return "item", match["indent"], None if match["item"] is None else _scalar(match["item"])


def _scalar(text: str) -> Any:
    """A text's value in YAML's core schema."""
    first = text[0]
    if first in "\"'":
        return text[1:-1]
    if first in "ntfNTF":
        return _WORDS.get(text, text)
    if first.isdigit():
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return _DOUBTFUL
    return text


def _flow(text: str) -> Any:
    """A list in brackets, of texts without quotes, as a tuple."""
    if not text.strip(" "):
        return ()
    found: list[Any] = []
    for part in text.split(","):
        item = part.strip(" ")
        if not item or not _FLOW.fullmatch(item):
            return _DOUBTFUL
        value = _scalar(item)
        if value is _DOUBTFUL:
            return _DOUBTFUL
        found.append(value)
    return (*found,)
