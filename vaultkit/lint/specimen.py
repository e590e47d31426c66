"""Links that show a reader how links are written and are not there to be followed."""

from __future__ import annotations

from vaultkit.note import Link
from vaultkit.vault import Page


def is_specimen(page: Page, link: Link) -> bool:
    """Whether a link stands in one line with its own markup as code.

    "`[[Example]]` is shown as [[Example]]" teaches the notation, in whatever language.
    """
    source, span = page.source, link.span
    if link.where != "body":
        return False
    line = source.slice(source.line_span(span.start))
    return b"`" + source.slice(span) + b"`" in line
