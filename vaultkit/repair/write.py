"""How a link to a given file is written: the vault's style, escaped for where it stands."""

from __future__ import annotations

import json
import re
from posixpath import relpath
from typing import NamedTuple
from urllib.parse import quote

from vaultkit.note import Link, Note
from vaultkit.repair.forms import stem
from vaultkit.text import Edit, Span
from vaultkit.vault import Found, Page, Vault

# What a Markdown destination may hold as it is; a space or bracket would end it.
_SAFE = "/!$&'*+,;=:@-._~"
_ASCII = re.compile(r"[\x00-\x7f]+")
_ENCODED_LETTER = re.compile(rb"%[89A-Fa-f][0-9A-Fa-f]")
# The indent, dashes and keys before a value, and the quote it begins with.
_SCALAR = re.compile(rb"[ \t]*(?:- +|[^'\"\s:]+:[ \t]+)*(['\"]?)")


class Rewrite(NamedTuple):
    """A link as it would be: the edit, and the whole markup before and after."""

    edit: Edit
    old: bytes
    new: bytes


def link_name(vault: Vault, path: str, source: str, written: str) -> str | None:
    """What to write between the brackets so that the link means `path`.

    written: the target as it stands; a folder or `.md` in it is kept where that resolves.
    None when no spelling leads to the file: its name holds what a link cannot, or is no text.
    """
    if not _is_text(path):
        return None
    suffix = ".md" if written[-3:].lower() == ".md" else ""
    whole = path[: -len(".md")] if path[-3:].lower() == ".md" else path
    name = stem(path)
    prefix = written[: written.rfind("/") + 1]
    choices: list[str] = []
    if prefix:
        choices.append(prefix + name)
    if vault.settings.link_format == "absolute":
        choices.append(whole)
    elif vault.settings.link_format == "relative":
        choices.append(relpath(whole, source[: source.rfind("/")] if "/" in source else "."))
    parts = whole.split("/")
    choices += ["/".join(parts[cut:]) for cut in range(len(parts) - 1, -1, -1)]
    choices.append("/" + whole)
    for choice in choices:
        if vault.resolve(choice + suffix, source) == Found(path):
            return choice + suffix
    return None


def rewrite(
    vault: Vault, page: Page, link: Link, path: str, title: str | None = None
) -> Rewrite | None:
    """The link, rewritten to mean `path`; everything but its target stays byte for byte.

    title: the text to show where the file's name is not what the writer wrote.
    None when it cannot be written: no name leads to the file, or the link's target does not
    stand in the file as text.
    """
    if link.target_span.start == link.target_span.end:
        return None
    name = link_name(vault, path, str(page.source.path), link.target)
    if name is None:
        return None
    data = page.source.data
    markdown = link.kind == "markdown"
    new = _destination(data, link, name) if markdown else escaped(name, page, link)
    edit = Edit(link.target_span, new)
    shown = _shown(link, name, path, title)
    if shown is not None:
        close = Span(link.span.end - 2, link.span.end)
        between = data[link.target_span.end : close.start]
        bar = b"\\|" if in_table(page, link) else b"|"
        new += between + bar + escaped(shown, page, link)
        edit = Edit(Span(link.target_span.start, close.start), new)
    old = data[link.span.start : link.span.end]
    start = edit.span.start - link.span.start
    stop = edit.span.end - link.span.start
    return Rewrite(edit, old, old[:start] + edit.new + old[stop:])


def _shown(link: Link, name: str, path: str, title: str | None) -> str | None:
    """The display text to add so that the reader goes on seeing a name, or None for none.

    Of a title that matched, the title; where a folder had to be written, the name without it.
    """
    if link.kind != "wiki" or link.where == "base" or link.display is not None:
        return None
    text = title
    if text is None and "/" in name and "/" not in link.target:
        text = stem(path)
    if text is None or text == name or not _is_text(text):
        return None
    # Obsidian shows `[[Note#One#Two]]` as "Note > One > Two".
    return " > ".join([text, *(part for part in (link.fragment or "").split("#") if part)])


def _is_text(name: str) -> bool:
    """Whether a name can be written down; a file system may hold bytes that are no text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _destination(data: bytes, link: Link, name: str) -> bytes:
    """A Markdown destination: percent-encoded where it must be, or as the writer did it."""
    if data[link.target_span.start - 1 : link.target_span.start] == b"<":
        return re.sub(r"[%<>\\\r\n]", lambda match: quote(match[0]), name).encode()
    written = data[link.target_span.start : link.target_span.end]
    if _ENCODED_LETTER.search(written):
        return quote(name, safe=_SAFE).encode()
    return _ASCII.sub(lambda match: quote(match[0], safe=_SAFE), name).encode()


def escaped(text: str, page: Page, link: Link) -> bytes:
    """The text as the file's syntax at that place wants it."""
    if link.where == "canvas":
        return json.dumps(text, ensure_ascii=False)[1:-1].encode()
    if link.where in ("property", "base"):
        data, start = page.source.data, link.span.start
        outer = _scalar_quote(data, start) if link.where == "base" else b""
        if _quote_before(data, start) == b'"':
            text = json.dumps(text, ensure_ascii=False)[1:-1]
        elif outer != b"'":
            outer = _quote_before(data, start)
        if outer == b"'":
            text = text.replace("'", "''")
    return text.encode()


def _scalar_quote(data: bytes, offset: int) -> bytes:
    """The quote that a YAML value begins with, in which an expression has its own strings."""
    line = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    found = _SCALAR.match(data, line, offset)
    return found[1] if found else b""


def _quote_before(data: bytes, offset: int) -> bytes:
    """The quote that opened the YAML text in which a link stands, on the same line."""
    line = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    single, double = data.rfind(b"'", line, offset), data.rfind(b'"', line, offset)
    if single < 0 and double < 0:
        return b""
    return b"'" if single > double else b'"'


def in_table(page: Page, link: Link) -> bool:
    """Whether a link stands in a table, where its bar is written `\\|`."""
    return isinstance(page, Note) and page.in_table(link.span.start)
