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
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_VARIABLE = "VAULTKIT_CACHE"


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


def recall(file: Path | None) -> Mapping[str, bytes] | None:
    """The parts that were remembered last, by name, or None where nothing can be read."""
    if file is None:
        return None
    parts: dict[str, bytes] = {}
    try:
        with file.open("rb") as opened:
            check, table = opened.readline(), opened.readline()
            found = zlib.crc32(table)
            for name, size in json.loads(table):
                parts[name] = part = opened.read(size)
                found = zlib.crc32(part, found)
        if int(check, 16) != found:
            return None
    except (OSError, TypeError, ValueError, RecursionError, MemoryError):
        return None
    return parts


def remember(file: Path | None, parts: Mapping[str, bytes]) -> None:
    """Keep some parts for the next run; where they cannot be kept, do nothing."""
    if file is None:
        return
    table = json.dumps([[name, len(part)] for name, part in parts.items()]).encode() + b"\n"
    body = b"".join(parts.values())
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(b"%08x\n" % zlib.crc32(body, zlib.crc32(table)) + table + body)
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


def packed(value: Any) -> bytes:
    """A value of plain JSON as a part."""
    return json.dumps(value, separators=(",", ":")).encode()


def unpacked(part: bytes) -> Any:
    """The value that a part is; raises ValueError or RecursionError where it is none."""
    return json.loads(part)
