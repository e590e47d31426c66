"""The names, titles and aliases of a vault's notes in the forms that repairs compare."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from vaultkit.names import Step, fold, letters, link_key
from vaultkit.names.fold import fold_characters
from vaultkit.note import Note
from vaultkit.vault import Vault

_WORDS = re.compile(r"[^\W_]+")
_KEYS = re.compile(r"^[\w-]+:", re.MULTILINE)
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
# What a form deletes inside a word, so that it does not cut the word in two.
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc"))

Paths = tuple[str, ...]
Forms = dict[str, Paths]


def stem(path: str) -> str:
    """A note's name: the last part of its path without `.md`."""
    name = path[path.rfind("/") + 1 :]
    return name[:-3] if name[-3:].lower() == ".md" else name


def title_of(note: Note) -> str | None:
    """The `title` property, when it is a text that is not empty."""
    value = _property(note, b"title", ("title",))
    return value.strip() if isinstance(value, str) and value.strip() else None


def aliases_of(note: Note) -> tuple[str, ...]:
    """The `aliases` property (or its old name `alias`), a text or a list of texts."""
    value = _property(note, b"alias", ("aliases", "alias"))
    if isinstance(value, str):
        value = [item.strip() for item in value.split(",")]
    if not isinstance(value, list):
        return ()
    return tuple(item for item in value if isinstance(item, str) and item.strip())


def _property(note: Note, mark: bytes, keys: tuple[str, ...]) -> object:
    """A property by the first of several keys; YAML is loaded only where the bytes hint at it."""
    place = note.front_matter
    if place is None or note.source.data.find(mark, *place.block) < 0:
        return None
    values = note.values
    for key in keys:
        if key in values:
            return values[key]
    return None


def words(text: str) -> frozenset[str]:
    """The runs of letters and digits that any form of a name keeps, in one spelling."""
    if text.isascii():
        return frozenset(_ASCII_WORDS.findall(text.lower().replace("'", "")))
    return frozenset(_WORDS.findall(fold_characters(text).translate(_APOSTROPHES)))


class Titles(NamedTuple):
    """What front matter calls the notes: note -> its title, note -> its aliases."""

    titles: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]


def titles_of(notes: Iterable[tuple[str, Note]]) -> Titles:
    """The titles and aliases of some notes, in their order."""
    titles: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for path, note in notes:
        title, others = title_of(note), aliases_of(note)
        if title is not None:
            titles[path] = title
        if others:
            aliases[path] = others
    return Titles(titles, aliases)


class NameForms:
    """Which notes have which form.

    The maps go by what all forms of a name keep: a form is made only of names that have it.

    expected: the names that will be asked for, where they are known. Front matter that holds
    none of their words is then not loaded: loading the YAML of every note was half of `lint`.
    known: gives the titles and aliases of all notes, where they are known already.
    """

    def __init__(
        self,
        vault: Vault,
        expected: Iterable[str] | None = None,
        known: Callable[[], Titles] | None = None,
    ) -> None:
        self._vault = vault
        self._known = known
        self._expected = None if expected is None else _by_rarest(map(words, expected))

    @property
    def paths(self) -> Iterable[str]:
        """Every note's path, sorted."""
        return self._vault.notes

    def named(self, text: str, step: Step) -> Paths:
        """The notes whose file name has the same form as `text`."""
        key = fold(text, step)
        near = self._names.get(letters(text), ()) if key else ()
        return tuple(path for path in near if fold(stem(path), step) == key)

    def titled(self, text: str, step: Step) -> Paths:
        """The notes whose title has the same form as `text`."""
        key = fold(text, step)
        near = self._titles.get(letters(text), ()) if key else ()
        return tuple(path for path in near if fold(self._titles_of[path], step) == key)

    @cached_property
    def _names(self) -> Forms:
        return _group((letters(stem(path)), path) for path in self._vault.notes)

    @cached_property
    def _titles(self) -> Forms:
        return _group((letters(title), path) for path, title in self._titles_of.items())

    def titled_exactly(self, text: str) -> Paths:
        """The notes whose title is `text`, letter for letter."""
        return self._exact_titles.get(_exact(text), ())

    def title(self, path: str) -> str | None:
        """A note's title."""
        return self._titles_of.get(path)

    def aliased(self, text: str) -> Paths:
        """The notes that carry `text` as an alias, by Obsidian's equality."""
        return self._aliases.get(link_key(text), ())

    @cached_property
    def _hopeful(self) -> tuple[tuple[str, Note], ...]:
        """The notes whose front matter may hold an expected title or alias."""
        if self._expected is None:
            return tuple(self._vault.notes.items())
        return tuple(
            (path, note)
            for path, note in self._vault.notes.items()
            if _names_something(note) and self._is_expected(_block_words(note))
        )

    def _is_expected(self, held: frozenset[str]) -> bool:
        expected = self._expected or {}
        return any(parts <= held for word in held & expected.keys() for parts in expected[word])

    @cached_property
    def _told(self) -> Titles:
        return self._known() if self._known else titles_of(self._hopeful)

    @property
    def _titles_of(self) -> Mapping[str, str]:
        return self._told.titles

    @cached_property
    def _exact_titles(self) -> Forms:
        return _group((_exact(title), path) for path, title in self._titles_of.items())

    @cached_property
    def _aliases(self) -> Forms:
        return _group(
            (link_key(alias), path)
            for path, aliases in self._told.aliases.items()
            for alias in aliases
        )

    @cached_property
    def folder_names(self) -> frozenset[str]:
        """The key of every folder's name in the vault."""
        return frozenset(
            link_key(part) for path in self._vault.files for part in path.split("/")[:-1]
        )


def _by_rarest(names: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    """Names by the one of their words that the fewest of them have.

    By any word, as the longest, all the names with a common one lie together, and to look
    through them for each note took a time that grew with the square of a vault.
    """
    every = set(names)
    counts = Counter(chain.from_iterable(every))
    found: dict[str, list[frozenset[str]]] = {}
    for parts in every:
        rarest = min(parts, key=lambda word: (counts[word], word), default="")
        found.setdefault(rarest, []).append(parts)
    return found


def _names_something(note: Note) -> bool:
    place = note.front_matter
    data = note.source.data
    return place is not None and (
        data.find(b"title", *place.block) >= 0 or data.find(b"alias", *place.block) >= 0
    )


def _block_words(note: Note) -> frozenset[str]:
    """Every word of the front matter but its keys; an escape (`\\u00e9`) may hide any."""
    place = note.front_matter
    text = note.source.text(place.block) if place else ""
    if "|" not in text and ">" not in text:
        text = _KEYS.sub("", text)
    if "\\" in text:
        text += " " + " ".join(str(value) for value in note.values.values())
    return words(text)


def _exact(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _group(pairs: Iterable[tuple[str, str]]) -> Forms:
    forms: dict[str, list[str]] = {}
    for key, path in pairs:
        if key:
            paths = forms.setdefault(key, [])
            if path not in paths[-1:]:
                paths.append(path)
    return {key: tuple(sorted(set(paths))) for key, paths in forms.items()}
