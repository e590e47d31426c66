"""Taking back a run that did not reach its end: after an error, a kill or a power loss.

Every decision is made from what is on disk and the manifest, never from memory, so that a
rollback cut off in its turn is simply begun again. A file that holds neither the bytes from
before the run nor those of the run was changed by someone since: it is left and reported.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from vaultkit.plan import journal, look, pack
from vaultkit.plan.journal import Run, State, Step
from vaultkit.plan.plan import Conflict
from vaultkit.plan.site import Site, touched

SINCE = "changed since the run began"
VANISHED = "vanished since the run began"


def roll_back(site: Site, run: Run) -> tuple[Conflict, ...]:
    """Bring every file of a run back to where and what it was; the files left alone, if any.

    Run folder and new folders go too when nothing was left alone. Raises OSError or
    StoreError where the system refuses; the run then still counts as cut off.
    """
    if site.marked(journal.DONE):  # set, but not known to be on the device
        site.unmark(journal.DONE)
    left: list[Conflict] = []
    kept = []
    for step in run.steps:
        if all(map(site.real, (step.path, step.to or step.path))):
            kept.append(step)
        else:
            left.append(Conflict(step.path, "in a folder that became a symbolic link"))
    run = replace(run, steps=tuple(kept))
    if site.marked(journal.ARRIVING):
        left += _send_back(site, run)
        site.sync_folders(touched(run))
        site.unmark(journal.ARRIVING)
    left += _put_back(site, run)
    site.sync_folders(step.path for step in run.steps if step.kind in ("move", "remove"))
    _restore(site, run, left)
    site.sync_folders(touched(run))
    site.remove_if_empty(reversed(run.made))
    if not left:
        forget(site)
    elif not any(look.exists(site.root / step.temp) for step in run.steps):
        site.mark(journal.ROLLED_BACK)
    return tuple(left)


def forget(site: Site) -> None:
    """Take the folder of a run away; without a manifest it counts as never begun."""
    names = (journal.MANIFEST, f"{journal.MANIFEST}.new", journal.ORIGINALS)
    for name in (*names, journal.ARRIVING, journal.ROLLED_BACK):
        if look.exists(site.folder / name):
            site.disk.remove(site.folder / name)
    with contextlib.suppress(OSError):  # something of the person's own lies there too
        site.disk.remove_folder(site.folder)


def _send_back(site: Site, run: Run) -> list[Conflict]:
    """From their new places, moved files go back aside; new files go away."""
    left = []
    for step in reversed(run.steps):
        if look.exists(site.root / step.temp):
            continue  # has not arrived
        if step.kind == "move" and step.to is not None and step.old is not None:
            if look.digest(site.root / step.to) != step.old.digest:
                left.append(Conflict(step.to, SINCE))
            elif not _make_folders(site, run, step.path):
                left.append(Conflict(step.to, f"cannot go back: {step.path.parent} vanished"))
            else:
                site.disk.rename(site.root / step.to, site.root / step.temp)
        elif step.kind == "create":
            now = look.digest(site.root / step.path)
            if now == step.new:
                site.disk.remove(site.root / step.path)
            elif now is not None:
                left.append(Conflict(step.path, SINCE))
    return left


def _put_back(site: Site, run: Run) -> list[Conflict]:
    """Files that stepped aside return to the places they had."""
    left = []
    for step in run.steps:
        if step.kind not in ("move", "remove"):
            continue
        aside, taken = look.exists(site.root / step.temp), look.exists(site.root / step.path)
        if aside and taken:
            reason = f"taken since; the file that stood here is now {step.temp.name}"
            left.append(Conflict(step.path, reason))
        elif aside:
            site.disk.rename(site.root / step.temp, site.root / step.path)
        elif step.kind == "move" and not taken:
            left.append(Conflict(step.path, VANISHED))
    return left


def _restore(site: Site, run: Run, left: list[Conflict]) -> None:
    """Give written and removed files their old bytes, from the pack; clear temporary files."""
    wanted: list[Step] = []
    for step in run.steps:
        spare = site.root / _spare(step)
        if look.exists(spare):
            site.disk.remove(spare)
        if step.kind not in ("write", "remove") or step.old is None:
            continue
        now = look.digest(site.root / step.path)
        if now == step.new and _make_folders(site, run, step.path):
            wanted.append(step)  # for a removed file both digests are None
        elif now != step.old.digest and not look.exists(site.root / step.temp):
            # With the temporary file there, the run never got to it: the change is not ours.
            left.append(Conflict(step.path, SINCE if now else VANISHED))
    originals = pack.unpack(site.folder / journal.ORIGINALS, wanted)
    _write_back(site, wanted, originals)
    for step in run.steps:
        if step.kind in ("write", "create") and look.exists(site.root / step.temp):
            site.disk.remove(site.root / step.temp)


def _write_back(site: Site, wanted: list[Step], originals: Mapping[PurePosixPath, bytes]) -> None:
    for step in wanted:
        assert isinstance(step.old, State)
        site.disk.create(
            site.root / _spare(step),
            originals[step.path],
            mode=step.old.mode,
            like=site.root / step.path if step.kind == "write" else None,
            mtime_ns=step.old.mtime_ns,
        )
    site.disk.sync_all([site.root / _spare(step) for step in wanted])
    for step in wanted:
        site.disk.rename(site.root / _spare(step), site.root / step.path)


def _spare(step: Step) -> PurePosixPath:
    """The temporary name for bytes on their way back; never the one a moved file rests under."""
    return step.temp.with_name(f"{step.temp.name}-back")


def _make_folders(site: Site, run: Run, path: PurePosixPath) -> bool:
    """Make again the folders that the run took away for being empty; whether `path` has its own."""
    for folder in reversed(run.emptied):
        if path.is_relative_to(folder) and not look.exists(site.root / folder):
            site.disk.make_folder(site.root / folder)
            site.sync_folders([folder])
    return (site.root / path.parent).is_dir()
