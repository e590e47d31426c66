"""Notes' blocks to modules, as a plan for the folder they lie in; nothing here writes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vaultkit.errors import StoreError
from vaultkit.plan import Action, Conflict, Create, Plan, Remove, Write
from vaultkit.snippets.module import Module, read_module, render
from vaultkit.snippets.place import places
from vaultkit.snippets.snippet import Snippet
from vaultkit.text import Edit, Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """What would make a folder of modules say what the notes say.

    plan:      for the folder of modules, paths relative to it.
    conflicts: files that hold edits of somebody, which nobody may overwrite.
    modules:   the path of each note's module.
    """

    plan: Plan
    conflicts: tuple[Conflict, ...]
    modules: Mapping[str, str]


def extract(notes: Mapping[str, Iterable[Snippet]], existing: Mapping[str, bytes]) -> Extraction:
    """The plan that brings modules up to date.

    notes:    every note's snippets, by the note's path.
    existing: the bytes of every `.py` file in the folder, by path.
    """
    ours = {note: [s for s in found if s.ours] for note, found in notes.items()}
    ours = {note: found for note, found in ours.items() if found}
    at = places(ours)
    actions: list[Action] = []
    conflicts: list[Conflict] = []
    for note, path in at.items():
        wanted = render(note, ours[note])
        before = existing.get(path)
        if before is None:
            actions.append(Create(PurePosixPath(path), wanted))
        elif before != wanted:
            if reason := _held(before, ours[note]):
                conflicts.append(Conflict(PurePosixPath(path), reason))
            else:
                whole = Edit(Span(0, len(before)), wanted)
                actions.append(Write(PurePosixPath(path), _digest(before), (whole,)))
    for path in sorted(existing.keys() - set(at.values())):
        module = read_module(existing[path])
        if module is None:
            continue
        if module.intact:
            actions.append(Remove(PurePosixPath(path), _digest(existing[path])))
        else:
            reason = f"its note {module.note} has no such blocks any more, and it was edited here"
            conflicts.append(Conflict(PurePosixPath(path), reason))
    why = f"write the code of {len(at)} notes as modules"
    return Extraction(Plan(why, tuple(actions)), tuple(conflicts), at)


def _held(before: bytes, snippets: list[Snippet]) -> str:
    """Why a file must not be overwritten, or ""."""
    module = read_module(before)
    if module is None:
        return "vaultkit did not write it"
    if module.intact or _carried(module, snippets):
        return ""
    edited = [str(cell.snippet.index) for cell in module.cells if cell.edited]
    if not module.framed or not edited:
        return "it was edited outside the code of its cells, which cannot be carried to the note"
    return f"cell {', '.join(edited)} was edited here and not in the note"


def _carried(module: Module, snippets: list[Snippet]) -> bool:
    """Whether the note has every edit that was made in the module."""
    now = {snippet.digest for snippet in snippets}
    edits = [cell for cell in module.cells if cell.edited]
    return module.framed and all(cell.snippet.digest in now for cell in edits)


def existing_modules(folder: Path) -> dict[str, bytes]:
    """Every `.py` file below a folder, by its path with `/`; none where there is no folder.

    Raises StoreError for a file that cannot be read.
    """
    found: dict[str, bytes] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "_")))
        for name in sorted(files):
            if name.endswith(".py"):
                file = Path(place, name)
                try:
                    found[file.relative_to(folder).as_posix()] = file.read_bytes()
                except OSError as error:
                    raise StoreError(
                        f"{file} cannot be read: {error.strerror}", "check its mode"
                    ) from error
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
