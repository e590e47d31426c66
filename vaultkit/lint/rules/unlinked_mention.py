"""The name or an alias of a note, written without a link in a note that never links to it.

Off by default: whether a mention deserves a link is a matter of taste. Reported is the first
mention in a note's running text, as whole words and in the name's own letter case, of a name that
the vault never writes in small letters: words that are also ordinary ones (`Search`, `search`) are
seldom the note. A name of several words counts in any letter case in which some link to the note
shows it. Part of a longer name (`Memory Management` in `Memory Management Unit`) is none. Names
shorter than `min-length` characters, names that several notes share, numbers, and what an unnamed
note is called are not looked for.

The fix puts a link around the mention and keeps what is shown. It is unsafe: a word may mean
something else than the note of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from vaultkit.lint.finding import Fix
from vaultkit.lint.prose import prose
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Option, View
from vaultkit.names import link_key
from vaultkit.note import Note
from vaultkit.repair.forms import aliases_of, stem
from vaultkit.repair.write import link_name
from vaultkit.text import Edit, Span
from vaultkit.vault import Found

FAMILY = "links"
SEVERITY = "info"
DEFAULT = False
OPTIONS = (Option("min-length", 4, "The shortest name that is looked for, in characters"),)

_WORD = re.compile(r"[^\W_]+")
_JOINED_BEFORE = re.compile(r"[\w\-'’\u2010\u2011./@#]\Z")
_LONGER_NAME = re.compile(r" [A-Z]")
_UNNAMED = re.compile(r"untitled|무제|unbenannt|sans titre|sin título|无标题|無題", re.IGNORECASE)
_JOINED_AFTER = re.compile(r"[\w\-'’\u2010\u2011]|\.\w")


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    spelled = {
        normalize("NFC", name)
        for path, note in view.vault.notes.items()
        for name in (stem(path), *aliases_of(note))
    }
    names = _names(view, view.context.option("unlinked-mention", OPTIONS[0]))
    by_first: dict[str, list[str]] = {}
    for name in names:
        if (word := _WORD.search(name)) and word.start() == 0:
            by_first.setdefault(word[0], []).append(name)
    for same in by_first.values():
        same.sort(key=len, reverse=True)
    mentions = {
        path: list(_mentions(note, names, by_first)) for path, note in view.vault.notes.items()
    }
    ordinary = {
        text
        for items in mentions.values()
        for _, text, _ in items
        if text.islower() and text.isascii()
    }
    shown = _shown(view)
    for path, note in view.vault.notes.items():
        linked = {path, *_linked(view, path, note)}
        for span, text, target in mentions[path]:
            single = _WORD.fullmatch(text) is not None
            if text not in spelled and (single or (target, text) not in shown):
                continue
            small = text.lower()
            if small in ordinary and (single or (target, small) not in shown):
                continue
            if target not in linked:
                linked.add(target)
                name = stem(target)
                fix = _fix(view, note, span, text, target)
                what = f"`{text}` is a name of `{name}`, which is not linked here"
                yield Hit(path, span, what, (), fix)


def _linked(view: View, path: str, note: Note) -> Iterator[str]:
    for link in note.links:
        found = view.vault.resolve(link.target, path)
        if isinstance(found, Found):
            yield found.path


def _shown(view: View) -> set[tuple[str, str]]:
    """(note, text) for every text that some link to the note shows."""
    found: set[tuple[str, str]] = set()
    for path, note in view.vault.notes.items():
        for link in note.internal_links:
            if link.fragment is None:
                meant = view.vault.resolve(link.target, path)
                if isinstance(meant, Found):
                    found.add((meant.path, link.display or link.target))
    return found


def _names(view: View, least: int) -> Mapping[str, str]:
    """Folded name or alias -> the one note that has it."""
    owners: dict[str, set[str]] = {}
    for path, note in view.vault.notes.items():
        for name in (stem(path), *aliases_of(note)):
            key = link_key(name)
            if len(key) >= least and not key.isdigit() and not _UNNAMED.match(key):
                owners.setdefault(key, set()).add(path)
    return {key: next(iter(paths)) for key, paths in owners.items() if len(paths) == 1}


def _mentions(
    note: Note, names: Mapping[str, str], by_first: Mapping[str, list[str]]
) -> Iterator[tuple[Span, str, str]]:
    for start, text in prose(note):
        lower = text.lower()
        if len(lower) != len(text):
            continue
        end = 0
        for word in _WORD.finditer(lower):
            if word.start() < end:
                continue
            for name in by_first.get(word[0], ()):
                stop = word.start() + len(name)
                if (
                    lower.startswith(name, word.start())
                    and not _inside_word(lower, word, stop)
                    and not (text[word.start()].isupper() and _LONGER_NAME.match(text, stop))
                ):
                    shown = text[word.start() : stop]
                    first = start + len(text[: word.start()].encode())
                    yield Span(first, first + len(shown.encode())), shown, names[name]
                    end = stop
                    break


def _inside_word(text: str, word: re.Match[str], stop: int) -> bool:
    """Whether a letter, a hyphen, or a file's extension goes on where the name ends."""
    return _JOINED_BEFORE.search(text, max(word.start() - 1, 0), word.start()) is not None or (
        _JOINED_AFTER.match(text, stop) is not None
    )


def _fix(view: View, note: Note, span: Span, text: str, target: str) -> Fix | None:
    name = link_name(view.vault, target, note.source.name, text)
    if name is None or "|" in name:
        return None
    bar = "\\|" if note.in_table(span.start) else "|"
    inner = text if link_key(name) == link_key(text) else f"{name}{bar}{text}"
    return Fix(f"link to {stem(target)}", (Edit(span, f"[[{inner}]]".encode()),), "unsafe")


BAD = (
    Example(
        {"A.md": "About «Focal Loss», and Focal Loss again.\n", "Focal Loss.md": ""},
        {"A.md": "About [[Focal Loss]], and Focal Loss again.\n"},
    ),
    Example(
        {
            "A.md": "About «focal loss».\n",
            "B.md": "A [[Focal Loss|focal loss]].\n",
            "Focal Loss.md": "",
        },
        {"A.md": "About [[focal loss]].\n"},
        why="Another note calls it so.",
    ),
    Example(
        {"A.md": "A «RetinaNet loss».\n", "FL.md": "---\naliases: [RetinaNet loss]\n---\n"},
        {"A.md": "A [[FL|RetinaNet loss]].\n"},
    ),
    Example(
        {
            "A.md": "| Loss |\n|---|\n| the «RetinaNet loss» |\n",
            "FL.md": "---\naliases: [RetinaNet loss]\n---\n",
        },
        {"A.md": "| Loss |\n|---|\n| the [[FL\\|RetinaNet loss]] |\n"},
    ),
)
GOOD = (
    Example({"A.md": "[[Focal Loss]], and focal loss again.\n", "Focal Loss.md": ""}),
    Example({"A.md": "`focal loss`, focal losses\n\n# Focal Loss\n", "Focal Loss.md": ""}),
    Example({"A.md": "An art.\n", "Art.md": ""}, why="Shorter than four characters."),
    Example({"A.md": "A focal loss.\n", "Focal Loss.md": ""}, why="No link calls it so."),
    Example({"A.md": "A Focal Loss Layer.\n", "Focal Loss.md": ""}, why="A longer name."),
    Example({"A.md": "It is called Untitled.\n", "Untitled.md": ""}, why="Nobody named it."),
    Example({"A.md": "Search it. A search.\n", "Search.md": ""}, why="An ordinary word."),
    Example({"A.md": "Text. ^code\n", "code.md": ""}, why="A block's id."),
)
