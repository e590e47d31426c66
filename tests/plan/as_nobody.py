"""Running as someone whom permission bits bind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from faulty_disk import in_child

NOBODY = 65534


def as_nobody(root: Path, action: Callable[[], object]) -> None:
    """Run `action` as a user without privileges who owns everything under `root`.

    Where the tests themselves run without privileges, it simply runs.
    """
    if os.geteuid() != 0:
        action()
        return
    for folder, _, files in os.walk(root):
        os.chown(folder, NOBODY, NOBODY)
        for name in files:
            os.chown(Path(folder, name), NOBODY, NOBODY)
    for parent in root.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)

    def dropped() -> None:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        action()

    assert in_child(dropped) is None
