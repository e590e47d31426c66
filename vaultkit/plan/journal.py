"""What a run means to do, written down before it does it: the manifest and its steps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from vaultkit.errors import StoreError
from vaultkit.text import Edit, Span

Kind = Literal["write", "create", "move", "remove"]

FORMAT = "vaultkit-run"
VERSION = 1
MANIFEST = "manifest.json"
ORIGINALS = "originals.zip"
DONE = "done"
ROLLED_BACK = "rolled-back"
ARRIVING = "arriving"  # moved files have all left their old places


@dataclass(frozen=True, slots=True)
class State:
    """A file as it was: SHA-256 of its bytes, permission bits, time of last change."""

    digest: str
    mode: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Step:
    """One file's part in a run.

    path:  where the file stands before the run, or comes to stand when it is new.
    temp:  the dot-name, in the same folder, under which new bytes wait or moved ones rest.
    to:    where a moved file comes to stand.
    old:   write, remove, move: the file before the run (a move after a write: its new bytes).
    new:   write, create: SHA-256 of the new bytes.
    edits: write: start and end of each edit in the old bytes, and how many new bytes it brings.
    """

    kind: Kind
    path: PurePosixPath
    temp: PurePosixPath
    to: PurePosixPath | None = None
    old: State | None = None
    new: str | None = None
    edits: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its manifest tells it.

    when:   UTC, ISO 8601.
    undoes: id of the run that this one takes back.
    vault:  the vault's root, where the backup folder lies outside it and may serve several.
    made:   folders the run makes, outermost first.
    emptied: folders the run takes away when they are empty at its end, innermost first.
    """

    id: str
    when: str
    command: str
    why: str
    steps: tuple[Step, ...]
    undoes: str | None = None
    vault: str | None = None
    made: tuple[PurePosixPath, ...] = ()
    emptied: tuple[PurePosixPath, ...] = ()


def reversed_edits(edits: tuple[tuple[int, int, int], ...], original: bytes) -> tuple[Edit, ...]:
    """The edits that lead from a run's new bytes back to `original`.

    Edits that touch come back as one: two neighbours that only deleted would otherwise both
    insert at one place, which is an overlap.
    """
    back: list[Edit] = []
    shift = 0
    for start, end, length in edits:
        span, old = Span(start + shift, start + shift + length), original[start:end]
        if back and back[-1].span.end == span.start:
            span, old = Span(back[-1].span.start, span.end), back[-1].new + old
            back.pop()
        back.append(Edit(span, old))
        shift += length - (end - start)
    return tuple(back)


def dumps(run: Run) -> bytes:
    """The manifest's bytes: JSON, one step a line, ASCII so that any file name survives."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "id": run.id,
        "when": run.when,
        "command": run.command,
        "why": run.why,
        "undoes": run.undoes,
        "vault": run.vault,
        "made": [str(path) for path in run.made],
        "emptied": [str(path) for path in run.emptied],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    steps = ",\n  ".join(json.dumps(_step_value(step)) for step in run.steps)
    return ("{\n" + "\n".join(lines) + f'\n"steps": [\n  {steps}\n]\n}}\n').encode("ascii")


def loads(data: bytes, where: str) -> Run:
    """The run a manifest tells of; StoreError, naming `where`, when it is not one we can read."""
    try:
        value = json.loads(data)
        if value["format"] != FORMAT or value["version"] != VERSION:
            raise ValueError(f"version {value['version']!r} of {value['format']!r}")
        return Run(
            id=value["id"],
            when=value["when"],
            command=value["command"],
            why=value["why"],
            steps=tuple(_step(item) for item in value["steps"]),
            undoes=value["undoes"],
            vault=value["vault"],
            made=tuple(_inside(path) for path in value["made"]),
            emptied=tuple(_inside(path) for path in value["emptied"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{where} is not a manifest of a run: {error}",
            "originals.zip beside it holds the bytes the notes had before that run",
        ) from error


def _step_value(step: Step) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": step.kind, "path": str(step.path), "temp": str(step.temp)}
    if step.to is not None:
        value["to"] = str(step.to)
    if step.old is not None:
        value["old"] = [step.old.digest, step.old.mode, step.old.mtime_ns]
    if step.new is not None:
        value["new"] = step.new
    if step.edits:
        value["edits"] = step.edits
    return value


def _step(value: dict[str, Any]) -> Step:
    if value["kind"] not in ("write", "create", "move", "remove"):
        raise ValueError(f"unknown kind of step {value['kind']!r}")
    step = Step(
        kind=value["kind"],
        path=_inside(value["path"]),
        temp=_inside(value["temp"]),
        to=_inside(value["to"]) if "to" in value else None,
        old=State(*value["old"]) if "old" in value else None,
        new=value.get("new"),
        edits=tuple((start, end, length) for start, end, length in value.get("edits", ())),
    )
    if step.temp.parent != step.path.parent:
        raise ValueError(f"temporary name {value['temp']!r} lies elsewhere")
    return step


def _inside(text: str) -> PurePosixPath:
    """A path inside the vault: a manifest may come with a vault from a stranger."""
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"path {text!r} is outside the vault")
    return path
