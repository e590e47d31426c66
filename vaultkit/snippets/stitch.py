"""Edits made in modules, carried back into the notes they came from, as a plan."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.note import Note, read_note
from vaultkit.plan import Conflict, Plan, Write
from vaultkit.snippets.module import Cell, Module, read_module
from vaultkit.snippets.snippet import Snippet
from vaultkit.text import Edit, Source, Span, apply_edits

Collect = Callable[[Note], tuple[Snippet, ...]]


@dataclass(frozen=True, slots=True)
class Stitching:
    """What carrying the edits back means for the vault.

    conflicts: edits that cannot be carried; `path` is the module's.
    """

    plan: Plan
    conflicts: tuple[Conflict, ...]


def stitch(existing: Mapping[str, bytes], notes: Mapping[str, Note], collect: Collect) -> Stitching:
    """The plan that writes every edited cell's code into its note.

    existing: the bytes of every module, by path; notes: the vault's, by path.
    A cell whose note changed the same block since is a conflict, never a choice.
    """
    writes: list[Write] = []
    conflicts: list[Conflict] = []
    count = 0
    for path in sorted(existing):
        module = read_module(existing[path])
        if module is None or module.intact:
            continue
        place = PurePosixPath(path)
        note = notes.get(module.note)
        if note is None:
            conflicts.append(Conflict(place, f"its note {module.note} is gone"))
            continue
        if not module.framed:
            told = "it was edited outside the code of its cells, which cannot be carried"
            conflicts.append(Conflict(place, told))
            continue
        edits, refused = _edits(module, note, collect)
        conflicts += [Conflict(place, reason) for reason in refused]
        if edits:
            count += len(edits)
            changed = tuple(edit for found in edits for edit in found)
            writes.append(Write(note.source.path, note.source.digest, changed))
    cells = f"{count} edited cell{'s' if count != 1 else ''}"
    return Stitching(Plan(f"carry {cells} into the notes", tuple(writes)), tuple(conflicts))


def _edits(
    module: Module, note: Note, collect: Collect
) -> tuple[list[tuple[Edit, ...]], list[str]]:
    snippets = collect(note)
    edits: list[tuple[Edit, ...]] = []
    refused: list[str] = []
    for cell in module.cells:
        if not cell.edited:
            continue
        target = _target(cell, snippets)
        where = f"cell {cell.snippet.index} and {module.note}:{cell.snippet.line}"
        if target is None:
            refused.append(f"{where} were both changed")
        elif target.digest != cell.snippet.digest:
            made = _rewritten(note.source, target, cell.snippet.code)
            if _survives(note, made, target, cell.snippet.code, collect):
                edits.append(made)
            else:
                refused.append(f"{where}: the code cannot stand in its fence as it is")
    return edits, refused


def _target(cell: Cell, snippets: tuple[Snippet, ...]) -> Snippet | None:
    """The note's block that a cell was made from: where it was, or the only one of its code."""
    same = [s for s in snippets if s.digest == cell.recorded]
    for snippet in same:
        if snippet.index == cell.snippet.index:
            return snippet
    if len(same) == 1:
        return same[0]
    here = next((s for s in snippets if s.index == cell.snippet.index), None)
    return here if here is not None and here.digest == cell.snippet.digest else None


def _rewritten(source: Source, target: Snippet, code: str) -> tuple[Edit, ...]:
    """Edits of the lines that differ, in the markers of the container they stand in."""
    start, end = target.code_span
    raw = source.data[start:end].splitlines(keepends=True)
    old, new = _lines(target.code), _lines(code)
    prefixes = [_prefix(r, o) for r, o in zip(raw, old, strict=False)]
    usual = next((p for p, o in zip(prefixes, old, strict=False) if o.strip()), b"")
    line_end = b"\r\n" if raw and raw[0].endswith(b"\r\n") else b"\n"
    offsets = [start]
    for line in raw:
        offsets.append(offsets[-1] + len(line))
    made = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        lines = [
            (usual if line.strip() else usual.rstrip(b" \t")) + line.encode() + line_end
            for line in new[c:d]
        ]
        span = Span(offsets[min(first, len(raw))], offsets[min(last, len(raw))])
        made.append(Edit(span, b"".join(lines)))
    return tuple(made)


def _lines(code: str) -> list[str]:
    """Lines as a note has them: at LF alone, not at what Unicode calls a line's end."""
    return code.removesuffix("\n").split("\n") if code else []


def _prefix(raw: bytes, line: str) -> bytes:
    """What the container puts before a line of code."""
    shown = line.encode()
    bare = raw.rstrip(b"\r\n")
    return bare[: len(bare) - len(shown)] if shown and bare.endswith(shown) else b""


def _survives(
    note: Note, edits: tuple[Edit, ...], target: Snippet, code: str, collect: Collect
) -> bool:
    """Whether the note, read again, has this code in this block and every other block as before."""
    data = apply_edits(note.source.data, edits)
    before = [s.code for s in collect(note)]
    after = [s.code for s in collect(read_note(Source(note.source.name, data)))]
    before[target.index - 1] = code
    return after == before
