"""`--save FILE`: keep a plan for review, without costing a file that was there."""

from __future__ import annotations

import os
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.plan.plan import Plan


def save_plan(file: Path, plan: Plan) -> None:
    """Keep a plan in a file; UsageError where another file than a saved plan stands there."""
    from vaultkit.plan.codec import decode, encode
    from vaultkit.report.file import write_output

    # `Path.exists` raises where a folder on the way may not be entered.
    if os.path.lexists(file):
        # A slip of the keyboard must not cost a note.
        try:
            decode(file.read_bytes(), str(file))
        except (OSError, UsageError) as error:
            raise UsageError(
                f"{file} exists and is no saved plan; it was left as it is", "name another file"
            ) from error
    write_output(file, encode(plan))
