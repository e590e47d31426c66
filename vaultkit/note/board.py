"""Canvas and base files: not notes, but links stand in them.

Canvas: JSON Canvas 1.0, the `text` of text nodes (Markdown) and the `file` of file nodes.
Base: the wikilinks, `link("…")` and `hasLink("…")` in a `.base` file's YAML strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vaultkit.note.markdown_link import is_external
from vaultkit.note.model import Link, Problem
from vaultkit.note.obsidian import read_note
from vaultkit.note.properties import YamlText
from vaultkit.note.strings import PlacedString, placed
from vaultkit.note.wikilink import candidates, read_inner
from vaultkit.note.yaml_core import yaml_nodes
from vaultkit.text import Source, Span

_CALL = re.compile(rb"""\b(?:link|hasLink)\(\s*(?:"([^"\r\n]+)"|'([^'\r\n]+)')""")


@dataclass(frozen=True, eq=False)
class Board:
    """A `.canvas` or `.base` file with the links in it."""

    source: Source

    @cached_property
    def _read(self) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
        read = _canvas_links if self.source.path.suffix.lower() == ".canvas" else _base_links
        try:
            links = sorted(read(self.source), key=lambda link: link.span)
        except (ValueError, RecursionError) as error:
            return (), (_problem(self.source, error),)
        return tuple(links), ()

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order of the file."""
        return self._read[0]

    @property
    def internal_links(self) -> Iterable[Link]:
        """The links that may lead to a file of the vault: all but those with a scheme."""
        return (link for link in self.links if not is_external(link, self.source.data))

    def internal_links_but(self, known: Mapping[bytes, bool]) -> Iterable[Link]:
        """The same; a board has few, and all are made."""
        return self.internal_links

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the file could not be read."""
        return self._read[1]


def _problem(source: Source, error: Exception) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        start = len(error.doc[: error.pos].encode("utf-8", "replace"))
        return Problem(f"not JSON: {error.msg}", Span(start, start))
    what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return Problem(what.splitlines()[0] if what else "cannot be read", Span(0, 0))


def _canvas_links(source: Source) -> Iterator[Link]:
    if not source.data.strip():
        return
    canvas = placed(source.data)
    nodes = canvas.get("nodes") if isinstance(canvas, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict):
            continue
        text, file, subpath = node.get("text"), node.get("file"), node.get("subpath")
        if isinstance(text, PlacedString):
            yield from _card_links(source, text)
        if isinstance(file, PlacedString) and file.value:
            fragment = subpath.value.lstrip("#") if isinstance(subpath, PlacedString) else None
            span = file.span
            yield Link("file", file.value, fragment or None, None, span, span, "canvas")


def _card_links(source: Source, text: PlacedString) -> Iterator[Link]:
    card = read_note(Source(source.name, text.value.encode("utf-8", "surrogatepass")))
    for link in card.links:
        yield link._replace(
            span=text.place(source.data, *link.span),
            target_span=text.place(source.data, *link.target_span),
            where="canvas",
        )


def _base_links(source: Source) -> Iterator[Link]:
    import yaml

    text = YamlText(source.data, Span(0, len(source.data)))
    try:
        root, _ = text.load()
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}".replace("\n", " ")) from error
    for node in yaml_nodes(root) if root is not None else ():
        if isinstance(node.value, str):
            single = getattr(node, "style", None) == "'"
            for link in _expression_links(source, text.node_span(node)):
                yield _unescaped(link) if single else link


def _unescaped(link: Link) -> Link:
    """A link of a YAML text in single quotes, where `''` is one quote."""
    return link._replace(
        target=link.target.replace("''", "'"),
        fragment=link.fragment and link.fragment.replace("''", "'"),
        display=link.display and link.display.replace("''", "'"),
    )


def _expression_links(source: Source, span: Span) -> Iterator[Link]:
    data = source.data
    taken: list[Any] = []
    for candidate in candidates(data, span.start):
        if candidate.span.end > span.end:
            break
        link = read_inner(data, candidate.inner, candidate.span, candidate.embed, "base")
        if link is not None:
            taken.append(link.span)
            yield link
    for match in _CALL.finditer(data, span.start, span.end):
        place = Span(*match.span(1 if match[1] else 2))
        if any(place.start <= other.start < place.end for other in taken):
            continue
        target, sharp, fragment = source.text(place).partition("#")
        cut = data.find(b"#", *place)
        end = cut if cut >= 0 else place.end
        yield Link(
            "file",
            target,
            fragment if sharp else None,
            None,
            place,
            Span(place.start, end),
            "base",
        )
