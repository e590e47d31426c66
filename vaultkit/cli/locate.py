"""Which vault a command is about, and its configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from vaultkit.cli.output import say
from vaultkit.config import BACKUP, Config, read_config
from vaultkit.errors import UsageError
from vaultkit.report.shown import one_line

_MODES = "check the permissions of the folders above it"
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Place(NamedTuple):
    """A vault's folder, its settings, and how it was found ("" when it was named)."""

    root: Path
    config: Config
    found_by: str


def locate(named: Path | None) -> Place:
    """The vault named on the command line, or the nearest one upward from here.

    A folder is a vault when it holds `.obsidian/`, a vaultkit configuration (which may name
    another folder), or the backups of an earlier run. Without one the current folder is taken.
    """
    if named is not None:
        _check_folder(named)
        return Place(named, _config_for(named), "")
    try:
        start = Path.cwd()
    except OSError as error:
        raise UsageError("the current folder is not there any more", "name the vault") from error
    for folder in (start, *start.parents):
        if _holds(folder, ".obsidian"):
            return Place(folder, _config_for(folder), "it holds .obsidian")
        config = read_config(folder)
        if config is not None and config.file is not None:
            return Place(config.vault or folder, config, f"named by {config.file.name}")
        if _holds(folder, BACKUP):
            return Place(folder, Config(), f"it holds {BACKUP}")
    return Place(start, Config(), "the current folder")


def _check_folder(named: Path) -> None:
    """Raise UsageError where a name is no folder's, or nobody may look."""
    try:
        if named.is_dir():
            return
        what = "is not a folder" if named.exists() else "does not exist"
    except OSError as error:
        raise UsageError(f"{named} cannot be read: {error.strerror}", _MODES) from error
    raise UsageError(f"{named} {what}", "name the folder of a vault")


def _holds(folder: Path, name: str) -> bool:
    """Whether a folder has one of that name; False where it cannot be told."""
    try:
        return (folder / name).is_dir()
    except OSError:
        return False


def _config_for(root: Path) -> Config:
    """The vault's own configuration, or the nearest one upward that names it."""
    own = read_config(root)
    if own is not None:
        return own
    place = root.resolve()
    for folder in place.parents:
        config = read_config(folder)
        if config is not None and config.vault is not None and config.vault.resolve() == place:
            return config
    return Config()


def announce(place: Place) -> None:
    """Say on stderr which vault was taken when none was named."""
    if place.found_by:
        say(f"vault: {one_line(str(place.root))} ({place.found_by})", dim=True)


def vault_argument(function: Decorated) -> Decorated:
    """The `[VAULT]` argument, for commands that are about one vault."""
    return click.argument(
        "vault", required=False, type=click.Path(path_type=Path, readable=False), metavar="[VAULT]"
    )(function)


def vault_option(function: Decorated) -> Decorated:
    """`--vault`, for commands whose arguments are something else."""
    return click.option(
        "--vault",
        type=click.Path(path_type=Path, readable=False),
        help="The vault's folder.",
        metavar="FOLDER",
    )(function)


def format_option(*choices: str) -> Callable[[Decorated], Decorated]:
    """`--format`, text by default."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", *choices]),
        default="text",
        show_default=True,
        help="How the answer is printed.",
    )
