"""Finding the runs that were cut off, at the next start, and rolling them back."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from vaultkit.errors import StoreError, UsageError
from vaultkit.plan.disk import Disk
from vaultkit.plan.history import RunRecord, interrupted, read_run, unborn
from vaultkit.plan.lock import locked
from vaultkit.plan.plan import Conflict
from vaultkit.plan.preflight import backup_folder
from vaultkit.plan.rollback import forget, roll_back
from vaultkit.plan.site import Site
from vaultkit.plan.sound import LOCK

Backup = PurePosixPath | Path | None
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Recovery:
    """A cut-off run that was rolled back, and the files left as they were, with the reason."""

    run: RunRecord
    left: tuple[Conflict, ...]


def utc() -> datetime:
    """The present; a test hands in another clock."""
    return datetime.now(UTC)


def recover(
    root: Path, *, backup: Backup = None, disk: Disk | None = None, clock: Clock = utc
) -> tuple[Recovery, ...]:
    """Roll back every run that was cut off, the last one first; does nothing where none was.

    A file changed since is left as it is and named in the result; its bytes from before the
    run stay in the run's originals.zip. Raises ConflictError when a run is at work, StoreError
    when the system refuses: then call it again once that is mended.
    """
    root, disk = vault_root(root), disk or Disk()
    folder = backup_folder(root, backup)
    if not (interrupted(root, backup=backup) or unborn(folder) or (root / LOCK).exists()):
        return ()
    found = []
    with ExitStack() as stack:
        hold(stack, root, "vaultkit recover", clock(), disk)
        for record in reversed(interrupted(root, backup=backup)):
            run = read_run(record.folder)
            assert run is not None
            try:
                found.append(Recovery(record, roll_back(Site(root, record.folder, disk), run)))
            except OSError as error:
                what = f"run {record.id} could not be rolled back: {told(error)}"
                raise StoreError(what, f"the originals are in {record.folder}") from error
        drop_if_empty(root, folder, disk)
        sweep(root, folder, disk)
    return tuple(found)


def hold(stack: ExitStack, root: Path, command: str, when: datetime, disk: Disk) -> None:
    """Take the lock of a vault until the stack is left; StoreError when it cannot be made."""
    try:
        moment = when.astimezone(UTC).isoformat(timespec="seconds")
        stack.enter_context(locked(root, command, moment, disk))
    except OSError as error:
        raise StoreError(f"the lock cannot be made: {error.strerror}", str(root / LOCK)) from error


def sweep(root: Path, backup: Path, disk: Disk) -> None:
    """Clear what is left of runs that were cut off before they touched the vault.

    Not outside the vault: there such a folder may belong to another vault's run, now at work.
    """
    if root not in backup.parents or not (places := unborn(backup)):
        return
    try:
        for place in places:
            forget(Site(root, place, disk))
        drop_if_empty(root, backup, disk)
    except OSError as error:
        raise StoreError(f"{told(error)}; nothing was written") from error


def drop_if_empty(root: Path, backup: Path, disk: Disk) -> None:
    """Take the backup folder away where nothing is left in it; not outside the vault."""
    if root not in backup.parents or not backup.is_dir():
        return
    try:
        disk.remove_folder(backup)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


def told(error: BaseException) -> str:
    """An error in a person's words: the file, and what the system said."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return str(error) or type(error).__name__


def vault_root(root: Path) -> Path:
    """The real folder of a vault; UsageError where there is none."""
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder", "name the folder of the vault")
    return root.resolve()
