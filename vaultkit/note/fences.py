"""Fenced code blocks: the info string taken apart, and the code as the file's bytes have it.

An engine says where a block begins and which text its lines hold once the containers'
markers are off; all else is read from the bytes, so that what an engine keeps or drops at
the end of an unclosed block makes no difference.
"""

from __future__ import annotations

import re

from vaultkit.note.marks import FenceMark
from vaultkit.note.model import Fence
from vaultkit.note.zones import Zone, within
from vaultkit.text import Span

_OPEN = re.compile(rb"(`{3,}|~{3,})([^\r\n]*)")
_LANGUAGE = re.compile(r"[^\s{,]*")
_STAND_IN = "\x1a"


def read_fence(data: bytes, mark: FenceMark, comments: list[Zone]) -> Fence:
    """The fenced block that an engine found, as a value."""
    opening = _OPEN.match(data, mark.start)
    marker, tail = (opening[1], opening[2]) if opening else (b"```", b"")
    first, *lines = data[mark.start : mark.end].splitlines(keepends=True) or [b""]
    code = mark.code.removesuffix("\n").split("\n") if mark.code else []
    closed = len(code) < len(lines) and _closes(lines[len(code)], marker)
    while not closed and code and not code[-1].strip(" \t"):
        code.pop()
    inside = lines[: len(code)]
    start = mark.start + len(first)
    stop = start + sum(map(len, inside))
    if closed:
        end = stop + len(lines[len(code)].rstrip())
    elif inside:
        end = stop = stop - len(inside[-1]) + len(inside[-1].rstrip(b"\r\n"))
    else:
        end = stop = start = mark.start + len(first.rstrip())
    info = tail.decode("utf-8", "replace").strip()
    return Fence(
        info,
        *split_info(info),
        "".join(_original(text, line) + "\n" for text, line in zip(code, inside, strict=False)),
        Span(mark.start, end),
        Span(start, stop),
        (*mark.container, "comment") if within(comments, mark.start) else mark.container,
        closed,
    )


def _closes(line: bytes, marker: bytes) -> bool:
    run = line.strip(b" \t>\r\n")
    return len(run) >= len(marker) and run == marker[:1] * len(run)


def _original(text: str, line: bytes) -> str:
    """A line of code with the file's bytes back where the engine read stand-ins.

    The text is the end of its line, but for blanks that a tab was expanded to.
    """
    if _STAND_IN not in text and not text.endswith(" "):
        return text
    blanks = len(text) - len(text.lstrip(" "))
    line = line.rstrip(b"\r\n")
    tail = line[len(line) - len(text[blanks:].encode()) :]
    return text[:blanks] + tail.decode("utf-8", "replace")


def split_info(info: str) -> tuple[str, str]:
    """The language in lower case, and what follows it as it stands.

    `python {a=1}`, `python{a=1}`, `python,a`, and in braces `{python a=1}`, `{.python a=1}`,
    `{#id .python a=1}`, `{python, a=1}`.
    """
    if not info.startswith("{"):
        word = _LANGUAGE.match(info)
        length = word.end() if word else 0
        return info[:length].lower(), info[length:].strip()
    words = info[1:].removesuffix("}").split()
    plain = words and "=" not in words[0] and not words[0].startswith("#")
    index = 0 if plain else next((i for i, word in enumerate(words) if word.startswith(".")), -1)
    if index < 0:
        return "", info
    language = words.pop(index).lstrip(".").rstrip(",").lower()
    return language, "{" + " ".join(words) + "}" if words else ""
