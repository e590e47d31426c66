"""Brackets that look like a broken link and were never meant as one."""

from __future__ import annotations

import re

from vaultkit.note.model import Link

_TEMPLATE = re.compile(r"\{\{|\}\}|<%|%>|\$\{|\{%")
# `[[ -f x ]]`, `[[ ! $a == b ]]`: tests of a shell, which asks for the blank after the brackets.
_SHELL_TEST = re.compile(
    rb"\[\[\s+(?:-[A-Za-z]{1,2}\s|!\s|\"?\$[\w{(]|\S+\s+(?:==?|=~|!=|-\w\w)\s)"
)


def is_ignored(link: Link, markup: bytes) -> bool:
    """Whether a link is a template's place holder, a shell test, or holds code."""
    if link.kind == "file":
        return False
    named = f"{link.target}#{link.fragment}" if link.fragment else link.target
    if "`" in named or is_template(named):
        return True
    return link.kind == "wiki" and _SHELL_TEST.match(markup) is not None


def is_template(text: str) -> bool:
    """Whether a text holds a place holder of a template language: `{{date}}`, `<% … %>`."""
    return _TEMPLATE.search(text) is not None
