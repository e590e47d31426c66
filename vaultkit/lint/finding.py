"""One thing a rule found, at its exact place."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vaultkit.text import Edit, Span

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]


class Fix(NamedTuple):
    """Edits to the finding's own file that mend it; applied whole or not at all."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = "safe"


class Finding(NamedTuple):
    """path: the file, relative to the vault; suggestions: what was probably meant, best first."""

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


def place_of(finding: Finding) -> tuple[str, Span, str, str]:
    """What findings are sorted by."""
    return finding.path, finding.span, finding.rule, finding.message
