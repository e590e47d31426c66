"""Settings of the concept graph."""

from __future__ import annotations

from vaultkit.schema.keys import Key

# Limit -> what it counts, in the words of an offence.
GRAPH_LIMITS: dict[str, str] = {
    "most-no-incoming": "notes without incoming links",
    "most-isolated": "isolated notes",
    "most-dead-ends": "dead ends",
    "longest-dead-end": "notes in the longest dead end",
    "most-islands": "islands",
    "most-missing": "missing notes",
    "most-bridges": "bridges",
    "most-articulation-points": "articulation points",
    "most-cycles": "cycles in the hierarchy",
    "most-one-way": "relations without inverse",
}
DIRECTIONS = ("up", "down", "none")
GRAPH_KEYS = (
    Key("relations", "lists", "Relation -> the labels that name it, in any language."),
    Key("inverses", "lists", "Relation -> the relations that answer it; an empty list for none."),
    Key("directions", "choices", "Whether a relation leads up or down the hierarchy.", DIRECTIONS),
    Key("sections", "texts", "The headings under which alone labels name relations."),
    Key("category", "text", "The property that holds a note's category."),
    Key("status", "text", "The property that holds a note's status."),
    Key("verdict", "text", "The property that holds what was found out about a note."),
    *(Key(name, "whole", f"How many {what} pass.") for name, what in GRAPH_LIMITS.items()),
)
