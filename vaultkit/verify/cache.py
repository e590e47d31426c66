"""Results remembered between runs: one small database, safe against kills and neighbours.

A key is a digest of everything the value depends on, so nothing here is ever wrong for its
key; what is remembered under a key that no run asks for any more is dropped after a while.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Any

from vaultkit.verify.runner import make_folder

FOLDER = ".vaultkit-cache"
_FILE = "verify.sqlite"
_DAY = 86_400
_KEPT = 60 * _DAY
_AT_ONCE = 500


class Cache:
    """Plain JSON values by key; a cache that cannot be read or written answers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._base: sqlite3.Connection | None = None
        self._fresh: dict[str, Any] = {}
        self._used: set[str] = set()
        if folder is None:
            return
        with suppress(OSError, sqlite3.Error):
            if not folder.is_dir():
                make_folder(str(folder), -1)
            self._base = sqlite3.connect(folder / _FILE, timeout=5)
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS results"
                " (key TEXT PRIMARY KEY, value TEXT, used INTEGER) WITHOUT ROWID"
            )

    def __bool__(self) -> bool:
        return self._base is not None

    def get(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values that are remembered, by key."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Any] = {}
        if self._base is None:
            return found
        now = int(time())
        with suppress(sqlite3.Error, ValueError):
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value, used FROM results WHERE key IN ({marks})"
                for key, value, used in self._base.execute(query, some):
                    found[key] = json.loads(value)
                    if used < now - _DAY:
                        self._used.add(key)
        return found

    def put(self, key: str, value: Any) -> None:
        """Remember a value; it is written when the cache is closed."""
        self._fresh[key] = value

    def close(self) -> None:
        """Write what is new, and drop what no run has asked for in sixty days."""
        if self._base is None:
            return
        now = int(time())
        with suppress(sqlite3.Error, OSError):
            if self._fresh or self._used:
                rows = [(k, json.dumps(v), now) for k, v in self._fresh.items()]
                with self._base:
                    self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
                    self._base.executemany(
                        "UPDATE results SET used = ? WHERE key = ?",
                        [(now, key) for key in self._used],
                    )
                    self._base.execute("DELETE FROM results WHERE used < ?", (now - _KEPT,))
            self._base.close()
        self._base = None
