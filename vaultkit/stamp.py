"""The recorded verdict of a run: read from a note, compared with what it claims, written as a plan.

A stamp is four flat properties, so that Obsidian's property editor can show them:

    verification_status: robust
    verified_on: 2026-11-21
    verified_with: ["python 3.11.7", "torch 2.13.0", "code 1f0e…"]
    verified_devices: ["cpu robust"]

The code's digest is part of it: prose may change, the code may not without a new run.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultkit.note import Note
from vaultkit.plan.plan import Write
from vaultkit.text import Edit, Span

# What a verdict is worth; a word people write by hand counts as the least run that earns it.
RANKS: Mapping[str, int] = {
    "unverified": 0,
    "failed": 0,
    "diverges": 0,
    "executed": 1,
    "called": 2,
    "passed": 3,
    "verified": 3,
    "applied": 3,
    "agrees": 4,
    "robust": 5,
}
STATUS, WHEN, WITH, DEVICES = (
    "verification_status",
    "verified_on",
    "verified_with",
    "verified_devices",
)
_PYTHON = frozenset(("python", "py", "python3", "pycon"))
_VERSION = re.compile(r"(\d+)\.(\d+)")


class Stamp(NamedTuple):
    """What a run earned a note.

    status:  a word of RANKS, the lowest verdict of the run.
    on:      the day of the run, ISO 8601.
    code:    digest of the note's code as it ran, see `code_digest`.
    with_:   package -> version, the interpreter as `python`.
    devices: device -> verdict, or `skipped`.
    """

    status: str
    on: str
    code: str
    with_: Mapping[str, str]
    devices: Mapping[str, str]


def code_digest(note: Note) -> str:
    """Sixteen hexadecimal digits over the note's Python blocks, info strings included."""
    digest = hashlib.sha256()
    for fence in note.fences:
        if fence.language in _PYTHON and "comment" not in fence.container:
            for part in (fence.language, fence.attributes, fence.code):
                digest.update(part.encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()[:16]


def has_code(note: Note) -> bool:
    """Whether a note holds Python that a run would see."""
    return any(
        fence.language in _PYTHON and "comment" not in fence.container for fence in note.fences
    )


def read_stamp(note: Note) -> Stamp | None:
    """The stamp in a note's front matter, or None where no run is recorded."""
    values = note.values
    made_with = _pairs(values.get(WITH))
    devices = _pairs(values.get(DEVICES))
    code = made_with.pop("code", "")
    when = values.get(WHEN)
    if not code or not devices or not isinstance(when, str):
        return None
    ran = [verdict for verdict in devices.values() if verdict in RANKS]
    status = min(ran, key=lambda verdict: RANKS[verdict], default="unverified")
    return Stamp(status, when, code, made_with, devices)


def claimed(note: Note) -> str | None:
    """What `verification_status` claims, in lower case; None where the note has no such claim."""
    value = note.values.get(STATUS)
    return value.strip().lower() if isinstance(value, str) and value.strip() else None


def outgrown(stamp: Stamp, code: str, packages: Mapping[str, str]) -> tuple[str, ...]:
    """Why a stamp no longer speaks of the note: its code, or the major.minor of its packages.

    packages: the versions installed now; a package that is not there now is not compared.
    """
    reasons = ["the code has changed since"] if stamp.code != code else []
    for name, version in sorted(stamp.with_.items()):
        now = packages.get(name)
        if now is not None and _minor(now) != _minor(version):
            reasons.append(f"{name} was {version}, is {now}")
    return tuple(reasons)


def stamp_plan(note: Note, stamp: Stamp) -> Write | None:
    """The edits that record a stamp; None when the note says it already.

    Keys that are there keep their place, missing ones are put at the block's end. A note
    without front matter gets a block.
    """
    values = {
        STATUS: stamp.status,
        WHEN: stamp.on,
        WITH: _flow(
            [*(f"{name} {stamp.with_[name]}" for name in sorted(stamp.with_)), f"code {stamp.code}"]
        ),
        DEVICES: _flow(f"{name} {stamp.devices[name]}" for name in sorted(stamp.devices)),
    }
    place = note.front_matter
    data = note.source.data
    if place is None:
        start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        lines = "".join(f"{key}: {value}\n" for key, value in values.items())
        edits = [Edit(Span(start, start), f"---\n{lines}---\n\n".encode())]
    else:
        end = b"\r\n" if data[: place.block.start].endswith(b"\r\n") else b"\n"
        spans = {item.key: item for item in note.properties}
        edits, missing = [], []
        for key, value in values.items():
            item = spans.get(key)
            if item is None:
                missing.append(f"{key}: {value}".encode() + end)
                continue
            new = b" " + value.encode()
            span = Span(item.key_span.end + 1, max(item.value_span.end, item.key_span.end + 1))
            if data[span.start : span.end] != new:
                edits.append(Edit(span, new))
        if missing:
            edits.append(Edit(Span(place.block.end, place.block.end), b"".join(missing)))
    if not edits:
        return None
    return Write(note.source.path, note.source.digest, tuple(edits))


def _pairs(value: object) -> dict[str, str]:
    """`["cpu robust", "cuda skipped"]` as a mapping; what is not of that form is left out."""
    items = value if isinstance(value, list) else [value]
    words = [item.split(maxsplit=1) for item in items if isinstance(item, str)]
    return {pair[0]: pair[1].strip() for pair in words if len(pair) == 2}


def _flow(items: Iterable[str]) -> str:
    return "[" + ", ".join(json.dumps(item, ensure_ascii=False) for item in items) + "]"


def _minor(version: str) -> tuple[str, ...]:
    match = _VERSION.match(version)
    return match.groups() if match else (version,)
