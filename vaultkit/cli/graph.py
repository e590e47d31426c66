"""`vaultkit graph`: what a vault's links say, and the graph for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from vaultkit.cli.locate import Place, announce, format_option, locate, vault_argument
from vaultkit.cli.output import open_vault, print_bytes, print_json, print_lines, progress
from vaultkit.errors import Exit, UsageError
from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import EXTRAS, Drawing, Show, draw
from vaultkit.graph.model import Graph
from vaultkit.graph.settings import GraphSettings, graph_settings
from vaultkit.report.graph import answers
from vaultkit.report.graph.forms import FORMATS, exported, is_text
from vaultkit.report.shown import counted
from vaultkit.vault import Ambiguous, Found, Vault

_ALSO = (*EXTRAS, "excluded")
_ROWS = 10


class Opened(NamedTuple):
    """A vault with its graph and how it is read."""

    vault: Vault
    graph: Graph
    settings: GraphSettings


@click.command(short_help="Ask the concept graph, or export it.")
@vault_argument
@format_option("json", *FORMATS)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the export to FILE.",
)
@click.option("--ask", metavar="QUESTION,…", help="Answer only these questions.")
@click.option("--path", "ends", nargs=2, metavar="A B", help="The shortest way from A to B.")
@click.option("--why", nargs=2, metavar="A B", help="The same, with the sentences of the links.")
@click.option("--near", metavar="NOTE", help="What is linked with NOTE; also bounds an export.")
@click.option("--depth", type=click.IntRange(1), metavar="N", help="Steps from NOTE.  [1]")
@click.option("--without", metavar="NOTE", help="What would break if NOTE went.")
@click.option("--check", is_flag=True, help="Exit with 1 when a limit of [graph] is exceeded.")
@click.option(
    "--diff", metavar="REV", help="What changed since a git revision, or in the range REV..REV."
)
@click.option(
    "--include", metavar="KIND,…", help=f"Also draw these: {', '.join(EXTRAS)}; or excluded files."
)
@click.option("--relation", metavar="NAME,…", help="Draw only links of these relations.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help=f"Rows of an answer.  [text: {_ROWS}]"
)
def graph(
    vault: Path | None,
    style: str,
    output: Path | None,
    ask: str | None,
    ends: tuple[str, str] | None,
    why: tuple[str, str] | None,
    near: str | None,
    depth: int | None,
    without: str | None,
    check: bool,
    diff: str | None,
    include: str | None,
    relation: str | None,
    limit: int | None,
) -> int:
    """Tell what the links of VAULT say, or export its concept graph.

    A link has a relation when the place where it stands names one: a list label (`- Parents:
    [[X]]`), the heading of a list, a property (`up: "[[X]]"`) or an inline field. Notes are named
    as in a link, or by their path.

    \b
    Questions: hubs, bridges, articulation-points, communities, islands, no-incoming, isolated,
    dead-ends, most-wanted, cycles, one-way, co-cited, shared-neighbours.
    """
    export = style not in ("text", "json")
    _one_of(ask=ask, path=ends, why=why, without=without, check=check or None, diff=diff)
    also = _names(include, _ALSO, "kind", "--include")
    asked = _names(ask, answers.QUESTIONS, "question", "--ask")
    if depth is not None and near is None:
        raise UsageError("--depth counts steps from a note", "name it: --near NOTE")
    if not export:
        drawn = ",".join(name for name in also if name != "excluded")
        _for_exports(output=output, relation=relation, include=drawn or None)
    place = locate(vault)
    announce(place)
    opened = _open(place, "excluded" in also)
    if export:
        if any((ask, ends, why, without, check, diff)):
            raise UsageError(f"--format {style} exports the graph", "answers are text or json")
        show = _show(opened, also, relation, near, depth or 1)
        return _export(opened, style, show, output)
    from vaultkit.cli import graph_answers as reply

    as_json = style == "json"
    if diff is not None:
        return reply.diff(place, opened, diff, as_json, limit or _ROWS)
    if check:
        return reply.check(opened, as_json)
    if why is not None or ends is not None:
        start, end = (find_note(opened.vault, opened.graph, name) for name in why or ends or ())
        return reply.journey(opened, start, end, why is not None, as_json)
    if without is not None:
        note = find_note(opened.vault, opened.graph, without)
        return reply.without(opened, note, as_json, limit or _ROWS)
    if near is not None:
        note = find_note(opened.vault, opened.graph, near)
        return reply.near(opened, note, depth or 1, as_json, limit)
    return _answer(opened.graph, asked or tuple(answers.QUESTIONS), as_json, limit)


def _open(place: Place, excluded: bool) -> Opened:
    settings = graph_settings(place.config)
    vault = open_vault(place.root, place.config)
    with progress("building the graph"):
        built = build_graph(vault, settings.relations)
    return Opened(vault, built if excluded else built.visible(), settings)


def _answer(built: Graph, asked: tuple[str, ...], as_json: bool, limit: int | None) -> int:
    with progress("measuring"):
        if as_json:
            value: dict[str, Any] = {"version": 1, "graph": answers.summary_value(built)}
            value |= {name: answers.answer_value(built, name, limit) for name in asked}
            print_json(value)
            return Exit.CLEAN
        lines = answers.summary_lines(built)
        for name in asked:
            lines += ["", *answers.answer_lines(built, name, limit or _ROWS)]
    print_lines(lines)
    return Exit.CLEAN


def _export(opened: Opened, style: str, show: Show, output: Path | None) -> int:
    import sys

    with progress("drawing"):
        drawing = draw(opened.vault, opened.graph, opened.settings, show)
        data = exported(style, drawing)
    _advise(style, drawing)
    if output is not None:
        from vaultkit.report.file import write_output

        write_output(output, data)
        nodes, edges = counted(len(drawing.nodes), "node"), counted(len(drawing.edges), "edge")
        print_lines([f"{nodes} and {edges} in {output}"])
    elif not is_text(style) and sys.stdout.isatty():
        raise UsageError(f"{style} is no text for a terminal", "name a file: --output FILE")
    else:
        print_bytes(data)
    return Exit.CLEAN


def _advise(style: str, drawing: Drawing) -> None:
    """Say where a format has a limit that the drawing exceeds."""
    if style == "mermaid":
        from vaultkit.report.graph.mermaid import MOST_ARROWS, too_large

        if too_large(drawing):
            click.echo(
                f"Obsidian and GitHub draw at most {MOST_ARROWS} arrows of Mermaid; "
                "a part fits: --near NOTE, or --relation parents",
                err=True,
            )


def _show(
    opened: Opened, also: tuple[str, ...], relation: str | None, near: str | None, depth: int
) -> Show:
    known = {edge.relation for edge in opened.graph.edges} | {"tag", "heading"}
    wanted = frozenset(_names(relation, sorted(known), "relation", "--relation"))
    center = find_note(opened.vault, opened.graph, near) if near is not None else None
    return Show(
        frozenset(also) - {"excluded"},
        wanted or None,
        None if center is None else (center, depth),
    )


def find_note(vault: Vault, built: Graph, name: str) -> str:
    """The note or board that a person means: a path, or a name as links have it.

    Raises UsageError with what is near.
    """
    found = vault.resolve(name, "")
    if isinstance(found, Found) and found.path in built.topology.numbers:
        return found.path
    if isinstance(found, Ambiguous):
        raise UsageError(
            f"several notes are called `{name}`", "one of: " + ", ".join(found.candidates)
        )
    import difflib

    names: dict[str, str] = {}
    for note in built.topology.ids:
        names.setdefault(built.nodes[note].name.lower(), note)
    close = difflib.get_close_matches(name.lower(), names, 3)
    if isinstance(found, Found):
        raise UsageError(f"{found.path} is no note of the graph", "see --include excluded")
    hint = "did you mean " + ", ".join(f"`{names[item]}`" for item in close) + "?" if close else ""
    raise UsageError(f"no note is called `{name}`", hint or "name it as a link would, or by path")


def _names(text: str | None, known: Any, what: str, option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    if text is not None and not names:
        raise UsageError(f"{option} names no {what}", f"{what}s: " + ", ".join(known))
    for name in names:
        if name not in known:
            raise UsageError(f"no {what} is called `{name}`", f"{what}s: " + ", ".join(known))
    return names


def _for_exports(**given: Any) -> None:
    for name, value in given.items():
        if value is not None:
            raise UsageError(f"--{name} is for exports", "name a format: --format html")


def _one_of(**given: Any) -> None:
    named = [f"--{name}" for name, value in given.items() if value is not None]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} exclude each other", "ask one thing at a time")
