"""`lint --watch`: the answer again after every change."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import click

from vaultkit.cli.locate import Place
from vaultkit.errors import UsageError, VaultkitError

# In milliseconds; the first answer waits for the first of them.
_WAKES = 200
# Of Obsidian's own files these alone change what a note means.
_OBSIDIAN = ".obsidian"


def watch(place: Place, answer: Callable[[], object]) -> None:
    """Give the answer now and after every change, until the person interrupts.

    Raises UsageError where the package that watches files is not installed.
    """
    try:
        from watchfiles import watch as changes
    except ImportError as error:
        raise UsageError(
            "watching needs the package watchfiles", "pip install 'obsidian-vaultkit[watch]'"
        ) from error
    # One run reads, answers and ends, so nothing is collected; this one goes on.
    gc.enable()
    root = place.root.resolve()
    backup = (root / place.config.backup).resolve()
    seen = changes(
        root,
        watch_filter=lambda _, path: _matters(root, backup, Path(path)),
        rust_timeout=_WAKES,
        yield_on_timeout=True,
    )
    # The first turn is the sign that watching has begun: no change during an answer is lost.
    next(seen)
    _give(answer)
    for found in seen:
        if found:
            _give(answer)


def _give(answer: Callable[[], object]) -> None:
    """A mistake on the way, such as a half-written configuration, is told and waited out."""
    try:
        answer()
    except VaultkitError as error:
        click.secho(f"error: {error.message}", fg="red", err=True)
        if error.hint:
            click.echo(f"  hint: {error.hint}", err=True)
    click.secho("watching; end it with Ctrl-C", dim=True, err=True)


def _matters(root: Path, backup: Path, path: Path) -> bool:
    """Whether a file is one that `lint` looks at."""
    if not path.is_relative_to(root) or path.is_relative_to(backup):
        return False
    parts = path.relative_to(root).parts
    return not any(part.startswith(".") for part in parts) or parts[0] == _OBSIDIAN
