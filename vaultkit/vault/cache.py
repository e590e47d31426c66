"""What is remembered of a vault between runs, outside the vault: the only door that writes it.

It lies in the user's cache folder, one file for each vault, so that neither Obsidian, nor a sync
service, nor git ever sees it. A file is written beside its name and moved there in one step, so a
reader sees the old one or the new one, and of two processes the last one wins; one that is torn
or foreign all the same fails its checksum and is as good as none. Deleting it costs time alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

_VARIABLE = "VAULTKIT_CACHE"
# A change this soon, in nanoseconds, after a file was seen might bear the same time as before.
_RACY = 2_000_000_000


class Sign(NamedTuple):
    """What the file system says of a file without reading it: size, times, identity."""

    size: int
    modified: int
    changed: int
    inode: int

    def is_sure(self, now: int) -> bool:
        """Whether a file with the same sign, seen at `now` or later, has the same bytes.

        The time of last change is the system's own and cannot be set back; only a second change
        within the same tick of the clock could hide behind it. Windows keeps no such time.
        """
        return os.name != "nt" and max(self.modified, self.changed) + _RACY < now


def sign_of(root: Path, paths: Iterable[str]) -> dict[str, Sign | None]:
    """The sign of each file; None for one that is not to be had."""
    prefix = os.fspath(root) + os.sep
    signs: dict[str, Sign | None] = {}
    stat = os.stat
    for path in paths:
        try:
            found = stat(prefix + path)
        except OSError:
            signs[path] = None
            continue
        signs[path] = Sign(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return signs


def cache_file(root: Path, what: str) -> Path | None:
    """Where something is remembered of a vault; None where there is no place for it."""
    named = os.environ.get(_VARIABLE)
    if named is not None:
        base = Path(named) if named else None
    else:
        home = os.environ.get("XDG_CACHE_HOME")
        with suppress(RuntimeError):
            base = (Path(home) if home else Path.home() / ".cache") / "vaultkit"
            return base / f"{_name(root)}.{what}"
        return None
    return base / f"{_name(root)}.{what}" if base else None


def _name(root: Path) -> str:
    return hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:24]


def recall(file: Path | None) -> Mapping[str, Any] | None:
    """The value that was remembered last, or None where nothing can be read."""
    if file is None:
        return None
    try:
        data = file.read_bytes()
        check, _, body = data.partition(b"\n")
        if int(check, 16) != zlib.crc32(body):
            return None
        value = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def remember(file: Path | None, value: Mapping[str, Any]) -> None:
    """Keep a value of plain JSON for the next run; where it cannot be kept, do nothing."""
    if file is None:
        return
    body = json.dumps(value, separators=(",", ":")).encode()
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
