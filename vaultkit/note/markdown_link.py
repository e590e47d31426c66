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
_OPEN = re.compile(rb"[ \t\r\n]*")
_BARE = re.compile(rb"(?:[^\x00-\x20\\]|\\.|\\)*")
_ANGLED = re.compile(rb"<((?:[^<>\r\n\\]|\\.|\\)*)>")


def text_end(data: bytes, mark: MarkdownLink) -> int:
    """The offset of the `]` that ends the text: `[text](to)`, `[text][name]`, `[text]`."""
    bracket = data.rfind(b"](" if mark.inline else b"][", mark.start, mark.end)
    return bracket if bracket >= 0 else mark.end - 1


def destination(data: bytes, mark: MarkdownLink) -> Span | None:
    """The bytes of an inline link's destination, without angle brackets."""
    bracket = text_end(data, mark)
    if not mark.inline:
        return None
    opening = _OPEN.match(data, bracket + 2, mark.end)
    start = opening.end() if opening else bracket + 2
    if angled := _ANGLED.match(data, start, mark.end):
        return Span(*angled.span(1))
    bare = _BARE.match(data, start, mark.end - 1)
    return Span(start, bare.end() if bare else start)


def is_external(target: str) -> bool:
    """Whether a Markdown destination has a scheme of its own: `https:`, `mailto:`, `obsidian:`."""
    return SCHEME.match(target) is not None


def markdown_link(data: bytes, mark: MarkdownLink, where: Where) -> Link | None:
    """The link as a value, or None for an empty destination."""
    start, end, dest, image, inline = mark
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
    if is_external(dest):
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
