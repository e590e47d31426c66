"""What the vault's schemas ask of a new note: properties, their values, and sections."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.generate.front_matter import is_empty_value, regions_of
from vaultkit.generate.template import Question, slug
from vaultkit.lint.choice import choose
from vaultkit.lint.run import lint
from vaultkit.lint.shapes import schemas_for, wrong
from vaultkit.names import heading_key
from vaultkit.note import Note, read_note
from vaultkit.plan.plan import Create, Plan
from vaultkit.repair.after import after
from vaultkit.repair.forms import stem
from vaultkit.schema import NoteSchema, PropertyShape
from vaultkit.text import Edit, Source, Span, apply_edits
from vaultkit.vault import Vault

_TYPES = {
    "number": "number",
    "integer": "number",
    "checkbox": "yes-no",
    "date": "date",
    "list": "list",
}
_RULES = ("schema-violation", "wrong-property-type")


class Demand(NamedTuple):
    """A property that a schema asks for and the note does not have, or has empty.

    question: what to ask; its default is the value that the note itself gives, "" where the
              schema lets the property be empty, None where somebody has to say it.
    """

    question: Question
    shape: PropertyShape
    folder: str

    def value(self, answer: str) -> str:
        """An answer as YAML; UsageError where the schema would not have it."""
        text = answer.strip()
        if not text and not self.shape.filled:
            return "[]" if self.question.type == "list" else ""
        yaml = self.question.answer(text)
        if self.question.type == "list" and self.shape.items in ("number", "integer"):
            yaml = f"[{text}]"
        as_text = self.shape.type in ("text", "link")
        kept = (str,) if as_text else (str, int, float, list)
        if not isinstance(_loaded(yaml), kept) or (self.question.type == "text" and "[" in yaml):
            yaml = json.dumps(yaml, ensure_ascii=False)
        value = _loaded(yaml)
        reason = "is empty" if is_empty_value(value) else wrong(value, self.shape, self.folder)
        if reason is not None:
            raise UsageError(
                f"`{text}` is no answer to {self.question.key}: it {reason}",
                f"it asks for {self.question.asks}",
            )
        return yaml


def _loaded(yaml: str) -> Any:
    return _note("new.md", f"---\nx: {yaml}\n---\n").values.get("x")


def _note(path: str, text: str) -> Note:
    return read_note(Source(path, text.encode()))


def demands(path: str, text: str, schemas: tuple[NoteSchema, ...]) -> tuple[Demand, ...]:
    """What the schemas that are meant for a note still ask of its front matter, in their order."""
    note = _note(path, text)
    found: dict[str, Demand] = {}
    for schema in schemas_for(note, schemas):
        filled = (key for key, shape in schema.properties.items() if shape.filled)
        for key in dict.fromkeys((*schema.required, *filled)):
            shape = schema.properties.get(key, PropertyShape())
            here = key in note.values
            missing = not here and key in schema.required
            if missing or (here and shape.filled and is_empty_value(note.values[key])):
                found.setdefault(key, _demand(path, key, shape))
    return tuple(found.values())


def _demand(path: str, key: str, shape: PropertyShape) -> Demand:
    title, folder = stem(path), path.rpartition("/")[0]
    known = {"title": title, "id": slug(title)}
    default: str | None = None if shape.filled else ""
    if shape.folder:
        default = folder
    elif key in known and wrong(known[key], shape, folder) is None:
        default = known[key]
    kind, choices = _TYPES.get(shape.type, "text"), tuple(map(str, shape.enum))
    if choices and kind not in ("list", "yes-no"):
        kind = "choice"
    return Demand(Question(key, kind, default, choices), shape, folder)


def complete(
    path: str, text: str, schemas: tuple[NoteSchema, ...], ask: Callable[[Demand], str]
) -> str:
    """The note with the properties and sections that its schemas ask for.

    A property may be the category by which another schema is chosen, so they are asked again.
    """
    asked: set[str] = set()
    while fresh := [
        item for item in demands(path, text, schemas) if item.question.key not in asked
    ]:
        asked |= {item.question.key for item in fresh}
        text = _with_properties(
            _note(path, text), {item.question.key: item.value(ask(item)) for item in fresh}
        )
    return _with_sections(path, text, schemas)


def _with_properties(note: Note, values: dict[str, str]) -> str:
    data = note.source.data
    newline = "\r\n" if b"\r\n" in data else "\n"
    lines = {key: f"{key}: {value}".rstrip() + newline for key, value in values.items()}
    place = note.front_matter
    if place is None:
        block = f"---{newline}{''.join(lines.values())}---{newline}"
        return block + (newline if data else "") + data.decode()
    edits = [
        Edit(region, lines.pop(item.key).encode())
        for item, region in regions_of(note)
        if item.key in lines
    ]
    end = Span(place.block.end, place.block.end)
    return apply_edits(data, [*edits, Edit(end, "".join(lines.values()).encode())]).decode()


def _with_sections(path: str, text: str, schemas: tuple[NoteSchema, ...]) -> str:
    note = _note(path, text)
    present = {heading_key(heading.text) for heading in note.headings}
    newline = "\r\n" if "\r\n" in text else "\n"
    for schema in schemas_for(note, schemas):
        for section in schema.sections:
            spellings = [part.strip() for part in section.split("|")]
            if present.isdisjoint(map(heading_key, spellings)):
                present.add(heading_key(spellings[0]))
                text = f"{text.rstrip()}{newline * 2}## {spellings[0]}{newline}"
    return text


def refuse_invalid(vault: Vault, made: Iterable[tuple[str, str]], config: Config) -> None:
    """Raise UsageError where new notes, path and text, would break the vault's own rules for
    front matter."""
    plan = Plan("", tuple(Create(PurePosixPath(path), text.encode()) for path, text in made))
    paths = {str(action.path) for action in plan.actions}
    for item in lint(after(vault, plan), choose(_RULES), config):
        if item.path in paths:
            raise UsageError(
                f"{item.path} would not hold to the vault's rules: {item.message}",
                "correct the template, or answer differently with --set",
            )
