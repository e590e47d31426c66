"""What was proven of the functions that notes declare: one page a person can read.

A table of notes, functions, devices and dtypes, then every counterexample in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from vaultkit.verify.row import Row, Verification

_DTYPES = ("float64", "float32", "bfloat16", "float16")


class Proof(NamedTuple):
    """One declared function: where it stands, its verdict, and its level by device and dtype."""

    note: str
    line: int
    function: str
    concept: str
    level: str
    cells: dict[tuple[str, str], dict[str, Any]]
    text: str


def proofs(made: Verification) -> tuple[Proof, ...]:
    """Every function that was judged, in the order of the notes."""
    return tuple(_proof(row) for row in made.rows if row.judged)


def _proof(row: Row) -> Proof:
    told = row.judged
    cells = {(cell["device"], cell["dtype"]): cell for cell in told["cells"]}
    return Proof(
        row.note, row.line, told["function"], told["concept"], told["level"], cells, told["text"]
    )


def _columns(found: tuple[Proof, ...]) -> list[tuple[str, str]]:
    devices = sorted({device for proof in found for device, _ in proof.cells})
    return [(device, dtype) for device in devices for dtype in _DTYPES]


def _cell(proof: Proof, column: tuple[str, str]) -> str:
    cell = proof.cells.get(column)
    if cell is None:
        return "–"
    if cell["level"] is None:
        return f"skipped: {cell['skipped']}"
    return f"{cell['level']} ({_error(cell['error'])})"


def _error(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.0e}"


def _provenance(made: Verification) -> str:
    where = made.environment
    packages = ", ".join(f"{name} {version}" for name, version in where["packages"].items())
    devices = ", ".join(f"{name}: {kind or 'none'}" for name, kind in where["devices"].items())
    commit = f", commit {where['commit'][:12]}" if where.get("commit") else ""
    return f"Python {where['python']}, {packages}; {devices}{commit}"


def proof_markdown(made: Verification) -> str:
    """The page as a note."""
    return "\n".join(_markdown(made)) + "\n"


def _markdown(made: Verification) -> Iterator[str]:
    found = proofs(made)
    columns = _columns(found)
    yield "# What is proven\n"
    yield f"{_provenance(made)}\n"
    heads = ["Note", "Function", "Concept", "Verdict", *(" ".join(column) for column in columns)]
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for proof in found:
        name = proof.note.removesuffix(".md")
        link = f"[[{name}\\|{name.rpartition('/')[2]}]]"
        cells = [_cell(proof, column) for column in columns]
        row = [link, f"`{proof.function}`", proof.concept, f"**{proof.level}**", *cells]
        yield "| " + " | ".join(row) + " |"
    yield ""
    for proof in found:
        yield f"## {proof.function}, {proof.concept}\n"
        yield f"```text\n{proof.text}\n```\n"


_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --fair: #9a6700; --bad: #cf222e }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --fair: #d29922; --bad: #f85149 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
.wide { overflow-x: auto }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  white-space: nowrap }
th { position: sticky; top: 0; background: Canvas }
.robust { color: var(--good); font-weight: 600 } .agrees { color: var(--fair); font-weight: 600 }
.diverges, .called, .executed { color: var(--bad); font-weight: 600 }
.quiet { opacity: .6 }
pre { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: .8rem }
summary { cursor: pointer; padding: .3rem 0 }
"""


def proof_html(made: Verification) -> str:
    """The page as one file that needs nothing else."""
    found = proofs(made)
    columns = _columns(found)
    heads = ["Note", "Function", "Concept", "Verdict", *(" ".join(column) for column in columns)]
    rows = "\n".join(_html_row(number, proof, columns) for number, proof in enumerate(found))
    details = "\n".join(_html_details(number, proof) for number, proof in enumerate(found))
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>What is proven</title>
<style>{_STYLE}</style>
<h1>What is proven</h1>
<p>{escape(_provenance(made))}</p>
<p>In brackets the largest error against the definition in float64. <b class="robust">robust</b>
holds on the edges too, <b class="agrees">agrees</b> on the regular domain.</p>
<div class="wide"><table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table></div>
<h2>In full</h2>
{details}
</html>
"""


def _html_row(number: int, proof: Proof, columns: list[tuple[str, str]]) -> str:
    cells = "".join(_html_cell(proof, column) for column in columns)
    name = proof.note.removesuffix(".md").rpartition("/")[2]
    return (
        f'<tr><td title="{escape(proof.note)}:{proof.line}">{escape(name)}</td>'
        f'<td><a href="#p{number}"><code>{escape(proof.function)}</code></a></td>'
        f'<td>{escape(proof.concept)}</td><td class="{proof.level}">{proof.level}</td>{cells}</tr>'
    )


def _html_cell(proof: Proof, column: tuple[str, str]) -> str:
    cell = proof.cells.get(column)
    kind = "quiet" if cell is None or cell["level"] is None else cell["level"]
    return f'<td class="{kind}">{escape(_cell(proof, column))}</td>'


def _html_details(number: int, proof: Proof) -> str:
    opened = "" if proof.level == "robust" else " open"
    title = escape(f"{proof.function} implements {proof.concept}: {proof.level}")
    return (
        f'<details id="p{number}"{opened}><summary>{title}</summary>'
        f"<pre>{escape(proof.text)}</pre></details>"
    )
