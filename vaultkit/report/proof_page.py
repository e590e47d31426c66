"""What was proven, as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

from vaultkit.report.proof import (
    Column,
    Proof,
    cell_text,
    columns,
    counted,
    error_text,
    proofs,
    provenance,
)
from vaultkit.verify.row import Verification

_MEANINGS = {
    "robust": "right on the edges too: half precision, masks, empty batches, NaN",
    "agrees": "right on ordinary inputs in float64 and float32",
    "diverges": "wrong on ordinary inputs",
    "executed": "the block ran, and the function could not be judged",
}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #656d76; --shade: #8881;
  --good: #1a7f37; --fair: #9a6700; --bad: #cf222e }
@media (prefers-color-scheme: dark) { :root { --quiet: #9198a1;
  --good: #3fb950; --fair: #d29922; --bad: #f85149 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 82rem;
  padding: 0 1rem }
h1 { margin: 0 0 .3rem } h2 { margin: 2rem 0 .5rem }
p { margin: .3rem 0 } .quiet { color: var(--quiet); font-weight: 400 }
.robust { color: var(--good) } .agrees { color: var(--fair) }
.diverges, .called, .executed, .failed { color: var(--bad) }
b, td.robust, td.agrees, td.diverges, td.called, td.executed { font-weight: 600 }
.tally { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: 1rem 0 }
.tally b { font-size: 1.3rem }
.wide { overflow-x: auto }
table { border-collapse: collapse }
.wide > .grid { width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  vertical-align: top }
td { white-space: nowrap } td.quiet { white-space: normal; min-width: 6rem; font-size: .85rem }
td small { font-weight: 400; opacity: .85 }
.split { border-left: 1px solid var(--line) }
.grid td:first-child, .grid th.name { position: sticky; left: 0; background: Canvas; z-index: 1 }
code, pre { font: .9em/1.5 ui-monospace, monospace }
pre { background: var(--shade); border-radius: 6px; margin: .3rem 0; padding: .5rem .8rem;
  white-space: pre-wrap; overflow-wrap: anywhere }
details { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; padding: .5rem 1rem }
summary { cursor: pointer } h3 { font-size: 1rem; margin: 1rem 0 .2rem }
ul { margin: .2rem 0; padding-left: 1.2rem }
"""


