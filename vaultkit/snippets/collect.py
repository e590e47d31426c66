"""A note's fences as snippets: none lost, each with what the note says about it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from vaultkit.note import Fence, Note
from vaultkit.snippets.aside import Aside
from vaultkit.snippets.attributes import (
    Attributes,
    AttributesError,
    as_text,
    braces,
    pairs,
    parse,
)
from vaultkit.snippets.language import Kind, kind_of, shell_line
from vaultkit.snippets.snippet import Snippet
from vaultkit.snippets.walk import names_of

# What a note may say once for all its blocks, as flat properties: `vaultkit-timeout: 60`.
_PREFIX = "vaultkit-"
_NOTE_WIDE = ("skip", "needs", "timeout", "session", "isolated")
_PART = re.compile(r"[^\w]+")
_NOTHING: Mapping[str, str] = MappingProxyType({})


def collect(note: Note, aside: Aside | None = None) -> tuple[Snippet, ...]:
    """Every Python-looking block of a note, in order.

    aside: what a file beside the vault declares for notes that nobody may edit.
    """
    path = str(note.source.path)
    starts = [heading.span.start for heading in note.headings]
    titles = [heading.text for heading in note.headings]
    defaults = {**_note_wide(note), **(aside.note(path) if aside else _NOTHING)}
    found: list[Snippet] = []
    used: Counter[str] = Counter()
    for fence in note.fences:
        kind = kind_of(fence.language, fence.code)
        if kind is None:
            continue
        index = len(found) + 1
        above = bisect_right(starts, fence.span.start)
        slug = _slug(titles[above - 1]) if above else "block"
        used[slug] += 1
        own = aside.block(path, index) if aside else _NOTHING
        attributes, problem = _attributes(fence, defaults, own)
        found.append(
            Snippet(
                note=path,
                index=index,
                name=f"{slug}-{used[slug]}",
                line=note.source.position(fence.code_span.start).line,
                language=fence.language,
                kind=kind,
                code=fence.code,
                attributes=attributes,
                section=f"{above} {titles[above - 1]}" if above else "",
                foreign=_foreign(fence, kind),
                problem=problem,
                code_span=fence.code_span,
                container=fence.container,
            )
        )
    return tuple(found)


def _attributes(
    fence: Fence, defaults: Mapping[str, str], own: Mapping[str, str]
) -> tuple[Attributes, str]:
    try:
        stated = {**defaults, **dict(pairs(braces(fence.attributes))), **own}
        return parse("", stated), ""
    except AttributesError as error:
        return Attributes(), str(error)


def _foreign(fence: Fence, kind: Kind) -> str:
    if kind is Kind.FOREIGN:
        return f"{fence.language} is not the Python that runs here"
    if "comment" in fence.container:
        return "inside a comment"
    if kind is Kind.PYTHON and names_of(fence.code).problem is not None:
        line = shell_line(fence.code)
        if line is not None:
            return f"IPython syntax on line {line + 1} of the block"
    return ""


def _note_wide(note: Note) -> dict[str, str]:
    found: dict[str, str] = {}
    if _PREFIX.encode() not in note.source.data:  # YAML is loaded only where it may say something
        return found
    for item in note.properties:
        key = item.key.removeprefix(_PREFIX)
        if key != item.key and key in _NOTE_WIDE and item.value is not None:
            found[key] = as_text(item.value)
    return found


def _slug(title: str) -> str:
    """A heading as a name for one line of a terminal: lower case, hyphens, any script."""
    plain = unicodedata.normalize("NFC", title).lower()
    return _PART.sub("-", plain).strip("-_")[:60].rstrip("-") or "block"
