"""The `vaultkit` command."""

from __future__ import annotations

import gc
import os
import sys

from vaultkit.errors import Exit, VaultkitError

_ROOM = "send it where there is room"


def main() -> None:
    """Run the command line; every way out has its exit code."""
    # One run reads, answers and ends: collecting while a vault is parsed cost 40 % of the time.
    gc.disable()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        _tell(f"the answer cannot be written: {error.strerror}", _ROOM)
        code = Exit.REFUSED
    try:
        sys.stderr.flush()
    finally:
        # Taking a vault's values apart one by one, before the system takes all back at once,
        # was a tenth of a run.
        os._exit(code)


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code.

    A person's mistake is one or two lines on stderr; a bug of ours is a traceback and a request
    to report it.
    """
    import click

    from vaultkit.cli.output import wants_colour
    from vaultkit.cli.root import ReaderGoneError, vaultkit

    try:
        result = vaultkit.main(
            arguments, prog_name="vaultkit", standalone_mode=False, color=wants_colour()
        )
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return _interrupted()
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f"`{context.command_path} --help` tells how it is called" if context else ""
        message = error.format_message()
        _tell(message[:1].lower() + message[1:], hint)
        return Exit.REFUSED
    except VaultkitError as error:
        _tell(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except ReaderGoneError:
        # `vaultkit links | head`: nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception as error:
        if isinstance(error, OSError) and _was_printing(error):
            # Help is printed by click itself. What is left to write stays unwritten.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _tell(f"the answer cannot be written: {error.strerror}", _ROOM)
            return Exit.REFUSED
        import traceback

        traceback.print_exc()
        click.echo(
            "\nThis is a bug in vaultkit, not a mistake of yours; nothing more was done.\n"
            "Please report it with the lines above and the command you ran.",
            err=True,
        )
        return Exit.BUG
    return int(result) if isinstance(result, int) else Exit.CLEAN


def _was_printing(error: OSError) -> bool:
    """Whether it was `click.echo` that could not write."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals.get("__name__") == "click.utils"


def _tell(message: str, hint: str) -> None:
    """A person's mistake, and what to do next."""
    import click

    from vaultkit.cli.output import say, wants_colour
    from vaultkit.report.shown import one_line

    click.secho("error: ", fg="red", bold=True, nl=False, err=True, color=wants_colour())
    say("\n".join(map(one_line, message.split("\n"))))
    if hint:
        say(f"  hint: {one_line(hint)}")


def _interrupted() -> int:
    import click

    click.echo("interrupted", err=True)
    return Exit.INTERRUPTED
