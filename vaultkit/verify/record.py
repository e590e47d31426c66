"""What a run earned each note, as stamps and the plan that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from vaultkit.note import Note
from vaultkit.plan.plan import Plan
from vaultkit.snippets.snippet import Snippet
from vaultkit.stamp import RANKS, Stamp, code_digest, read_stamp, stamp_plan
from vaultkit.verify.row import Row, Verification

# The ladder of declared functions: it says more than that a block ran.
_LADDER = ("diverges", "executed", "called", "agrees", "robust")


def earned(rows: Sequence[Row]) -> str | None:
    """The one word that a note's rows of one device earn; None where nothing ran.

    A failure anywhere is `failed`; else the lowest level of a declared function; else `passed`.
    """
    ran = [row for row in rows if row.verdict is not None or row.passed is False]
    if not ran:
        return None
    levels = [row.verdict for row in ran if row.verdict in _LADDER]
    if any(row.passed is False for row in ran):
        return "diverges" if "diverges" in levels else "failed"
    return min(levels, key=lambda level: RANKS[level or ""], default="passed")


def stamp_of(
    note: Note, rows: Sequence[Row], modules: Iterable[str], made: Verification, today: str
) -> Stamp | None:
    """A note's stamp; None where none of its blocks ran.

    Devices that are not there are recorded as `skipped`. The day is that of the first run
    with this result: running again does not change a note.
    """
    devices: dict[str, str] = {}
    for device in sorted({row.device for row in rows}):
        verdict = earned([row for row in rows if row.device == device])
        if verdict is not None:
            devices[device] = verdict
    if not devices:
        return None
    for device, present in made.environment["devices"].items():
        if device not in devices and not present:
            devices[device] = "skipped"
    packages: Mapping[str, str] = made.environment["packages"]
    with_ = {name: packages[name].partition("+")[0] for name in modules if name in packages}
    with_["python"] = made.environment["python"]
    ran = [verdict for verdict in devices.values() if verdict in RANKS]
    status = min(ran, key=lambda verdict: RANKS[verdict])
    stamp = Stamp(status, today, code_digest(note), with_, devices)
    before = read_stamp(note)
    return stamp._replace(on=before.on) if before and before._replace(on=today) == stamp else stamp


def record_plan(
    notes: Mapping[str, Note],
    made: Verification,
    collect: Callable[[Note], tuple[Snippet, ...]],
    today: str,
) -> Plan:
    """The plan that writes what a run earned into each note's front matter."""
    by_note: dict[str, list[Row]] = {}
    for row in made.rows:
        by_note.setdefault(row.note, []).append(row)
    writes = []
    for path, rows in sorted(by_note.items()):
        note = notes[path]
        modules = {name for one in collect(note) for name in one.names.modules}
        tops = sorted({name.partition(".")[0] for name in modules})
        stamp = stamp_of(note, rows, tops, made, today)
        write = stamp_plan(note, stamp) if stamp else None
        if write is not None:
            writes.append(write)
    count = len(writes)
    return Plan(f"record the verdicts of {count} note{'' if count == 1 else 's'}", tuple(writes))
