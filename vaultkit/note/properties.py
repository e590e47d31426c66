"""The YAML block at the top of a note: its properties, their places, and the links in them.

The block is loaded by python-frontmatter's YAML handler on libyaml. Aliases share their
values, so a "billion laughs" block costs what its text costs; the walk below visits each
node once for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from vaultkit.note.model import Link, Problem, Property, Where
from vaultkit.note.plain_yaml import read_plain_yaml
from vaultkit.note.wikilink import WIKILINK, read_inner
from vaultkit.note.yaml_core import readable, span_loader, yaml_nodes
from vaultkit.text import Span

_WHOLE = re.compile(rb"\s*" + WIKILINK.pattern + rb"\s*")
# Deeper nesting is refused: libyaml's composer recurses in C and was seen to crash at 100,000.
_MAX_DEPTH = 64
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


_STEP = 1024


class UnquotedLink(NamedTuple):
    """`key: [[X]]` without quotes, which YAML reads as a list in a list: no link in Obsidian."""

    text: str
    span: Span


class YamlText:
    """A YAML text at an offset of a file: libyaml counts characters, we count bytes."""

    def __init__(self, data: bytes, span: Span) -> None:
        self.data = data
        self.span = span
        self._raw = data[span.start : span.end].decode("utf-8", "surrogateescape")
        self.text = readable(self._raw)
        self._ascii = self._raw.isascii()

    def load(self) -> tuple[Any, Any]:
        """The node graph and the value; raises yaml.YAMLError, ValueError or RecursionError."""
        from frontmatter.default_handlers import YAMLHandler

        if self._may_nest_deeply():
            self._check_depth()
        try:
            result: tuple[Any, Any] = YAMLHandler().load(self.text, Loader=span_loader())
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # Wrongly tagged values (`!!timestamp x`, `!!float`) end as such inside PyYAML.
            raise ValueError(f"a value does not fit its tag: {error}") from error
        return result

    def _may_nest_deeply(self) -> bool:
        """A bound from above: every level costs a bracket, an indicator, or an indent."""
        openers = sum(self.text.count(mark) for mark in ("[", "{", "- ", "-\t", "? ", "?\t"))
        indent = max(map(len, _INDENT.findall(self.text)), default=0)
        return openers + indent > _MAX_DEPTH

    def _check_depth(self) -> None:
        """Walk libyaml's event stream, which does not recurse."""
        import yaml

        depth = 0
        for event in yaml.parse(self.text, Loader=span_loader()):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    raise RecursionError
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def offset(self, index: int) -> int:
        """The byte offset in the file of a character of the text."""
        if self._ascii:
            return self.span.start + index
        step = index // _STEP
        return self._steps[step] + _size(self._raw[step * _STEP : index])

    @cached_property
    def _steps(self) -> list[int]:
        """The offset of every so manieth character, so that a place costs no walk from the top."""
        steps = [self.span.start]
        for first in range(0, len(self._raw), _STEP):
            steps.append(steps[-1] + _size(self._raw[first : first + _STEP]))
        return steps

    def node_span(self, node: Any) -> Span:
        """A node's place, without the blanks that libyaml counts to a plain or block value."""
        start, end = self.offset(node.start_mark.index), self.offset(node.end_mark.index)
        while end > start and self.data[end - 1] in b" \t\r\n":
            end -= 1
        return Span(start, end)


