"""Everything that can be wrong with a plan, looked for before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vaultkit.errors import ConflictError
from vaultkit.plan import look
from vaultkit.plan.journal import State
from vaultkit.plan.plan import Action, Conflict, Create, Plan, Write
from vaultkit.plan.sound import target, unsound, vacated

BACKUP = PurePosixPath("_link_reconcile_backup")
CHANGED = "changed since the plan was made"


class RefusedError(ConflictError):
    """A plan that cannot be carried out as it stands; every reason is in `conflicts`."""

    def __init__(self, what: str, conflicts: tuple[Conflict, ...], hint: str = "") -> None:
        lines = "".join(f"\n  {show(item.path)}: {item.reason}" for item in conflicts)
        super().__init__(f"{what}{lines}", hint)
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Sight:
    """What the preflight saw.

    states: of every file that the plan changes, moves or removes.
    data:   bytes of every file that the plan writes to.
    """

    conflicts: tuple[Conflict, ...]
    states: dict[PurePosixPath, State]
    data: dict[PurePosixPath, bytes]


def preflight(
    root: Path, plan: Plan, *, backup: PurePosixPath | Path | None = None
) -> tuple[Conflict, ...]:
    """Every reason why `plan` cannot be carried out now, in the order of paths; writes nothing."""
    return survey(root.resolve(), plan, backup_folder(root.resolve(), backup)).conflicts


def show(path: PurePosixPath) -> str:
    """A path for a message: control characters and bytes that are no text made visible."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def backup_folder(root: Path, backup: PurePosixPath | Path | None) -> Path:
    """Where the runs of a vault are kept: by default, and for a relative path, inside the vault."""
    return Path(os.path.normpath(root / (backup or BACKUP)))


def survey(root: Path, plan: Plan, backup: Path, *, changed: str | None = None) -> Sight:
    """Look at every file a plan names; `root` is resolved.

    changed: how to call a file with other bytes than expected, when the plan takes a run back.
    """
    inside = PurePosixPath(backup.relative_to(root)) if root in backup.parents else None
    found = set(unsound(plan, inside, reversal=changed is not None))
    sight = Sight((), {}, {})
    tree, free = look.Tree(root), vacated(plan)
    broken = {item.path for item in found}
    for action in plan.actions:
        if action.path in broken or (target(action) or action.path) in broken:
            continue
        if not isinstance(action, Create):
            found.update(_source(tree, action, sight, changed or CHANGED))
        if (place := target(action)) is not None:
            found.update(_target(tree, place, free))
    found.update(_backup(root, backup))
    ordered = sorted(found, key=lambda item: (str(item.path), item.reason))
    return Sight(tuple(ordered), sight.states, sight.data)


def _source(tree: look.Tree, action: Action, sight: Sight, changed: str) -> Iterator[Conflict]:
    """What is wrong with a file that must be there; its state and bytes go into `sight`."""
    path = action.path
    assert not isinstance(action, Create)
    if (reason := _unreachable(tree, path)) is not None:
        yield Conflict(path, reason)
        return
    place = tree.root / path
    try:
        if isinstance(action, Write):
            sight.data[path], sight.states[path] = look.read(place)
        else:
            sight.states[path] = look.state(place)
        if look.read_only(place):
            yield Conflict(path, "read-only file")
        if tree.read_only(path.parent):
            yield Conflict(path, "in a read-only folder")
    except FileNotFoundError:
        yield Conflict(path, "not there")
        return
    except OSError as error:
        yield Conflict(path, f"cannot be read: {error.strerror or error}")
        return
    if sight.states[path].digest != action.before:
        yield Conflict(path, changed)
    elif isinstance(action, Write):
        size = len(sight.data[path])
        for span, _ in action.edits:
            if not 0 <= span.start <= span.end <= size:
                reason = f"edit outside the file: bytes {span.start}-{span.end} of {size}"
                yield Conflict(path, reason)


def _unreachable(tree: look.Tree, path: PurePosixPath) -> str | None:
    """Why no regular file of exactly this name stands in real folders at `path`, or None."""
    try:
        for parent in reversed(path.parents):
            if (kind := tree.kind(parent)) != "folder":
                return _not_a_folder(parent, kind)
        kind = tree.kind(path)
        if kind is None and tree.alike(path):
            return f"not there; a file is called {tree.alike(path)[0]}"
    except OSError as error:
        return f"cannot be reached: {error.strerror}"
    return {"file": None, None: "not there", "link": "a symbolic link"}.get(
        kind, "not a regular file"
    )


def _not_a_folder(parent: PurePosixPath, kind: str | None) -> str:
    if kind is None:
        return f"its folder {show(parent)} is not there"
    what = "a symbolic link" if kind == "link" else "not a folder"
    return f"its folder {show(parent)} is {what}"


def _target(
    tree: look.Tree, path: PurePosixPath, free: frozenset[PurePosixPath]
) -> Iterator[Conflict]:
    """What is wrong with the place of a file that is to come."""
    folder = PurePosixPath()
    try:
        for parent in reversed(path.parents):
            kind = tree.kind(parent)
            if kind is None and (alike := tree.alike(parent)):
                what = f"its folder {show(parent)} is equal by case or Unicode form to {alike[0]}"
                yield Conflict(path, what)
            elif kind not in (None, "folder"):
                yield Conflict(path, _not_a_folder(parent, kind))
            if kind != "folder":
                break
            folder = parent
        else:
            yield from _taken(tree, path, free)
        if tree.read_only(folder):
            yield Conflict(path, "in a read-only folder")
    except OSError as error:
        yield Conflict(path, f"cannot be reached: {error.strerror}")


def _taken(
    tree: look.Tree, path: PurePosixPath, free: frozenset[PurePosixPath]
) -> Iterator[Conflict]:
    """What stands already at a place, under this name or one that only looks different."""
    kind, alike = tree.kind(path), tree.alike(path)
    others = [name for name in alike if path.with_name(name) not in free]
    if kind is not None and path not in free:
        yield Conflict(path, "exists already")
    elif others:
        yield Conflict(path, f"equal by case or Unicode form to {others[0]}")
    elif kind is None and not alike:
        try:
            os.lstat(tree.root / path)  # the system's own rule of equality, and of length
        except FileNotFoundError:
            return
        yield Conflict(path, "exists under another spelling")


def _backup(root: Path, backup: Path) -> Iterator[Conflict]:
    """What is wrong with the folder that is to hold the originals."""
    inside = backup.is_relative_to(root)
    path = PurePosixPath(backup.relative_to(root) if inside else backup)
    if backup == root or root.is_relative_to(backup):
        yield Conflict(path, "the backup folder must not hold the vault itself")
        return
    for place in (*reversed(backup.parents), backup):
        if inside and place.is_relative_to(root) and place != root and place.is_symlink():
            yield Conflict(path, "the backup folder is behind a symbolic link")
            return
        if look.exists(place) and not place.is_dir():
            yield Conflict(path, f"the backup folder cannot be made: {place.name} is a file")
            return
    nearest = next(place for place in (backup, *backup.parents) if place.is_dir())
    if look.read_only(nearest):
        yield Conflict(path, "the backup folder cannot be made: its place is read-only")
