"""`vaultkit verify`: run what the notes say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultkit.cli.locate import Place, announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_bytes, print_json, print_lines, progress
from vaultkit.errors import Exit, UsageError
from vaultkit.note import Note
from vaultkit.report import verification as report
from vaultkit.report.proposals import proposal_lines, proposals_value
from vaultkit.snippets.snippet import Snippet
from vaultkit.vault import Vault
from vaultkit.verify.proposal import Proposal
from vaultkit.verify.row import Verification

if TYPE_CHECKING:
    from vaultkit.verify.run import Options

Collect = Callable[[Note], tuple[Snippet, ...]]


@click.command(short_help="Run the code in a vault's notes.")
@vault_argument
@click.argument("notes", nargs=-1, metavar="[NOTES]...")
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help="Where blocks run that ask for a device; auto: the CPU, and CUDA when there is one.",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Notes run at once.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="S",
    help="Seconds that one block may take.  [default: 30]",
)
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "require", "off"]),
    default="auto",
    show_default=True,
    help="The walls around each note: the best there are, all of them or none at all, limits only.",
)
@click.option(
    "--require",
    type=click.Choice(["executed", "called", "agrees", "robust"]),
    default="agrees",
    show_default=True,
    help="The level that code which declares `implements=` must reach.",
)
@click.option("--no-cache", is_flag=True, help="Run every block, and remember nothing.")
@click.option(
    "--record",
    is_flag=True,
    help="Write each note's verdict into its front matter; `undo` takes it back.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a table of functions, devices and dtypes to FILE: .html, or .md.",
)
@click.option(
    "--suggest",
    is_flag=True,
    help="Say what functions without `implements=` may declare; nothing is written.",
)
@click.option("--verbose", "-v", is_flag=True, help="Name every block, not only what is wrong.")
@format_option("json", "junit", "github")
def verify(
    vault: Path | None,
    notes: tuple[str, ...],
    device: str,
    jobs: int | None,
    timeout: float | None,
    sandbox: str,
    require: str,
    no_cache: bool,
    record: bool,
    report_file: Path | None,
    suggest: bool,
    verbose: bool,
    style: str,
) -> int:
    """Run every Python block of VAULT, or of NOTES alone, and say what became of each.

    A note is one session: its blocks run in order, in a process of their own that cannot write
    to the vault nor reach the network. A block that fails blocks those that use its names.
    What ran before and rests on nothing that changed is remembered. Exit code 0 only when
    every block ended as its marker says.
    """
    from dataclasses import replace

    from vaultkit.verify.job import Limits
    from vaultkit.verify.own import oracle_folders
    from vaultkit.verify.run import Options
    from vaultkit.verify.run import verify as run_notes

    if suggest and style not in ("text", "json"):
        raise UsageError(
            f"--suggest has no answer as {style}", "leave --format out, or say --format json"
        )
    place = locate(vault)
    announce(place)
    opened = open_vault(place.root, place.config)
    limits = Limits()
    if timeout is not None:
        limits = replace(limits, block=timeout, note=max(limits.note, timeout * 4))
    collect, said = collector(place)
    options = Options(
        device=device,
        jobs=jobs or 0,
        sandbox=sandbox,
        require=require,
        limits=limits,
        cache=None if no_cache else _cache_folder(place),
        said=said,
        oracles=oracle_folders(place.config),
    )
    chosen = _chosen(opened, notes)
    with progress("running the notes"):
        made = run_notes(place.root.resolve(), chosen, collect, options)
    proposed = _proposed(place, chosen, collect, options) if suggest else None
    recorded = _record(place, chosen, made, collect) if record else ""
    if report_file is not None:
        _report(report_file, made)
    if style == "json":
        value = report.verification_value(made)
        value |= {"run": recorded or None} if record else {}
        value |= {"suggestions": proposals_value(proposed)} if proposed is not None else {}
        print_json(value)
    elif style == "junit":
        from vaultkit.report.junit import junit

        print_bytes(junit(made))
    elif style == "github":
        print_lines(report.workflow_commands(made, _prefix(place.root)))
    else:
        print_lines(report.verification_lines(made, _lines_of(opened), verbose))
        if record:
            print_lines([f"recorded as run {recorded}" if recorded else "nothing new to record"])
        if proposed is not None:
            print_lines(proposal_lines(proposed))
    return Exit.CLEAN if made.green else Exit.FINDINGS


def _proposed(
    place: Place, chosen: Mapping[str, Note], collect: Collect, options: Options
) -> tuple[Proposal, ...]:
    from vaultkit.verify.proposing import proposals

    with progress("trying the functions"):
        return proposals(place.root.resolve(), chosen, collect, options)


def _record(place: Place, notes: Mapping[str, Note], made: Verification, collect: Collect) -> str:
    """Write the stamps; the run's id, or "" where every note says it already."""
    from datetime import UTC, datetime

    from vaultkit.plan import store
    from vaultkit.verify.record import record_plan

    today = datetime.now(UTC).date().isoformat()
    plan = record_plan(notes, made, collect, today)
    backup = Path(place.config.backup)
    return store.apply(place.root, plan, command="vaultkit verify --record", backup=backup).id


def _report(file: Path, made: Verification) -> None:
    from vaultkit.report.file import write_output
    from vaultkit.report.proof import proof_markdown
    from vaultkit.report.proof_page import proof_html

    page = proof_markdown(made) if file.suffix.lower() == ".md" else proof_html(made)
    write_output(file, page.encode())


def collector(place: Place):  # type: ignore[no-untyped-def]
    """How a note's blocks are read, and a digest of what is said of them beside the notes."""
    from vaultkit.snippets.aside import read_aside
    from vaultkit.snippets.collect import collect
    from vaultkit.verify.environment import digest

    folders = [place.root, *([place.config.file.parent] if place.config.file else [])]
    aside = next((found for folder in folders if (found := read_aside(folder))), None)
    if aside is None:
        return collect, ""
    return (lambda note: collect(note, aside)), digest(aside.notes, aside.blocks)


def _cache_folder(place: Place) -> Path:
    from vaultkit.verify.cache import FOLDER

    base = place.config.file.parent if place.config.file else place.root
    return base / FOLDER


def _chosen(opened: Vault, notes: tuple[str, ...]) -> Mapping[str, Note]:
    """The notes that the arguments name: paths in the vault or from here, or folders of notes."""
    if not notes:
        return opened.notes
    found: dict[str, Note] = {}
    for given in notes:
        path = given.rstrip("/")
        if path not in opened.notes and Path(given).exists():
            whole = Path(given).resolve()
            root = opened.root.resolve()
            path = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path
        below = {p: n for p, n in opened.notes.items() if p == path or p.startswith(path + "/")}
        if not below:
            import difflib

            near = difflib.get_close_matches(path, opened.notes, 1)
            hint = f"did you mean {near[0]!r}?" if near else "name a note or a folder of the vault"
            raise UsageError(f"the vault has no note {given!r}", hint)
        found |= below
    return found


def _lines_of(opened: Vault) -> report.LineOf:
    return lambda note, number: opened.notes[note].source.line(number)


def _prefix(root: Path) -> str:
    """The vault's folder relative to the current one, which in CI is the repository."""
    whole, here = root.resolve(), Path.cwd()
    return "" if whole == here or not whole.is_relative_to(here) else str(whole.relative_to(here))
