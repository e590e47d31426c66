"""The names, titles and aliases of a vault's notes in the forms that repairs compare."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property

from vaultkit.names import Step, fold, link_key
from vaultkit.note import Note
from vaultkit.vault import Vault

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
    return next((note.values[key] for key in keys if key in note.values), None)


class NameForms:
    """Which notes have which form; each map is built once, when it is first asked for."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._names: dict[Step, Forms] = {}
        self._titles: dict[Step, Forms] = {}

    @property
    def paths(self) -> Iterable[str]:
        """Every note's path, sorted."""
        return self._vault.notes

    def named(self, text: str, step: Step) -> Paths:
        """The notes whose file name has the same form as `text`."""
        forms = self._names.get(step)
        if forms is None:
            forms = self._names[step] = _group(
                (fold(stem(path), step), path) for path in self._vault.notes
            )
        key = fold(text, step)
        return forms.get(key, ()) if key else ()

    def titled(self, text: str, step: Step) -> Paths:
        """The notes whose title has the same form as `text`."""
        forms = self._titles.get(step)
        if forms is None:
            forms = self._titles[step] = _group(
                (fold(title, step), path) for path, title in self._titles_of.items()
            )
        key = fold(text, step)
        return forms.get(key, ()) if key else ()

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
    def _titles_of(self) -> dict[str, str]:
        found = ((path, title_of(note)) for path, note in self._vault.notes.items())
        return {path: title for path, title in found if title is not None}

    @cached_property
    def _exact_titles(self) -> Forms:
        return _group((_exact(title), path) for path, title in self._titles_of.items())

    @cached_property
    def _aliases(self) -> Forms:
        return _group(
            (link_key(alias), path)
            for path, note in self._vault.notes.items()
            for alias in aliases_of(note)
        )

    @cached_property
    def folder_names(self) -> frozenset[str]:
        """The key of every folder's name in the vault."""
        return frozenset(
            link_key(part) for path in self._vault.files for part in path.split("/")[:-1]
        )


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