def proof_html(made: Verification) -> str:
    """The page: counts, a table of functions, devices and dtypes, and each function in full."""
    found = proofs(made)
    body = "\n".join(_body(found)) if found else "<p>No block declares what it implements.</p>"
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What is proven</title>
<style>{_STYLE}</style>
<h1>What is proven</h1>
<p class="quiet">{escape(provenance(made))}</p>
{body}
</html>
"""


def _body(found: tuple[Proof, ...]) -> Iterator[str]:
    yield '<div class="tally">'
    for level, number in counted(found):
        meaning = escape(_MEANINGS.get(level, ""))
        yield f'<span><b class="{level}">{number} {level}</b> <span class="quiet">{meaning}</span>'
        yield "</span>"
    yield "</div>"
    yield '<div class="wide"><table class="grid"><thead>'
    yield from _heads(columns(found))
    yield "</thead><tbody>"
    yield from (_row(number, proof, columns(found)) for number, proof in enumerate(found))
    yield "</tbody></table></div>"
    yield '<p class="quiet">In brackets the largest error against the definition in float64.</p>'
    yield "<h2>In full</h2>"
    yield from (_details(number, proof) for number, proof in enumerate(found))


def _heads(shown: list[Column]) -> Iterator[str]:
    names = ("Function", "Note", "Concept", "Verdict")
    first = "".join(
        f'<th rowspan="2"{" class=name" if name == "Function" else ""}>{name}</th>'
        for name in names
    )
    groups = {device: list(some) for device, some in groupby(shown, lambda one: one.device)}
    devices = "".join(
        f'<th class="split" colspan="{len(some)}">{escape(device)}</th>'
        for device, some in groups.items()
    )
    dtypes = "".join(f"<th{_split(shown, n)}>{one.dtype}</th>" for n, one in enumerate(shown))
    yield f"<tr>{first}{devices}</tr><tr>{dtypes}</tr>"


def _split(shown: list[Column], number: int, kind: str = "") -> str:
    """The class of a cell, with a line where a device begins."""
    first = number == 0 or shown[number].device != shown[number - 1].device
    words = " ".join(filter(None, (kind, "split" if first else "")))
    return f' class="{words}"' if words else ""


def _row(number: int, proof: Proof, shown: list[Column]) -> str:
    name = proof.note.removesuffix(".md").rpartition("/")[2]
    cells = ""
    for place, column in enumerate(shown):
        level, _, rest = cell_text(proof, column).partition(" ")
        quiet = level in ("–", "skipped:")
        kind = "quiet" if quiet else level
        text = f"{level} {rest}" if quiet else f"{level} <small>{escape(rest)}</small>"
        cells += f"<td{_split(shown, place, kind)}>{text}</td>"
    return (
        f'<tr><td><a href="#p{number}"><code>{escape(proof.function)}</code></a></td>'
        f'<td title="{escape(proof.note)}:{proof.line}">{escape(name)}</td>'
        f'<td>{escape(proof.concept)}</td><td class="{proof.level}">{proof.level}</td>{cells}</tr>'
    )


def _details(number: int, proof: Proof) -> str:
    opened = "" if proof.level == "robust" else " open"
    place = escape(f"{proof.note}:{proof.line}")
    inner = "\n".join(part for told in proof.told for part in _told(told))
    return (
        f'<details id="p{number}"{opened}><summary><code>{escape(proof.function)}</code> implements'
        f' {escape(proof.concept)}: <b class="{proof.level}">{proof.level}</b>'
        f' <span class="quiet">{place}</span></summary>\n{inner}\n</details>'
    )


def _told(told: dict[str, Any]) -> Iterator[str]:
    if told["explanation"]:
        yield f"<p><b>{escape(told['explanation'])}</b></p>"
    said = " ".join(f"{key}={value}" for key, value in told["conventions"])
    if said:
        yield f'<p class="quiet">judged with <code>{escape(said)}</code></p>'
    yield from _counterexamples(told["cells"])
    yield from _measured([cell for cell in told["cells"] if cell["level"] is not None])
    yield from _list("Gradients", map(_gradient, told["gradients"]))
    yield from _list("Cost", map(_cost, told["costs"]))
    yield from _list("Notes", map(escape, told["remarks"]))


def _counterexamples(cells: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The first divergence of each topic."""
    seen: set[str] = set()
    for one in (divergence for cell in cells for divergence in cell["divergences"]):
        if one["topic"] in seen:
            continue
        seen.add(one["topic"])
        place = escape(f"{one['dtype']}, {one['device']}")
        yield f'<h3 class="diverges">diverges on: {escape(one["topic"])}'
        yield f'<span class="quiet">({place})</span></h3>'
        yield f"<pre>{escape(one['call'])}\ngives {escape(one['got'])}"
        yield f"right is {escape(one['expected'])}</pre>"
        if one["explanation"]:
            yield f"<p>{escape(one['explanation'])}</p>"


def _measured(cells: list[dict[str, Any]]) -> Iterator[str]:
    if all(cell["level"] in ("executed", "called") for cell in cells):
        return
    heads = ("", "cases", "error", "fused function's own", "between the two", "from the CPU")
    yield '<div class="wide"><table><tr>' + "".join(f"<th>{text}</th>" for text in heads) + "</tr>"
    for cell in cells:
        gap = cell["device_gap"]
        errors = (cell["error"], cell["own_error"], cell["reference_error"])
        values = [str(cell["cases"]), *map(error_text, errors)]
        values.append("–" if gap is None else error_text(gap))
        yield f"<tr><td>{cell['device']} {cell['dtype']}</td>"
        yield "".join(f"<td>{value}</td>" for value in values) + "</tr>"
    yield "</table></div>"


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = "".join(f"<li>{line}</li>" for line in lines)
    if items:
        yield f"<h3>{title}</h3><ul>{items}</ul>"


def _gradient(one: dict[str, Any]) -> str:
    word = {True: "held", False: "failed", None: "not asked"}[one["held"]]
    kind = {True: "robust", False: "failed", None: "quiet"}[one["held"]]
    detail = f" ({escape(one['detail'])})" if one["detail"] else ""
    return f'{escape(one["check"])}: <b class="{kind}">{word}</b>{detail}'


def _cost(one: dict[str, Any]) -> str:
    return escape(
        f"{one['device']} at {one['shape']}: {one['fresh']} fresh tensors (fused"
        f" {one['reference_fresh']}), {one['peak']:,} bytes (fused {one['reference_peak']:,}),"
        f" {one['seconds'] * 1e3:.2f} ms (fused {one['reference_seconds'] * 1e3:.2f} ms)"
    )
