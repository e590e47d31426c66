"""The runs a backup folder tells of; nothing here writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from vaultkit.errors import StoreError
from vaultkit.plan import journal, look
from vaultkit.plan.journal import Run
from vaultkit.plan.preflight import backup_folder

Status = Literal["applied", "undone", "cut off", "rolled back", "unreadable"]

_ID = re.compile(r"\d{8}T\d{6}Z-\d{3,}")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run, as `history` shows it.

    id:     as `undo` takes it; ids sort by time of run.
    when:   UTC, ISO 8601.
    status: applied; undone (by the run `undone_by`); cut off (never reached its end);
            rolled back (but files that had changed since were left as they were); unreadable.
    undoes: the run that this one took back.
    folder: where its originals are.
    paths:  the files it changed, by the names they had before.
    """

    id: str
    when: str
    command: str
    why: str
    status: Status
    folder: Path
    paths: tuple[PurePosixPath, ...] = ()
    undoes: str | None = None
    undone_by: str | None = None


def history(root: Path, *, backup: PurePosixPath | Path | None = None) -> tuple[RunRecord, ...]:
    """Every run of a vault that left a trace, oldest first."""
    root = root.resolve()
    folder = backup_folder(root, backup)
    records: list[RunRecord] = []
    undone: dict[str, str] = {}
    for place in reversed(run_folders(folder)):
        record = _record(root, place)
        if record is None:
            continue
        if record.status == "applied":
            if record.id in undone:
                record = replace(record, status="undone", undone_by=undone[record.id])
            elif record.undoes is not None:
                undone[record.undoes] = record.id
        records.append(record)
    return tuple(reversed(records))


def interrupted(root: Path, *, backup: PurePosixPath | Path | None = None) -> tuple[RunRecord, ...]:
    """The runs that never reached their end and wait for `recover`, oldest first.

    A run that is at work this moment shows here too: only the vault's lock tells the two apart.
    """
    root = root.resolve()
    found = []
    for place in run_folders(backup_folder(root, backup)):
        if not _ended(place) and (record := _record(root, place)) is not None:
            if record.status == "unreadable":
                raise StoreError(record.why, f"look into {place}, then move that folder away")
            found.append(record)
    return tuple(found)


def run_folders(backup: Path) -> list[Path]:
    """The folders of runs, oldest first."""
    try:
        names = [place.name for place in backup.iterdir() if _ID.fullmatch(place.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(f"{backup} cannot be read: {error.strerror}") from error
    return [backup / name for name in sorted(names, key=_order)]


def next_id(backup: Path, now: datetime) -> str:
    """An id after all ids there are: the second, in UTC, and a number within it.

    A clock that was set back does not reorder the runs: the last second then counts on.
    """
    stamp, number = now.strftime("%Y%m%dT%H%M%SZ"), 1
    if folders := run_folders(backup):
        last_stamp, last_number = _order(folders[-1].name)
        if last_stamp >= stamp:
            stamp, number = last_stamp, last_number + 1
    return f"{stamp}-{number:03d}"


def read_run(place: Path) -> Run | None:
    """The manifest in a run's folder; None where the run never came to write one.

    Raises StoreError where it cannot be read.
    """
    path = place / journal.MANIFEST
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    return journal.loads(data, str(path))


def unborn(backup: Path) -> list[Path]:
    """Folders of runs that were cut off before they touched the vault."""
    return [
        place
        for place in run_folders(backup)
        if not _ended(place) and not look.exists(place / journal.MANIFEST)
    ]


def _ended(place: Path) -> bool:
    return look.exists(place / journal.DONE) or look.exists(place / journal.ROLLED_BACK)


def _record(root: Path, place: Path) -> RunRecord | None:
    """What one folder tells; None for a run that never began or belongs to another vault."""
    try:
        run = read_run(place)
    except StoreError as error:
        return RunRecord(place.name, "", "", error.message, "unreadable", place)
    if run is None or run.vault not in (None, str(root)):
        return None
    status: Status = "cut off"
    if look.exists(place / journal.DONE):
        status = "applied"
    elif look.exists(place / journal.ROLLED_BACK):
        status = "rolled back"
    paths = tuple(sorted({step.path for step in run.steps}))
    return RunRecord(run.id, run.when, run.command, run.why, status, place, paths, run.undoes)


def _order(name: str) -> tuple[str, int]:
    stamp, _, number = name.partition("-")
    return stamp, int(number)
