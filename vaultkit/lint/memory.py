"""What one run of `lint` leaves for the next: its answer, and what the answer depends on.

An answer holds as long as the files, the settings and the choice of rules are the same. When some
notes have changed and others' findings cannot depend on that, only what can is found again: the
changed notes themselves, and the files that link to a place in them. Everything else is found anew
in full, and so is everything where one rule looks at whole notes wherever they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.lint.finding import place_of
from vaultkit.lint.located import Located, decode, encode, locate
from vaultkit.lint.rule import all_rules
from vaultkit.lint.table import TABLE

if TYPE_CHECKING:
    from vaultkit.lint.run import Run
    from vaultkit.note import Note
    from vaultkit.vault import Vault

# Beyond this many files a run in full is about as fast.
_MOST = 64


class Memory(NamedTuple):
    """The answer of a run in full.

    notes:    how many there were.
    rules:    the names of those that ran.
    digests:  file -> digest of its bytes, and of its front matter.
    findings: in the order of the answer.
    leaned:   rule -> notes on whose text its findings elsewhere depend.
    anchored: note -> the files with a link to a heading or block of it.
    unread:   file -> why it could not be read.
    quiet:    the notes that may keep quiet about a finding.
    asked:    package -> the version that was installed.
    carries:  whether findings in unchanged files can outlive a change elsewhere.
    """

    notes: int
    rules: tuple[str, ...]
    digests: Mapping[str, tuple[str, str]]
    findings: tuple[Located, ...]
    leaned: Mapping[str, frozenset[str]]
    anchored: Mapping[str, tuple[str, ...]]
    unread: Mapping[str, str]
    quiet: frozenset[str]
    asked: Mapping[str, str]
    carries: bool


def digests_of(data: bytes, note: Note | None) -> tuple[str, str]:
    """What tells a file's bytes, and a note's front matter, from any other."""
    return _digest(data), front_of(note)


def front_of(note: Note | None) -> str:
    """What tells a note's front matter from any other."""
    place = note.front_matter if note is not None else None
    return _digest(note.source.data[: place.span.end] if note and place else b"")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def memory_of(run: Run) -> Memory:
    """What a run over a whole vault leaves."""
    vault = run.view.vault
    findings = tuple(locate(vault, run.findings()))
    rules = run.choice.rules
    digests = {path: digests_of(note.source.data, note) for path, note in vault.notes.items()}
    for path, board in vault.boards.items():
        digests[path] = digests_of(board.source.data, None)
    return Memory(
        len(vault.notes),
        tuple(rule.name for rule in rules),
        digests,
        findings,
        {rule.name: run.leaned_on(rule.name) for rule in rules if rule.leans},
        _anchored(vault, vault.notes),
        {str(item.path): item.reason for item in vault.unreadable},
        frozenset(_quiet(vault, vault.notes)),
        run.view.asked,
        all(rule.scope != "vault" for rule in rules),
    )


def _quiet(vault: Vault, paths: Iterable[str]) -> Iterator[str]:
    """The notes among some whose comments may say that a finding does not count."""
    from vaultkit.lint.suppression import DIRECTIVE

    notes = vault.notes
    return (path for path in paths if path in notes and DIRECTIVE in notes[path].source.data)


def _anchored(vault: Vault, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
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


def carried(memory: Memory, run: Run, changed: Mapping[str, bytes]) -> Memory | None:
    """The answer after some notes have changed, or None where it takes a run in full.

    run:     over the vault as it is now, that looks only at the files `affected` by the change.
    changed: note -> its new bytes.
    """
    vault, only = run.view.vault, run.view.only
    assert only is not None
    digests = dict(memory.digests)
    for path, data in changed.items():
        digests[path] = digests_of(data, vault.notes[path])
        if digests[path][1] != memory.digests[path][1]:
            return None
    # A finding that was kept quiet about is not remembered, and may count now; or the reverse.
    if not only.isdisjoint(memory.quiet) or any(_quiet(vault, changed)):
        return None
    leaning = [name for name in memory.rules if TABLE[name].leans]
    for name in leaning:
        leans_on = all_rules()[name].leans_on
        now = frozenset(leans_on(run.view)) if leans_on else frozenset()
        if only & (memory.leaned.get(name, frozenset()) | now):
            return None
    kept = list(_kept(memory, vault, only))
    if None in kept:
        return None
    fresh = locate(vault, run.findings(("note", "file")))
    findings = sorted((*filter(None, kept), *fresh), key=lambda item: place_of(item.finding))
    anchored = {
        target: left
        for target, sources in memory.anchored.items()
        if (left := tuple(source for source in sources if source not in only))
    }
    for target, sources in _anchored(vault, only).items():
        anchored[target] = tuple(sorted({*anchored.get(target, ()), *sources}))
    return memory._replace(
        digests=digests,
        findings=tuple(findings),
        anchored=anchored,
        asked={**memory.asked, **run.view.asked},
    )


def fronts_of(memory: Memory) -> str:
    """What tells the front matter of all notes, and their paths, from any other."""
    told = "\0".join(f"{path}\0{front}" for path, (_, front) in sorted(memory.digests.items()))
    return _digest(told.encode("utf-8", "surrogateescape"))


def affected(memory: Memory, changed: Iterable[str]) -> frozenset[str] | None:
    """The files in which something may be found now that was not, or the reverse.

    None where that may be any file.
    """
    wanted = set(changed)
    if not memory.carries or not all(path[-3:].lower() == ".md" for path in wanted):
        return None
    for path in tuple(wanted):
        wanted.update(memory.anchored.get(path, ()))
    return frozenset(wanted) if len(wanted) <= _MOST else None


def _kept(memory: Memory, vault: Vault, only: frozenset[str]) -> Iterator[Located | None]:
    """The findings that a change cannot touch; None for one that it may.

    Of a file that is looked at again those of rules about front matter stay, when they stand in it.
    """
    for item in memory.findings:
        finding = item.finding
        if finding.path not in only:
            yield item
        elif TABLE[finding.rule].scope == "front":
            note = vault.notes.get(finding.path)
            end = note.front_matter.span.end if note and note.front_matter else 0
            yield item if finding.span.end < end else None


def encoded(memory: Memory) -> dict[str, Any]:
    """The memory as plain JSON values."""
    value: dict[str, Any] = memory._asdict()
    value["findings"] = [encode(item) for item in memory.findings]
    value["quiet"] = sorted(memory.quiet)
    value["leaned"] = {name: sorted(paths) for name, paths in memory.leaned.items()}
    return value


def decoded(value: Mapping[str, Any]) -> Memory:
    """The memory from the plain values that `encoded` made."""
    return Memory(
        value["notes"],
        tuple(value["rules"]),
        {path: (whole, front) for path, (whole, front) in value["digests"].items()},
        tuple(map(decode, value["findings"])),
        {name: frozenset(paths) for name, paths in value["leaned"].items()},
        {target: tuple(sources) for target, sources in value["anchored"].items()},
        value["unread"],
        frozenset(value["quiet"]),
        value["asked"],
        value["carries"],
    )
