"""Where the reference engine's blocks and inlines stand: what markdown-it does not keep.

Every line of a paragraph ends where its line of the file ends, whatever markers were cut off
before it; that alone gives each character of an inline text its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from vaultkit.note.marks import FenceMark, MarkdownLink, Marks

# markdown-it trims and scans as JavaScript does, for which these are blanks; for CommonMark
# they are text, and so is a low surrogate, which no note holds.
_BLANKS = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_HIDE = {ord(blank): hidden for hidden, blank in enumerate(_BLANKS, 0xDC00)}
_SHOW = {hidden: blank for blank, hidden in _HIDE.items()}


def plain(text: str) -> str:
    """The text with the same places, without what markdown-it and CommonMark read differently.

    A carriage return before a line feed would count as text; a blank never matters there.
    """
    return text.replace("\r\n", " \n").translate(_HIDE)


def _original(text: str) -> str:
    return text.translate(_SHOW)


class Inline(NamedTuple):
    """A text for the inline rules: from `keys[i]` on its characters stand at `places[i]` on."""

    content: str
    keys: tuple[int, ...]
    places: tuple[int, ...]

    def at(self, position: int) -> int:
        """The place in the whole text of a character of the content."""
        index = bisect_right(self.keys, position) - 1
        return self.places[index] + position - self.keys[index]


class Recorder:
    """What the rules of one parse have met, in characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = Marks([], [], [], [], [], [])
        self.inlines: list[Inline] = []
        self.containers: list[str] = []
        self.current = Inline("", (0,), (0,))
        self.shift = [0]

    def enter(self, offset: int) -> None:
        """The text parsed next begins at this offset of the present one."""
        self.shift.append(self.shift[-1] + offset)

    def leave(self) -> None:
        """Back to the text before `enter`."""
        self.shift.pop()

    def block(self, name: str, state: Any, line: int, first: int) -> None:
        """A block rule matched from a line on; its tokens begin at `first`."""
        start = state.bMarks[line] + state.tShift[line]
        end = state.eMarks[state.line - 1]
        token = state.tokens[first]
        match name:
            case "fence":
                self.marks.opaque.append((start, end))
                code = self._code(state, token)
                self.marks.fences.append(FenceMark(start, end, code, tuple(self.containers)))
            case "code" | "html_block":
                self.marks.opaque.append((start, end))
            case "gfm_table":
                self.marks.tables.append((start, end))
                self.inlines.extend(_cells(state, state.tokens[first:]))
            case "heading":
                self.marks.headings.append((int(token.tag[1]), start, end))
                content = state.tokens[first + 1].content
                place = state.src.find(content, start + len(token.markup))
                self.inlines.append(Inline(content, (0,), (place,)))
            case "lheading":
                self.marks.headings.append((int(token.tag[1]), start, end))
                self.inlines.append(_paragraph(state, state.tokens[first + 1]))
            case _:
                self.inlines.append(_paragraph(state, state.tokens[first + 1]))

    def _code(self, state: Any, token: Any) -> str:
        """The code, without the blanks that stand for carriage returns.

        And with the rest of a tab, as blanks, of which a quote's marker took a column.
        """
        code = _original(token.content)
        if "\r" not in self.text and "\t" not in code:
            return code
        lines = code.split("\n")
        for index, line in enumerate(range(token.map[0] + 1, token.map[0] + len(lines))):
            start, end = state.bMarks[line], state.eMarks[line]
            if lines[index] and self.text.startswith("\r", end - 1):
                lines[index] = lines[index][:-1]
            if lines[index].startswith("\t") and self.text.startswith(">\t", start - 1):
                lines[index] = " " * (4 - state.bsCount[line] % 4) + lines[index][1:]
        return "\n".join(lines)

    def inline(self, name: str, state: Any, position: int, first: int) -> None:
        """An inline rule matched from a position to `state.pos`; its tokens begin at `first`."""
        shift = self.shift[-1]
        if name == "image":
            shift = self.shift[-2]
        start = self.current.at(shift + position)
        end = self.current.at(shift + state.pos - 1) + 1
        if name in ("link", "image"):
            image = name == "image"
            opening = next(t for t in state.tokens[first:] if t.type != "text")
            dest = opening.attrs["src" if image else "href"]
            label = state.md.helpers.parseLinkLabel(state, position + image, not image)
            inline = state.pos > label + 1 and state.src[label + 1] == "("
            text_end = self.current.at(shift + label)
            self.marks.links.append(
                MarkdownLink(start, end, _original(dest), image, inline, text_end)
            )
            return
        self.marks.opaque.append((start, end))
        if name == "math":
            self.marks.math.append((start, end, state.src.startswith("$$", position)))

    def marks_in_bytes(self) -> Marks:
        """All that was met, in the order of the file, in UTF-8 bytes of the text."""
        opaque, links, headings, fences, math, tables = self.marks
        places = {offset for zone in (*opaque, *tables) for offset in zone}
        places.update(offset for link in links for offset in (link.start, link.end, link.text_end))
        places.update(offset for fence in fences for offset in fence[:2])
        places.update(offset for _, *zone in headings for offset in zone)
        places.update(offset for *zone, _ in math for offset in zone)
        at = _bytes_at(self.text, places)
        return Marks(
            sorted((at[a], at[b]) for a, b in opaque),
            sorted(
                m._replace(start=at[m.start], end=at[m.end], text_end=at[m.text_end]) for m in links
            ),
            sorted(((level, at[a], at[b]) for level, a, b in headings), key=lambda h: h[1]),
            sorted(m._replace(start=at[m.start], end=at[m.end]) for m in fences),
            sorted((at[a], at[b], display) for a, b, display in math),
            sorted((at[a], at[b]) for a, b in tables),
        )


def _bytes_at(text: str, places: set[int]) -> dict[int, int]:
    """The byte offsets of some characters of a text, in one pass."""
    if text.isascii():
        return {place: place for place in places}
    at: dict[int, int] = {}
    before = count = 0
    for place in sorted(places):
        count += len(text[before:place].encode())
        at[place] = count
        before = place
    return at


def _paragraph(state: Any, token: Any) -> Inline:
    first, last = token.map
    full = state.getLines(first, last, state.blkIndent, False)
    position = -full.find(token.content)
    keys: list[int] = []
    places: list[int] = []
    for line, piece in enumerate(full.split("\n"), first):
        keys.append(position)
        places.append(state.eMarks[line] - len(piece))
        position += len(piece) + 1
    return Inline(token.content, tuple(keys), tuple(places))


def _cells(state: Any, tokens: list[Any]) -> Iterator[Inline]:
    """The cells of a table: between them stand only blanks and bars.

    A bar inside a cell is written with a backslash, which is in no cell.
    """
    row, position = -1, 0
    for token in tokens:
        if token.type != "inline" or not token.content:
            continue
        if token.map[0] != row:
            row = token.map[0]
            position = state.bMarks[row] + state.tShift[row]
        content = token.content
        place = state.src.find(content.replace("|", "\\|"), position)
        bars = [index for index, character in enumerate(content) if character == "|"]
        yield Inline(
            content,
            (0, *bars),
            (place, *(place + index + count for count, index in enumerate(bars, 1))),
        )
        position = place + len(content) + len(bars)
