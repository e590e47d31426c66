"""A translation whose original has changed since.

`translation_of` links to the original. `original_digest` keeps what the original's text was when
it was translated: `sha256-` and the first digits of the SHA-256 of everything after its front
matter. Where there is no digest, `original_revision` keeps the original's `last_reinforced` of
that day. When the original has moved on, the translation says what the original no longer says.

Nothing is fixed: bring the translation up to date, then write the digest named in the message.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from vaultkit.lint.places import property_of
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View
from vaultkit.note import Note
from vaultkit.vault import Found

FAMILY = "knowledge"
SEVERITY = "warning"
SCOPE = "front"
FRONT_MARKS = (b"translation_of",)

_DIGEST = re.compile(r"(?:sha256[-:])?([0-9a-f]{8,64})")
_SHOWN = 16


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    for path, note in _translations(view):
        original = _original(view, path, note)
        if original is not None:
            yield from _behind(path, note, original)


def leans_on(view: View) -> Iterator[str]:
    """The originals of translations."""
    for path, note in _translations(view):
        original = _original(view, path, note)
        if original is not None:
            yield original.source.name


def _translations(view: View) -> Iterator[tuple[str, Note]]:
    for path, note in view.notes():
        place = note.front_matter
        if place is not None and note.source.data.find(b"translation_of", *place.block) >= 0:
            yield path, note


def _original(view: View, path: str, note: Note) -> Note | None:
    value = property_of(note, "translation_of")
    if value is None:
        return None
    for link in note.links:
        if link.where == "property" and value.span.start <= link.span.start < value.span.end:
            found = view.vault.resolve(link.target, path)
            return view.vault.notes.get(found.path) if isinstance(found, Found) else None
    return None


def _behind(path: str, note: Note, original: Note) -> Iterator[Hit]:
    kept = note.values.get("original_digest")
    if kept:
        match = _DIGEST.fullmatch(str(kept).strip().lower())
        now = _digest(original)
        item = property_of(note, "original_digest")
        if match is not None and item is not None and not now.startswith(match[1]):
            what = f"`{original.source.name}` has changed; its digest is sha256-{now[:_SHOWN]}"
            yield Hit(path, item.span, what)
        return
    revision, newest = (
        str(item.values.get(key) or "")
        for item, key in ((note, "original_revision"), (original, "last_reinforced"))
    )
    item = property_of(note, "original_revision")
    if item is not None and revision and newest > revision:
        yield Hit(path, item.span, f"`{original.source.name}` is of {newest}")


def _digest(note: Note) -> str:
    start = note.front_matter.span.end if note.front_matter else 0
    return hashlib.sha256(note.source.data[start:].replace(b"\r\n", b"\n")).hexdigest()


_ORIGINAL = "---\nlast_reinforced: 2026-05-01\n---\n\n# Loss\n"
BAD = (
    Example(
        {
            "A.md": _ORIGINAL,
            "B.md": '---\ntranslation_of: "[[A]]"\n«original_digest: sha256-0123abcd»\n---\n',
        }
    ),
    Example(
        {
            "A.md": _ORIGINAL,
            "B.md": '---\ntranslation_of: "[[A]]"\n«original_revision: 2026-04-30»\n---\n',
        }
    ),
)
GOOD = (
    Example(
        {
            "A.md": _ORIGINAL,
            "B.md": '---\ntranslation_of: "[[A]]"\noriginal_digest: sha256-78d51b27705b971d\n---\n',
            "C.md": '---\ntranslation_of: "[[A]]"\noriginal_revision: 2026-05-01\n---\n',
        }
    ),
)
