"""How a link to a file that changed its place is written: as its writer wrote it before.

A bare name stays bare, a relative path relative, a path from the vault's root one from the root;
`.md`, angle brackets and percent signs stay where they were used. More is written only where
the same form would not mean the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import relpath
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.names import link_key
from vaultkit.note import Link
from vaultkit.repair.forms import stem
from vaultkit.repair.write import escaped, in_table
from vaultkit.text import Edit, Span
from vaultkit.vault import Found, Page, Vault
from vaultkit.vault.resolve import FileIndex
from vaultkit.vault.settings import Settings

# What a wikilink's target cannot hold.
_NO_TARGET = re.compile(r"[#|^\[\]\r\n]|%%")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
# CommonMark 0.31 ends or changes a bare destination at these; Obsidian writes %20 for a blank.
_UNSAFE = frozenset(' "<>\\%#?[]()')


class Trip(NamedTuple):
    """A link's two ends, now and afterwards: where it stands and the file it means."""

    source: str
    target: str
    source_after: str
    target_after: str


def unsuffixed(path: str) -> str:
    """A path as links write it: without `.md`, with any other extension."""
    return path[:-3] if path[-3:].lower() == ".md" else path


def spelling(index: FileIndex, settings: Settings, link: Link, trip: Trip) -> str | None:
    """The target to write, decoded, so that the link means the file afterwards.

    index: the files afterwards. None when no spelling leads to the file.
    """
    after = trip.target_after
    if link.kind == "file" and link.where == "canvas":
        return ("/" if link.target.startswith("/") else "") + after
    suffixed = _has_suffix(link.target, trip.target)
    suffix = after[-3:] if suffixed and after[-3:].lower() == ".md" else ""
    wiki = link.kind != "markdown"
    for choice in _choices(settings, link, trip, suffixed):
        text = choice + suffix
        if wiki and _NO_TARGET.search(text):
            continue
        if index.resolve(text, trip.source_after) == Found(after):
            return text
    return None


def _has_suffix(written: str, path: str) -> bool:
    """Whether `.md` in a target is the file's extension, not a part of its name."""
    last = link_key(written[written.rfind("/") + 1 :])
    return last == link_key(path[path.rfind("/") + 1 :])


def _choices(settings: Settings, link: Link, trip: Trip, suffixed: bool) -> list[str]:
    """Spellings without `.md`, the one nearest to what was written first."""
    written, after = link.target, unsuffixed(trip.target_after)
    name = after[after.rfind("/") + 1 :]
    prefix = written[: written.rfind("/") + 1]
    relative = relpath(after, trip.source_after.rpartition("/")[0] or ".")
    parts = after.split("/")
    endings = ["/".join(parts[cut:]) for cut in range(len(parts) - 1, -1, -1)]
    choices = [prefix + name]
    if prefix.startswith(("./", "../")):
        choices.append(relative if relative.startswith("../") else "./" + relative)
    elif prefix.startswith("/"):
        choices.append("/" + after)
    elif prefix:
        was = trip.target if suffixed else unsuffixed(trip.target)
        folder = trip.source.rpartition("/")[0]
        if link_key(written) == link_key(was):
            choices.append(after)
        elif link.kind == "markdown" and link_key(f"{folder}/{written}") == link_key(was):
            choices.append(relative)
        choices += endings[min(prefix.count("/"), len(endings) - 1) :]
    if settings.link_format == "absolute":
        choices.append(after)
    elif settings.link_format == "relative":
        choices.append(relative)
    return [*choices, *endings, "/" + after]


def spells_exactly(written: str, path: str) -> bool:
    """Whether a target is, letter for letter, the end of a file's path."""
    text = written.removeprefix("/")
    return any(f"/{form}".endswith(f"/{text}") for form in (path, unsuffixed(path)))


