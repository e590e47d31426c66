"""Which note a broken link meant: the measured steps, in their order, with every guard.

A step matches on equality of a normal form, never on nearness. The first step with a match
decides; it proposes only when exactly one note matches.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath
from typing import Literal, NamedTuple

from vaultkit.names import Step, fold, link_key
from vaultkit.note import Link
from vaultkit.note.formats import has_known_extension
from vaultkit.repair.forms import NameForms, Paths, stem

Reason = Literal[
    "invisible characters",
    "separators",
    "punctuation",
    "title",
    "title, folded",
    "joined words",
    "moved folder",
]
RefusalReason = Literal[
    "same name in two folders",
    "two spellings",
    "alias only",
    "its own note",
    "a symbolic link",
    "a heading that links name",
    "would not resolve",
]

_NAME_STEPS: tuple[tuple[Step, Reason], ...] = (
    ("same", "invisible characters"),
    ("separators", "separators"),
    ("punctuation", "punctuation"),
)
# How a path begins that is no name: its dots and bars are not punctuation of one.
_RELATIVE = ("./", "../")
_ANCHORS = ("/", *_RELATIVE)


class Options(NamedTuple):
    """Steps beyond the defaults.

    joined:      compare without any separators (CamelCase, `lifecycle`), six letters at least.
    moved:       a unique file name in another folder, when the written folders all exist.
    same_folder: of several candidates take the one in the linking note's own folder.
    """

    joined: bool = False
    moved: bool = False
    same_folder: bool = False


class Proposal(NamedTuple):
    """The one note that was meant, by which step, and whether the own folder decided."""

    path: str
    reason: Reason
    same_folder: bool = False


class Refusal(NamedTuple):
    """Why a link with candidates is left alone."""

    reason: RefusalReason
    candidates: Paths


def propose(
    link: Link, source: str, forms: NameForms, options: Options
) -> Proposal | Refusal | None:
    """The note that a broken link in the file `source` meant.

    None when no step matches. The link must be one that resolves to nothing.
    """
    target = link.target
    if not target or target.endswith(("/", "\\")) or "://" in target:
        return None
    if has_known_extension(target):
        return None
    name = target[:-3] if target[-3:].lower() == ".md" else target
    for paths, reason in _matches(name, source, forms, options):
        if paths:
            # A note that carries the exact text as its title was as likely meant.
            exact = () if reason == "moved folder" else forms.titled_exactly(name)
            either = tuple(sorted({*paths, *exact}))
            return _decide(either, reason, source, options.same_folder)
    aliased = forms.aliased(name)
    return Refusal("alias only", aliased) if aliased else None


def _matches(
    name: str, source: str, forms: NameForms, options: Options
) -> Iterator[tuple[Paths, Reason]]:
    """Each step's matches, in order."""
    for step, reason in _NAME_STEPS:
        yield _named(name, step, source, forms), reason
    if not name.startswith(_ANCHORS):
        yield forms.titled_exactly(name), "title"
        for step, _ in _NAME_STEPS:
            yield forms.titled(name, step), "title, folded"
    if options.joined:
        yield _named(name, "joined", source, forms), "joined words"
    if options.moved:
        yield _moved(name, forms), "moved folder"


def _named(name: str, step: Step, source: str, forms: NameForms) -> Paths:
    """Notes whose file name matches, in the folder the target names if it names one."""
    if "/" not in name:
        return forms.named(name, step)
    folder, _, last = name.rpartition("/")
    anchored = name.startswith(_ANCHORS)
    whole = forms.named(name, step) if step == "punctuation" and not anchored else ()
    if name.startswith(_RELATIVE):
        folder = normpath(source[: source.rfind("/") + 1] + folder)
        if folder.startswith(".."):
            return ()
        folder = "" if folder == "." else folder
    wanted = _folder_keys(folder.strip("/"), step)
    matching = []
    for path in forms.named(last, step):
        actual = _folder_keys(path.rpartition("/")[0], step)
        if not anchored:
            actual = actual[max(len(actual) - len(wanted), 0) :]
        if actual == wanted:
            matching.append(path)
    return tuple(sorted({*matching, *whole}))


def _folder_keys(folder: str, step: Step) -> list[str]:
    """A folder's parts in their forms; one too short for a form counts as it stands."""
    return [fold(part, step) or link_key(part) for part in folder.split("/")] if folder else []


def _moved(name: str, forms: NameForms) -> Paths:
    """The note of that very name in another folder, when every folder written does exist."""
    folders, _, last = name.rpartition("/")
    parts = [part for part in folders.split("/") if part not in ("", ".", "..")]
    if not parts or any(link_key(part) not in forms.folder_names for part in parts):
        return ()
    wanted = link_key(last)
    return tuple(path for path in forms.named(last, "same") if link_key(stem(path)) == wanted)


def _decide(paths: Paths, reason: Reason, source: str, same_folder: bool) -> Proposal | Refusal:
    if len(paths) == 1:
        if paths[0] == source:
            return Refusal("its own note", paths)
        return Proposal(paths[0], reason)
    if same_folder:
        folder = source[: source.rfind("/") + 1]
        own = [path for path in paths if path[: path.rfind("/") + 1] == folder and path != source]
        if len(own) == 1:
            return Proposal(own[0], reason, same_folder=True)
    one_name = len({link_key(stem(path)) for path in paths}) == 1
    folders = {path[: path.rfind("/") + 1] for path in paths}
    apart = one_name and len(folders) == len(paths)
    return Refusal("same name in two folders" if apart else "two spellings", paths)
