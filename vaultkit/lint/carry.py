"""A remembered answer after a few notes have changed.

Only what can depend on them is found again: the changed notes themselves, and the files that link
to a place in them. Where front matter has changed, or one rule looks at whole notes wherever they
are, everything is found anew in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vaultkit.lint.finding import place_of
from vaultkit.lint.leaves import by_file, replaced
from vaultkit.lint.located import Located, locate
from vaultkit.lint.memory import Memory, Once, anchored, digests_of, quiet
from vaultkit.lint.rule import all_rules
from vaultkit.lint.run import Run
from vaultkit.lint.table import TABLE
from vaultkit.vault import Vault

# Beyond this many files a run in full is about as fast.
_MOST = 64


def affected(memory: Memory, changed: Iterable[str]) -> frozenset[str] | None:
    """The files in which something may be found now that was not, or the reverse.

    None where that may be any file.
    """
    wanted = set(changed)
    if not memory.carries or not all(path[-3:].lower() == ".md" for path in wanted):
        return None
    for path in tuple(wanted):
        wanted.update(memory.links.value.get(path, ()))
    return frozenset(wanted) if len(wanted) <= _MOST else None


def carried(memory: Memory, run: Run, changed: Mapping[str, int]) -> Memory | None:
    """The answer after some notes have changed, or None where it takes a run in full.

    run:     over the vault as it is now, that looks only at the files `affected` by the change.
    changed: note -> its number among the files with digests.
    """
    vault, only = run.view.vault, run.view.only
    assert only is not None
    digests = memory.digests.replaced(
        {
            number: digests_of(vault.notes[path].source.data, vault.notes[path])
            for path, number in changed.items()
        }
    )
    if digests.fronts != memory.digests.fronts:
        return None
    # A finding that was kept quiet about is not remembered, and may count now; or the reverse.
    if not only.isdisjoint(memory.quiet) or any(quiet(vault, changed)):
        return None
    for name in (name for name in memory.rules if TABLE[name].leans):
        now = all_rules()[name].leans_on(run.view)
        if only & (memory.leaned.get(name, frozenset()) | now):
            return None
    assert memory.kept is not None
    kept = memory.kept.value
    old = [
        item
        for leaf in kept.only(only)
        for item in leaf.found
        if TABLE[item.finding.rule].scope == "front"
    ]
    if not all(_stands_in_front(vault, item) for item in old):
        return None
    fresh = locate(vault, run.findings(("note", "file")))
    found = sorted((*old, *fresh), key=lambda item: place_of(item.finding))
    return memory._replace(
        digests=digests,
        findings=replaced(kept, memory.findings.tallies, only, by_file(found)),
        links=Once(lambda: _anchored(memory, vault, only)),
        kept=None,
        asked={**memory.asked, **run.view.asked},
    )


def _stands_in_front(vault: Vault, item: Located) -> bool:
    """Whether a finding stands in front matter, where no change of a note's text reaches it."""
    note = vault.notes.get(item.finding.path)
    end = note.front_matter.span.end if note and note.front_matter else 0
    return item.finding.span.end < end


def _anchored(memory: Memory, vault: Vault, only: frozenset[str]) -> Mapping[str, Iterable[str]]:
    left: dict[str, Iterable[str]] = {}
    for target, sources in memory.links.value.items():
        if kept := tuple(source for source in sources if source not in only):
            left[target] = kept
    for target, sources in anchored(vault, only).items():
        left[target] = tuple(sorted({*left.get(target, ()), *sources}))
    return left
