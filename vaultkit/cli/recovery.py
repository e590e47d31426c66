"""A run that was cut off is named before anything else is planned."""

from __future__ import annotations

import shlex
from pathlib import Path

from vaultkit.cli.locate import Place
from vaultkit.errors import ConflictError


def check_interrupted(place: Place) -> None:
    """Raise ConflictError when an earlier run of this vault never reached its end."""
    backup = Path(place.config.backup)
    try:
        if not place.root.is_dir() or not (place.root / backup).is_dir():
            return
    except OSError:
        # A vault that nobody may open: reading it says so, with its place.
        return
    from vaultkit.plan.history import interrupted

    cut = interrupted(place.root, backup=backup)
    if cut:
        where = "" if place.found_by else f" --vault {shlex.quote(str(place.root))}"
        raise ConflictError(
            f"run {cut[-1].id} ({cut[-1].command}) was cut off, or is at work this moment",
            f"when it is not running, put everything back with: vaultkit undo{where}",
        )
