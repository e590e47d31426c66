"""The answer of an earlier run, as far as it still holds."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit import __version__
from vaultkit.cli.locate import Place
from vaultkit.vault.cache import Sign, cache_file, recall, remember, sign_of
from vaultkit.vault.scan import Listing, Unreadable, list_files, read_file
from vaultkit.vault.settings import Settings, read_settings

if TYPE_CHECKING:
    from vaultkit.lint.memory import Memory
    from vaultkit.repair.forms import Titles
    from vaultkit.vault import Vault

_VERSION = 1
# Rewriting what is remembered costs more than looking at this many changed files again.
_FEW = 16
_ENGINES = ("pyromark", "yaml")


class Now(NamedTuple):
    """The vault's files as they are, everything else as a key, and the moment of the look."""

    file: Path | None
    key: str
    listing: Listing
    settings: Settings
    signs: Mapping[str, Sign | None]
    seen: int
    day: date


def now(place: Place, choice: Iterable[str]) -> Now:
    """Look at the vault's files without reading them.

    choice: what the person asked for, as it was written.
    """
    seen, day = time.time_ns(), date.today()
    settings = read_settings(place.root)
    listing = list_files(place.root, frozenset({place.config.backup}))
    read = [
        path for path in listing.files if path[-7:].lower().endswith((".md", ".canvas", ".base"))
    ]
    key = _key(place, listing, settings, choice)
    signs = sign_of(place.root, read)
    return Now(cache_file(place.root, "lint"), key, listing, settings, signs, seen, day)


def _key(place: Place, listing: Listing, settings: Settings, choice: Iterable[str]) -> str:
    """A digest of everything but the notes' text on which an answer depends."""
    told = hashlib.sha256()
    # Where the settings were found, and how the vault was named, changes no finding.
    config = replace(place.config, file=None, vault=None)
    for part in (*choice, repr(config), repr(settings), *_parts(listing)):
        told.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return told.hexdigest()


def _parts(listing: Listing) -> Iterator[str]:
    yield f"{_VERSION} {__version__} {sys.version_info[:2]}"
    yield from listing.files
    yield from sorted(listing.linked)
    yield from (f"{item.path} {item.reason}" for item in listing.unreadable)
    yield from _tool()


def _tool() -> Iterator[str]:
    """vaultkit's own code and the parsers it stands on, by size and time of their files."""
    places = [Path(__file__).parent.parent]
    for name in _ENGINES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            places.append(Path(spec.origin).parent)
    for folder in places:
        for base, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                found = Path(base, name).stat()
                yield f"{name} {found.st_size} {found.st_mtime_ns}"


def remembered(place: Place, here: Now) -> Memory | None:
    """The answer that holds for the vault as it is, or None where it takes a run in full."""
    value = recall(here.file)
    if value is None or value.get("key") != here.key:
        return None
    from vaultkit.lint.memory import decoded

    try:
        memory = decoded(value["memory"])
        signs = value["signs"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    changed = _changed(place.root, here, memory, signs)
    if changed is None or not _holds_still(memory, here, value.get("day")):
        return None
    if not changed:
        return memory
    made = _carried(place, here, memory, changed)
    if made is not None and len(changed) > _FEW:
        keep(here, made)
    return made


def _changed(
    root: Path, here: Now, memory: Memory, signs: Mapping[str, Any]
) -> dict[str, bytes] | None:
    """The files whose bytes are others now; None where one can be read that could not, or the
    reverse."""
    changed: dict[str, bytes] = {}
    doubtful = 0
    for path, sign in here.signs.items():
        old = signs.get(path)
        if sign is not None and old is not None and list(sign) == old:
            continue
        doubtful += 1
        data = read_file(root, path, here.listing.linked)
        if isinstance(data, Unreadable):
            if memory.unread.get(path) != data.reason:
                return None
            continue
        if path not in memory.digests:
            return None
        if hashlib.sha256(data).hexdigest()[:32] != memory.digests[path][0]:
            changed[path] = data
    if doubtful > _FEW and not changed:
        keep(here, memory)
    return changed


def _holds_still(memory: Memory, here: Now, day: str | None) -> bool:
    """Whether an answer that depends on the day, or on what is installed, is still the same."""
    if day is not None and day != here.day.isoformat():
        return False
    if not memory.asked:
        return True
    from vaultkit.lint.view import installed

    return all(installed(name) == version for name, version in memory.asked.items())


def _carried(
    place: Place, here: Now, memory: Memory, changed: Mapping[str, bytes]
) -> Memory | None:
    from vaultkit.lint.memory import affected, carried
    from vaultkit.lint.rule import all_rules
    from vaultkit.lint.run import Run
    from vaultkit.vault.lazy import lazy_vault

    only = affected(memory, changed)
    if only is None:
        return None
    vault = lazy_vault(place.root, here.listing, here.settings, changed)
    titles = partial(_titles, place, here, memory, vault)
    rules = [all_rules()[name] for name in memory.rules]
    run = Run(vault, rules, place.config, here.day, only, memory.leaned, titles)
    try:
        return carried(memory, run, changed)
    except OSError:
        return None


def _titles(place: Place, here: Now, memory: Memory, vault: Vault) -> Titles:
    """What front matter calls the notes: to read it in all of them costs as much as a run.

    Raises OSError for front matter that is not what the memory is about.
    """
    from vaultkit.lint.memory import front_of, fronts_of
    from vaultkit.repair.forms import Titles, titles_of

    file, key = cache_file(place.root, "titles"), f"{here.key} {fronts_of(memory)}"
    value = recall(file)
    if value is not None and value.get("key") == key:
        aliases = {path: (*others,) for path, others in value["aliases"].items()}
        return Titles(value["titles"], aliases)
    titles = titles_of(vault.notes.items())
    for path, note in vault.notes.items():
        if front_of(note) != memory.digests[path][1]:
            raise OSError(f"{path} has changed meanwhile")
    remember(file, {"key": key, **titles._asdict()})
    return titles


def saw_the_same(here: Now, vault: Vault) -> bool:
    """Whether a run read the vault as it was looked at: files may come and go in between."""
    listing = here.listing
    return (
        vault.files == listing.files
        and vault.linked == listing.linked
        and vault.settings == here.settings
        and set(listing.unreadable) <= set(vault.unreadable)
    )


def keep(here: Now, memory: Memory) -> None:
    """Remember an answer for the next run."""
    from vaultkit.lint.memory import encoded
    from vaultkit.lint.table import TABLE

    sure = {
        path: sign if sign is not None and sign.is_sure(here.seen) else None
        for path, sign in here.signs.items()
        if path in memory.digests
    }
    dated = any(TABLE[name].dated for name in memory.rules)
    day = here.day.isoformat() if dated else None
    value = {"key": here.key, "day": day, "signs": sure, "memory": encoded(memory)}
    remember(here.file, value)
