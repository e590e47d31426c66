"""An alias that is another note's name, or another note's alias.

Obsidian's suggestions show both under one name, and which note a reader meant by it cannot be
told. Where a note has that very name, a link `[[alias]]` leads there and not to the note that
carries the alias.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import value_place
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.names import link_key
from vaultkit.repair.forms import aliases_of, stem

FAMILY = "notes"
SEVERITY = "warning"
SCOPE = "front"
FRONT_MARKS = (b"alias",)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    notes = view.vault.notes
    named: dict[str, list[str]] = {}
    aliased: dict[str, list[str]] = {}
    carried: list[tuple[str, str, tuple[str, ...]]] = []
    for path, note in notes.items():
        name = link_key(stem(path))
        named.setdefault(name, []).append(path)
        if aliases := aliases_of(note):
            carried.append((path, name, aliases))
            for key in {link_key(alias) for alias in aliases}:
                aliased.setdefault(key, []).append(path)
    for path, name, aliases in carried:
        for alias in dict.fromkeys(aliases):
            key = link_key(alias)
            if key == name:
                continue
            twins, what = named.get(key, []), "the name of"
            if not twins:
                twins = [other for other in aliased[key] if other != path]
                what = "also an alias of"
            if twins:
                place = value_place(notes[path], ("aliases", "alias"), alias)
                yield Hit(path, place, f"`{alias}` is {what} {twins[0]}")


BAD = (
    Example({"A.md": "---\naliases:\n  - «Loss»\n---\n", "Loss.md": "text\n"}),
    Example({"A.md": '---\naliases: [X, "«FL»"]\n---\n', "B.md": "---\naliases: [«fl»]\n---\n"}),
)
GOOD = (
    Example({"A.md": "---\naliases: [FL]\n---\n", "B.md": "---\naliases: [Focal]\n---\n"}),
    Example({"A.md": "---\naliases: [A]\n---\n", "b/A.md": ""}, why="Its own name."),
)
