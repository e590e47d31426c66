"""The one door to changing a vault: apply a plan, take a run back, recover from a stop.

One file is atomic: at every moment a note holds its old bytes or its new ones. Many files are
recoverable: a run that is stopped by an error rolls back by itself, and one cut off by a kill
or a power loss is found and rolled back at the next start, by `undo` or `recover`.

What a run does to a file's other traits:
- permission bits, owner (where allowed) and extended attributes are kept;
- a changed note gets the time of the change; `undo` and every rollback give back the time of
  last change that it had before; moved files keep theirs;
- a note with several hard links becomes a file of its own, and the other names keep the old
  bytes: writing through to them would change files outside the plan, such as snapshots.

What no plan may touch: anything outside the vault or behind a symbolic link, the backup
folder, a file or folder that nobody may write to, and what lies in a dot-folder such as
.obsidian, which is another program's; a plan may only add a file there, and none in .git.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from vaultkit.errors import ConflictError, StoreError, UsageError
from vaultkit.plan import journal, pack
from vaultkit.plan.carry import MovedOnError, carry_out, write_down
from vaultkit.plan.disk import Disk
from vaultkit.plan.history import RunRecord, history, interrupted, next_id, read_run
from vaultkit.plan.journal import Run, State
from vaultkit.plan.plan import Conflict, Plan, Receipt
from vaultkit.plan.preflight import RefusedError, backup_folder, survey
from vaultkit.plan.recovery import (
    Backup,
    Clock,
    Recovery,
    drop_if_empty,
    hold,
    recover,
    sweep,
    told,
    utc,
    vault_root,
)
from vaultkit.plan.rollback import forget, roll_back
from vaultkit.plan.site import Site
from vaultkit.plan.sound import LOCK
from vaultkit.plan.steps import folders_to_make, reversal, steps_of

__all__ = ["Recovery", "apply", "history", "interrupted", "recover", "undo", "undo_plan"]


@dataclass(frozen=True, slots=True)
class _Task:
    """One run to be: what, for whom, and which run it takes back."""

    plan: Plan
    command: str
    when: datetime
    undoes: Run | None = None
    attested: Mapping[tuple[str, PurePosixPath], State] = field(default_factory=dict)


def apply(
    root: Path,
    plan: Plan,
    *,
    command: str,
    backup: Backup = None,
    disk: Disk | None = None,
    clock: Clock = utc,
) -> Receipt:
    """Carry out a plan, whole or not at all; the receipt's id is what `undo` takes.

    command: what the person called, for the history.
    backup:  folder of the originals; a relative one lies in the vault.
    A plan that changes nothing writes nothing, and its receipt has the id "".
    Raises RefusedError with all conflicts (nothing was written, or all was rolled back),
    ConflictError when another run is at work or one was cut off, StoreError when the system
    refused a read or write.
    """
    task = _Task(plan, command, clock())
    return _run(vault_root(root), task, backup, disk or Disk())


def undo(
    root: Path,
    run_id: str | None = None,
    *,
    command: str = "vaultkit undo",
    backup: Backup = None,
    disk: Disk | None = None,
    clock: Clock = utc,
) -> Receipt:
    """Take back a run: by default the last one that stands, or the one that was cut off.

    Every file gets back its bytes, its place and its time of last change; folders the run
    made go when they are empty. It is a run of its own: undo its id to do the first again.
    Raises RefusedError, with the list and nothing written, when a file of the run has changed
    since; UsageError when there is no such run or it is undone already.
    """
    root, disk = vault_root(root), disk or Disk()
    cut = interrupted(root, backup=backup)
    if cut and run_id in (None, *(record.id for record in cut)):
        return _undo_cut_off(root, backup, disk, clock)
    run, plan, attested = _reversal(root, run_id, backup)
    return _run(root, _Task(plan, command, clock(), run, attested), backup, disk)


def undo_plan(root: Path, run_id: str | None = None, *, backup: Backup = None) -> Plan:
    """What `undo` would do, as a plan to show; writes nothing. Raises as `undo` does."""
    return _reversal(vault_root(root), run_id, backup)[1]


def _run(root: Path, task: _Task, backup: Backup, disk: Disk) -> Receipt:
    """Carry out one task under the lock of the vault."""
    when = task.when.astimezone(UTC).isoformat(timespec="seconds")
    if not task.plan:
        return Receipt("", task.plan, when)
    folder = backup_folder(root, backup)
    changed = f"changed since run {task.undoes.id}" if task.undoes else None
    with ExitStack() as stack:
        try:
            hold(stack, root, task.command, task.when, disk)
        except StoreError as error:
            conflicts = survey(root, task.plan, folder, changed=changed).conflicts
            no_lock = Conflict(PurePosixPath(LOCK), error.message)
            raise _refused(task, (*conflicts, no_lock)) from error
        if cut := interrupted(root, backup=backup):
            what = f"run {cut[0].id} (`{cut[0].command}`) was cut off; nothing was written"
            raise ConflictError(what, "roll it back first: vaultkit undo")
        sight = survey(root, task.plan, folder, changed=changed)
        if sight.conflicts:
            raise _refused(task, sight.conflicts)
        sweep(root, folder, disk)
        run_id = next_id(folder, task.when.astimezone(UTC))
        steps, new = steps_of(task.plan, sight, run_id)
        if not steps:
            return Receipt("", task.plan, when)
        run = Run(
            id=run_id,
            when=when,
            command=task.command,
            why=task.plan.why,
            steps=steps,
            undoes=task.undoes.id if task.undoes else None,
            vault=None if folder.is_relative_to(root) else str(root),
            made=folders_to_make(root, task.plan),
            emptied=tuple(reversed(task.undoes.made)) if task.undoes else (),
        )
        site = Site(root, folder / run_id, disk)
        try:
            _make_folder(site.folder, disk)
            write_down(site, run, sight.data)
            carry_out(site, run, new, task.attested)
        except BaseException as error:
            _take_back(site, run, error)
            raise
    return Receipt(run_id, task.plan, when)


def _take_back(site: Site, run: Run, error: BaseException) -> None:
    """Roll back after an error and tell it in words; an error that is no one's to mend goes on."""
    left: tuple[Conflict, ...] = ()
    try:
        if (site.folder / journal.MANIFEST).exists():
            left = roll_back(site, run)
        elif site.folder.exists():
            forget(site)
        drop_if_empty(site.root, site.folder.parent, site.disk)
    except (OSError, StoreError) as failure:
        raise StoreError(
            f"{told(error)}; rolling back failed too: {told(failure)}",
            f"mend that, then call `vaultkit undo`; the originals are in {site.folder}",
        ) from error
    kept = f"; originals of the files named here are in {site.folder}" if left else ""
    if isinstance(error, MovedOnError):
        conflicts = tuple(dict.fromkeys((error.conflict, *left)))
        raise RefusedError(f"everything was rolled back{kept}", conflicts) from error
    if isinstance(error, OSError):
        also = "".join(f"\n  {item.path}: {item.reason}" for item in left)
        raise StoreError(f"{told(error)}; everything was rolled back{kept}{also}") from error


