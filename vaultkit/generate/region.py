"""Generated regions in hand-written notes.

    <!-- vaultkit:begin index by=category digest=0a1b2c3d4e5f -->
    …
    <!-- vaultkit:end -->

HTML comments are hidden by Obsidian and by every other reader of Markdown, and formatters leave
them alone. `%% … %%` is read too, and kept where a person chose it. The digest is that of the
bytes between the markers: where it does not fit them a person has written there.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.note import Note
from vaultkit.text import Edit, Span

_MARK = re.compile(
    rb"^[ \t]*(<!--|%%)[ \t]*vaultkit:(begin|end)\b[ \t]*([^\r\n]*?)[ \t]*(?:-->|%%)"
    rb"[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_DIGEST = re.compile(r"\s*\bdigest=([0-9a-f]{12})\b")


class Region(NamedTuple):
    """A region as it stands.

    kind:    what is generated: `index`, `glossary`, `backlinks`.
    options: `key=value` of the marker, the digest left out.
    begin:   the first marker's line, without its end.
    inner:   the bytes between the two markers' lines.
    digest:  what the marker says, "" before anything was generated.
    """

    path: str
    kind: str
    options: Mapping[str, str]
    begin: Span
    inner: Span
    digest: str


def digest_of(inner: bytes) -> str:
    """The digest that a marker carries."""
    return hashlib.sha256(inner).hexdigest()[:12]


def regions(note: Note) -> Iterator[Region]:
    """The regions of a note, markers in code left out.

    Raises UsageError, with the line, where a marker has no partner or cannot be read.
    """
    data, path = note.source.data, str(note.source.path)
    if b"vaultkit:begin" not in data:
        return
    code = [fence.span for fence in note.fences]
    opening: re.Match[bytes] | None = None
    for match in _MARK.finditer(data):
        if any(span.start <= match.start() < span.end for span in code):
            continue
        begins = match[2] == b"begin"
        if begins == (opening is not None):
            raise _unpaired(note, match.start())
        if begins:
            opening = match
            continue
        assert opening is not None
        start = _after_line(data, opening.end())
        line = max(data.rfind(b"\n", 0, match.start()), data.rfind(b"\r", 0, match.start())) + 1
        yield _region(note, path, opening, Span(start, max(line, start)))
        opening = None
    if opening is not None:
        raise _unpaired(note, opening.start())


def _region(note: Note, path: str, opening: re.Match[bytes], inner: Span) -> Region:
    said = opening[3].decode("utf-8", "replace")
    digest = _DIGEST.search(said)
    try:
        words = shlex.split(_DIGEST.sub("", said))
    except ValueError as error:
        raise _unreadable(note, opening.start(), str(error)) from error
    if not words:
        raise _unreadable(note, opening.start(), "it does not say what to generate")
    options = {}
    for word in words[1:]:
        key, equals, value = word.partition("=")
        if not equals:
            raise _unreadable(note, opening.start(), f"`{word}` is not key=value")
        options[key] = value
    begin = Span(*opening.span())
    return Region(path, words[0], options, begin, inner, digest[1] if digest else "")


def _after_line(data: bytes, offset: int) -> int:
    for end in (b"\r\n", b"\n", b"\r"):
        if data.startswith(end, offset):
            return offset + len(end)
    return offset


def _unpaired(note: Note, offset: int) -> UsageError:
    line = note.source.position(offset).line
    return UsageError(
        f"{note.source.path}:{line}: a vaultkit marker without its partner",
        "each `vaultkit:begin` needs one `vaultkit:end` after it",
    )


def _unreadable(note: Note, offset: int, why: str) -> UsageError:
    line = note.source.position(offset).line
    return UsageError(
        f"{note.source.path}:{line}: the marker cannot be read: {why}",
        "write: vaultkit:begin index by=category",
    )


def is_touched(note: Note, region: Region) -> bool:
    """Whether a person has written between the markers."""
    inner = note.source.slice(region.inner)
    if not region.digest:
        return bool(inner.strip())
    return digest_of(inner) != region.digest


def refill(note: Note, region: Region, lines: list[str]) -> list[Edit]:
    """The edits that put lines into a region, and their digest into its marker; none where the
    region holds just them."""
    newline = b"\r\n" if b"\r\n" in note.source.data else b"\n"
    body = newline.join([b"", *(line.encode() for line in lines), b"", b""]) if lines else b""
    marker = note.source.slice(region.begin)
    if note.source.slice(region.inner) == body and region.digest == digest_of(body):
        return []
    text = _DIGEST.sub("", marker.decode("utf-8", "replace"))
    close = text.rindex("-->" if "-->" in text else "%%")
    fresh = f"{text[:close].rstrip()} digest={digest_of(body)} {text[close:]}".encode()
    inner = body if region.inner.start > region.begin.end else newline + body
    return [Edit(region.begin, fresh), Edit(region.inner, inner)]


def empty_region(kind: str, options: Mapping[str, str], newline: str = "\n") -> str:
    """A region for a person's note, not yet filled."""
    words = [kind, *(f"{key}={shlex.quote(value)}" for key, value in options.items())]
    return f"<!-- vaultkit:begin {' '.join(words)} -->{newline}<!-- vaultkit:end -->{newline}"


def generated_spans(note: Note) -> list[Span]:
    """Where a note is generated, markers included; broken markers count as none."""
    try:
        return [Span(item.begin.start, item.inner.end) for item in regions(note)]
    except UsageError:
        return []
