"""Which relation a link has, told by the place where it stands.

In this order, the first that applies: the property that holds it; an inline field on its line
(`key:: [[X]]`, `[key:: [[X]]]`); a label before it (`- Parents: [[X]]`, a table row's first cell);
a label above it (a list item or a line that is a label alone); its section's heading. The last
two only for a link that leads its line: in "- see also [[X]], which …" of a section "Variants"
the link is told about, not listed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from vaultkit.graph.relations import PLAIN, Relations, label_key
from vaultkit.note import Heading, Link, Note

_LINKS = re.compile(r"!?\[\[.*?\]\]|!?\[[^\[\]]*\]\([^()]*\)")
_MARKER = re.compile(
    r"[ \t>]*(?:%%[ \t]*)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[.\][ \t]+)?(?:#{1,6}[ \t]+)?"
)
_ITEM = re.compile(r"([ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+")
_HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
_FIELD = re.compile(r"[*_]*([^\[\]():`*]{1,60}?)[*_]*::(?:[*_]*\s|[*_]*\Z)")
_BRACKET_FIELD = re.compile(r"[\[(]\s*([^\[\]():`]{1,60}?)::\s[^\[\]()]*\Z")
_LABEL = re.compile(r"\s*[*_]*([^:：]{1,60}?)[*_]*\s*[:：]")
_PARTS = re.compile(r"[;|·•]|\s/\s")
_WORD = re.compile(r"\w")
_TAB = 4


class Role(NamedTuple):
    """A link's relation, and the label that gave it as it is written ("" for a plain link)."""

    relation: str
    label: str


NONE = Role(PLAIN, "")


class Places:
    """Tells the relations of one note's links."""

    def __init__(self, note: Note, relations: Relations) -> None:
        self._note = note
        self._source = note.source
        self._relations = relations
        self._above: dict[int, Role] = {}
        self._sections: tuple[list[int], list[_Section]] | None = None

    def role(self, link: Link, line: int) -> Role:
        """The relation of a link that stands in this line of the note."""
        if link.where == "property":
            return self._of_property(link)
        start = self._source.line_starts[line - 1]
        before = self._source.data[start : link.span.start].decode("utf-8", "replace")
        return self._of_line(before, line, link.span.start)

    def _of_property(self, link: Link) -> Role:
        for item in self._note.properties:
            if item.span.start <= link.span.start < item.span.end:
                key = label_key(item.key)
                return Role(self._relations.of_key(key) or key or PLAIN, item.key)
        return NONE

    def _of_line(self, before: str, line: int, offset: int) -> Role:
        marker = _MARKER.match(before)
        text = before[marker.end() if marker else 0 :]
        if "[" in text or "](" in text:
            text = _LINKS.sub(" ", text)
        if text:
            if "::" in text and (field := self._field(text)) is not None:
                return field
            if (written := _label_of(text)) is not None:
                name = self._relations.named(written)
                if name is None:
                    return NONE
                return Role(name, written) if self._counts(offset) else NONE
            if _WORD.search(text):
                return NONE
        return self._listed(line, offset)

    def _field(self, text: str) -> Role | None:
        found = _BRACKET_FIELD.search(text) or _FIELD.match(text)
        if found is None:
            return None
        key = label_key(found[1])
        return Role(self._relations.of_key(key) or key, found[1].strip()) if key else None

    def _listed(self, line: int, offset: int) -> Role:
        role = self._inherited(line)
        if role is NONE:
            return self._section(offset).role
        return role if self._counts(offset) else NONE

    def _counts(self, offset: int) -> bool:
        """Whether labels count here: everywhere, or only in the sections that the settings name."""
        return not self._relations.sections or self._section(offset).inside

    def _section(self, offset: int) -> _Section:
        if self._sections is None:
            self._sections = _sections(self._note.headings, self._relations)
        starts, sections = self._sections
        return sections[bisect_right(starts, offset)]

    def _inherited(self, line: int) -> Role:
        """The role that a label above a line gives it, walking up from sibling to parent."""
        walked: list[int] = []
        role = NONE
        while line not in self._above:
            walked.append(line)
            here = self._source.line(line)
            above = self._next_above(line)
            if not above:
                break
            text = self._source.line(above)
            item = _ITEM.match(text)
            if item is None or _indent(text) < _indent(here):
                label = text[item.end() if item else 0 :].strip()
                if _HEADING.match(text):
                    break
                if name := self._label_alone(label, item is not None):
                    role = Role(name, label)
                    break
                if item is None and (_ITEM.match(here) or _WORD.search(_LINKS.sub("", text))):
                    break
            line = above
        else:
            role = self._above[line]
        self._above.update(dict.fromkeys(walked, role))
        return role

    def _next_above(self, line: int) -> int:
        """The line above that is a sibling or may hold a label; 0 where the list begins.

        One blank line may stand in between, and an item's own further lines and children.
        """
        here = self._source.line(line)
        indent, is_item = _indent(here), _ITEM.match(here) is not None
        blanks = 0
        for number in range(line - 1, 0, -1):
            text = self._source.line(number)
            if not text.strip(" \t>"):
                blanks += 1
                if blanks > 1 or not is_item:
                    return 0
            elif _indent(text) <= indent:
                return number
        return 0

    def _label_alone(self, text: str, is_item: bool) -> str | None:
        """The relation of a line that is a label and nothing more."""
        if len(text) > 60 or "[[" in text or "](" in text:
            return None
        marked = text[-1:] in ":：" or text[-1:] in "*_" or text.startswith(("*", "_"))
        return self._relations.named(text) if marked or is_item else None


def _label_of(text: str) -> str | None:
    """The label in force at the end of a text without links, or None."""
    if ":" in text or "：" in text:
        for part in reversed(_PARTS.split(text)):
            if found := _LABEL.match(part):
                return found[1].strip()
    if text.startswith("|") and text.count("|") > 1:
        cell = text.split("|")[1].strip()
        if _WORD.search(cell):
            return cell.strip("*_ ")
    return None


def _indent(text: str) -> int:
    """Columns before the first character; a quote's marker counts as a column."""
    width = 0
    for character in text:
        if character == "\t":
            width += _TAB - width % _TAB
        elif character in " >":
            width += 1
        else:
            break
    return width


class _Section(NamedTuple):
    """What the headings above a place say: the role they give, and whether relations count."""

    role: Role
    inside: bool


def _sections(
    headings: tuple[Heading, ...], relations: Relations
) -> tuple[list[int], list[_Section]]:
    """The offset at which each section begins, and the section before and after each of them."""
    keys = [label_key(item.text) for item in headings]
    restricted = bool(relations.sections) or not relations.graph_sections.isdisjoint(keys)
    sections = [_Section(NONE, False)]
    chain: list[tuple[int, _Section]] = []
    for item, key in zip(headings, keys, strict=True):
        while chain and chain[-1][0] >= item.level:
            chain.pop()
        above = chain[-1][1] if chain else sections[0]
        inside = above.inside or key in relations.graph_sections
        name = relations.of_key(key) if inside or not restricted else None
        own = _Section(Role(name, item.text) if name else above.role, inside)
        chain.append((item.level, own))
        sections.append(own)
    return [item.span.start for item in headings], sections
