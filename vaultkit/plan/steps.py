"""From a plan and the files it was checked against to the steps of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from vaultkit.plan.journal import Run, State, Step, reversed_edits
from vaultkit.plan.plan import Action, Create, Move, Plan, Remove, Write
from vaultkit.plan.preflight import Sight
from vaultkit.plan.sound import TEMP, target
from vaultkit.text import apply_edits


def steps_of(
    plan: Plan, sight: Sight, run_id: str
) -> tuple[tuple[Step, ...], dict[PurePosixPath, bytes]]:
    """The steps of a plan that has no conflicts, and the new bytes by temporary name.

    A write that leaves the bytes as they are is left out, and so is a move to the same place.
    """
    new: dict[PurePosixPath, bytes] = {}
    states = dict(sight.states)
    steps: list[Step] = []
    for action in sorted(plan.actions, key=_rank):
        temp = action.path.with_name(f"{TEMP}{run_id}-{len(steps)}")
        match action:
            case Write(path=path, edits=edits):
                data = apply_edits(sight.data[path], edits)
                if data == sight.data[path]:
                    continue
                new[temp] = data
                digest = hashlib.sha256(data).hexdigest()
                places = tuple((span.start, span.end, len(text)) for span, text in sorted(edits))
                steps.append(Step("write", path, temp, None, states[path], digest, places))
                states[path] = replace(states[path], digest=digest)
            case Create(path=path, content=content):
                new[temp] = content
                digest = hashlib.sha256(content).hexdigest()
                steps.append(Step("create", path, temp, new=digest))
            case Move(path=path, to=to) if to != path:
                steps.append(Step("move", path, temp, to, states[path]))
            case Remove(path=path):
                steps.append(Step("remove", path, temp, None, states[path]))
    return tuple(steps), new


def folders_to_make(root: Path, plan: Plan) -> tuple[PurePosixPath, ...]:
    """The folders a plan's new places need and the vault lacks, outermost first."""
    missing: set[PurePosixPath] = set()
    for action in plan.actions:
        place = target(action)
        for folder in place.parents if place is not None else ():
            if not (root / folder).is_dir():
                missing.add(folder)
    return tuple(sorted(missing, key=lambda path: (len(path.parts), str(path))))


def reversal(
    run: Run, originals: Mapping[PurePosixPath, bytes]
) -> tuple[Plan, dict[tuple[str, PurePosixPath], State]]:
    """The plan that takes a run back, and the state each restored file had before the run.

    originals: bytes before the run of every file it wrote to or removed.
    """
    stands = {step.path: step.to for step in run.steps if step.kind == "move" and step.to}
    actions: list[Action] = []
    attested: dict[tuple[str, PurePosixPath], State] = {}
    for step in run.steps:
        match step:
            case Step(kind="write", path=path, old=State() as old, new=str(digest)):
                place = stands.get(path, path)
                actions.append(Write(place, digest, reversed_edits(step.edits, originals[path])))
                attested["write", place] = old
            case Step(kind="create", path=path, new=str(digest)):
                actions.append(Remove(path, digest))
            case Step(kind="move", path=path, to=PurePosixPath() as to, old=State() as old):
                actions.append(Move(to, path, old.digest))
            case Step(kind="remove", path=path, old=State() as old):
                actions.append(Create(path, originals[path]))
                attested["create", path] = old
    return Plan(f"take back run {run.id}: {run.why}", tuple(actions)), attested


def _rank(action: Action) -> tuple[int, str]:
    """Writes first, since a write names the path a file has before it moves."""
    return (Write, Create, Move, Remove).index(type(action)), str(action.path)
