"""`[text](target)` and `![text](target)`: where the target stands, and what it says decoded."""

from __future__ import annotations

import re
from urllib.parse import unquote

from vaultkit.note.marks import MarkdownLink
from vaultkit.note.model import Link, Where
from vaultkit.text import Span

# RFC 3986, section 3.1, with two characters at least: one is a drive letter.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_STAND_IN = "\x1a"
# Blanks before an address, with the markers of the containers that a line begins with.
_BLANKS = rb"[ \t]*(?:[\r\n]+[ \t>]*)*"
_BARE = rb"(?:[^\x00-\x20\\]|\\[^\x00-\x20]|\\)*"
_ANGLED = rb"<((?:[^<>\r\n\\]|\\.|\\)*)>"
_ADDRESS = re.compile(rb"\]\(" + _BLANKS + rb"(?:" + _ANGLED + rb"|(" + _BARE + rb"))")


def text_end(data: bytes, mark: MarkdownLink) -> int:
    """The offset of the `]` that ends the text: `[text](to)`, `[text][name]`, `[text]`."""
    return data.find(b"]", mark.text_end, mark.end)


def destination(data: bytes, mark: MarkdownLink) -> Span | None:
    """The bytes of an inline link's destination, without angle brackets."""
    if not mark.inline:
        return None
    found = _ADDRESS.match(data, text_end(data, mark), mark.end - 1)
    return Span(*found.span(1 if found[1] is not None else 2)) if found else None


def is_external(link: Link, data: bytes) -> bool:
    """Whether a Markdown link's destination has a scheme: `https:`, `mailto:`, `obsidian:`.

    An encoded colon makes none: `Note%3A%20one.md` is a file of the vault.
    """
    scheme = SCHEME.match(link.target) if link.kind == "markdown" else None
    start = link.target_span.start
    return scheme is not None and b"%" not in data[start : start + scheme.end()]


def markdown_link(data: bytes, mark: MarkdownLink, where: Where) -> Link | None:
    """The link as a value, or None for an empty destination."""
    start, end, dest, image, inline, _ = mark
    if _STAND_IN in dest:
        dest = dest.replace(_STAND_IN, "\ufffd")
    if not dest or dest.isspace():
        return None
    bracket = text_end(data, mark)
    display = data[start + 1 + image : bracket].decode("utf-8", "replace")
    span = Span(start, end)
    if inline and data.startswith(dest.encode(), bracket + 2):
        place = Span(bracket + 2, bracket + 2 + len(dest.encode()))
    else:
        place = destination(data, mark) or Span(end, end)
    if SCHEME.match(dest):
        return Link("markdown", dest, None, display, span, place, where)
    target, sharp, fragment = dest.partition("#")
    if sharp and (cut := data.find(b"#", *place)) >= 0:
        place = Span(place.start, cut)
    return Link(
        "markdown",
        _decoded(target),
        _decoded(fragment) if sharp else None,
        display,
        span,
        place,
        where,
    )


def _decoded(text: str) -> str:
    return (unquote(text) if "%" in text else text).strip()
