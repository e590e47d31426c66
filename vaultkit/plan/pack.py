"""The originals of a run in one zip file, stored uncompressed: anything can open it.

One file means one fsync, and keeps copies of notes out of sight of programs that index `.md`.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vaultkit.errors import StoreError
from vaultkit.plan.journal import State, Step

_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # what a zip file can say


def packer(
    root: Path, steps: Iterable[Step], data: Mapping[PurePosixPath, bytes]
) -> Callable[[BinaryIO], None]:
    """A function that writes the originals into an open file.

    data: bytes of the files written to; those of removed files are copied from disk.
    """
    needed = [(step.path, step.old) for step in steps if step.kind in ("write", "remove")]

    def fill(file: BinaryIO) -> None:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for path, old in needed:
                assert old is not None
                info = _member(path, old)
                if path in data:
                    archive.writestr(info, data[path])
                else:
                    info.file_size = (root / path).stat().st_size
                    with (root / path).open("rb") as source, archive.open(info, "w") as member:
                        shutil.copyfileobj(source, member)

    return fill


def unpack(pack: Path, steps: Iterable[Step]) -> dict[PurePosixPath, bytes]:
    """The original bytes of the files that `steps` wrote to or removed, each checked.

    Raises StoreError when the pack is missing, damaged, or holds other bytes.
    """
    needed = [(step.path, step.old) for step in steps if step.kind in ("write", "remove")]
    found: dict[PurePosixPath, bytes] = {}
    if not needed:
        return found
    try:
        with ZipFile(pack) as archive:
            for path, old in needed:
                assert old is not None
                data = archive.read(member_name(path))
                if hashlib.sha256(data).hexdigest() != old.digest:
                    raise BadZipFile(f"other bytes than expected for {member_name(path)}")
                found[path] = data
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise StoreError(f"{pack} cannot be used to restore the originals: {error}") from error
    return found


def member_name(path: PurePosixPath) -> str:
    """The name of a file inside the pack: its path, or a digest where that is not Unicode."""
    name = str(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "unnamed/" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return name


def _member(path: PurePosixPath, old: State) -> ZipInfo:
    when = time.gmtime(old.mtime_ns // 1_000_000_000)[:6]
    if not _FIRST_YEAR <= when[0] <= _LAST_YEAR:
        when = (_FIRST_YEAR, 1, 1, 0, 0, 0)
    info = ZipInfo(member_name(path), when)
    info.external_attr = (0o100000 | old.mode) << 16
    return info
