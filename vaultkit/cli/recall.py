"""The answer of an earlier run, as far as it still holds."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit import __version__
from vaultkit.cli.locate import Place
from vaultkit.vault.cache import Sign, cache_file, recall, remember, sign_of
from vaultkit.vault.scan import Listing, Unreadable, list_files, read_file
from vaultkit.vault.settings import FILES as SETTINGS

if TYPE_CHECKING:
    from vaultkit.lint.memory import Memory
    from vaultkit.lint.rule import Rule

_VERSION = 1
# Rewriting what is remembered costs more than looking at this many changed files again.
_FEW = 16
_ENGINES = ("pyromark", "yaml")


class Now(NamedTuple):
    """The vault's files as they are, and the choice of rules, as a key."""

    file: Path | None
    key: str
    listing: Listing
    signs: Mapping[str, Sign | None]
    seen: int


def now(place: Place, choice: Iterable[str]) -> Now:
    """Look at the vault's files without reading them.

    choice: what the person asked for, as it was written.
    """
    seen = time.time_ns()
    listing = list_files(place.root, frozenset({place.config.backup}))
    read = [
        path for path in listing.files if path[-7:].lower().endswith((".md", ".canvas", ".base"))
    ]
    key = _key(place, listing, choice)
    return Now(cache_file(place.root, "lint"), key, listing, sign_of(place.root, read), seen)


def _key(place: Place, listing: Listing, choice: Iterable[str]) -> str:
    """A digest of everything but the notes' text on which an answer depends."""
    told = hashlib.sha256()
    for part in _parts(place, listing, choice):
        told.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return told.hexdigest()


def _parts(place: Place, listing: Listing, choice: Iterable[str]) -> Iterator[str]:
    yield f"{_VERSION} {__version__} {sys.version_info[:2]}"
    yield from choice
    settings = [place.root / ".obsidian" / name for name in SETTINGS]
    for file in (place.config.file, *settings):
        if file is not None:
            try:
                yield hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError:
                yield "none"
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


def remembered(place: Place, here: Now, rules: Iterable[Rule] | None = None) -> Memory | None:
    """The answer that holds for the vault as it is, or None where it takes a run in full."""
    value = recall(here.file)
    if value is None or value.get("key") != here.key:
        return None
    from vaultkit.lint.memory import decoded

    try:
        memory = decoded(value["memory"])
        signs = value["signs"]
    except (KeyError, TypeError, ValueError):
        return None
    changed = _changed(place.root, here, memory, signs)
    if changed is None or not _still_installed(memory, value.get("day", "")):
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
    """The files whose bytes are others now; None when one cannot be read."""
    changed: dict[str, bytes] = {}
    doubtful = 0
    for path, sign in here.signs.items():
        old = signs.get(path)
        if sign is not None and old is not None and list(sign) == old:
            continue
        doubtful += 1
        data = read_file(root, path, here.listing.linked)
        if isinstance(data, Unreadable):
            return None
        if hashlib.sha256(data).hexdigest()[:32] != memory.digests.get(path, ("",))[0]:
            changed[path] = data
    if doubtful > _FEW and not changed:
        keep(here, memory)
    return changed


def _still_installed(memory: Memory, day: str) -> bool:
    if day and day != date.today().isoformat():
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
    from vaultkit.vault.settings import read_settings

    only = affected(memory, changed)
    if only is None:
        return None
    vault = lazy_vault(place.root, here.listing, read_settings(place.root), changed)
    rules = [all_rules()[name] for name in memory.rules]
    run = Run(vault, rules, place.config, date.today(), only, memory.leaned)
    try:
        return carried(memory, run, changed)
    except OSError:
        return None


def keep(here: Now, memory: Memory) -> None:
    """Remember an answer for the next run."""
    from vaultkit.lint.memory import encoded

    sure = {
        path: sign if sign is not None and sign.is_sure(here.seen) else None
        for path, sign in here.signs.items()
    }
    day = date.today().isoformat() if "stale-note" in memory.rules else ""
    value = {"key": here.key, "day": day, "signs": sure, "memory": encoded(memory)}
    remember(here.file, value)
