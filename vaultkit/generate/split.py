"""A section as a note of its own; links to its headings and blocks follow it there."""

from __future__ import annotations

from vaultkit.errors import UsageError
from vaultkit.generate.labels import labels
from vaultkit.names.forbidden import forbidden
from vaultkit.note import Note
from vaultkit.note.zones import within
from vaultkit.repair.draft import Draft, FileAfter, Slice
from vaultkit.repair.fragments import heading_text
from vaultkit.repair.spell import new_link
from vaultkit.repair.standing import Standing
from vaultkit.text import Span
from vaultkit.vault import Vault


def split(
    vault: Vault, path: str, heading: str, name: str | None = None, *, embed: bool = False
) -> Draft:
    """The section under a heading, with it, as a note beside the old one, which links to it.

    heading: as a link names it, `H1#H2`. name: of the new note, the heading's text by default.
    Raises UsageError where the section cannot stand alone, or the name is taken.
    """
    note = vault.notes[path]
    anchor = vault.anchor(path, heading)
    if anchor is None or anchor.kind != "heading":
        known = ", ".join(f"`{item.text}`" for item in note.headings[:12])
        raise UsageError(f"{path} has no heading `{heading}`", f"it has: {known or 'none'}")
    section = _section(note, anchor.path[-1])
    title = name if name is not None else heading_text(note.headings[anchor.path[-1]].text)
    title = title[:-3] if title.lower().endswith(".md") else title
    if problem := forbidden(title):
        raise UsageError(f"`{title}` cannot be a note's name: {problem}", "name it with --to NAME")
    to = path[: path.rfind("/") + 1] + title + ".md"
    Standing(vault.files).refuse(to)
    _refuse_ties(note, section)
    newline = b"\r\n" if b"\r\n" in note.source.data else b"\n"
    size = len(note.source.data)
    files = (*vault.files, to)
    link = new_link(vault, files, to, path, embed=embed)
    gap = newline * 2 if section.end < size else newline
    return Draft(
        f"split the section {title} off {path}",
        (
            FileAfter(
                path,
                path,
                (
                    Slice(path, Span(0, section.start)),
                    link.encode() + gap,
                    Slice(path, Span(section.end, size)),
                ),
            ),
            FileAfter(to, None, (Slice(path, section),)),
        ),
    )


def _section(note: Note, number: int) -> Span:
    """From a heading's line to the next heading of its level or above, or the end."""
    data = note.source.data
    head = note.headings[number]
    start = _line_start(data, head.span.start)
    if data[start : head.span.start].strip():
        raise UsageError(
            f"the heading `{head.text}` stands in a list or quote", "take it out first"
        )
    for other in note.headings[number + 1 :]:
        if other.level <= head.level:
            end = max(
                data.rfind(b"\n", 0, other.span.start), data.rfind(b"\r", 0, other.span.start)
            )
            return Span(start, end + 1)
    return Span(start, len(data))


def _line_start(data: bytes, offset: int) -> int:
    return max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1


def _refuse_ties(note: Note, section: Span) -> None:
    """Comments and footnotes that stand in both parts would be torn."""
    for edge in (section.start, section.end - 1):
        zone = within(note.comments, edge)
        if zone is not None and not (section.start <= zone[0] and zone[1] <= section.end):
            raise UsageError("a comment runs across the section's edge", "close it first")
    inside, used_inside = labels(note, section)
    rest = [labels(note, Span(0, section.start)), labels(note, Span(section.end, 1 << 62))]
    outside = rest[0][0] | rest[1][0]
    used_outside = rest[0][1] | rest[1][1]
    if torn := sorted((used_inside & outside - inside) | (used_outside & inside - outside)):
        raise UsageError(
            "the section and the rest share " + ", ".join(f"[{label}]" for label in torn),
            "give each part its own footnotes and definitions first",
        )
