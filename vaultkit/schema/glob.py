"""Which paths of a vault a pattern of the configuration means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_PIECES = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANING = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


@dataclass(frozen=True)
class PathPattern:
    """One or more patterns, each a path from the vault's root; a folder means all below it.

    `*` and `?` stand for characters of one name, `**` for any number of folders. Without a
    pattern nothing matches.
    """

    texts: tuple[str, ...]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_expression, self.texts)) or r"(?!)", re.DOTALL)

    def matches(self, path: str) -> bool:
        """Whether a file is meant, named by its path from the vault's root."""
        return self._compiled.fullmatch(path) is not None


def _expression(text: str) -> str:
    pieces = _PIECES.findall(text.strip("/"))
    body = "".join(_MEANING.get(piece) or re.escape(piece) for piece in pieces)
    return f"{body}(?:/.*)?" if body else ".*"
