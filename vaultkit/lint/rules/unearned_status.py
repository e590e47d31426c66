"""A `verification_status` that no recorded run has earned.

`vaultkit verify --record` writes what a run of the note's code found: the verdict, the day, the
versions, and a digest of the code. A status written by hand, one above what the run found, and one
that outlived the code it was earned by say more than anybody has seen. Words that name no verdict,
and notes without Python code, are not looked at. Record a run, or write `unverified`.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Context
from vaultkit.note import Note
from vaultkit.stamp import RANKS, STATUS, claimed, code_digest, read_stamp

FAMILY = "knowledge"
SEVERITY = "warning"

# The digest of no block at all: SHA-256 of nothing.
_NO_CODE = "e3b0c44298fc1c14"


def check_note(note: Note, context: Context) -> Iterator[Hit]:
    """Every place the rule names."""
    if STATUS not in note.values:
        return
    claim = claimed(note)
    item = property_of(note, STATUS)
    if item is None or RANKS.get(claim or "", 0) == 0 or code_digest(note) == _NO_CODE:
        return
    stamp = read_stamp(note)
    what = ""
    if stamp is None:
        what = f"`{claim}` is earned by no recorded run"
    elif stamp.code != code_digest(note):
        what = f"the code has changed since the run of {stamp.on}"
    elif RANKS[claim or ""] > RANKS[stamp.status]:
        what = f"the run of {stamp.on} earned `{stamp.status}`, not `{claim}`"
    if what:
        yield Hit(str(note.source.path), item.span, what)


_CODE = "\n```python\nx = 1\n```\n"
_RUN = (
    'verified_on: 2026-01-31\nverified_with: ["code 52853696374e073e"]\n'
    'verified_devices: ["cpu passed"]\n'
)
BAD = (
    Example({"A.md": f"---\n«verification_status: verified»\n---\n{_CODE}"}),
    Example({"A.md": f"---\n«verification_status: robust»\n{_RUN}---\n{_CODE}"}),
    Example({"A.md": f"---\n«verification_status: passed»\n{_RUN}---\n{_CODE}{_CODE}"}),
)
GOOD = (
    Example({"A.md": f"---\nverification_status: passed\n{_RUN}---\n{_CODE}"}),
    Example({"A.md": f"---\nverification_status: unverified\n---\n{_CODE}"}),
    Example({"A.md": "---\nverification_status: verified\n---\n"}, why="Nothing to run."),
)
