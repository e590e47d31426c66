"""Which files the vault's own settings hide from search and graph; they still resolve."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress


class Excluded:
    """Obsidian's "excluded files": path prefixes, and expressions written `/…/`.

    An expression that is none hides nothing.
    """

    __slots__ = ("_patterns", "_prefixes")

    def __init__(self, filters: Iterable[str]) -> None:
        prefixes: list[str] = []
        patterns: list[re.Pattern[str]] = []
        for item in filter(None, filters):
            if len(item) > 1 and item[0] == item[-1] == "/":
                with suppress(re.error):
                    patterns.append(re.compile(item[1:-1]))
            else:
                prefixes.append(item)
        self._prefixes, self._patterns = tuple(prefixes), tuple(patterns)

    def __contains__(self, path: str) -> bool:
        return path.startswith(self._prefixes) or any(
            pattern.search(path) for pattern in self._patterns
        )
