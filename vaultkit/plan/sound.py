"""What is wrong with a plan in itself, before any disk is asked: paths, doubles, overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from vaultkit.plan.look import folded
from vaultkit.plan.plan import Action, Conflict, Create, Move, Plan, Remove, Write
from vaultkit.text import overlapping

LOCK = ".vaultkit.lock"
TEMP = ".vaultkit-"


def unsound(plan: Plan, backup: PurePosixPath | None, *, reversal: bool = False) -> list[Conflict]:
    """Every reason to refuse a plan that shows without looking at the vault.

    backup:   the backup folder where it lies inside the vault, else None.
    reversal: the plan takes a run back, so it may remove what that run made in a dot-folder.
    """
    return [
        *_paths(plan, backup, reversal),
        *_doubles(plan),
        *_targets(plan),
        *_edits(plan),
    ]


def target(action: Action) -> PurePosixPath | None:
    """The path at which an action puts a file where none was, or None."""
    match action:
        case Create():
            return action.path
        case Move():
            return action.to
    return None


def vacated(plan: Plan) -> frozenset[PurePosixPath]:
    """The paths that a plan's moves and removals leave free."""
    return frozenset(item.path for item in plan.actions if isinstance(item, Move | Remove))


def _paths(plan: Plan, backup: PurePosixPath | None, reversal: bool) -> Iterator[Conflict]:
    for action in plan.actions:
        for path in {action.path, target(action) or action.path}:
            reason = _outside(path) or _ours(path, backup)
            if reason is None and not reversal:
                reason = _foreign(path, action)
            if reason is not None:
                yield Conflict(path, reason)


def _outside(path: PurePosixPath) -> str | None:
    if path.is_absolute() or ".." in path.parts:
        return "outside the vault"
    if not path.parts or "\0" in str(path):
        return "not the path of a file"
    return None


def _ours(path: PurePosixPath, backup: PurePosixPath | None) -> str | None:
    if backup is not None and path.is_relative_to(backup):
        return "inside the backup folder"
    if path.parts[0] == LOCK or path.name.startswith(TEMP):
        return "a name that runs use themselves"
    return None


def _foreign(path: PurePosixPath, action: Action) -> str | None:
    """Dot-folders belong to other programs: a plan may add a file there, save in .git."""
    folders = [part for part in path.parts[:-1] if part.startswith(".")]
    if not folders or (isinstance(action, Create) and folded(".git") not in map(folded, folders)):
        return None
    return f"inside {folders[0]}, which belongs to another program"


def _doubles(plan: Plan) -> Iterator[Conflict]:
    at: defaultdict[PurePosixPath, list[type[Action]]] = defaultdict(list)
    for action in plan.actions:
        if not isinstance(action, Create):
            at[action.path].append(type(action))
    for path, kinds in at.items():
        if len(kinds) > 1 and sorted(kind.__name__ for kind in kinds) != ["Move", "Write"]:
            yield Conflict(path, "changed by two actions of the plan")


def _targets(plan: Plan) -> Iterator[Conflict]:
    targets = [path for action in plan.actions if (path := target(action)) is not None]
    first: dict[tuple[str, ...], PurePosixPath] = {}
    for path in targets:
        key = tuple(map(folded, path.parts))
        if key not in first:
            first[key] = path
        elif first[key] == path:
            yield Conflict(path, "made by two actions of the plan")
        else:
            yield Conflict(path, f"equal by case or Unicode form to {first[key]} of the same plan")
    spelt: dict[tuple[str, ...], PurePosixPath] = {}
    for path in targets:
        for parent in path.parents[:-1]:
            key = tuple(map(folded, parent.parts))
            if key in first:
                yield Conflict(path, f"lies under {first[key]}, a file of the same plan")
            elif spelt.setdefault(key, parent) != parent:
                yield Conflict(path, f"its folder is spelt {spelt[key]} elsewhere in the plan")


def _edits(plan: Plan) -> Iterator[Conflict]:
    for action in plan.actions:
        if isinstance(action, Write) and (clash := overlapping(action.edits)) is not None:
            (first, last) = (clash[0].span, clash[1].span)
            yield Conflict(
                action.path,
                f"edits overlap: bytes {first.start}-{first.end} and {last.start}-{last.end}",
            )
