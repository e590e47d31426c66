"""The command group: every command is one module, imported when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from vaultkit import __version__

# Name -> the sentence in the list of commands; the module is `vaultkit.cli.<name>`.
COMMANDS = {
    "links": "Show every link of a vault and what it means.",
    "lint": "Find what is wrong in a vault.",
    "reconcile": "Repair links that differ from a note's name by notation alone.",
    "new": "Make a note from a template.",
    "rename": "Give a note, heading or block another name; every link follows.",
    "move": "Put notes and folders into another folder; every link follows.",
    "merge": "Put one note's text into another; every link follows.",
    "split": "Make a section a note of its own; every link follows.",
    "promote": "Write [[Note|alias]] where people write [[alias]].",
    "index": "Bring maps of content, glossaries and backlinks up to date.",
    "view": "Make a base, a canvas or a health note of the vault.",
    "apply": "Carry out a plan that was saved and reviewed.",
    "undo": "Take back a run.",
    "history": "List the runs that changed a vault.",
    "graph": "Ask the concept graph, or export it.",
    "extract": "Write the notes' code as importable modules.",
    "verify": "Run the code in a vault's notes.",
    "oracles": "Explain the concepts that code is proven against.",
    "rules": "Explain the rules of `lint`.",
    "init": "Write a configuration fitted to a vault.",
}
# Those that read no note: the files of plans and runs, or what the package itself holds.
WITHOUT_NOTES = ("apply", "undo", "history", "oracles", "rules")


def _use_engine(context: click.Context, _: click.Parameter, name: str) -> None:
    if name != "fast":
        from vaultkit.note import reading_with

        context.with_resource(reading_with("reference"))


def _engine_option() -> click.Option:
    return click.Option(
        ["--engine"],
        type=click.Choice(["fast", "reference"]),
        default="fast",
        show_default=True,
        expose_value=False,
        callback=_use_engine,
        help="What parses the notes: pyromark, or markdown-it-py, slower and independent.",
    )


class ReaderGoneError(Exception):
    """Whoever read our output went away; told before click takes it for a failure."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is used."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"vaultkit.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        if cmd_name not in WITHOUT_NOTES and all(p.name != "engine" for p in command.params):
            command.params.append(_engine_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1) if args else []
            if near and "No such command" in error.message:
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?") from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 clean, 1 findings, 2 usage error or refused plan, 3 a bug of vaultkit.",
)
@click.version_option(__version__, prog_name="vaultkit", message="%(prog)s %(version)s")
def vaultkit(**_: Any) -> None:
    """Keep an Obsidian-style vault true: its links, its notes, and the code in them.

    A vault is a folder of Markdown notes. Without one named, a command takes the nearest folder
    upward that is a vault, and says which. Nothing is written without --apply, and what was
    written can be taken back with `vaultkit undo`.

    Shell completion: eval "$(_VAULTKIT_COMPLETE=bash_source vaultkit)", or zsh_source,
    or fish_source.
    """
