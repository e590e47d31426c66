"""A note with code whose `verification_status` claims more than its last recorded run.

`vaultkit verify --record` writes what a run earned: `verified_on`, `verified_with` and
`verified_devices` beside the status. A status such as `verified`, `agrees` or `robust` without
such a record, or above it, is a claim that nobody has tested. Notes without Python code, and
words that claim nothing (`unverified`, `draft`), are left alone.

Nothing is fixed: run the code, or say less.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.stamp import RANKS, STATUS, claimed, has_code, read_stamp

FAMILY = "knowledge"
SEVERITY = "warning"
SCOPE = "file"
FRONT_MARKS = (b"verification_status",)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.notes():
        place = note.front_matter
        if place is None or note.source.data.find(STATUS.encode(), *place.block) < 0:
            continue
        status = claimed(note)
        rank = RANKS.get(status or "", 0)
        if rank == 0 or not has_code(note):
            continue
        stamp = read_stamp(note)
        item = property_of(note, STATUS)
        if item is None or (stamp is not None and rank <= RANKS[stamp.status]):
            continue
        earned = f"its last run earned `{stamp.status}`" if stamp else "no run is recorded"
        yield Hit(path, item.value_span, f"the status claims `{status}`, but {earned}")


_CODE = "\n```python\nprint(1)\n```\n"
_RUN = (
    'verified_on: 2026-01-02\nverified_with: ["python 3.12.1", "code 0123456789abcdef"]\n'
    'verified_devices: ["cpu agrees"]\n'
)
BAD = (
    Example({"A.md": "---\nverification_status: «verified»\n---\n" + _CODE}),
    Example(
        {"A.md": "---\nverification_status: «robust»\n" + _RUN + "---\n" + _CODE},
        why="The run earned `agrees`.",
    ),
)
GOOD = (
    Example({"A.md": "---\nverification_status: agrees\n" + _RUN + "---\n" + _CODE}),
    Example({"A.md": "---\nverification_status: unverified\n---\n" + _CODE}),
    Example({"A.md": "---\nverification_status: verified\n---\n\nNo code here.\n"}),
)
