"""A note's `canonical_id` and `duplicate_of` that contradict each other or the notes they name.

In a vault that keeps duplicates, `canonical_id` is `self` in the note that counts and that
note's `id` in every copy, and `duplicate_of` names the note that a copy repeats. So a note that
is a duplicate is not its own canonical note; the note a `canonical_id` names is canonical
itself; and no note is a duplicate of itself, directly or in a circle. Notes without these
properties are not looked at, and an id that no note has is left to the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.note import Note

FAMILY = "front-matter"
SEVERITY = "error"
SCOPE = "front"
FRONT_MARKS = (b"canonical_id", b"duplicate_of")


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    keyed = [
        (path, note)
        for path, note in view.vault.notes.items()
        if note.front_matter is not None
        and any(mark in note.source.slice(note.front_matter.block) for mark in FRONT_MARKS)
    ]
    by_id = (
        {_text(note, "id"): note for _, note in view.vault.notes.items() if _text(note, "id")}
        if keyed
        else {}
    )
    for path, note in keyed:
        for key, what in _contradictions(note, by_id):
            item = property_of(note, key)
            if item is not None:
                yield Hit(path, item.span, what)


def _text(note: Note, key: str) -> str:
    value: Any = note.values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _contradictions(note: Note, by_id: Mapping[str, Note]) -> Iterator[tuple[str, str]]:
    own, canonical, twin = (_text(note, key) for key in ("id", "canonical_id", "duplicate_of"))
    if twin and twin == own:
        yield "duplicate_of", "a note cannot be a duplicate of itself"
    elif twin and _in_circle(own, by_id):
        yield "duplicate_of", "the notes called duplicates form a circle"
    elif twin and canonical and canonical in ("self", own):
        yield "canonical_id", f"a duplicate of `{twin}` cannot be canonical itself"
    elif twin and canonical and twin in by_id and canonical not in (twin, _root(twin, by_id)):
        yield "canonical_id", f"`{canonical}` is not what this note duplicates"
    elif canonical and canonical not in ("self", own) and canonical in by_id:
        other = _text(by_id[canonical], "canonical_id")
        if other and other not in ("self", canonical):
            yield "canonical_id", f"`{canonical}` is not canonical itself, `{other}` is"


def _in_circle(own: str, by_id: Mapping[str, Note]) -> bool:
    seen: set[str] = set()
    current = own
    while current and current not in seen:
        seen.add(current)
        current = _text(by_id[current], "duplicate_of") if current in by_id else ""
    return bool(own) and current == own


def _root(twin: str, by_id: Mapping[str, Note]) -> str:
    canonical = _text(by_id[twin], "canonical_id")
    return twin if canonical in ("", "self") else canonical


BAD = (
    Example(
        {
            "A.md": "---\nid: a\ncanonical_id: self\n---\n",
            "B.md": "---\nid: b\n«canonical_id: self»\nduplicate_of: a\n---\n",
        }
    ),
    Example(
        {
            "A.md": "---\nid: a\ncanonical_id: self\n---\n",
            "B.md": "---\nid: b\ncanonical_id: a\nduplicate_of: a\n---\n",
            "C.md": "---\nid: c\n«canonical_id: b»\n---\n",
        },
        why="The canonical note of a note must be canonical.",
    ),
    Example({"A.md": "---\nid: a\n«duplicate_of: a»\n---\n"}),
)
GOOD = (
    Example(
        {
            "A.md": "---\nid: a\ncanonical_id: self\nduplicate_of:\n---\n",
            "B.md": "---\nid: b\ncanonical_id: a\nduplicate_of: a\n---\n",
            "C.md": "---\nid: c\ncanonical_id: a\n---\n",
        }
    ),
)
