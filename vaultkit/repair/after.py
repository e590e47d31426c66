"""The vault as it would be after a plan: a value, made without touching a disk."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from vaultkit.note import Board, Note, read_note
from vaultkit.plan.plan import Create, Move, Plan, Write
from vaultkit.text import Source, apply_edits
from vaultkit.vault import Page, Vault

_BOARDS = (".canvas", ".base")


def after(vault: Vault, plan: Plan) -> Vault:
    """The vault in which `plan` was carried out; notes it does not touch are the same values.

    Raises ValueError when the plan does not fit the vault: a file it names is not there, or its
    bytes are not those the plan was made for.
    """
    files = set(vault.files)
    written: dict[str, bytes] = {}
    gone: dict[str, str | None] = {}
    made: dict[str, bytes] = {}
    for action in plan.actions:
        path = str(action.path)
        if isinstance(action, Create):
            made[path] = action.content
            continue
        if path not in files:
            raise ValueError(f"{path} is not there")
        if isinstance(action, Write):
            source = vault.page(path).source
            if source.digest != action.before:
                raise ValueError(f"{path} changed since the plan was made")
            written[path] = apply_edits(source.data, action.edits)
        else:
            gone[path] = str(action.to) if isinstance(action, Move) else None
    moved = {to for to in gone.values() if to is not None}
    listed = (files - gone.keys()) | moved | made.keys()
    pages: dict[str, Page] = {}
    for path, page in vault.pages():
        to = gone.get(path, path)
        if to is not None:
            same = path not in written and to == path
            pages[to] = page if same else page_of(to, written.get(path, page.source.data), page)
    pages.update(
        (path, page_of(path, content, None)) for path, content in made.items() if is_page(path)
    )
    ordered = sorted(pages.items())
    return replace(
        vault,
        notes=MappingProxyType({path: page for path, page in ordered if isinstance(page, Note)}),
        boards=MappingProxyType({path: page for path, page in ordered if isinstance(page, Board)}),
        files=tuple(sorted(listed)),
        linked=vault.linked & listed,
        _anchors={},
    )


def page_of(path: str, data: bytes, like: Page | None) -> Page:
    """A note or board at a path, read by the engine that read the one it is made of."""
    source = Source(path, data)
    if path.lower().endswith(_BOARDS):
        return Board(source)
    return read_note(source, like.engine if isinstance(like, Note) else None)


def is_page(path: str) -> bool:
    """Whether a file by its name holds links: a note, a canvas or a base."""
    return path.lower().endswith((".md", *_BOARDS))
