"""A recorded verdict that is older than the note's code or its packages.

The stamp of `vaultkit verify --record` holds a digest of the note's Python blocks and the
versions they ran with. When the code changes, or a package moves to another major or minor
version, the stamp speaks of something else. Packages that are not installed are not compared.

Nothing is fixed: `vaultkit verify --record` runs the note again and renews the stamp.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.stamp import WITH, code_digest, outgrown, read_stamp

FAMILY = "knowledge"
SEVERITY = "info"
SCOPE = "file"
FRONT_MARKS = (b"verified_with",)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in view.notes():
        place = note.front_matter
        if place is None or note.source.data.find(WITH.encode(), *place.block) < 0:
            continue
        stamp = read_stamp(note)
        item = property_of(note, WITH)
        if stamp is None or item is None:
            continue
        installed = {name: view.installed(name) for name in stamp.with_ if name != "python"}
        now = {name: version for name, version in installed.items() if version}
        reasons = outgrown(stamp, code_digest(note), now)
        if reasons:
            yield Hit(path, item.value_span, f"the stamp is outgrown: {'; '.join(reasons)}")


_CODE = "\n```python\nprint(1)\n```\n"
BAD = (
    Example(
        {
            "A.md": "---\nverified_on: 2026-01-02\n"
            'verified_with: «["python 3.12.1", "code 0123456789abcdef"]»\n'
            'verified_devices: ["cpu passed"]\n---\n' + _CODE
        }
    ),
)
GOOD = (
    Example({"A.md": "---\nverification_status: unverified\n---\n" + _CODE}),
    Example(
        {
            "A.md": "---\nverified_on: 2026-01-02\n"
            'verified_with: ["python 3.12.1", "code 6763b095b65dc97f"]\n'
            'verified_devices: ["cpu passed"]\n---\n\nOther prose.\n' + _CODE
        }
    ),
)
