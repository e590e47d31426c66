"""Notes whose wikilinks the bytes alone tell, so that no engine needs to run for them.

What decides whether brackets are a link is what stands open before them: code, a formula, HTML,
a link around them. Most notes hold none of that, or only forms that cannot be taken two ways.
The grammar below takes these and no more; for every other note `read_plain` says None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vaultkit.note.model import Link, Where
from vaultkit.note.wikilink import new, read_inner
from vaultkit.note.zones import Zone, beginning_outside
from vaultkit.text import Span

_SCHEME = rb"(?:[A-Za-z][A-Za-z0-9+.-]++:|//)"
# The beginning of a line, after the marks of lists and quotes, where code or HTML may begin.
_DOUBT = rb"[ >*+.)0-9-]*?(?:[ ]{4}|\t|<|```|~~~)"
# A tag or an autolink, and as plain text no opening of anything either.
_TAG = rb"<(?:[A-Za-z/][^]<>`$\\\n[\"'%]*+>|(?![A-Za-z/!?]))"
COMMENT = rb"<!--(?!-?>)[^-]*+(?:-(?!->)[^-]*+)*+-->[^\n]*+"
_CLOSING = rb"[ ]{0,3}(?P=marker)(?:`*+|~*+)[ \t]*+(?=\n|\Z)"
FENCE = (
    rb"(?P<marker>`{3,}+(?=[^`\n]*+\n)|~{3,}+)[^\n]*+"
    rb"(?:\n(?!" + _CLOSING + rb")[^\n]*+)*+\n" + _CLOSING
)
# A code span on one line.
_CODE = rb"`(?!`)[^`\n]++`(?!`)"
_TEXT = rb"[^][\n`<$\\]++"
_PLAIN = re.compile(
    rb"(?:"
    + _TEXT
    +
    # A line; the first look is short for most.
    rb"|\n(?:(?![ >*+.)0-9<`~\t-])|(?!"
    + _DOUBT
    + rb")|"
    + COMMENT
    + rb"|"
    + FENCE
    + rb")"
    rb"|\[(?:"
    # A wikilink.
    rb"\[(?:" + _TEXT + rb"|\\\|)++\]\](?!\()"
    # A link to an address with a scheme.
    rb"|(?:" + _TEXT + rb"|" + _TAG + rb")*+\]\(" + _SCHEME + rb"[^][\s()<>\\`$]*+"
    rb'(?:[ ]"[^][\n"()<\\`$]*+")?\)'
    rb"|(?!\[(?!\[)))"
    rb"|\](?!\()"
    rb"|" + _TAG + rb"|" + _CODE + rb"|\\(?![][\n`<$\\!]))*+"
)
_FIRST = re.compile(_DOUBT)
_COMMENTS = re.compile(rb"\n(" + COMMENT + rb")")
_ZONES = re.compile(rb"\n(" + COMMENT + rb"|" + FENCE + rb")|" + _CODE)
# Code that may hide something, or text between two pieces of it; and the same with a bar.
_HIDING = re.compile(rb"`[^`\n]*?(?:\[\[|%%)")
_BARRED = re.compile(rb"`[^`\n|]*+\|")
_ADDRESS = re.compile(rb"\]\((?!" + _SCHEME + rb")")
# `[[a]]:` defines nothing, since a label holds no bracket that is not escaped.
_DEFINITION = re.compile(rb"\]:(?:(?<!\]\]:)|(?<=\\\]\]:))")
_WIKILINK = re.compile(rb"\[\[([^][\n]++)\]\]")
_BAR = re.compile(rb"(?<!\\)\|")
_TABLE = re.compile(rb"\n[ \t>]*+(?=[ \t-]*+[|:])[ \t|:-]++(?:\n|\Z)")


class PlainLinks(NamedTuple):
    """The wikilinks of a note's body; its only internal links.

    inner:  (start, end) of what stands between the brackets of each.
    opaque: the code and HTML in which brackets or percent signs before the last link may stand.
    """

    inner: list[Zone]
    opaque: list[Zone]


_NONE = PlainLinks([], [])


def defines(data: bytes, start: int) -> bool:
    """Whether there may be a definition, `[label]: address`, which brackets anywhere refer to."""
    return data.find(b"]:", start) >= 0 and _DEFINITION.search(data, start) is not None


def read_plain(data: bytes, start: int) -> PlainLinks | None:
    """The wikilinks from `start` on, the body's beginning; None where an engine must tell."""
    if b"\r" in data or defines(data, start):
        return None
    last = data.rfind(b"]]", start)
    if data.find(b"](", start) >= 0 and _ADDRESS.search(data, start):
        # Not a link to a file only where it stands in code: the grammar must reach it.
        last = max(last, data.rfind(b"](", start))
    elif last < 0 or data.find(b"[[", start, last) < 0:
        return _NONE
    # A link's text, and whatever else is open, ends with the paragraph.
    end = data.find(b"\n\n", last)
    if end < 0:
        end = len(data)
    # The line end before the body is where its first line begins.
    before = start - 1
    if start == 0:
        before = 0
        if _FIRST.match(data):
            return None
    elif data[before] != 0x0A:
        return None
    match = _PLAIN.match(data, before, end)
    if match is None or match.end() < end:
        return None
    inner = [match.span(1) for match in _WIKILINK.finditer(data, start, end)]
    opaque: list[Zone] = []
    if zones := _hiding(data, before, end):
        opaque = [match.span(match.lastindex or 0) for match in zones]
        inner = beginning_outside(inner, opaque)
    if _TABLE.search(data, start, end) and (
        # A bar ends a cell, and the code in it, as it ends a link.
        _BARRED.search(data, start, end) or any(_BAR.search(data, *place) for place in inner)
    ):
        return None
    made: PlainLinks = new(PlainLinks, (inner, opaque))
    return made


def _hiding(data: bytes, start: int, end: int) -> Iterable[re.Match[bytes]]:
    """The code and HTML, all of it or none, in which brackets or percent signs may stand."""
    if (
        data.find(b"\n```", start, end) >= 0
        or data.find(b"\n~~~", start, end) >= 0
        or _HIDING.search(data, start, end)
    ):
        return _ZONES.finditer(data, start, end)
    return _COMMENTS.finditer(data, start, end) if data.find(b"\n<!--", start, end) >= 0 else ()


def plain_links(
    data: bytes, start: int, inner: list[Zone], hidden: list[Zone]
) -> Iterator[Link | None]:
    """The wikilinks of a body that begins at `start`, as values, None for one that names nothing.

    inner: what `read_plain` found; hidden: the comments, in order.
    """
    zones = iter([*hidden, (len(data), len(data))])
    opening, closing = next(zones)
    for first, last in inner:
        while closing <= first:
            opening, closing = next(zones)
        embed = first > start + 2 and data[first - 3] == 0x21
        outside = new(Span, (first - 2 - embed, last + 2))
        where: Where = "body" if first - 2 - embed < opening else "comment"
        yield read_inner(data, (first, last), outside, embed, where)
