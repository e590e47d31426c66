"""Which vault a command is about, and its configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from vaultkit.config import BACKUP, Config, read_config

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
        return Place(named, _config_for(named), "")
    start = Path.cwd()
    for folder in (start, *start.parents):
        if (folder / ".obsidian").is_dir():
            return Place(folder, _config_for(folder), "it holds .obsidian")
        config = read_config(folder)
        if config is not None and config.file is not None:
            return Place(config.vault or folder, config, f"named by {config.file.name}")
        if (folder / BACKUP).is_dir():
            return Place(folder, Config(), f"it holds {BACKUP}")
    return Place(start, Config(), "the current folder")


def _config_for(root: Path) -> Config:
    """The vault's own configuration, or the nearest one upward that names it."""
    own = read_config(root) if root.is_dir() else None
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
        click.secho(f"vault: {place.root} ({place.found_by})", dim=True, err=True)


def vault_argument(function: Decorated) -> Decorated:
    """The `[VAULT]` argument, for commands that are about one vault."""
    return click.argument(
        "vault", required=False, type=click.Path(path_type=Path, file_okay=True), metavar="[VAULT]"
    )(function)


def vault_option(function: Decorated) -> Decorated:
    """`--vault`, for commands whose arguments are something else."""
    return click.option(
        "--vault", type=click.Path(path_type=Path), help="The vault's folder.", metavar="FOLDER"
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
