"""One run with every kind of action, and its undo: what the kill and power loss tests cut off."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from faulty_disk import SteppedDisk
from small_vault import Picture, Vault, create, plan, three_notes

from vaultkit.plan import Plan
from vaultkit.plan.disk import Disk
from vaultkit.plan.store import apply, undo

Run = Callable[[Path, Disk], object]


def everything(vault: Vault) -> Plan:
    """A plan with every kind of action: swap, case alone, stub, new folder, write then move."""
    return plan(
        vault.replace("a.md", b"x", b"y"),
        vault.replace("n/b.md", b"x", b"longer [[than]] before"),
        vault.move("n/b.md", "new/deep/b.md"),
        vault.move("s/1.md", "s/2.md"),
        vault.move("s/2.md", "s/1.md"),
        vault.move("Case.md", "case.md"),
        vault.move("p.png", "n/p.png"),
        create("p.png.md", b"a stub"),
        create("new/e.md", b"fresh"),
        vault.remove("n/c.md"),
    )


def rich_vault(place: Path) -> Vault:
    """A vault for that plan."""
    vault = three_notes(place)
    for name in ("s/1.md", "s/2.md", "Case.md", "p.png"):
        vault.put(name, b"bytes of " + name.encode(), 0o640)
    return vault


def apply_all(vault: Vault) -> Run:
    value = everything(vault)
    return lambda root, disk: apply(root, value, command="t", disk=disk)


def undo_all(root: Path, disk: Disk) -> object:
    return undo(root, disk=disk)


def states(vault: Vault, run: Run) -> tuple[Picture, Picture]:
    """The vault before and after a run, seen on a copy."""
    copy = Vault(vault.root.with_name("seen"))
    shutil.copytree(vault.root, copy.root)
    before = copy.picture()
    run(copy.root, Disk())
    after = copy.picture()
    shutil.rmtree(copy.root)
    return before, after


def without_times(picture: Picture) -> dict[str, tuple[bytes | None, int]]:
    return {name: item[:2] for name, item in picture.items()}


def effects(vault: Vault, run: Run) -> list[tuple[str, Path | None]]:
    counter = SteppedDisk()
    states(vault, lambda root, disk: run(root, counter))
    return counter.steps
