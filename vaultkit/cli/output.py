"""Printing: answers on stdout, everything else on stderr."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.errors import StoreError

# What a command needs is imported where it is used: help and errors need none of it.
if TYPE_CHECKING:
    from vaultkit.vault import Vault

# What takes less long, in seconds, is over before a spinner could be read.
_PATIENCE = 0.5


def wants_colour() -> bool | None:
    """False when NO_COLOR is set (no-color.org), else what click makes of the terminal."""
    return False if os.environ.get("NO_COLOR") else None


def in_colour() -> bool:
    """Whether answers are printed in colour: at a terminal, unless NO_COLOR forbids it."""
    colour = wants_colour()
    return sys.stdout.isatty() if colour is None else colour


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout, coloured at a terminal only; a character it cannot show is escaped."""
    colour = in_colour()
    text = "".join(f"{line}\n" for line in lines)
    print_text(text if colour else click.unstyle(text), colour)


def print_text(text: str | bytes, colour: bool) -> None:
    """A text, or its UTF-8, on stdout; a character it cannot show is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    if isinstance(text, bytes):
        if not colour and encoding.lower() == "utf-8" and os.linesep == "\n":
            print_bytes(text)
            return
        text = text.decode()
    with answering():
        shown = text.encode(encoding, "backslashreplace").decode(encoding)
        if colour:
            click.echo(shown, nl=False, color=True)
        else:
            sys.stdout.write(shown)
            sys.stdout.flush()


def print_json(value: Any) -> None:
    """A JSON answer on stdout, in UTF-8 whatever the terminal's encoding."""
    from vaultkit.report.shown import as_json

    print_bytes(as_json(value).encode())


def print_bytes(data: bytes) -> None:
    """Bytes on stdout as they are."""
    with answering():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def answering() -> Iterator[None]:
    """Tell a full disk under stdout as what it is; whoever has stopped reading is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StoreError(
            f"the answer cannot be written: {error.strerror}", "send it where there is room"
        ) from error


def say(message: str, **style: Any) -> None:
    """A word beside the answer: a line on stderr, coloured at a terminal only."""
    click.secho(message, err=True, color=wants_colour(), **style)


@contextmanager
def progress(what: str) -> Iterator[None]:
    """A spinner on stderr while something takes long, at a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    started: list[Any] = []

    def show() -> None:
        from rich.console import Console
        from rich.markup import escape

        status = Console(stderr=True, no_color=wants_colour() is False).status(escape(what))
        started.append(status)
        status.start()

    timer = threading.Timer(_PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for status in started:
            status.stop()


def open_vault(root: Path, config: Any) -> Vault:
    """Read a vault, with a spinner when that takes a while."""
    from vaultkit.vault import read_vault

    with progress(f"reading {root}"):
        return read_vault(root, config)
