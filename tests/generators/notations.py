"""The ways in which a name is written otherwise and still means the same note."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple


class Kind(NamedTuple):
    """How a note of some name is filed, and how a link then misses it.

    file:   (name, number) -> the file's stem, and its title property if it has one.
    link:   (name, number) -> the name as the broken link has it.
    folded: whether the stem, not the title, is what matches.
    """

    file: Callable[[str, int], tuple[str, str | None]]
    link: Callable[[str, int], str]
    folded: bool = True


def _as_is(name: str, number: int) -> tuple[str, str | None]:
    return name, None


def _titled(name: str, number: int) -> tuple[str, str | None]:
    return f"id-{number:05}", name


def _joined_by(*joints: str) -> Callable[[str, int], str]:
    def link(name: str, number: int) -> str:
        words = name.split(" ")
        text = words[0]
        for index, word in enumerate(words[1:]):
            text += joints[(number + index) % len(joints)] + word
        return text

    return link


def _lower(link: Callable[[str, int], str]) -> Callable[[str, int], str]:
    return lambda name, number: link(name, number).lower()


def _first(mark: str) -> Callable[[str, int], str]:
    """The mark in the place of the first space."""
    return lambda name, number: name.replace(" ", mark, 1)


def _stem(change: Callable[[str], str]) -> Callable[[str, int], tuple[str, str | None]]:
    return lambda name, number: (change(name), None)


KINDS: tuple[Kind, ...] = (
    # Separators.
    Kind(_as_is, _lower(_joined_by("_"))),
    Kind(_as_is, _joined_by("-")),
    Kind(_as_is, _joined_by("_", "-")),
    Kind(_as_is, _joined_by("\u2011", "\u2010")),
    Kind(_as_is, _joined_by(" - ")),
    Kind(_stem(lambda name: name.replace(" ", "-").lower()), _joined_by(" ")),
    Kind(_stem(lambda name: name.replace(" ", "_")), _joined_by("-")),
    Kind(_stem(lambda name: name.replace(" ", " - ", 1)), _joined_by(" ")),
    # Soft punctuation and brackets.
    Kind(_as_is, _first(": ")),
    Kind(_as_is, _first(", ")),
    Kind(_as_is, _first(" – ")),
    Kind(_as_is, _first(" — ")),
    Kind(_as_is, lambda name, number: f"{name}?"),
    Kind(_as_is, lambda name, number: f"“{name}”"),
    Kind(_as_is, lambda name, number: f"「{name}」"),
    Kind(_as_is, lambda name, number: f'The "{name}"'.removeprefix("The ")),
    Kind(_stem(lambda name: name.replace(" ", " (", 1) + ")"), _joined_by(" ")),
    Kind(_stem(lambda name: name.replace(" ", "'s ", 1)), _first("s ")),
    Kind(_stem(lambda name: name.replace(" ", "'s ", 1)), _first("''s ")),
    Kind(_stem(lambda name: name.replace(" ", ".", 1)), _first(" ")),
    # Title, exact and folded.
    Kind(_titled, lambda name, number: name, folded=False),
    Kind(_titled, _joined_by("_"), folded=False),
    Kind(_titled, _lower(_joined_by("-")), folded=False),
    Kind(_titled, _first(": "), folded=False),
    # Characters no one sees.
    Kind(_as_is, _first("\u200b ")),
    Kind(_as_is, _first("  ")),
    Kind(_as_is, lambda name, number: name[:2] + "\u00ad" + name[2:]),
    Kind(_as_is, lambda name, number: unicodedata.normalize("NFD", name) + "\u2060"),
)
