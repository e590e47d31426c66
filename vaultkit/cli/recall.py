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
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit import __version__
from vaultkit.cli.locate import Place
from vaultkit.report.findings import Style, leaf_text
from vaultkit.vault.cache import cache_file, packed, recall, remember, unpacked
from vaultkit.vault.scan import READ, Listing, Unreadable, list_files, read_file
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.signs import NONE, SIZE, Numbers, numbers_of, signs_of, sure

if TYPE_CHECKING:
    from vaultkit.lint.memory import Memory
    from vaultkit.repair.forms import Titles
    from vaultkit.vault import Vault

_VERSION = 2
# Rewriting what is remembered costs more than looking at this many changed files again.
_FEW = 16
_ENGINES = ("pyromark", "yaml")
# No rule and no form of the answer is made of these.
_APART = frozenset(("generate", "snippets", "verify", "__pycache__"))


class Now(NamedTuple):
    """The vault's files as they are, everything else as a key, and the moment of the look.

    read:  the files that hold links; signs: theirs, in the same order.
    style: how the findings will be printed, None where not as text.
    """

    file: Path | None
    key: str
    listing: Listing
    settings: Settings
    read: tuple[str, ...]
    signs: bytes
    seen: int
    day: date
    style: Style | None


def now(place: Place, choice: Iterable[str], style: Style | None = None) -> Now:
    """Look at the vault's files without reading them.

    choice: what the person asked for, as it was written.
    """
    seen, day = time.time_ns(), date.today()
    settings = read_settings(place.root)
    numbers: dict[str, Numbers] = {}

    def visit(path: str, entry: os.DirEntry[str]) -> None:
        if path[-7:].lower().endswith(READ):
            try:
                numbers[path] = numbers_of(entry.stat())
            except OSError:
                numbers[path] = NONE

    listing = list_files(place.root, frozenset({place.config.backup}), visit)
    read = tuple(sorted(numbers))
    key = _key(place, listing, settings, choice)
    file = cache_file(place.root, "lint")
    return Now(file, key, listing, settings, read, signs_of(read, numbers), seen, day, style)


def _key(place: Place, listing: Listing, settings: Settings, choice: Iterable[str]) -> str:
    """A digest of everything but the notes' text on which an answer depends."""
    # Where the settings were found, and how the vault was named, changes no finding.
    config = replace(place.config, file=None, vault=None)
    parts = (*choice, repr(config), repr(settings), *_parts(listing))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _parts(listing: Listing) -> Iterator[str]:
    yield f"{_VERSION} {__version__} {sys.version_info[:2]}"
    yield from listing.files
    yield from sorted(listing.linked)
    yield from (f"{item.path} {item.reason}" for item in listing.unreadable)
    yield from _tool()


def _tool() -> Iterator[str]:
    """vaultkit's own code and the parsers it stands on, by size and time of their files."""
    stack = [str(Path(__file__).parent.parent), *_engines()]
    while stack:
        folder = stack.pop()
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _APART:
                        stack.append(entry.path)
                elif entry.is_file():
                    found = entry.stat()
                    yield f"{entry.name} {found.st_size} {found.st_mtime_ns}"


def _engines() -> Iterator[str]:
    """The folders of the parsers; to import importlib.util would take longer than this."""
    for name in _ENGINES:
        found = (finder.find_spec(name, None) for finder in sys.meta_path)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and spec.origin:
            yield str(Path(spec.origin).parent)


def remembered(place: Place, here: Now) -> Memory | None:
    """The answer that holds for the vault as it is, or None where it takes a run in full."""
    parts = recall(here.file)
    if parts is None:
        return None
    try:
        value = unpacked(parts["head"])
        if value["key"] != here.key:
            return None
        from vaultkit.lint.memory import decoded

        shown = here.style is not None and value["style"] == [*here.style]
        memory = decoded(value, parts, shown)
        signs, day = parts["signs"], value["day"]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
    changed = {} if signs == here.signs else _changed(place.root, here, memory, signs)
    if changed is None or not _holds_still(memory, here, day):
        return None
    if not changed:
        return memory
    made = _carried(place, here, memory, changed)
    if made is not None and len(changed) > _FEW:
        keep(here, made)
    return made


class _Changed(NamedTuple):
    """A file's number among those that are read, and its new bytes."""

    number: int
    data: bytes


def _changed(root: Path, here: Now, memory: Memory, signs: bytes) -> dict[str, _Changed] | None:
    """The files whose bytes are others now; None where one can be read that could not, or the
    reverse."""
    from vaultkit.lint.memory import DIGEST, NONE, digest

    changed: dict[str, _Changed] = {}
    doubtful = 0
    for number, path in enumerate(here.read):
        place = slice(number * SIZE, (number + 1) * SIZE)
        if here.signs[place] == signs[place]:
            continue
        doubtful += 1
        data = read_file(root, path, here.listing.linked)
        if isinstance(data, Unreadable):
            if memory.unread.get(path) != data.reason:
                return None
            continue
        known = memory.digests.whole[number * DIGEST : (number + 1) * DIGEST]
        if known == NONE:
            return None
        if digest(data) != known:
            changed[path] = _Changed(number, data)
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
    place: Place, here: Now, memory: Memory, changed: Mapping[str, _Changed]
) -> Memory | None:
    from vaultkit.lint.carry import affected, carried
    from vaultkit.lint.rule import all_rules
    from vaultkit.lint.run import Run
    from vaultkit.vault.lazy import lazy_vault

    only = affected(memory, changed)
    if only is None:
        return None
    given = {path: item.data for path, item in changed.items()}
    vault = lazy_vault(place.root, here.listing, here.settings, given)
    titles = partial(_titles, place, here, memory, vault)
    rules = [all_rules()[name] for name in memory.rules]
    run = Run(vault, rules, place.config, here.day, only, memory.leaned, titles)
    try:
        return carried(memory, run, {path: item.number for path, item in changed.items()})
    except OSError:
        return None


def _titles(place: Place, here: Now, memory: Memory, vault: Vault) -> Titles:
    """What front matter calls the notes: to read it in all of them costs as much as a run.

    Raises OSError for front matter that is not what the memory is about.
    """
    from vaultkit.lint.memory import DIGEST, digest, front_of
    from vaultkit.repair.forms import Titles, titles_of

    fronts = memory.digests.fronts
    file, key = cache_file(place.root, "titles"), f"{here.key} {digest(fronts).hex()}"
    parts = recall(file)
    if parts is not None and parts.get("key") == key.encode():
        value = unpacked(parts["titles"])
        aliases = {path: (*others,) for path, others in value["aliases"].items()}
        return Titles(value["titles"], aliases)
    titles = titles_of(vault.notes.items())
    for number, path in enumerate(here.read):
        note = vault.notes.get(path)
        if front_of(note) != fronts[number * DIGEST : (number + 1) * DIGEST]:
            raise OSError(f"{path} has changed meanwhile")
    remember(file, {"key": key.encode(), "titles": packed(titles._asdict())})
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
    """Remember an answer for the next run, and how it will be printed."""
    from vaultkit.lint.memory import encoded
    from vaultkit.lint.table import TABLE

    if here.style is not None:
        for leaf in memory.findings.leaves:
            leaf_text(leaf, here.style)
    dated = any(TABLE[name].dated for name in memory.rules)
    value, parts = encoded(memory)
    value |= {"key": here.key, "style": here.style}
    value["day"] = here.day.isoformat() if dated else None
    unread = [number for number, path in enumerate(here.read) if path in memory.unread]
    signs = sure(here.signs, here.seen, unread)
    remember(here.file, {"head": packed(value), "signs": signs, **parts})
