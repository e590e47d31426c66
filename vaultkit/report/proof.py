"""What was proven of the functions that notes declare: a table, then every counterexample in full.

Here as a note; `proof_page.py` has the same as one HTML file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from vaultkit.verify.row import Row, Verification

DTYPES = ("float64", "float32", "bfloat16", "float16")
_LADDER = ("diverges", "executed", "called", "agrees", "robust")
_ABSENT = "no device"


class Proof(NamedTuple):
    """One declared function on all devices.

    level: the lowest of its devices; cells: by device and dtype.
    told:  what the judge said, once for each device that judged.
    """

    note: str
    line: int
    function: str
    concept: str
    level: str
    cells: dict[tuple[str, str], dict[str, Any]]
    told: tuple[dict[str, Any], ...]


class Column(NamedTuple):
    """A device and a dtype; a device that is not there has one column, without a dtype."""

    device: str
    dtype: str

    def __str__(self) -> str:
        return f"{self.device} {self.dtype}".rstrip()


def proofs(made: Verification) -> tuple[Proof, ...]:
    """Every function that was judged, in the order of the notes."""
    found: dict[tuple[str, int], list[Row]] = {}
    for row in made.rows:
        if row.judged:
            found.setdefault((row.note, row.index), []).append(row)
    return tuple(_proof(rows) for rows in found.values())


def _proof(rows: list[Row]) -> Proof:
    told = tuple(row.judged for row in rows)
    cells = {(cell["device"], cell["dtype"]): cell for one in told for cell in one["cells"]}
    level = min((one["level"] for one in told), key=_LADDER.index)
    first = rows[0]
    return Proof(
        first.note, first.line, told[0]["function"], told[0]["concept"], level, cells, told
    )


def columns(found: Iterable[Proof]) -> list[Column]:
    """The table's columns, by device."""
    cells: dict[str, list[dict[str, Any]]] = {}
    for proof in found:
        for (device, _), cell in proof.cells.items():
            cells.setdefault(device, []).append(cell)
    made: list[Column] = []
    for device in sorted(cells):
        absent = all(cell["skipped"] == _ABSENT for cell in cells[device])
        made += [Column(device, dtype) for dtype in (("",) if absent else DTYPES)]
    return made


def cell_text(proof: Proof, column: Column) -> str:
    """ "robust (9e-16)", or why there is nothing."""
    cell = proof.cells.get((column.device, column.dtype or DTYPES[0]))
    if cell is None:
        return "–"
    if cell["level"] is None:
        return f"skipped: {cell['skipped']}"
    if cell["level"] in ("executed", "called"):
        return str(cell["level"])  # what gave no value has no error either
    return f"{cell['level']} ({error_text(cell['error'])})"


def error_text(value: float | str) -> str:
    """An error with one digit; what is not finite is a text already."""
    return value if isinstance(value, str) else f"{value:.0e}"


def counted(found: Iterable[Proof]) -> list[tuple[str, int]]:
    """How many functions stand at each level, the highest first."""
    counts = Counter(proof.level for proof in found)
    return [(level, counts[level]) for level in reversed(_LADDER) if counts[level]]


def provenance(made: Verification) -> str:
    """Versions, devices and commit, in one line."""
    where = made.environment
    packages = [f"{name} {version}" for name, version in where["packages"].items()]
    devices = [f"{name}: {kind or 'no device'}" for name, kind in where["devices"].items()]
    commit = f"; commit {where['commit'][:12]}" if where.get("commit") else ""
    versions = ", ".join((f"Python {where['python']}", *packages))
    return f"{versions}; {', '.join(devices)}{commit}"


def proof_markdown(made: Verification) -> str:
    """The page as a note."""
    return "\n".join(_markdown(made)) + "\n"


def _markdown(made: Verification) -> Iterator[str]:
    found = proofs(made)
    yield "# What is proven\n"
    yield f"{provenance(made)}\n"
    if not found:
        yield "No block declares what it implements (`implements=`)."
        return
    counts = ", ".join(f"{number} {level}" for level, number in counted(found))
    yield f"Of {len(found)} functions: {counts}."
    yield "In brackets the largest error against the definition in float64.\n"
    heads = ["Note", "Function", "Concept", "Verdict", *map(str, columns(found))]
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for proof in found:
        name = proof.note.removesuffix(".md")
        short = name.rpartition("/")[2]
        link = f"[[{name}]]" if short == name else f"[[{name}\\|{short}]]"
        cells = [cell_text(proof, column) for column in columns(found)]
        row = [link, f"`{proof.function}`", proof.concept, f"**{proof.level}**", *cells]
        yield "| " + " | ".join(row) + " |"
    for proof in found:
        yield f"\n## {proof.function}, {proof.concept}\n"
        text = "\n".join(one["text"] for one in proof.told)
        yield f"```text\n{text}\n```"
