"""Which notes an index lists, and under which headings: by category, tag, folder or relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.generate.region import generated_spans
from vaultkit.generate.summary import summary
from vaultkit.generate.tree import parents, tree_lines
from vaultkit.names import link_key
from vaultkit.note import Note
from vaultkit.repair.forms import aliases_of, stem
from vaultkit.repair.spell import new_link
from vaultkit.vault import Found, Vault

NO_GROUP = "–"
BY = ("category", "tag", "folder", "relation", "none")
_OPTIONS = frozenset(("by", "folder", "tag", "where", "relation", "of", "summaries"))


@dataclass
class _Branch:
    """A heading of an index with what stands under it."""

    paths: list[str] = field(default_factory=list)
    below: dict[str, _Branch] = field(default_factory=dict)


def chosen(vault: Vault, options: Mapping[str, str], home: str) -> list[str]:
    """The notes that an index lists, by name; the note that holds it is left out.

    options: `folder=F`, `tag=T`, `where=KEY=VALUE`, each narrowing the choice.
    """
    for key in options:
        if key not in _OPTIONS:
            raise UsageError(
                f"{home}: an index has no option `{key}`", "known: " + ", ".join(sorted(_OPTIONS))
            )
    folder = options.get("folder", "").strip("/")
    tag = options.get("tag", "").lstrip("#").casefold()
    wanted = options.get("where")
    paths = [path for path in vault.notes if path != home]
    if folder:
        paths = [path for path in paths if path.startswith(f"{folder}/")]
    if tag:
        paths = [path for path in paths if _has_tag(vault.notes[path], tag)]
    if wanted is not None:
        key, equals, value = wanted.partition("=")
        if not equals:
            raise UsageError(f"{home}: `where={wanted}` says no value", "write where=key=value")
        paths = [path for path in paths if value in texts(vault.notes[path].values.get(key))]
    return sorted(paths, key=_order)


def link_or_path(vault: Vault, path: str, home: str) -> str:
    """A link from one note to another file; its path as code where no link can name it."""
    try:
        return new_link(vault, vault.index, path, home)
    except UsageError:
        return f"`{path}`"


def _order(path: str) -> tuple[str, str]:
    return link_key(stem(path)), path


def texts(value: Any) -> tuple[str, ...]:
    """A property's values as texts: one for each item of a list, none for nothing."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(text for item in value for text in texts(item))
    return (str(value).lower() if isinstance(value, bool) else str(value),)


def tags_of(note: Note) -> tuple[str, ...]:
    """A note's tags, in front matter and text, without `#`, each once."""
    listed = note.values.get("tags", note.values.get("tag"))
    if isinstance(listed, str):
        listed = listed.replace(",", " ").split()
    hidden = generated_spans(note)
    found = [text.lstrip("#") for text in texts(listed)]
    found += [
        tag.name
        for tag in note.tags
        if not any(start <= tag.span.start < end for start, end in hidden)
    ]
    return tuple(dict.fromkeys(text for text in found if text))


def _has_tag(note: Note, tag: str) -> bool:
    return any(
        own == tag or own.startswith(f"{tag}/")
        for own in (text.casefold() for text in tags_of(note))
    )


def index_lines(vault: Vault, home: str, options: Mapping[str, str]) -> list[str]:
    """A map of content as nested lists of links, each with its note's summary.

    options: as for `chosen`, and `by`, one of BY; `relation=LABEL` with `by=relation` names the
    relation that makes the tree, every broader or narrower one by default; `summaries=no` leaves
    the summaries out.
    """
    by = options.get("by", "category")
    if by not in BY:
        raise UsageError(f"{home}: an index cannot be by `{by}`", "choose one of: " + ", ".join(BY))
    paths = chosen(vault, options, home)
    line = _liner(vault, home, options.get("summaries") != "no")
    if by == "none":
        return [f"- {line(path)}" for path in paths]
    if by == "relation":
        return tree_lines(paths, parents(vault, options.get("relation")), line)
    root = _Branch()
    for path in paths:
        for group in _groups(vault.notes[path], path, by):
            branch = root
            for part in group:
                branch = branch.below.setdefault(part, _Branch())
            branch.paths.append(path)
    return _branch_lines(root, line, 0)


def _groups(note: Note, path: str, by: str) -> list[list[str]]:
    if by == "folder":
        return [path.split("/")[:-1]]
    names = tags_of(note) if by == "tag" else texts(note.values.get("category"))
    split = [[part for part in name.split("/") if part] for name in names]
    return [parts for parts in split if parts] or [[NO_GROUP]]


def _branch_lines(branch: _Branch, line: Callable[[str], str], depth: int) -> list[str]:
    indent = "  " * depth
    found = [f"{indent}- {line(path)}" for path in branch.paths]
    names = sorted(branch.below, key=lambda name: (name == NO_GROUP, link_key(name), name))
    for name in names:
        found.append(f"{indent}- **{name}**")
        found += _branch_lines(branch.below[name], line, depth + 1)
    return found


def _liner(vault: Vault, home: str, summaries: bool) -> Callable[[str], str]:
    def line(path: str) -> str:
        text = summary(vault.notes[path]) if summaries else ""
        link = link_or_path(vault, path, home)
        return f"{link}: {text}" if text else link

    return line


def glossary_lines(vault: Vault, home: str, options: Mapping[str, str]) -> list[str]:
    """Every chosen note with its aliases and summary, by the alphabet."""
    lines = []
    for path in chosen(vault, options, home):
        note = vault.notes[path]
        aliases = ", ".join(" ".join(alias.split()) for alias in aliases_of(note))
        text = summary(note) if options.get("summaries") != "no" else ""
        link = link_or_path(vault, path, home)
        lines.append(f"- {link}{f' ({aliases})' if aliases else ''}{f': {text}' if text else ''}")
    return lines


def backlink_lines(vault: Vault, home: str, options: Mapping[str, str]) -> list[str]:
    """The notes that link to a note, those whose only link to it is generated left out."""
    found = []
    for path in chosen(vault, options, home):
        note = vault.notes[path]
        hidden = generated_spans(note)
        if any(
            vault.resolve(link.target, path) == Found(home)
            for link in note.internal_links
            if not any(start <= link.span.start < end for start, end in hidden)
        ):
            found.append(path)
    return [f"- {link_or_path(vault, path, home)}" for path in found]
