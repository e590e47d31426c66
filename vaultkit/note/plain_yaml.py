"""Front matter that can be read one way only: keys at the margin with one-line texts or lists.

As in `plain.py`: what the expressions below do not take whole is left to the YAML loader, which
loads a block in many times as long. Where they do, both give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# The first character of a text without quotes, and what may follow: a colon inside a word, a
# number sign after something that is no blank.
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<.~+]"
_PLAIN = _FIRST + r"(?:[^\n:# ]|:(?![\n ])|(?<! )#| (?![ #]*\n)(?!#))*"
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_LINE = re.compile(
    r"(?P<key>[^\W\d][\w-]{0,99}):(?: +(?:(?P<text>" + _PLAIN + "|" + _QUOTED + r")"
    r"|\[(?P<list>[^\[\]{}\n:#\"'&*!|>%@`\\]*)\]))?[ ]*\n"
    r"|(?P<indent>[ ]*)-(?:[ ]+(?P<item>" + _PLAIN + "|" + _QUOTED + r"))?[ ]*\n|\n"
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
    position, end = 0, len(text)
    while position < end:
        line = _LINE.match(text, position)
        if line is None:
            return None
        position = line.end()
        kind = line.lastgroup
        value: Any = None
        if kind is None:
            continue
        if kind in ("item", "indent"):
            if items is None and key is not None:
                indent = line["indent"]
                items = values[key] = []
            if items is None or line["indent"] != indent:
                return None
            value = _scalar(line["item"]) if kind == "item" else None
            items.append(value)
        else:
            name = line["key"]
            if name in values:
                return None
            key = name if kind == "key" else None
            items = None
            if kind != "key":
                value = _scalar(line["text"]) if kind == "text" else _flow(line["list"])
            values[name] = value
        if value is _DOUBTFUL:
            return None
    return values or None


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
    """A list in brackets, of texts without quotes."""
    if not text.strip(" "):
        return []
    found: list[Any] = []
    for part in text.split(","):
        item = part.strip(" ")
        if not item or not _FLOW.fullmatch(item):
            return _DOUBTFUL
        value = _scalar(item)
        if value is _DOUBTFUL:
            return _DOUBTFUL
        found.append(value)
    return found
