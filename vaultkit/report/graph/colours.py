"""Colours for groups and relations: told apart by people who see few colours, on white and black.

The eight of Okabe and Ito (2008) without black, in an order that sets neighbours far apart, and
four more for large vaults.
"""

from __future__ import annotations

COMMUNITIES = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00",
    "#b8a800", "#7a5cc4", "#8c6d46", "#3f9c9c", "#c44e64", "#6f8f2f",
)  # fmt: skip
OTHER = "#8a8f98"
RELATIONS = {
    "parents": "#d55e00",
    "children": "#0072b2",
    "variants": "#0072b2",
    "applications": "#009e73",
    "uses": "#8c6d46",
    "adjacent": "#cc79a7",
    "related": "#7a5cc4",
}


def community_colour(number: int | None) -> str:
    """A community's colour; beyond the twelve largest, and outside of all, grey."""
    return COMMUNITIES[number] if number is not None and number < len(COMMUNITIES) else OTHER


def relation_colour(name: str, known: list[str]) -> str:
    """A relation's colour: its own, or one by its place among those without."""
    if name in RELATIONS:
        return RELATIONS[name]
    others = [other for other in known if other not in RELATIONS and other != "link"]
    return COMMUNITIES[others.index(name) % len(COMMUNITIES)] if name in others else OTHER


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