@dataclass(frozen=True, eq=False)
class FrontMatterContent:
    """What the YAML block at `block` holds; each part is made when it is first asked for."""

    data: bytes
    block: Span

    @cached_property
    def _text(self) -> YamlText:
        return YamlText(self.data, self.block)

    @cached_property
    def _loaded(self) -> tuple[Any, dict[Any, Any], tuple[Problem, ...]]:
        """The node graph, the value, and why there are none."""
        return _load(self._text)

    @cached_property
    def plain(self) -> Mapping[str, Any] | None:
        """The values of a block that can be read one way only, each key once; else None."""
        return read_plain_yaml(self.data[self.block.start : self.block.end])

    @cached_property
    def values(self) -> Mapping[Any, Any]:
        """Keys and values as YAML loads them; of a key that stands twice the last."""
        return MappingProxyType(self._loaded[1] if self.plain is None else self.plain)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the block does not load; then everything else is empty."""
        return self._loaded[2] if self.plain is None else ()

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Top-level keys in the order of the file; of a key that stands twice, both."""
        import yaml

        node, value, _ = self._loaded
        if node is None:
            return ()
        text = self._text
        return tuple(
            Property(
                key_node.value if isinstance(key_node, yaml.ScalarNode) else "?",
                value.get(key_node.value),
                text.node_span(key_node),
                text.node_span(value_node),
            )
            for key_node, value_node in node.value
        )

    @cached_property
    def _nodes(self) -> list[Any]:
        node = self._loaded[0]
        return [] if node is None else list(yaml_nodes(node))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Quoted values that are one whole wikilink."""
        return tuple(_links(self._text, self._nodes, "property"))

    @cached_property
    def unquoted(self) -> tuple[UnquotedLink, ...]:
        """Values that were meant as links."""
        return tuple(_unquoted(self._text, self._nodes))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _load(text: YamlText) -> tuple[Any, dict[Any, Any], tuple[Problem, ...]]:
    """Everything the YAML text holds; what does not load becomes a problem, never an error."""
    import yaml

    block = text.span
    try:
        node, value = text.load()
    except yaml.MarkedYAMLError as error:
        return None, {}, (_problem(text, error),)
    except RecursionError:
        return None, {}, (Problem("nested too deeply", block),)
    except (yaml.YAMLError, ValueError) as error:
        return None, {}, (Problem(f"{error}".splitlines()[0], block),)
    if node is None:
        return None, {}, ()
    if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
        kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
        problem = Problem(f"front matter is {kind}, not keys with values", block)
        return None, {}, (problem,)
    return node, value, ()


def _problem(text: YamlText, error: Any) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context or "not YAML"
    start = text.offset(min(mark.index, len(text.text))) if mark else text.span.start
    return Problem(said, Span(start, start))


def _links(text: YamlText, nodes: list[Any], where: Where) -> Iterator[Link]:
    for node in nodes:
        if not isinstance(node.value, str) or getattr(node, "style", None) not in ("'", '"'):
            continue
        span = text.node_span(node)
        inner = Span(span.start + 1, span.end - 1)
        match = _WHOLE.fullmatch(text.data, inner.start, inner.end)
        if match is None:
            continue
        link = read_inner(
            text.data,
            Span(*match.span(1)),
            Span(match.start(1) - 2, match.end(1) + 2),
            False,
            where,
        )
        if link is not None:
            yield _unescaped(link, node.value)


def _unescaped(link: Link, value: str) -> Link:
    """The link with its parts as YAML reads them: `''` is one quote, `\\u00e9` an é."""
    encoded = value.encode("utf-8", "replace")
    match = WIKILINK.search(encoded)
    if match is None:
        return link
    read = read_inner(encoded, Span(*match.span(1)), link.span, False, link.where)
    if read is None:
        return link
    return link._replace(target=read.target, fragment=read.fragment, display=read.display)


def _unquoted(text: YamlText, nodes: list[Any]) -> Iterator[UnquotedLink]:
    for node in nodes:
        if not _is_flow_list(node) or len(node.value) != 1 or not _is_flow_list(node.value[0]):
            continue
        inner = node.value[0]
        if not inner.value or any(not isinstance(item.value, str) for item in inner.value):
            continue
        span = text.node_span(node)
        markup = text.data[span.start : span.end]
        if markup.startswith(b"[[") and markup.endswith(b"]]") and b"\n" not in markup:
            yield UnquotedLink(markup[2:-2].decode("utf-8", "replace").strip(), span)


def _is_flow_list(node: Any) -> bool:
    return isinstance(node.value, list) and node.tag.endswith(":seq") and bool(node.flow_style)
