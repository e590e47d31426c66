"""Printing: answers on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from vaultkit.report.shown import as_json
from vaultkit.vault import Vault, read_vault

# Below this many files a vault is read before a progress bar could be seen.
_SHOW_PROGRESS_FROM = 2000


def wants_colour() -> bool | None:
    """False when NO_COLOR is set (no-color.org), else what click makes of the terminal."""
    import os

    return False if os.environ.get("NO_COLOR") else None


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout, coloured at a terminal only; a character it cannot show is escaped."""
    colour = wants_colour()
    if colour is None:
        colour = sys.stdout.isatty()
    encoding = sys.stdout.encoding or "utf-8"
    text = "".join(f"{line}\n" for line in lines)
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False, color=colour)


def print_json(value: Any) -> None:
    """A JSON answer on stdout, in UTF-8 whatever the terminal's encoding."""
    print_bytes(as_json(value).encode())


def print_bytes(data: bytes) -> None:
    """Bytes on stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def progress(what: str, enough: bool = True) -> Iterator[None]:
    """A spinner on stderr while something long runs, at a terminal only."""
    if not enough or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True, no_color=wants_colour() is False).status(what):
        yield


def open_vault(root: Path, config: Any) -> Vault:
    """Read a vault, with a spinner when that takes a while."""
    with progress(f"reading {root}"):
        return read_vault(root, config)
