"""The baseline of a vault on disk: read where it is, written as a plan."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultkit.cli.locate import Place
from vaultkit.errors import StoreError
from vaultkit.lint.baseline import FILE, Known, decode, encode

if TYPE_CHECKING:
    from vaultkit.plan.plan import Receipt


def read_baseline(place: Place) -> Counter[Known] | None:
    """What the vault's baseline knows, or None where there is none.

    Raises UsageError when it is broken, StoreError when it cannot be read.
    """
    data = _bytes(place.root / FILE)
    return None if data is None else decode(data, str(place.root / FILE))


def write_baseline(place: Place, baseline: Counter[Known]) -> Receipt:
    """Put a baseline into the vault, as a run that `undo` takes back."""
    from vaultkit.plan import store
    from vaultkit.plan.plan import Create, Plan, Write
    from vaultkit.text import Edit, Span

    path, new, old = PurePosixPath(FILE), encode(baseline), _bytes(place.root / FILE)
    why = f"write a baseline of {baseline.total()} findings"
    if old is None:
        plan = Plan(why, (Create(path, new),))
    elif old == new:
        plan = Plan(why)
    else:
        whole = Edit(Span(0, len(old)), new)
        plan = Plan(why, (Write(path, hashlib.sha256(old).hexdigest(), (whole,)),))
    command = "vaultkit lint --write-baseline"
    return store.apply(place.root, plan, command=command, backup=Path(place.config.backup))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{file} cannot be read: {error.strerror}", "check its mode") from error
