"""What one run of `lint` leaves for the next: its answer, and what the answer depends on.

An answer holds as long as the files, the settings and the choice of rules are the same. When some
notes have changed and others' findings cannot depend on that, only what can is found again, which
is `carry.py`'s part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from vaultkit.lint.leaves import Kept, Leaves, Tally, recalled

if TYPE_CHECKING:
    from vaultkit.lint.run import Run
    from vaultkit.note import Note
    from vaultkit.vault import Vault

DIGEST = 16
NONE = b"\0" * DIGEST


class Digests(NamedTuple):
    """What tells the files from any others, DIGEST bytes for each, in the order of the files.

    whole:  of their bytes; NONE for a file that could not be read.
    fronts: of their front matter.
    """

    whole: bytes
    fronts: bytes

    def replaced(self, changed: Mapping[int, tuple[bytes, bytes]]) -> Digests:
        """With others for some files, named by their numbers."""
        parts = bytearray(self.whole), bytearray(self.fronts)
        for number, digests in changed.items():
            for part, digest in zip(parts, digests, strict=True):
                part[number * DIGEST : (number + 1) * DIGEST] = digest
        return Digests(*map(bytes, parts))


Value = TypeVar("Value")


class Once(Generic[Value]):
    """A value that is made when it is first asked for."""

    def __init__(self, made: Callable[[], Value]) -> None:
        self._made = made

    @cached_property
    def value(self) -> Value:
        """The value."""
        return self._made()


class Memory(NamedTuple):
    """The answer of a run in full.

    notes:    how many there were.
    rules:    the names of those that ran.
    digests:  of the files that were read.
    findings: in the order of the answer.
    leaned:   rule -> notes on whose text its findings elsewhere depend.
    links:    note -> the files, sorted, with a link to a heading or block of it.
    unread:   file -> why it could not be read.
    quiet:    the notes that may keep quiet about a finding.
    asked:    package -> the version that was installed.
    carries:  whether findings in unchanged files can outlive a change elsewhere.
    kept:     the findings as they are remembered, where they are.
    """

    notes: int
    rules: tuple[str, ...]
    digests: Digests
    findings: Leaves
    leaned: Mapping[str, frozenset[str]]
    links: Once[Mapping[str, Iterable[str]]]
    unread: Mapping[str, str]
    quiet: frozenset[str]
    asked: Mapping[str, str]
    carries: bool
    kept: Once[Kept] | None = None


def digest(data: bytes) -> bytes:
    """What tells bytes from any other."""
    return hashlib.sha256(data).digest()[:DIGEST]


def digests_of(data: bytes, note: Note | None) -> tuple[bytes, bytes]:
    """What tells a file's bytes, and a note's front matter, from any other."""
    return digest(data), front_of(note)


def front_of(note: Note | None) -> bytes:
    """What tells a note's front matter from any other."""
    place = note.front_matter if note is not None else None
    return digest(note.source.data[: place.span.end]) if note and place else NONE


def memory_of(run: Run, findings: Leaves, files: Iterable[str]) -> Memory:
    """What a run over a whole vault, which found these, leaves.

    files: those that are read, in the order in which their digests are kept.
    """
    vault = run.view.vault
    rules = run.choice.rules
    whole, fronts = bytearray(), bytearray()
    for path in files:
        note = vault.notes.get(path)
        page = note if note is not None else vault.boards.get(path)
        pair = (NONE, NONE) if page is None else digests_of(page.source.data, note)
        whole += pair[0]
        fronts += pair[1]
    return Memory(
        len(vault.notes),
        tuple(rule.name for rule in rules),
        Digests(bytes(whole), bytes(fronts)),
        findings,
        {rule.name: run.leaned_on(rule.name) for rule in rules if rule.leans},
        Once(lambda: anchored(vault, vault.notes)),
        {str(item.path): item.reason for item in vault.unreadable},
        frozenset(quiet(vault, vault.notes)),
        run.view.asked,
        all(rule.scope != "vault" for rule in rules),
    )


def quiet(vault: Vault, paths: Iterable[str]) -> Iterator[str]:
    """The notes among some whose comments may say that a finding does not count."""
    from vaultkit.lint.suppression import DIRECTIVE

    notes = vault.notes
    return (path for path in paths if path in notes and DIRECTIVE in notes[path].source.data)


def anchored(vault: Vault, paths: Iterable[str]) -> dict[str, Iterable[str]]:
    """Which of the files link to a heading or block of which notes."""
    from vaultkit.vault import Found

    found: dict[str, dict[str, None]] = {}
    for path, page in vault.pages_of(frozenset(paths)):
        for link in page.internal_links:
            if link.fragment is not None:
                meant = vault.resolve(link.target, path)
                if isinstance(meant, Found):
                    found.setdefault(meant.path, {})[path] = None
    return {target: tuple(sources) for target, sources in found.items()}


def encoded(memory: Memory) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The memory as plain JSON values, and what is read later, if at all, as parts of bytes."""
    leaves = memory.findings.leaves
    kept = [leaf.kept for leaf in leaves]
    shown = [leaf.shown or b"" for leaf in leaves]
    table = [
        (leaf.path, leaf.tallies, len(one), len(other))
        for leaf, one, other in zip(leaves, kept, shown, strict=True)
    ]
    value = {
        "notes": memory.notes,
        "rules": memory.rules,
        "tallies": memory.findings.tallies,
        "leaned": {name: sorted(paths) for name, paths in memory.leaned.items()},
        "unread": memory.unread,
        "quiet": sorted(memory.quiet),
        "asked": memory.asked,
        "carries": memory.carries,
    }
    parts = {
        "whole": memory.digests.whole,
        "fronts": memory.digests.fronts,
        "links": json.dumps(memory.links.value, separators=(",", ":")).encode(),
        "table": json.dumps(table, separators=(",", ":")).encode(),
        "found": b"".join(kept),
        "shown": b"".join(shown),
    }
    return value, parts


def decoded(value: Mapping[str, Any], parts: Mapping[str, bytes], shown: bool) -> Memory:
    """The memory from what `encoded` made of it.

    shown: whether what the findings looked like is wanted.
    """
    text = parts["shown"] if shown else b""
    kept = Once(lambda: Kept(json.loads(parts["table"]), parts["found"], text))
    return Memory(
        value["notes"],
        tuple(value["rules"]),
        Digests(parts["whole"], parts["fronts"]),
        recalled(lambda: kept.value, tuple(Tally(*row) for row in value["tallies"]), text),
        {name: frozenset(paths) for name, paths in value["leaned"].items()},
        Once(lambda: json.loads(parts["links"])),
        value["unread"],
        frozenset(value["quiet"]),
        value["asked"],
        value["carries"],
        kept,
    )
