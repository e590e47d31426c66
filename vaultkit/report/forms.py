"""The forms in which `lint` can answer, by name; each is loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from vaultkit.report.findings import Answer, finding_value, findings_value
from vaultkit.report.shown import as_json


def _json(answer: Answer) -> str:
    return as_json(findings_value(answer))


def _json_lines(answer: Answer) -> str:
    """One finding a line, each a whole JSON object."""
    rows = map(finding_value, answer.findings)
    texts = [json.dumps(row, ensure_ascii=False) for row in rows]
    return "".join(f"{text}\n" for text in texts).encode("utf-8", "backslashreplace").decode()


def _sarif(answer: Answer) -> str:
    from vaultkit.report.sarif import sarif

    return sarif(answer)


def _ci(name: str) -> Callable[[Answer], str]:
    def form(answer: Answer) -> str:
        from vaultkit.report import ci

        made: str = getattr(ci, name)(answer)
        return made

    return form


FORMS: Mapping[str, Callable[[Answer], str]] = {
    "json": _json,
    "jsonl": _json_lines,
    "sarif": _sarif,
    "github": _ci("github"),
    "gitlab": _ci("gitlab"),
    "junit": _ci("junit"),
}
