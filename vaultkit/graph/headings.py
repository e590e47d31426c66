"""A note's headings as nodes of their own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from vaultkit.note import Note
from vaultkit.vault.fragment import Anchors


class HeadingNode(NamedTuple):
    """A heading.

    id:    the note's path, `#` and the text; a second one of that text has ` (2)` after it.
    above: the id of the heading it stands under, or the note's path.
    """

    id: str
    name: str
    above: str
    line: int


def heading_nodes(path: str, note: Note) -> list[HeadingNode]:
    """Every heading of a note, in the order of the file."""
    seen: Counter[str] = Counter()
    chain: list[tuple[int, str]] = []
    found: list[HeadingNode] = []
    for item in note.headings:
        seen[item.text] += 1
        again = f" ({seen[item.text]})" if seen[item.text] > 1 else ""
        name = f"{path}#{item.text}{again}"
        while chain and chain[-1][0] >= item.level:
            chain.pop()
        above = chain[-1][1] if chain else path
        line = max(bisect_right(note.source.line_starts, item.span.start), 1)
        found.append(HeadingNode(name, item.text, above, line))
        chain.append((item.level, name))
    return found


def heading_id(path: str, note: Note, fragment: str) -> str | None:
    """The id of the heading that a fragment leads to, or None for a block or nothing."""
    if fragment.rpartition("#")[2].strip().startswith("^"):
        return None
    anchor = Anchors(note).find(fragment)
    if anchor is None or anchor.kind != "heading":
        return None
    return heading_nodes(path, note)[anchor.path[-1]].id
