"""Headings, block ids, tags and fences: what Obsidian reads out of CommonMark's structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.note.marks import FenceMark
from vaultkit.note.model import Block, Fence, Heading, Tag
from vaultkit.note.zones import Zone, within
from vaultkit.text import Span

_LINE_END = re.compile(rb"\r\n|\n|\r")
_ATX = re.compile(rb"#{1,6}(?:[ \t]+|$)")
_ATX_CLOSE = re.compile(rb"(?:^|[ \t]+)#+[ \t]*$")
_SETEXT = re.compile(rb"[ \t>]*(?:=+|-+)[ \t]*\Z")
_QUOTE = re.compile(rb"(?:[ \t]*>[ \t]?)+")
# A block id ends its line, after a space or with only list and quote markers before it;
# the official manual also sets one right after an embed: `![[x.png]]^id`.
_BLOCK = re.compile(rb"(?:(?<=[ \t\r\n])|(?<=\]\])|\A)\^([A-Za-z0-9-]+)(?=[ \t]*(?:[\r\n]|\Z))")
_TAG = re.compile(r"(?:(?<=\s)|\A)#([\w/\-‍️-\U0010ffff]+)")
_FENCE_OPEN = re.compile(rb"(`{3,}|~{3,})([^\r\n]*)")


def heading(data: bytes, level: int, start: int, end: int) -> Heading:
    """A heading from the engine's range: ATX marks and setext underlines are not its text."""
    markup = data[start:end].rstrip(b"\r\n")
    span = Span(start, start + len(markup))
    if opening := _ATX.match(markup):
        text = _ATX_CLOSE.sub(b"", markup[opening.end() :])
    else:
        lines = _LINE_END.split(markup)
        if len(lines) > 1 and _SETEXT.match(lines[-1]):
            lines.pop()
        text = b" ".join([lines[0], *(_QUOTE.sub(b"", line).strip() for line in lines[1:])])
    return Heading(level, text.decode("utf-8", "replace").strip(), span)


def block_ids(data: bytes, start: int, opaque: list[Zone]) -> Iterator[Block]:
    """Every `^id` at a line's end outside code, math and HTML."""
    for match in _BLOCK.finditer(data, start):
        if within(opaque, match.start()) is None:
            yield Block(match[1].decode(), Span(*match.span()))


def tags(data: bytes, start: int, opaque: list[Zone]) -> Iterator[Tag]:
    """Every `#tag` after white space outside `opaque`; one of digits alone is none."""
    if data.find(b"#", start) < 0:
        return
    position = start
    for opening, closing in [*opaque, (len(data), len(data))]:
        if data.find(b"#", position, opening) >= 0:
            yield from _tags_in(data, position, opening)
        position = max(position, closing)


def _tags_in(data: bytes, start: int, end: int) -> Iterator[Tag]:
    text = data[start:end].decode("utf-8", "replace")
    exact = text.isascii() or len(text.encode()) == end - start
    for match in _TAG.finditer(text):
        if match.start() == 0 and start > 0 and not data[start - 1 : start].isspace():
            continue
        name = match[1].rstrip("/")
        if exact and name and not name.replace("/", "").isdigit():
            first = start + len(text[: match.start()].encode())
            yield Tag(name, Span(first, first + 1 + len(name.encode())))


def fence(data: bytes, mark: FenceMark, comments: list[Zone]) -> Fence:
    """A fenced block with its info string taken apart."""
    opening = _FENCE_OPEN.match(data, mark.start)
    marker = opening[1] if opening else b"```"
    info = (opening[2] if opening else b"").decode("utf-8", "replace").strip()
    end = mark.start + len(data[mark.start : mark.end].rstrip(b"\r\n"))
    line_end = _LINE_END.search(data, mark.start, end)
    code_start = line_end.end() if line_end else end
    last_line = max(data.rfind(b"\n", code_start, end), data.rfind(b"\r", code_start, end)) + 1
    last_line = max(last_line, code_start)
    closing = data[last_line:end].strip(b" \t>")
    closed = (
        last_line < end
        and len(closing) >= len(marker)
        and closing == closing[:1] * len(closing)
        and closing[:1] == marker[:1]
    )
    code = mark.code
    if closed:
        end = mark.start + len(data[mark.start : end].rstrip(b" \t"))
    else:
        last_line = end
        code = code.rstrip("\n") + "\n" if code.strip("\n") else ""
    language, attributes = _split_info(info)
    container = (*mark.container, "comment") if within(comments, mark.start) else mark.container
    return Fence(
        info,
        language,
        attributes,
        code,
        Span(mark.start, end),
        Span(code_start, last_line),
        container,
        closed,
    )


def _split_info(info: str) -> tuple[str, str]:
    """`python {a=1}`, `python{a=1}`, `{python a=1}`, `{.python a=1}` -> language, attributes."""
    if info.startswith("{"):
        inner = info[1:].removesuffix("}").strip()
        word, _, rest = inner.partition(" ")
        if "=" in word:
            return "", info
        return word.lstrip(".").lower(), "{" + rest.strip() + "}" if rest.strip() else ""
    match = re.match(r"[^\s{]*", info)
    word = match[0] if match else ""
    return word.lower(), info[len(word) :].strip()
