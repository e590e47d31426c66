"""What a relation is, and which relation a label names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from vaultkit.graph import labels

PLAIN = "link"
Direction = Literal["up", "down", ""]

_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")
_NUMBER = re.compile(r"\A\d+(?:\.\d+)*[.)]\s+")
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*\Z")
_CLOSING = re.compile(r"[\s*_:：]+\Z")
_BLANKS = re.compile(r"[\s_-]+")


class Relation(NamedTuple):
    """One way in which a note may name another.

    labels:    what people write for it; one that ends with `*` stands for all that begin so.
    inverse:   the relations of which the other note should name one in return; none where
               nothing is expected.
    direction: "up" when the other note is broader, "down" when it is narrower, "" when neither.
    """

    name: str
    labels: tuple[str, ...]
    inverse: tuple[str, ...] = ()
    direction: Direction = ""


DEFAULTS = (
    Relation("parents", labels.PARENTS, ("variants", "children"), "up"),
    Relation("children", labels.CHILDREN, ("parents",), "down"),
    Relation("variants", labels.VARIANTS, ("parents",), "down"),
    Relation("applications", labels.APPLICATIONS, ("uses",)),
    Relation("uses", labels.USES, ("applications",)),
    Relation("adjacent", labels.ADJACENT, ("adjacent",)),
    Relation("related", labels.RELATED),
    Relation("next", labels.NEXT, ("previous",)),
    Relation("previous", labels.PREVIOUS, ("next",)),
)


@lru_cache(maxsize=8192)
# Notes of one kind have the same headings and labels.
@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """The form in which labels are compared.

    NFC, case folded, without emphasis, numbering, signs around it or a remark in brackets at
    the end; `_` and `-` count as blanks: `**1. See_also (more)**:` is "see also".
    """
    text = unicodedata.normalize("NFC", text).casefold()
    text = _NUMBER.sub("", _ASIDE.sub("", _CLOSING.sub("", text)).lstrip("*_ \t"))
    return _BLANKS.sub(" ", _EDGES.sub("", text))


@dataclass(frozen=True)
class Relations:
    """The relations of a vault by name, and the sections that hold them.

    sections: headings under which alone labels count; empty for everywhere.
    """

    known: Mapping[str, Relation] = field(
        default_factory=lambda: {relation.name: relation for relation in DEFAULTS}
    )
    sections: tuple[str, ...] = ()
    _memo: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _names(self) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
        exact: dict[str, str] = {}
        openings: dict[str, str] = {}
        for relation in self.known.values():
            for label in (relation.name, *relation.labels):
                if label.endswith("*"):
                    openings.setdefault(label_key(label[:-1]) + " ", relation.name)
                else:
                    exact.setdefault(label_key(label), relation.name)
        return exact, tuple(sorted(openings.items(), key=lambda item: (-len(item[0]), item[0])))

    def named(self, label: str) -> str | None:
        """The relation that a label names, or None."""
        return self.of_key(label_key(label))

    def of_key(self, key: str) -> str | None:
        """The relation of a label in the form that `label_key` gives, or None."""
        if key in self._memo:
            return self._memo[key]
        exact, openings = self._names
        found = exact.get(key)
        if found is None:
            found = next((name for opening, name in openings if key.startswith(opening)), None)
        self._memo[key] = found
        return found

    @cached_property
    def graph_sections(self) -> frozenset[str]:
        """Keys of the headings that hold relations alone."""
        return frozenset(map(label_key, self.sections or labels.GRAPH_SECTIONS))

    def inverse_of(self, name: str) -> tuple[str, ...]:
        """The relations that answer one; empty where none is expected."""
        relation = self.known.get(name)
        return relation.inverse if relation else ()

    def direction_of(self, name: str) -> Direction:
        """Whether a relation leads to a broader or a narrower note."""
        relation = self.known.get(name)
        return relation.direction if relation else ""


def extended(base: Iterable[Relation], changes: Mapping[str, Relation]) -> dict[str, Relation]:
    """Relations with others added; a label that stands in two belongs to the later one."""
    taken = {label_key(label) for relation in changes.values() for label in relation.labels}
    result: dict[str, Relation] = {}
    for relation in base:
        kept = tuple(label for label in relation.labels if label_key(label) not in taken)
        result[relation.name] = relation._replace(labels=kept)
    for name, relation in changes.items():
        old = result.get(name)
        result[name] = relation._replace(labels=(*(old.labels if old else ()), *relation.labels))
    return result
