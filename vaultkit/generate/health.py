"""The health of a vault as a note of it: figures, verdicts, findings with links, and the trend.

The note is made from the vault with an empty note in its place, so that it never counts itself
and a second time plans nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from vaultkit.config import Config
from vaultkit.errors import ConflictError
from vaultkit.generate.listing import link_or_path, texts
from vaultkit.generate.region import digest_of, empty_region, is_touched, refill, regions
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Rule
from vaultkit.lint.run import lint
from vaultkit.plan.plan import Create, Plan, Write
from vaultkit.repair.after import after
from vaultkit.repair.standing import Standing
from vaultkit.repair.survey import Surveyor
from vaultkit.text import Edit, Span
from vaultkit.vault import Vault

_ROW = re.compile(r"^\| (\d{4}-\d{2}-\d{2}) \|((?: \d+ \|)+)$", re.MULTILINE)
_COLUMNS = ("Notes", "Links", "Broken", "Errors", "Warnings", "Hints")
_SEVERITIES = ("error", "warning", "info")
_BROKEN = ("missing", "missing-variant", "missing-alias", "ambiguous", "bad-fragment")
_KIND = "health"
# A rule with more offenders than this is told by its count, and lists the first ones.
_MOST = 50


def health(
    vault: Vault, path: str, rules: Sequence[Rule], today: str, config: Config | None = None
) -> Plan:
    """The plan that makes the health note, or brings its region up to date.

    today: ISO 8601; a run on the same day takes the place of the earlier one in the trend.
    Raises ConflictError where a person has written inside the region.
    """
    name = path[path.rfind("/") + 1 : -3]
    text = f"# {name}\n\n{empty_region(_KIND, {})}".encode()
    made = path not in vault.notes
    if made:
        Standing(vault.files).refuse(path)
    own = Create(PurePosixPath(path), text)
    seen = after(vault, Plan("", (own if made else _emptied(vault, path, text),)))
    earlier = "" if made else _earlier(vault, path)
    lines = _lines(seen, path, rules, earlier, today, config)
    why = f"{'make' if made else 'update'} {path}"
    if made:
        note = seen.notes[path]
        filled = after(
            seen, Plan("", (Write(own.path, note.source.digest, _fill(seen, path, lines)),))
        )
        return Plan(why, (Create(own.path, filled.notes[path].source.data),))
    edits = _fill(vault, path, lines)
    digest = vault.notes[path].source.digest
    return Plan(why, (Write(own.path, digest, edits),) if edits else ())


def _emptied(vault: Vault, path: str, text: bytes) -> Write:
    source = vault.notes[path].source
    return Write(PurePosixPath(path), source.digest, (Edit(Span(0, len(source.data)), text),))


def _fill(vault: Vault, path: str, lines: list[str]) -> tuple[Edit, ...]:
    note = vault.notes[path]
    own = [region for region in regions(note) if region.kind == _KIND]
    if len(own) != 1:
        raise ConflictError(
            f"{path} is there, but has no region for it; nothing was written",
            "name another note with --to, or put these two lines into it: "
            + " and ".join(empty_region(_KIND, {}).splitlines()),
        )
    if is_touched(note, own[0]):
        raise ConflictError(
            f"{path}: the generated region was changed by hand; nothing was written",
            "put your text outside the markers, then empty the region",
        )
    return tuple(refill(note, own[0], lines))


def _earlier(vault: Vault, path: str) -> str:
    note = vault.notes[path]
    own = [region for region in regions(note) if region.kind == _KIND]
    inner = note.source.slice(own[0].inner) if own else b""
    return inner.decode() if own and own[0].digest == digest_of(inner) else ""


def _lines(
    vault: Vault,
    path: str,
    rules: Sequence[Rule],
    earlier: str,
    today: str,
    config: Config | None,
) -> list[str]:
    buckets: Counter[str] = Counter(
        item.bucket for item in Surveyor(vault).survey() if item.path != path
    )
    findings = [item for item in lint(vault, rules, config) if item.path != path]
    severities: Counter[str] = Counter(item.severity for item in findings)
    figures: tuple[int, ...] = (
        len(vault.notes) - 1,
        buckets.total(),
        sum(buckets[name] for name in _BROKEN),
        *(severities[name] for name in _SEVERITIES),
    )
    rows = _rows(earlier, today, figures)
    return [
        *_trend(rows),
        "",
        *_verdicts(vault, path),
        "## Findings",
        "",
        *(_findings(vault, path, findings) or ["None."]),
    ]


def _rows(earlier: str, today: str, figures: tuple[int, ...]) -> list[tuple[str, tuple[int, ...]]]:
    """The days of earlier runs with today's, each day once."""
    rows = {
        match[1]: tuple(int(cell) for cell in match[2].strip(" |").split("|"))
        for match in _ROW.finditer(earlier)
    }
    rows = {day: cells for day, cells in rows.items() if len(cells) == len(_COLUMNS)}
    rows[today] = figures
    return sorted(rows.items())


def _trend(rows: list[tuple[str, tuple[int, ...]]]) -> list[str]:
    now = rows[-1][1]
    lines = ["## Figures", "", "| | Now | Change |", "|---|---|---|"]
    before = rows[-2] if len(rows) > 1 else None
    for number, name in enumerate(_COLUMNS):
        change = f"{now[number] - before[1][number]:+d}" if before else "–"
        lines.append(f"| {name} | {now[number]} | {'0' if change == '+0' else change} |")
    since = (
        f"Changes since {before[0]}." if before else "The first run; changes show from the next."
    )
    lines += ["", since, "", "## Trend", ""]
    lines += ["| Day | " + " | ".join(_COLUMNS) + " |", "|---" * (len(_COLUMNS) + 1) + "|"]
    return lines + [f"| {day} | " + " | ".join(map(str, cells)) + " |" for day, cells in rows]


def _verdicts(vault: Vault, path: str) -> list[str]:
    counts: Counter[str] = Counter()
    for other, note in vault.notes.items():
        if other != path:
            counts.update(texts(note.values.get("verification_status")))
    if not counts:
        return []
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return (
        ["## Verdicts", "", "| Verdict | Notes |", "|---|---|"]
        + [f"| {_cell(verdict)} | {count} |" for verdict, count in rows]
        + [""]
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("[[", "\\[\\[")


def _findings(vault: Vault, home: str, findings: Iterable[Finding]) -> list[str]:
    """By rule, the gravest first: each file with the lines in it."""
    by_rule: dict[tuple[int, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for item in findings:
        line = 1
        if item.path in vault.notes or item.path in vault.boards:
            line = vault.page(item.path).source.position(item.span.start).line
        by_rule[_SEVERITIES.index(item.severity), item.rule][item.path].append(line)
    lines: list[str] = []
    for (severity, rule), files in sorted(by_rule.items()):
        count = sum(map(len, files.values()))
        lines += [f"### {rule} ({count}, {_SEVERITIES[severity]})", ""]
        for path in sorted(files)[:_MOST]:
            at = ", ".join(str(line) for line in sorted(set(files[path]))[:20])
            lines.append(f"- {link_or_path(vault, path, home)}: line {at}")
        if len(files) > _MOST:
            lines.append(f"- and {len(files) - _MOST} more files")
        lines.append("")
    return lines[:-1]
