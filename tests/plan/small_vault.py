"""Small vaults, their pictures, and plans for them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vaultkit.plan import Create, Move, Plan, Remove, Write
from vaultkit.text import Edit, Span

Picture = dict[str, tuple[bytes | None, int, int]]


class Vault:
    """A vault in a temporary folder, with short ways to make plans for it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, data: bytes, mode: int = 0o644) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(mode)
        return path

    def bytes(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def digest(self, name: str) -> str:
        return hashlib.sha256(self.bytes(name)).hexdigest()

    def write(self, name: str, *edits: tuple[int, int, bytes]) -> Write:
        spans = tuple(Edit(Span(start, end), new) for start, end, new in edits)
        return Write(PurePosixPath(name), self.digest(name), spans)

    def replace(self, name: str, old: bytes, new: bytes) -> Write:
        start = self.bytes(name).index(old)
        return self.write(name, (start, start + len(old), new))

    def move(self, name: str, to: str) -> Move:
        return Move(PurePosixPath(name), PurePosixPath(to), self.digest(name))

    def remove(self, name: str) -> Remove:
        return Remove(PurePosixPath(name), self.digest(name))

    def picture(self, *, backup: bool = False) -> Picture:
        return picture(self.root, backup=backup)


def picture(root: Path, *, backup: bool = False) -> Picture:
    """Bytes, permission bits and time of change of every file; folders by name and bits."""
    found: Picture = {}
    for folder, folders, files in os.walk(root):
        here = Path(folder).relative_to(root)
        if not backup and "_link_reconcile_backup" in folders:
            folders.remove("_link_reconcile_backup")
        for name in folders:
            found[f"{here / name}/"] = (None, stat.S_IMODE((root / here / name).lstat().st_mode), 0)
        for name in files:
            info = (root / here / name).lstat()
            link = stat.S_ISLNK(info.st_mode)
            data = b"-> link" if link else (root / here / name).read_bytes()
            found[str(here / name)] = (data, stat.S_IMODE(info.st_mode), info.st_mtime_ns)
    return found


def create(name: str, content: bytes) -> Create:
    return Create(PurePosixPath(name), content)


def plan(*actions: Write | Create | Move | Remove, why: str = "a test") -> Plan:
    return Plan(why, actions)


@contextlib.contextmanager
def memory_folder() -> Iterator[Path]:
    """A temporary folder, in memory where the system has a place for that."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    with tempfile.TemporaryDirectory(prefix="vaultkit-", dir=memory if usable else None) as place:
        yield Path(place)


def three_notes(place: Path) -> Vault:
    """A vault with three notes: various modes, CRLF, NUL, a byte order mark, no text at all."""
    root = place / "vault"
    root.mkdir()
    made = Vault(root)
    made.put("a.md", b"one [[x]] two\n", 0o640)
    made.put("n/b.md", b"\xef\xbb\xbfcrlf [[x]]\r\nnul \0 cr \r end", 0o600)
    made.put("n/c.md", b"\xff\xfe not text [[x]]", 0o664)
    for number, path in enumerate(sorted(root.rglob("*.md"))):
        os.utime(path, ns=(10**18, 10**18 + number))
    return made
