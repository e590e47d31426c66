"""Where a run took place: what its results depend on beside the notes, and its provenance."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import vaultkit

_GPUS = Path("/proc/driver/nvidia")
_LARGEST = 2000  # files of one local package that are looked at


def digest(*parts: object) -> str:
    """SHA-256 of texts, each set apart from the next."""
    made = hashlib.sha256()
    for part in parts:
        made.update(str(part).encode("utf-8", "surrogatepass") + b"\0")
    return made.hexdigest()


@cache
def machine() -> str:
    """A digest of interpreter, installed packages, GPU, and this tool's version."""
    return digest(
        vaultkit.__version__,
        sys.version,
        sys.executable,
        platform.machine(),
        gpu(),
        *_own_files(),
        *_packages(),
    )


def _own_files() -> list[str]:
    """Size and time of this tool's own files: a checkout changes without a new version."""
    folder = Path(vaultkit.__file__).parent
    states = ((path, path.stat()) for path in sorted(folder.rglob("*.py")))
    return [f"{path.name} {state.st_size} {state.st_mtime_ns}" for path, state in states]


def _packages() -> list[str]:
    """Names and versions of what is installed, as the folders of their metadata are called."""
    found = set()
    for place in sys.path:
        try:
            entries = os.listdir(place or ".")  # noqa: PTH208 (a thousand entries, no objects)
        except OSError:
            continue
        found |= {entry for entry in entries if entry.endswith((".dist-info", ".egg-info"))}
    return sorted(found)


@cache
def gpu() -> str:
    """The models of the NVIDIA GPUs and their driver, without waking them; "" without one."""
    told = []
    for file in sorted(_GPUS.glob("gpus/*/information")):
        try:
            match = re.search(r"Model:\s*(.+)", file.read_text())
        except OSError:
            continue
        told.append(match[1].strip() if match else "GPU")
    return ", ".join(told) + (f"; driver {driver()}" if told else "")


def driver() -> str:
    """The version of the NVIDIA driver, or ""."""
    try:
        match = re.search(r"Module\s+(\S+)", (_GPUS / "version").read_text())
    except OSError:
        return ""
    return match[1] if match else ""


def local_modules(modules: Iterable[str]) -> dict[str, str]:
    """Digests of imported packages that are neither Python's own nor installed, by name."""
    found = {}
    for root in sorted({module.partition(".")[0] for module in modules}):
        if root not in sys.stdlib_module_names and (told := _local(root)):
            found[root] = told
    return found


@cache
def _local(root: str) -> str:
    try:
        spec = importlib.util.find_spec(root)
    except (ImportError, ValueError):
        return ""
    if spec is None:
        return "absent"
    places = list(spec.submodule_search_locations or ())
    origin = spec.origin if spec.has_location else None
    first = places[0] if places else origin
    if first is None or _is_installed(first):
        return ""
    files = [Path(origin)] if origin and not places else []
    for place in places:
        files += sorted(Path(place).rglob("*.py"))[:_LARGEST]
    return digest(*(f"{file}:{_content(file)}" for file in files))


def _content(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is_installed(place: str) -> bool:
    paths = sysconfig.get_paths()
    roots = (paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"])
    return place.startswith(roots) or "site-packages" in place or "dist-packages" in place


def provenance(versions: Iterable[tuple[str, str]], level: str, cuda: str, root: Path) -> Any:
    """What a report says of the place it was made in, as plain JSON."""
    return {
        "vaultkit": vaultkit.__version__,
        "python": platform.python_version(),
        "platform": " ".join((os.uname().sysname, os.uname().release, os.uname().machine)),
        "packages": {name: version for name, version in versions if name != "python"},
        "devices": {"cpu": platform.machine(), "cuda": cuda or None},
        "driver": driver() or None,
        "sandbox": level,
        "commit": commit(root),
    }


def commit(root: Path) -> str | None:
    """The commit that is checked out around a folder, read from git's own files."""
    for folder in (root.resolve(), *root.resolve().parents):
        git = folder / ".git"
        if git.is_file():
            git = folder / git.read_text().removeprefix("gitdir:").strip()
        if (git / "HEAD").is_file():
            return _head(git)
    return None


def _head(git: Path) -> str | None:
    try:
        head = (git / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        shared = git / "commondir"
        stores = [git, git / shared.read_text().strip()] if shared.is_file() else [git]
        for store in stores:
            if (store / name).is_file():
                return (store / name).read_text().strip()
            packed = store / "packed-refs"
            for line in packed.read_text().splitlines() if packed.is_file() else ():
                if line.endswith(f" {name}"):
                    return line.split(maxsplit=1)[0]
    except OSError:
        return None
    return None
