"""What neither engine knows: the layer that makes an Obsidian note of CommonMark's structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vaultkit.note import blocks
from vaultkit.note.comments import comments
from vaultkit.note.engine import Engine, is_reference, present_engine
from vaultkit.note.fences import read_fence
from vaultkit.note.links import markdown_links, wikilinks
from vaultkit.note.markdown_link import is_external, markdown_link
from vaultkit.note.marks import Marks
from vaultkit.note.model import Block, Fence, Heading, Link, Math, Problem, Property, Tag, Where
from vaultkit.note.plain import PlainLinks, plain_links, read_plain
from vaultkit.note.plain_headings import read_headings
from vaultkit.note.properties import FrontMatterContent, UnquotedLink
from vaultkit.note.shadow import BOM, FrontMatter, front_matter, shadow
from vaultkit.note.wikilink import Candidate, wikilink
from vaultkit.note.zones import Zone, beginning_outside, merged, within
from vaultkit.text import Source, Span, lazy


@dataclass(frozen=True, eq=False)
class Note:
    """A Markdown file with all that Obsidian sees in it.

    Each kind of element is built when it is first asked for. The engine runs at most once,
    and only for what cannot be told without it.
    """

    source: Source
    engine: Engine = field(repr=False)

    @lazy
    def _marks(self) -> Marks:
        return self.engine(shadow(self.source.data))

    @lazy
    def front_matter(self) -> FrontMatter | None:
        """Where the YAML block stands, or None."""
        return front_matter(self.source.data)

    @property
    def _body(self) -> int:
        if self.front_matter:
            return self.front_matter.span.end
        return len(BOM) if self.source.data.startswith(BOM) else 0

    @lazy
    def _wikilinks(self) -> list[Candidate]:
        """The wikilinks of the body; code, formulas and links that begin in one are its text."""
        data, start = self.source.data, self._body
        return wikilinks(data, start, self._marks) if data.find(b"[[", start) >= 0 else []

    @lazy
    def _wiki_zones(self) -> list[Zone]:
        return [candidate.span for candidate in self._wikilinks]

    @lazy
    def opaque(self) -> list[Zone]:
        """Code, formulas and HTML, in order: where nothing of Obsidian's is read."""
        return merged(beginning_outside(self._marks.opaque, self._wiki_zones))

    @lazy
    def comments(self) -> list[Zone]:
        """`%%comments%%`, in order."""
        if self.source.data.find(b"%%", self._body) < 0:
            return []
        return comments(self.source.data, self.opaque, self._body)

    @lazy
    def content(self) -> FrontMatterContent:
        """What the YAML block holds."""
        block = self.front_matter.block if self.front_matter else Span(0, 0)
        return FrontMatterContent(self.source.data, block)

    @property
    def values(self) -> Mapping[Any, Any]:
        """The front matter's keys and values, without their places: the cheap way to ask."""
        return self.content.values

    @property
    def properties(self) -> tuple[Property, ...]:
        """The front matter's top-level keys."""
        return self.content.properties

    @property
    def unquoted_links(self) -> tuple[UnquotedLink, ...]:
        """`key: [[X]]` in the front matter, which Obsidian does not read as a link."""
        return self.content.unquoted

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read as meant."""
        return self.content.problems

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order of the file: front matter, body, comments."""
        return (*self._property_links(), *self._body_links())

    @lazy
    def internal_links(self) -> tuple[Link, ...]:
        """The links that may lead to a file of the vault: all but those with a scheme."""
        return self.internal_links_but(None)

    def internal_links_but(self, known: Mapping[bytes, bool] | None) -> tuple[Link, ...]:
        """The same, less the wikilinks of which what stands between the brackets is `known`.

        Most links of a vault say what another one says; who has understood that one need not
        have them made. Those that only the engine tells are all there.
        """
        data, plain = self.source.data, self._plain
        if plain is None:
            return tuple(link for link in self.links if not is_external(link, data))
        inner = plain.inner
        if known is not None:
            inner = [place for place in inner if not known[data[place[0] : place[1]]]]
        return (*self._property_links(), *self._made(plain, inner))

    @property
    def embeds(self) -> tuple[Link, ...]:
        """The internal links that show in their place what they lead to: those after a `!`."""
        data, plain = self.source.data, self._plain
        if data.find(b"![", self._body) < 0:
            return ()
        if plain is None:
            return tuple(link for link in self.internal_links if data[link.span.start] == 0x21)
        first = self._body + 2
        marked = (place for place in plain.inner if place[0] > first)
        return (*self._made(plain, [place for place in marked if data[place[0] - 3] == 0x21]),)

    def _made(self, plain: PlainLinks, inner: list[Zone]) -> Iterable[Link]:
        """Some of the wikilinks that the bytes alone tell, as values."""
        if not inner:
            return ()
        data, start = self.source.data, self._body
        hidden = self._plain_comments if data.find(b"%%", start, inner[-1][0]) >= 0 else []
        return filter(None, plain_links(data, start, inner, hidden))

    @lazy
    def _plain_comments(self) -> list[Zone]:
        """The comments as far as the last wikilink that the bytes alone tell."""
        return comments(self.source.data, self._plain.opaque, self._body) if self._plain else []

    @lazy
    def _plain(self) -> PlainLinks | None:
        return read_plain(self.source.data, self._body) if self._may_be_short("links") else None

    def _may_be_short(self, known: str) -> bool:
        """Whether to tell without the engine: not what it told, nor what the judge is asked."""
        return known not in vars(self) and not is_reference(self.engine)

    def _property_links(self) -> tuple[Link, ...]:
        place = self.front_matter
        if place is None or self.source.data.find(b"[[", *place.block) < 0:
            return ()
        return self.content.links

    def _body_links(self) -> list[Link]:
        data, start = self.source.data, self._body
        if all(data.find(sign, start) < 0 for sign in (b"[[", b"](", b"]:")):
            return []
        hidden = self.comments
        found = self._placed(self._wikilinks, hidden)
        for mark in markdown_links(data, self._marks.links, self._wikilinks):
            link = markdown_link(data, mark, _where(hidden, mark.start))
            if link is not None:
                found.append(link)
        found.sort(key=_start)
        return found

    def _placed(self, found: list[Candidate], hidden: list[Zone]) -> list[Link]:
        """The wikilinks as values."""
        data = self.source.data
        links = (wikilink(data, item, _where(hidden, item.span.start)) for item in found)
        return [link for link in links if link is not None]

    def in_table(self, offset: int) -> bool:
        """Whether the byte stands in a table, where a bar must be written `\\|`."""
        return any(start <= offset < end for start, end in self._marks.tables)

    @lazy
    def headings(self) -> tuple[Heading, ...]:
        """Every heading, in the order of the file."""
        data = self.source.data
        marks = read_headings(data, self._body) if self._may_be_short("_marks") else None
        if marks is None:
            marks = self._marks.headings
        return tuple(blocks.heading(data, *mark) for mark in marks)

    @lazy
    def blocks(self) -> tuple[Block, ...]:
        """Every block id."""
        if self.source.data.find(b"^", self._body) < 0:
            return ()
        return tuple(blocks.block_ids(self.source.data, self._body, self.opaque))

    @lazy
    def tags(self) -> tuple[Tag, ...]:
        """Every `#tag` of the body."""
        links = [(link.span.start, link.span.end) for link in self._body_links()]
        zones = merged([*self._marks.opaque, *links])
        return tuple(blocks.tags(self.source.data, self._body, zones))

    @lazy
    def fences(self) -> tuple[Fence, ...]:
        """Every fenced code block, those in comments included."""
        return tuple(
            read_fence(self.source.data, mark, self.comments) for mark in self._marks.fences
        )

    @lazy
    def math(self) -> tuple[Math, ...]:
        """Every formula."""
        data = self.source.data
        return tuple(
            Math(
                data[start + 1 + display : end - 1 - display].decode("utf-8", "replace"),
                display,
                Span(start, end),
            )
            for start, end, display in beginning_outside(self._marks.math, self._wiki_zones)
        )


def _start(link: Link) -> int:
    return link.span.start


def _where(hidden: list[Zone], offset: int) -> Where:
    return "comment" if hidden and within(hidden, offset) else "body"


def read_note(source: Source, engine: Engine | None = None) -> Note:
    """The note that a file's bytes are; nothing is parsed before it is asked for."""
    return Note(source, engine or present_engine())
