"""Templates: Obsidian's own place holders, and questions with a type.

    {{title}}  {{date}}  {{time}}  {{date:YYYY-MM}}   as Obsidian's Templates plugin reads them
    {{slug}}                                          the title for an id: `focal-loss`
    {{ask:KEY}}  {{ask:KEY:TYPE}}  {{ask:KEY:TYPE=DEFAULT}}

TYPE is text, number, date, yes-no, list, or a choice `a|b|c`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.generate.moment import moment
from vaultkit.note.shadow import front_matter

_HOLDER = re.compile(r"\{\{\s*([A-Za-z]+)(?::([^{}]*?))?\s*\}\}")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_NO_SLUG = re.compile(r"[^\w]+|_+")
_TYPES = ("text", "number", "date", "yes-no", "list")


class Question(NamedTuple):
    """A place holder that a person answers; choices where the type is a choice."""

    key: str
    type: str
    default: str | None
    choices: tuple[str, ...] = ()

    def answer(self, text: str) -> str:
        """The answer as it is written into the note; UsageError where it does not fit."""
        given = text.strip()
        if not self._fits(given):
            raise UsageError(f"`{given}` is no answer to {self.key}", f"it asks for {self.asks}")
        if self.type == "yes-no":
            return "true" if given.lower() in ("yes", "true") else "false"
        if self.type == "list":
            items = [item.strip() for item in given.split(",") if item.strip()]
            return "[" + ", ".join(json.dumps(item, ensure_ascii=False) for item in items) + "]"
        return given

    def _fits(self, given: str) -> bool:
        match self.type:
            case "number":
                return _NUMBER.fullmatch(given) is not None
            case "date":
                return _is_date(given)
            case "yes-no":
                return given.lower() in ("yes", "no", "true", "false")
            case "choice":
                return given in self.choices
        return "\n" not in given

    @property
    def asks(self) -> str:
        """The type in words."""
        return {
            "choice": "one of " + ", ".join(self.choices),
            "date": "a date, as 2026-11-21",
            "yes-no": "yes or no",
            "list": "texts with commas between",
        }.get(self.type, f"a {self.type}")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False


def questions(template: str) -> tuple[Question, ...]:
    """What a template asks, each key once, in its order."""
    found: dict[str, Question] = {}
    for match in _HOLDER.finditer(template):
        if match[1] == "ask":
            question = _question(match[2] or "")
            found.setdefault(question.key, question)
    return tuple(found.values())


def _question(said: str) -> Question:
    key, _, rest = said.partition(":")
    kind, equals, default = rest.partition("=")
    kind = kind.strip() or "text"
    if not key.strip():
        raise UsageError("the template holds {{ask}} without a key", "write {{ask:KEY}}")
    choices: tuple[str, ...] = ()
    if "|" in kind:
        choices = tuple(part.strip() for part in kind.split("|"))
        kind = "choice"
    elif kind not in _TYPES:
        raise UsageError(
            f"the template asks {key} for a `{kind}`", "known: " + ", ".join(_TYPES) + ", a|b|c"
        )
    return Question(key.strip(), kind, default.strip() if equals else None, choices)


class Formats(NamedTuple):
    """How `{{date}}` and `{{time}}` are written, from the vault's own settings."""

    date: str = "YYYY-MM-DD"
    time: str = "HH:mm"


def fill_template(
    template: str,
    title: str,
    when: datetime,
    answers: Mapping[str, str],
    formats: Formats | None = None,
) -> str:
    """The note that a template makes; place holders it does not know stay as they are.

    In front matter a title is escaped where it stands between quotes. Raises UsageError for a
    question without an answer, or with one that does not fit.
    """
    forms = formats or Formats()
    block = front_matter(template.encode())
    head = len(template.encode()[: block.span.end].decode()) if block else 0

    def put(match: re.Match[str]) -> str:
        name, said = match[1], match[2]
        if name == "title":
            return _in_yaml(template, match, title) if match.start() < head else title
        if name == "slug":
            return slug(title)
        if name == "date":
            return moment(when, said or forms.date)
        if name == "time":
            return moment(when, said or forms.time)
        if name == "ask":
            question = _question(said or "")
            text = answers.get(question.key, question.default)
            if text is None:
                raise UsageError(
                    f"the template asks for {question.key}: {question.asks}",
                    f"say it with --set {question.key}=…",
                )
            answer = question.answer(text)
            return _in_yaml(template, match, answer) if match.start() < head else answer
        return match[0]

    return _HOLDER.sub(put, template)


def _in_yaml(template: str, match: re.Match[str], text: str) -> str:
    """A text for a place in YAML, escaped as the quotes around it ask."""
    line = template[template.rfind("\n", 0, match.start()) + 1 : match.start()]
    double = line.replace('\\"', "").count('"') % 2 == 1
    if double:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if line.count("'") % 2 == 1:
        return text.replace("'", "''")
    return text


def slug(title: str) -> str:
    """A title as part of an id: lower case, words joined by hyphens, letters of all scripts."""
    folded = unicodedata.normalize("NFC", title).casefold()
    return _NO_SLUG.sub("-", folded).strip("-") or "note"
