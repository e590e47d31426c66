"""What may be remembered of a run, under which key, and how it is written down.

Two layers: a whole note by its bytes, which costs nothing to look up; and a block by its code
and all code it rests on, so that editing prose runs nothing again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vaultkit.snippets.attributes import written
from vaultkit.snippets.flow import Stale
from vaultkit.snippets.sessions import Session
from vaultkit.verify.environment import digest, local_modules, machine
from vaultkit.verify.outcome import Failure, Outcome
from vaultkit.verify.row import Row

_FORMAT = 1
_LONGEST = 8192  # characters of output that are remembered
_LASTING = ("passed", "failed", "executed", "called", "agrees", "robust", "diverges")


def note_key(note: str, data: bytes, options: str) -> str:
    """The key of a whole note; options: everything the person chose that matters."""
    return digest(_FORMAT, "note", machine(), options, note, hashlib.sha256(data).hexdigest())


def block_key(session: Session, index: int, device: str, options: str) -> str:
    """The key of a block: its code and attributes, and those of all blocks it rests on."""
    by_index = {s.index: s for s in session.blocks}
    parts: list[object] = [_FORMAT, "block", machine(), options, session.note, device, index]
    for one in (*session.flows[index].rests_on, index):
        snippet = by_index[one]
        parts += [one, snippet.kind.value, written(snippet.attributes), snippet.digest]
    modules = {m for one in by_index.values() for m in one.names.modules}
    return digest(*parts, *sorted(local_modules(modules).items()))


def lasting(outcome: Outcome) -> bool:
    """Whether a block would end the same again: not where time or the system ended it."""
    of_the_code = outcome.verdict in _LASTING and not any(r.endswith("/") for r in outcome.reads)
    limits = ("MemoryLimit", "ProcessLimit", "OutputLimit", "MemoryError")
    return of_the_code and not (outcome.failure and outcome.failure.type in limits)


def read_digests(reads: Iterable[str], vault: Path) -> dict[str, str]:
    """What the files of the vault that were read hold now."""
    found = {}
    for path in sorted(set(reads)):
        try:
            found[path] = hashlib.sha256((vault / path).read_bytes()).hexdigest()
        except OSError:
            found[path] = ""
    return found


def outcome_value(outcome: Outcome, line: int, vault: Path) -> dict[str, Any]:
    """An outcome as JSON, its lines counted from the block's first, without its traceback."""
    failure = outcome.failure
    return {
        "outcome": {**_fields(outcome), "failure": None, "output": outcome.output[:_LONGEST]},
        "failure": failure
        and [failure.type, failure.message, failure.line and failure.line - line],
        "reads": read_digests(outcome.reads, vault),
    }


def outcome_of(value: Mapping[str, Any], line: int, vault: Path) -> Outcome | None:
    """A remembered outcome for a block that now begins at `line`; None when a file it read has
    changed."""
    if read_digests(value["reads"], vault) != value["reads"]:
        return None
    told = value["outcome"]
    failure = None
    if value["failure"]:
        kind, message, below = value["failure"]
        failure = Failure(kind, message, None if below is None else line + below)
    return Outcome(
        **{
            **told,
            "failure": failure,
            "missing": tuple(told["missing"]),
            "reads": tuple(told["reads"]),
            "result": tuple((name, one) for name, one in told["result"]),
        }
    )


def rows_value(
    rows: Iterable[Row], reads: Iterable[str], modules: Iterable[str], vault: Path
) -> Any:
    """A note's rows as JSON, with what they depend on beside its bytes."""
    return {
        "rows": [_row_value(row) for row in rows],
        "reads": read_digests(reads, vault),
        "local": local_modules(modules),
    }


def rows_of(value: Mapping[str, Any], vault: Path) -> list[Row] | None:
    """A note's remembered rows; None when something beside its bytes has changed."""
    if value["reads"] and read_digests(value["reads"], vault) != value["reads"]:
        return None
    if value["local"] and local_modules(value["local"]) != value["local"]:
        return None
    return [_row(told) for told in value["rows"]]


def _fields(value: Outcome | Row | Failure | Stale) -> dict[str, Any]:
    """A flat value's fields; `asdict` copies deeply, which cost more than running a note."""
    return {name: getattr(value, name) for name in value.__slots__}


def _row_value(row: Row) -> dict[str, Any]:
    made = _fields(row)
    made["output"] = row.output[:_LONGEST]
    made["error"] = row.error and _fields(row.error)
    made["stale"] = [_fields(one) for one in row.stale]
    return made


def _row(told: dict[str, Any]) -> Row:
    error = told["error"]
    told["error"] = error and Failure(**{**error, "lineage": tuple(error["lineage"])})
    told["depends_on"] = tuple(told["depends_on"])
    told["stale"] = tuple(Stale(**one) for one in told["stale"])
    told["remembered"] = told["verdict"] is not None
    return Row(**told)
