"""A reader of DOT that takes what the grammar of Graphviz takes, and nothing else.

graphviz.org/doc/info/lang.html: a digraph of node, edge and attribute statements; ids are names,
numerals or quoted strings, in which a backslash escapes the quotation mark alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r'\s+|(?P<quoted>"(?:[^"\\]|\\.|\\\n)*")|(?P<name>[A-Za-z_\u0080-\U0010ffff]'
    r"[A-Za-z_0-9\u0080-\U0010ffff]*)|(?P<number>-?(?:\.\d+|\d+(?:\.\d*)?))|(?P<sign>->|[\[\]{};,=])"
)
Attributes = dict[str, str]


class Dot(NamedTuple):
    """A graph: what its nodes and edges are called, with their attributes."""

    nodes: dict[str, Attributes]
    edges: list[tuple[str, str, Attributes]]
    defaults: dict[str, Attributes]


def read_dot(text: str) -> Dot:
    """The digraph that a text describes; raises ValueError where it is no DOT."""
    return _Reader(text).graph()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise ValueError(f"no token: {text[place : place + 40]!r}")
            if match.lastgroup:
                self._tokens.append((match.lastgroup, match[0]))
            place = match.end()
        self._place = 0

    def graph(self) -> Dot:
        self._take("digraph")
        self._id()
        self._take("{")
        found = Dot({}, [], {})
        while not self._next("}"):
            self._statement(found)
            self._next(";")
        if self._place != len(self._tokens):
            raise ValueError("text after the graph")
        return found

    def _statement(self, found: Dot) -> None:
        kind, text = self._tokens[self._place]
        if kind == "name" and text in ("graph", "node", "edge"):
            self._place += 1
            found.defaults[text] = self._attributes()
            return
        source = self._id()
        if self._next("->"):
            target = self._id()
            found.edges.append((source, target, self._attributes()))
        else:
            if source in found.nodes:
                raise ValueError(f"{source} stands twice")
            found.nodes[source] = self._attributes()

    def _attributes(self) -> Attributes:
        self._take("[")
        found: Attributes = {}
        while not self._next("]"):
            name = self._id()
            self._take("=")
            found[name] = self._id()
            self._next(",")
        return found

    def _id(self) -> str:
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "sign" or text in ("graph", "node", "edge", "digraph", "subgraph", "strict"):
            raise ValueError(f"no id: {text}")
        if kind != "quoted":
            return text
        return re.sub(r"\\(.)", lambda match: match[1], text[1:-1])

    def _take(self, text: str) -> None:
        if not self._next(text):
            raise ValueError(f"{text} expected at {self._tokens[self._place : self._place + 3]}")

    def _next(self, text: str) -> bool:
        if self._place < len(self._tokens) and self._tokens[self._place][1] == text:
            self._place += 1
            return True
        return False