def _undo_cut_off(root: Path, backup: Backup, disk: Disk, clock: Clock) -> Receipt:
    """Undo, where the last run never reached its end: roll it back."""
    when = clock().astimezone(UTC).isoformat(timespec="seconds")
    done = recover(root, backup=backup, disk=disk, clock=clock)
    if not done:
        raise ConflictError("the run that seemed cut off was at work, and has ended")
    left = tuple(item for recovery in done for item in recovery.left)
    first = done[0].run
    if left:
        what = f"run {first.id} was rolled back, but for files that changed since:"
        raise RefusedError(what, left, f"their originals are in {first.folder}")
    return Receipt(first.id, Plan(f"roll back run {first.id}, which was cut off"), when)


def _reversal(
    root: Path, run_id: str | None, backup: Backup
) -> tuple[Run, Plan, dict[tuple[str, PurePosixPath], State]]:
    run, folder = _standing(history(root, backup=backup), run_id)
    return run, *reversal(run, pack.unpack(folder / journal.ORIGINALS, run.steps))


def _standing(records: tuple[RunRecord, ...], run_id: str | None) -> tuple[Run, Path]:
    """The run to take back and its folder; UsageError where there is none."""
    if run_id is None:
        able = [item for item in records if item.status == "applied" and item.undoes is None]
        if not able:
            raise UsageError("there is no run to undo", "see `vaultkit history`")
        record = able[-1]
    else:
        known = {item.id: item for item in records}
        if run_id not in known:
            raise UsageError(f"there is no run {run_id}", "see `vaultkit history`")
        record = known[run_id]
    if record.status == "undone":
        what = f"run {record.id} is undone already, by run {record.undone_by}"
        raise UsageError(what, f"to do it again: vaultkit undo {record.undone_by}")
    if record.status == "rolled back":
        raise UsageError(f"run {record.id} was rolled back: there is nothing to undo")
    run = read_run(record.folder)
    if run is None:
        raise StoreError(f"the manifest of run {record.id} vanished")
    return run, record.folder


def _refused(task: _Task, conflicts: tuple[Conflict, ...]) -> RefusedError:
    count = f"{len(conflicts)} conflict{'s' if len(conflicts) != 1 else ''}; nothing was written"
    if task.undoes is None:
        hint = "see to these files, then make the plan again"
        return RefusedError(f"the plan does not fit the vault: {count}", conflicts, hint)
    what, again = f"run {task.undoes.id} cannot be undone: {count}", task.undoes.id
    hint = f"take back what has changed in these files since, then: vaultkit undo {again}"
    return RefusedError(what, conflicts, hint)


def _make_folder(folder: Path, disk: Disk) -> None:
    """Make the folder of a run and those it lies in, for good."""
    missing = [folder, *(parent for parent in folder.parents if not parent.exists())]
    for place in reversed(missing):
        disk.make_folder(place)
        disk.sync(place.parent)
