"""A new note: from a template, in its folder, under a name and an id that nothing else has."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.generate.template import Formats, fill_template
from vaultkit.names import STEPS, link_key
from vaultkit.names.forbidden import forbidden
from vaultkit.note import read_note
from vaultkit.repair.draft import Draft, FileAfter
from vaultkit.repair.forms import NameForms, stem
from vaultkit.repair.standing import Standing
from vaultkit.repair.survey import Surveyor
from vaultkit.text import Source
from vaultkit.vault import Vault

# What a vault without a template of its own gets; Obsidian's plain place holders only.
PLAIN = "---\naliases: []\ntags: []\n---\n\n# {{title}}\n\n"
_NOWHERE = "new.md"
_ID = re.compile(r"^(id:[ \t]*)(\S.*?)([ \t]*)$", re.MULTILINE)


class Templates(NamedTuple):
    """Where a vault keeps its templates, and how it writes dates in them."""

    folder: str | None
    formats: Formats


def read_templates(root: Path) -> Templates:
    """What `.obsidian/templates.json`, the Templates plugin's own file, says."""
    try:
        value: Any = json.loads((root / ".obsidian" / "templates.json").read_text("utf-8"))
    except (OSError, ValueError):
        value = {}
    said = value if isinstance(value, dict) else {}
    folder = said.get("folder")
    plain = Formats()
    return Templates(
        folder.strip("/") if isinstance(folder, str) and folder.strip("/") else None,
        Formats(said.get("dateFormat") or plain.date, said.get("timeFormat") or plain.time),
    )


def template_of(vault: Vault, templates: Templates, kind: str | None) -> tuple[str, str | None]:
    """The text of the template for a type, and its path; the plain one without a type.

    Raises UsageError, with the types there are, where the vault has none of that name.
    """
    if kind is None:
        return PLAIN, None
    inside = {
        link_key(stem(path)): path
        for path in vault.notes
        if templates.folder is not None and path.startswith(f"{templates.folder}/")
    }
    path = inside.get(link_key(kind))
    if path is None:
        known = ", ".join(sorted(stem(item) for item in inside.values()))
        raise UsageError(
            f"the vault has no template `{kind}`",
            f"templates in {templates.folder}: {known or 'none'}"
            if templates.folder
            else "name a folder of templates in Obsidian's Templates plugin",
        )
    return vault.notes[path].source.data.decode("utf-8", "replace"), path


def refuse_name(vault: Vault, title: str) -> None:
    """Raise UsageError where a note of that name, alias or folded name exists, and show it."""
    if problem := forbidden(title):
        raise UsageError(f"`{title}` cannot be a note's name: {problem}", "choose another title")
    forms = NameForms(vault)
    for step in STEPS:
        if paths := forms.named(title, step):
            how = "" if link_key(stem(paths[0])) == link_key(title) else ", but for its spelling"
            raise UsageError(
                f"a note called `{title}` exists{how}: " + ", ".join(paths),
                "open it, or choose another title",
            )
        if paths := forms.titled(title, step):
            raise UsageError(
                f"`{title}` is the title of " + ", ".join(paths), "open it, or choose another title"
            )
    if paths := forms.aliased(title):
        raise UsageError(
            f"`{title}` is an alias of " + ", ".join(paths),
            f"link to it as [[{stem(paths[0])}|{title}]], or choose another title",
        )


def new_notes(vault: Vault, made: Mapping[str, str]) -> Draft:
    """Notes to be made, path -> text; links whose meaning they would take are seen to."""
    standing = Standing(vault.files)
    for path in made:
        standing.refuse(path)
        standing.add(path)
    names = ", ".join(stem(path) for path in made)
    return Draft(
        f"make {names}",
        tuple(FileAfter(path, None, (text.encode(),)) for path, text in made.items()),
    )


def new_text(
    vault: Vault,
    title: str,
    template: str,
    when: datetime,
    answers: Mapping[str, str],
    formats: Formats,
) -> str:
    """A note's text, its front matter valid and its id one that no other note has.

    Raises UsageError where the template makes front matter that does not load.
    """
    text = fill_template(template, title, when, answers, formats)
    note = read_note(Source(_NOWHERE, text.encode()))
    if note.problems:
        raise UsageError(
            f"the template makes front matter that does not load: {note.problems[0].message}",
            'put quotes around place holders in front matter: "{{title}}"',
        )
    return unique(vault, text)


def unique(vault: Vault, text: str) -> str:
    """The text with a number after its id where another note has that id."""
    own = read_note(Source(_NOWHERE, text.encode())).values.get("id")
    if own is None:
        return text
    ids = {str(note.values["id"]) for note in vault.notes.values() if note.values.get("id")}
    number = 1
    while (f"{own}-{number}" if number > 1 else str(own)) in ids:
        number += 1
    if number == 1:
        return text
    return _ID.sub(lambda match: f"{match[1]}{_numbered(match[2], number)}{match[3]}", text, 1)


def _numbered(value: str, number: int) -> str:
    quote = value[-1] if value[-1] in "'\"" else ""
    return f"{value[:-1] if quote else value}-{number}{quote}"


def folder_of(vault: Vault, text: str, root: Path) -> str:
    """The folder a new note belongs in: the one its `category` names, where the vault has it,
    else the one that Obsidian's settings name for new notes, else the vault itself."""
    category = read_note(Source(_NOWHERE, text.encode())).values.get("category")
    if isinstance(category, str):
        plain = category.strip("/")
        if any(path.startswith(f"{plain}/") for path in vault.files) and plain:
            return plain
    try:
        said: Any = json.loads((root / ".obsidian" / "app.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    if isinstance(said, dict) and said.get("newFileLocation") == "folder":
        folder = said.get("newFileFolderPath")
        return folder.strip("/") if isinstance(folder, str) else ""
    return ""


class Missing(NamedTuple):
    """A name that links ask for and no note has, and the notes that ask."""

    name: str
    times: int
    sources: tuple[str, ...]


def most_wanted(vault: Vault) -> list[Missing]:
    """Names that broken links ask for, the most wanted first; files, paths and names that could
    not be a note's are left out, and names that a note nearly has are repairs, not wishes."""
    counts: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for item in Surveyor(vault).survey():
        target = item.link.target
        name = target[:-3] if target.lower().endswith(".md") else target
        if item.bucket != "missing" or item.candidates or "/" in name or forbidden(name):
            continue
        if re.search(r"\.[A-Za-z0-9]{2,5}$", name):
            continue
        counts[link_key(name)] += 1
        spelt[link_key(name)][name] += 1
        sources[link_key(name)][item.path] = None
    found = [
        Missing(
            min(spelt[key].items(), key=lambda pair: (-pair[1], pair[0]))[0],
            count,
            tuple(sources[key]),
        )
        for key, count in counts.items()
    ]
    return sorted(found, key=lambda item: (-item.times, link_key(item.name)))
