"""What functions without a declaration may declare: as text to copy from, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import click

from vaultkit.report.shown import one_line
from vaultkit.verify.proposal import Proposal


def proposals_value(found: Iterable[Proposal]) -> list[dict[str, Any]]:
    """Every function that was asked about, those that fit nothing among them."""
    return [asdict(one) for one in found]


def proposal_lines(found: Iterable[Proposal]) -> Iterator[str]:
    """Each function with its declarations, the likeliest first; then how many fit nothing."""
    functions = list(found)
    yield ""
    if not functions:
        yield "suggestions: every function declares what it implements, or there is none"
        return
    yield "suggestions, to copy behind the word `python` of the fence; nothing was written:"
    for one in functions:
        if one.suggestions or one.problem:
            place = click.style(f"{one_line(one.note)}:{one.line}", bold=True)
            yield f"{place} block {one.index} `{one_line(one.function)}`"
        if one.problem:
            told = one_line(one.problem.splitlines()[0][:200])
            yield f"    {click.style('no answer', fg='yellow')}: {told}"
        for offer in one.suggestions:
            colour = "green" if offer.agrees else "yellow"
            yield f"    {click.style('{' + one_line(offer.declaration) + '}', fg=colour)}"
            yield f"        {one_line(offer.why)}"
    idle = sum(not one.suggestions and not one.problem for one in functions)
    yield f"{len(functions):>6}  without a declaration, {idle} of them fit no concept"
