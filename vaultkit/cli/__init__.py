"""The `vaultkit` command."""

from __future__ import annotations

import gc
import os
import sys

from vaultkit.errors import Exit, VaultkitError


def main() -> None:
    """Run the command line; every way out has its exit code."""
    # One run reads, answers and ends: collecting while a vault is parsed cost 40 % of the time.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code.

    A person's mistake is one or two lines on stderr; a bug of ours is a traceback and a request
    to report it.
    """
    import click

    from vaultkit.cli.root import vaultkit

    try:
        result = vaultkit.main(arguments, prog_name="vaultkit", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return _interrupted()
    except click.ClickException as error:
        error.show()
        return Exit.REFUSED
    except VaultkitError as error:
        click.secho("error: ", fg="red", bold=True, nl=False, err=True)
        click.echo(error.message, err=True)
        if error.hint:
            click.echo(f"  hint: {error.hint}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        # The reader went away (`vaultkit links | head`): nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(
            "\nThis is a bug in vaultkit, not a mistake of yours; nothing more was done.\n"
            "Please report it with the lines above and the command you ran.",
            err=True,
        )
        return Exit.BUG
    return int(result) if isinstance(result, int) else Exit.CLEAN


def _interrupted() -> int:
    import click

    click.echo("interrupted", err=True)
    return Exit.INTERRUPTED