def target_edit(page: Page, link: Link, place: Span, text: str, shown: str | None) -> Edit:
    """The edit that writes a target.

    place: where the target stands. shown: display text to add to a link that has none.
    """
    data = page.source.data
    if link.kind == "markdown":
        return Edit(place, destination(data, place, text))
    new = escaped(text, page, link)
    if shown is None or link.kind != "wiki" or link.display is not None:
        return Edit(place, new)
    close = link.span.end - 2
    bar = b"\\|" if in_table(page, link) else b"|"
    tail = data[place.end : close] + bar + escaped(shown, page, link)
    return Edit(Span(place.start, close), new + tail)


def destination(data: bytes, place: Span, text: str, *, angled: bool = False) -> bytes:
    """A part of a Markdown destination, written at `place`.

    A character is percent-encoded if it must be, or was so before. angled: in `<…>`, which it
    also is where `place` follows a `<`.
    """
    raw = data[place.start : place.end].decode("utf-8", "replace")
    if angled or data[place.start - 1 : place.start] == b"<":
        unsafe, kept = frozenset("<>%#\\"), ""
    else:
        balanced = text.count("(") == text.count(")") and not re.search(r"\)[^(]*\(", text)
        unsafe = _UNSAFE
        kept = "()" if balanced and ("(" in raw or ")" in raw) else ""
    encoded = "".join(_PERCENT.findall(raw)).upper()
    wide = re.search("%[89A-F]", encoded) is not None
    made = []
    for character in text:
        octets = "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))
        must = character in unsafe and character not in kept
        was = octets in encoded if character.isascii() else wide
        made.append(octets if must or was or character < " " else character)
    return "".join(made).encode()


def fragment_place(data: bytes, link: Link, place: Span) -> Span | None:
    """Where the text after a link's first `#` stands; None when it is elsewhere or not there.

    place: where the link's target stands.
    """
    if data[place.end : place.end + 1] != b"#":
        return None
    start = place.end + 1
    if link.kind == "markdown":
        return Span(start, _destination_end(data, start, data[place.start - 1 : place.start]))
    if link.kind == "file":
        return Span(start, link.span.end)
    end = link.span.end - 2
    bar = data.find(b"|", start, end)
    if bar >= 0:
        end = bar - 1 if data[bar - 1 : bar] == b"\\" else bar
    while end > start and data[end - 1 : end] in b" \t":
        end -= 1
    return Span(start, end)


def _destination_end(data: bytes, start: int, before: bytes) -> int:
    """Where a Markdown destination ends: at `>`, or at a blank or an unmatched bracket."""
    if before == b"<":
        return data.index(b">", start)
    depth, position = 0, start
    while position < len(data) and data[position] > 0x20:
        depth += (data[position] == 0x28) - (data[position] == 0x29)
        if depth < 0:
            break
        position += 1
    return position


def new_link(
    vault: Vault,
    files: Iterable[str] | FileIndex,
    path: str,
    source: str,
    *,
    embed: bool = False,
    shown: str | None = None,
) -> str:
    """A new link in the vault's own style from the file `source` to the file `path`.

    files: those the vault will have. shown: what to show instead of the file's name.
    Raises UsageError where links cannot hold the file's name.
    """
    index = files if isinstance(files, FileIndex) else FileIndex(files)
    name = stem(path)
    markdown = vault.settings.markdown_links
    blank = Link("markdown" if markdown else "wiki", "", None, None, Span(0, 0), Span(0, 0), "body")
    suffix = path[-3:] if markdown and path.lower().endswith(".md") else ""
    trip = Trip(source, path, source, path)
    text = spelling(index, vault.settings, blank._replace(target=suffix and name + suffix), trip)
    if text is None:
        raise UsageError(f"no link can name {path}", "give it another name: vaultkit rename")
    mark = "!" if embed else ""
    if markdown:
        return f"{mark}[{shown or name}]({destination(b'', Span(0, 0), text).decode()})"
    display = shown or (name if "/" in text else None)
    return (
        f"{mark}[[{text}|{display}]]"
        if display and display != text and not embed
        else (f"{mark}[[{text}]]")
    )
