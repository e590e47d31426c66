"""Other names and places for files, folders, headings and blocks, as drafts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultkit.errors import UsageError
from vaultkit.names import block_key, heading_key
from vaultkit.names.forbidden import forbidden
from vaultkit.note import Note
from vaultkit.repair.draft import Draft, FileAfter, edited, whole
from vaultkit.repair.standing import Standing
from vaultkit.text import Edit, Span
from vaultkit.vault import Vault

_BLOCK_ID = re.compile(r"[A-Za-z0-9-]+")
_ATX = re.compile(rb"#{1,6}[ \t]+")
_ATX_CLOSE = re.compile(rb"[ \t]+#+[ \t]*$")
_CONTAINER = re.compile(r"[\r\n]")


def rename_file(vault: Vault, path: str, name: str) -> Draft:
    """Another name for a file in its folder; its extension stays.

    Raises UsageError when links cannot hold the name, or it is taken.
    """
    extension = _extension(path)
    ends = extension and name.lower().endswith(extension.lower())
    text = name[: -len(extension)] if ends else name
    if problem := forbidden(text):
        raise UsageError(f"`{name}` cannot be a file's name: {problem}", "choose another name")
    folder = path[: path.rfind("/") + 1]
    return move_files(vault, {path: folder + text + extension}, f"rename {path} to {text}")


def rename_folder(vault: Vault, folder: str, name: str) -> Draft:
    """Another name for a folder."""
    if problem := forbidden(name):
        raise UsageError(f"`{name}` cannot be a folder's name: {problem}", "choose another name")
    to = folder[: folder.rfind("/") + 1] + name
    if to != folder and any(path.startswith(f"{to}/") for path in vault.files):
        raise UsageError(
            f"the folder {to} exists already", "choose another name, or move the files into it"
        )
    return move_files(vault, _inside(vault, folder, to), f"rename the folder {folder} to {name}")


def move(vault: Vault, sources: Iterable[str], folder: str) -> Draft:
    """Another place for files and folders, with their names; `folder` is "" for the vault itself.

    Raises UsageError when a folder would go into itself, or something of that name is there.
    """
    moves: dict[str, str] = {}
    named = list(sources)
    for part in folder.split("/") if folder else ():
        if problem := forbidden(part):
            raise UsageError(f"`{folder}` cannot be a folder: {problem}", "choose another name")
    for source in named:
        to = f"{folder}/{source[source.rfind('/') + 1 :]}".lstrip("/")
        if source in vault.files:
            moves[source] = to
        elif f"{folder}/".startswith(f"{source}/"):
            raise UsageError(f"{source} cannot go into itself", "name another folder")
        else:
            moves |= _inside(vault, source, to)
    what = named[0] if len(named) == 1 else f"{len(named)} files"
    return move_files(vault, moves, f"move {what} to {folder or 'the vault itself'}")


def _inside(vault: Vault, folder: str, to: str) -> dict[str, str]:
    return {path: to + path[len(folder) :] for path in vault.files if path.startswith(f"{folder}/")}


def _extension(path: str) -> str:
    name = path[path.rfind("/") + 1 :]
    return name[name.rfind(".") :] if "." in name[1:] else ""


def move_files(vault: Vault, moves: dict[str, str], why: str) -> Draft:
    """Another path for each of several files; those that keep theirs are left out."""
    moves = {path: to for path, to in sorted(moves.items()) if path != to}
    standing = Standing(path for path in vault.files if path not in moves)
    ends: dict[str, str] = {}
    for path, to in moves.items():
        if to in ends:
            raise UsageError(
                f"{ends[to]} and {path} would both be {to}", "give one of them another name first"
            )
        ends[to] = path
        standing.refuse(to)
        standing.add(to)
        if path in vault.linked:
            raise UsageError(f"{path} is a symbolic link", "move what it leads to")
    pages: list[FileAfter] = []
    others: dict[str, str] = {}
    for path, to in moves.items():
        if path in vault.notes or path in vault.boards:
            pages.append(whole(vault, path, to))
        else:
            others[path] = to
    return Draft(why, tuple(pages), others)


def rename_heading(vault: Vault, path: str, heading: str, text: str) -> Draft:
    """Another text for a heading, `H1#H2` naming it as a link does."""
    note = vault.notes[path]
    anchor = vault.anchor(path, heading)
    if anchor is None or anchor.kind != "heading":
        known = ", ".join(f"`{item.text}`" for item in note.headings[:12])
        raise UsageError(f"{path} has no heading `{heading}`", f"it has: {known or 'none'}")
    if not heading_key(text) or _CONTAINER.search(text):
        raise UsageError(f"`{text}` cannot be a heading", "write one line with a letter in it")
    place = _heading_text(note, anchor.path[-1])
    if any(place.start <= link.span.start < place.end for link in note.links):
        raise UsageError(f"the heading `{heading}` holds a link", "change it by hand")
    return Draft(
        f"rename the heading {heading} of {path} to {text}",
        (edited(vault, path, [Edit(place, text.strip().encode())]),),
    )


def _heading_text(note: Note, number: int) -> Span:
    """The place of a heading's text, without its marks."""
    data, span = note.source.data, note.headings[number].span
    markup = data[span.start : span.end]
    opening = _ATX.match(markup)
    if opening is None:
        lines = re.split(rb"\r\n|\n|\r", markup)
        if len(lines) > 2:
            raise UsageError("the heading stands on several lines", "change it by hand")
        return Span(span.start, span.start + len(lines[0].rstrip()))
    close = _ATX_CLOSE.search(markup, opening.end() - 1)
    end = close.start() if close else len(markup.rstrip())
    return Span(span.start + opening.end(), span.start + max(end, opening.end()))


def rename_block(vault: Vault, path: str, block: str, new: str) -> Draft:
    """Another id for a block; both without their `^`."""
    note = vault.notes[path]
    anchor = vault.anchor(path, f"^{block}")
    if anchor is None:
        known = ", ".join(f"^{item.id}" for item in note.blocks[:12])
        raise UsageError(f"{path} has no block ^{block}", f"it has: {known or 'none'}")
    if not _BLOCK_ID.fullmatch(new):
        raise UsageError(f"^{new} cannot be a block's id", "use Latin letters, digits and dashes")
    if any(
        block_key(item.id) == block_key(new) and number != anchor.path[0]
        for number, item in enumerate(note.blocks)
    ):
        raise UsageError(f"{path} has a block ^{new} already", "choose another id")
    span = note.blocks[anchor.path[0]].span
    edit = Edit(Span(span.start + 1, span.end), new.encode())
    return Draft(f"rename the block ^{block} of {path} to ^{new}", (edited(vault, path, [edit]),))
