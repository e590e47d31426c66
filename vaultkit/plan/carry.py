"""Carrying out a run, step after step, so that a stop anywhere can be taken back.

1. The folder of the run: originals (one fsync), then the manifest under its final name.
2. New bytes in temporary files beside their targets, then an fsync of each.
3. Writes: temporary file over the note, each in one step of the system.
4. Moved and removed files step aside, to a dot-name in their own folder; marker `arriving`.
   Only then do moves and new files come to stand: swaps, chains and a change of case alone
   meet no name that is still taken, and at any stop it is known where each file is.
5. One fsync per folder; removed files go last; marker `done`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from vaultkit.plan import journal, look, pack
from vaultkit.plan.journal import Run, State, Step
from vaultkit.plan.plan import Conflict
from vaultkit.plan.site import Site, touched


class MovedOnError(Exception):
    """A file that changed while the run was under way."""

    def __init__(self, path: PurePosixPath, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.conflict = Conflict(path, reason)


def write_down(site: Site, run: Run, data: Mapping[PurePosixPath, bytes]) -> None:
    """Keep the originals and the manifest, and wait until both are on the device.

    data: bytes of the files the run writes to.
    """
    disk, folder = site.disk, site.folder
    disk.create(folder / journal.ORIGINALS, pack.packer(site.root, run.steps, data), mode=0o600)
    disk.sync(folder / journal.ORIGINALS)
    draft = folder / f"{journal.MANIFEST}.new"
    disk.create(draft, journal.dumps(run), mode=0o600)
    disk.sync(draft)
    disk.rename(draft, folder / journal.MANIFEST)
    disk.sync(folder)


def carry_out(
    site: Site,
    run: Run,
    new: Mapping[PurePosixPath, bytes],
    attested: Mapping[tuple[str, PurePosixPath], State],
) -> None:
    """Do what a written-down run says.

    new:      bytes by temporary name.
    attested: mode and time of change that files get back, when the run undoes another.
    Raises MovedOnError or OSError; the caller rolls back.
    """
    for made in run.made:
        site.disk.make_folder(site.root / made)
    site.sync_folders(run.made)  # a file must not move into a folder that may yet be lost
    _stage(site, run, new, attested)
    for step in _in_real_folders(site, (step for step in run.steps if step.kind == "write")):
        _unchanged(site, step)
        site.disk.rename(site.root / step.temp, site.root / step.path)
    if any(step.kind != "write" for step in run.steps):
        _relocate(site, run)
    site.sync_folders(touched(run))
    _discard(site, run)
    site.remove_if_empty(run.emptied)
    site.mark(journal.DONE)


def _stage(
    site: Site,
    run: Run,
    new: Mapping[PurePosixPath, bytes],
    attested: Mapping[tuple[str, PurePosixPath], State],
) -> None:
    """Write all new bytes beside their targets, then wait for all of them."""
    staged = [step for step in run.steps if step.temp in new]
    for step in _in_real_folders(site, staged):
        back = attested.get((step.kind, step.path))
        site.disk.create(
            site.root / step.temp,
            new[step.temp],
            mode=step.old.mode if step.old else back.mode if back else None,
            like=site.root / step.path if step.old else None,
            mtime_ns=back.mtime_ns if back else None,
        )
    site.disk.sync_all([site.root / step.temp for step in staged])


def _relocate(site: Site, run: Run) -> None:
    """Moved and removed files step aside, all of them; then moves and new files arrive."""
    leaving = [step for step in run.steps if step.kind in ("move", "remove")]
    # A note that was written and now moves: the first must be certain before the second.
    written = {step.path for step in run.steps if step.kind == "write"}
    site.sync_folders(step.path for step in leaving if step.path in written)
    for step in _in_real_folders(site, leaving):
        _unchanged(site, step)
        site.disk.rename(site.root / step.path, site.root / step.temp)
    site.sync_folders(step.path for step in leaving)
    site.mark(journal.ARRIVING)
    for step in _in_real_folders(site, run.steps):
        place = step.to if step.kind == "move" else step.path if step.kind == "create" else None
        if place is not None:
            if look.exists(site.root / place):
                raise MovedOnError(place, "appeared while the plan was being applied")
            site.disk.rename(site.root / step.temp, site.root / place)


def _discard(site: Site, run: Run) -> None:
    """Take removed files away for good; their bytes are in the pack."""
    removed = [step for step in run.steps if step.kind == "remove"]
    for step in removed:
        site.disk.remove(site.root / step.temp)
    site.sync_folders(step.path for step in removed)


def _unchanged(site: Site, step: Step) -> None:
    """Ask for a file's bytes once more, at the last moment before its name changes hands."""
    now = look.digest(site.root / step.path)
    if step.old is None or now != step.old.digest:
        verb = "changed" if now is not None else "vanished"
        raise MovedOnError(step.path, f"{verb} while the plan was being applied")


def _in_real_folders(site: Site, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps; their folders are looked at once more when they are not the last step's."""
    last: tuple[PurePosixPath, ...] = ()
    for step in steps:
        folders = (step.path.parent, step.to.parent) if step.to else (step.path.parent,)
        if folders != last:
            for folder in folders:
                if not site.real(folder / "any"):
                    reason = "became a symbolic link while the plan was being applied"
                    raise MovedOnError(folder, reason)
            last = folders
        yield step
