"""Headings, block ids and tags: what Obsidian reads out of CommonMark's structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from vaultkit.note.model import Block, Heading, Tag
from vaultkit.note.wikilink import new
from vaultkit.note.zones import Zone, within
from vaultkit.text import Span

_LINE_END = re.compile(rb"\r\n|\n|\r")
_ATX = re.compile(rb"#{1,6}(?:[ \t]+|$)")
_ATX_CLOSE = re.compile(rb"(?:\A|(?<![ \t])[ \t]++)#++[ \t]*+\Z")
_SETEXT = re.compile(rb"[ \t>]*(?:=+|-+)[ \t]*\Z")
_QUOTE = re.compile(rb"\A(?:[ \t]*+>[ \t]?)+")
# A block id ends its line, after a space or with only list and quote markers before it;
# the official manual also sets one right after an embed: `![[x.png]]^id`.
_BLOCK = re.compile(rb"(?:(?<=[ \t\r\n])|(?<=\]\])|\A)\^([A-Za-z0-9-]+)(?=[ \t]*(?:[\r\n]|\Z))")


def heading(data: bytes, level: int, start: int, end: int) -> Heading:
    """A heading from the engine's range: ATX marks and setext underlines are not its text."""
    markup = data[start:end].rstrip(b"\r\n")
    span: Span = new(Span, (start, start + len(markup)))
    made: Heading = new(Heading, (level, _heading_text(markup), span))
    return made


# Notes of one kind have the same headings.
@lru_cache(maxsize=4096)
def _heading_text(markup: bytes) -> str:
    if opening := _ATX.match(markup):
        text = markup[opening.end() :].rstrip(b" \t")
        if text.endswith(b"#"):
            text = _ATX_CLOSE.sub(b"", text)
    else:
        lines = _LINE_END.split(markup)
        if len(lines) > 1 and _SETEXT.match(lines[-1]):
            lines.pop()
        text = b" ".join([lines[0], *(_QUOTE.sub(b"", line).strip() for line in lines[1:])])
    return text.decode("utf-8", "replace").strip()


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


@cache
def _tag() -> re.Pattern[str]:
    """Made where it is needed: so large a set of characters takes milliseconds."""
    # The characters that Obsidian's own expression refuses; U+200D joins emoji all the same.
    return re.compile(
        r"(?:(?<=\s)|\A)#([^\x00-\x20\s\u2000-\u200c\u200e-\u206f\u2e00-\u2e7f\udc80-\udcff"
        r"'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+)"
    )


def _tags_in(data: bytes, start: int, end: int) -> Iterator[Tag]:
    text = data[start:end].decode("utf-8", "surrogateescape")
    offset, index = start, 0
    for match in _tag().finditer(text):
        if match.start() == 0 and start > 0 and not data[start - 1 : start].isspace():
            continue
        name = match[1].rstrip("/")
        if name and not name.replace("/", "").isdigit():
            offset += len(text[index : match.start()].encode("utf-8", "surrogateescape"))
            index = match.start()
            yield Tag(name, Span(offset, offset + 1 + len(name.encode())))
