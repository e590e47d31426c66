"""`vaultkit new`: a note in the right form, in the right place, under a name that is free."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from vaultkit.cli.locate import Place, announce, locate
from vaultkit.cli.named import folder_for
from vaultkit.cli.output import open_vault, print_lines
from vaultkit.cli.planned import Wish, plan_options
from vaultkit.cli.recovery import check_interrupted
from vaultkit.cli.relinked import conclude_draft
from vaultkit.errors import Exit, UsageError
from vaultkit.generate import new as notes
from vaultkit.generate.demands import Demand, complete, refuse_invalid
from vaultkit.generate.template import Question, questions
from vaultkit.report.shown import one_line
from vaultkit.vault import Vault

_MOST = 20


@click.command(short_help="Make a note from a template.")
@click.argument("title", required=False)
@plan_options
@click.option("--type", "kind", metavar="TYPE", help="The template's name: concept, loss, …")
@click.option("--folder", help="The note's folder; else the template's category says it.")
@click.option(
    "--set", "answers", multiple=True, metavar="KEY=VALUE", help="An answer for the template."
)
@click.option(
    "--from-missing", is_flag=True, help="Offer the names that most broken links ask for."
)
def new(
    title: str | None,
    vault: Path | None,
    style: str,
    do_apply: bool,
    save: Path | None,
    kind: str | None,
    folder: str | None,
    answers: tuple[str, ...],
    from_missing: bool,
) -> int:
    """Make a note called TITLE from the vault's template TYPE.

    Templates stand in the folder that Obsidian's Templates plugin names, and hold its place
    holders {{title}}, {{date}} and {{time}}, and questions, {{ask:KEY:TYPE=DEFAULT}}. A name that a
    note has as its name, title or alias, in any spelling, is refused.
    """
    if (title is None) == (not from_missing):
        raise click.UsageError("name a TITLE, or give --from-missing.")
    place = locate(vault)
    announce(place)
    check_interrupted(place)
    opened = open_vault(place.root, place.config)
    titles = [title] if title is not None else _offered(opened)
    if not titles:
        return Exit.CLEAN
    given = _given(answers)
    made: dict[str, str] = {}
    for name in titles:
        path, text = _note(place, opened, name.removesuffix(".md"), kind, folder, given)
        made[path] = text
    draft = notes.new_notes(opened, made)
    refuse_invalid(opened, made.items(), place.config)
    return conclude_draft(
        place, opened, draft, Wish(style, do_apply, save), "vaultkit new", adopt=True
    )


def _note(
    place: Place,
    vault: Vault,
    title: str,
    kind: str | None,
    folder: str | None,
    given: dict[str, str],
) -> tuple[str, str]:
    """The path and the text of one note."""
    notes.refuse_name(vault, title)
    templates = notes.read_templates(place.root)
    template, _ = notes.template_of(vault, templates, kind)
    asked = {item.key for item in questions(template)}
    answers = dict(given)
    for question in questions(template):
        if question.key not in answers and sys.stdin.isatty():
            answers[question.key] = _ask(question, question.answer)
    text = notes.new_text(vault, title, template, datetime.now(), answers, templates.formats)
    home = folder_for(vault, folder) if folder else notes.folder_of(vault, text, place.root)
    path = f"{home}/{title}.md".lstrip("/")

    def answer(demand: Demand) -> str:
        key, default = demand.question.key, demand.question.default
        asked.add(key)
        if key in given:
            return given[key]
        if sys.stdin.isatty() and not demand.shape.folder:
            return _ask(demand.question, demand.value)
        if default is None:
            raise UsageError(
                f"the vault's schema asks for {key}: {demand.question.asks}",
                f"say it with --set {key}=…",
            )
        return default

    text = notes.unique(vault, complete(path, text, place.config.schemas, answer))
    if idle := given.keys() - asked:
        raise UsageError(
            "nothing asks for " + ", ".join(sorted(idle)),
            "asked for: " + (", ".join(sorted(asked)) or "nothing; see --type"),
        )
    return path, text


def _ask(question: Question, check: Callable[[str], str]) -> str:
    """An answer from the person, asked again until it fits."""

    def fitting(text: str) -> str:
        try:
            check(text)
        except UsageError as error:
            raise click.BadParameter(f"{error.message}; {error.hint}") from error
        return text

    prompt = f"{question.key} ({question.asks})"
    answer: str = click.prompt(
        prompt,
        default=question.default,
        show_default=bool(question.default),
        value_proc=fitting,
        err=True,
    )
    return answer


def _given(texts: tuple[str, ...]) -> dict[str, str]:
    answers = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(f"--set {text}: write KEY=VALUE.")
        answers[key] = value
    return answers


def _offered(vault: Vault) -> list[str]:
    """The wanted names a person says yes to; without a person they are listed."""
    known = notes.most_wanted(vault)[:_MOST]
    lines = [
        one_line(f"{item.times:>4}  {item.name}  (in {', '.join(item.sources[:3])})")
        for item in known
    ]
    if not known:
        print_lines(["no link asks for a note that is missing"])
        return []
    if not sys.stdin.isatty():
        print_lines([*lines, "make one: vaultkit new TITLE"])
        return []
    return [
        item.name
        for item, line in zip(known, lines, strict=True)
        if click.confirm(f"{line}: make it", default=False, err=True)
    ]
