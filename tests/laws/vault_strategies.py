"""Strategies: names that are near each other, and notes that link them in every kind of place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from hypothesis import strategies as st

from vaultkit.note import Board, read_note
from vaultkit.text import Source
from vaultkit.vault import Settings, Vault

WORDS = ("focal", "Focal", "loss", "Loss", "A", "b2", "손실", "é", "e\u0301", "C++", "data")
JOINS = (" ", " ", "_", "-", " - ", "  ", "‑", "", ": ", "/", ".", "'", " (", "\u00a0", "\u200b")


@st.composite
def names(draw: st.DrawFn) -> str:
    """Two or three words in one of many notations; small sets, so that names meet."""
    parts = [draw(st.sampled_from(WORDS))]
    for _ in range(draw(st.integers(1, 2))):
        parts += [draw(st.sampled_from(JOINS)), draw(st.sampled_from(WORDS))]
    return "".join(parts) + draw(st.sampled_from(("", "", "", ")", "?", "s", "_")))


def stem_of(name: str) -> str:
    """The name, as a file may have it."""
    return name.replace("/", "∕").strip()


@st.composite
def variants(draw: st.DrawFn, known: tuple[str, ...]) -> str:
    """A known name in another notation, or any name."""
    if not known or draw(st.integers(0, 4)) == 0:
        return draw(names())
    name = draw(st.sampled_from(known))
    old = draw(st.sampled_from(JOINS[:5]))
    return name.replace(old, draw(st.sampled_from(JOINS))) + draw(st.sampled_from(("", "", "?")))


# Places in which brackets are a link, and places in which they are not.
OPEN = (
    "{}",
    "text {} text",
    "- {}",
    "> {}",
    "# {}",
    "%%{}%%",
    "**{}** `code`",
    "| a | b |\n| - | - |\n| {} | x |",
    "a[^1]\n\n[^1]: {}",
    "`x` {} $y$ <b>{}</b>",
)
SHUT = (
    "`{}`",
    "```\n{}\n```",
    "~~~ md\ntext {}\n~~~",
    "$x {} y$",
    "$$\n{}\n$$",
    "<!-- {} -->",
    "<div>\n{}\n</div>",
    "text\n\n    {}",
)
FORMS = (
    "[[{}]]",
    "[[{}]]",
    "![[{}]]",
    "[[{}#Head]]",
    "[[{}|shown]]",
    "[[{}#^id|shown]]",
    "[t]({})",
)


class Piece(NamedTuple):
    """A part of a note; in a shut one nothing may be edited."""

    text: str
    shut: bool


@st.composite
def pieces(draw: st.DrawFn, known: tuple[str, ...]) -> Piece:
    shut = draw(st.integers(0, 3)) == 0
    frame = draw(st.sampled_from(SHUT if shut else OPEN))
    form = draw(st.sampled_from(FORMS))
    if form.startswith("[t]"):
        target = draw(variants(known)).replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    else:
        target = draw(st.sampled_from(("", "", "", "a/", "./"))) + draw(variants(known))
    link = form.format(target)
    if frame.startswith("|"):
        link = link.replace("|", "\\|")
    return Piece(frame.replace("{}", link), shut)


@st.composite
def notes(draw: st.DrawFn, known: tuple[str, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A note's text, and the byte ranges of its shut pieces."""
    end = draw(st.sampled_from(("\n", "\r\n")))
    lines: list[str] = []
    title = draw(st.none() | st.sampled_from(known) | names())
    if title is not None:
        quoted = title.replace("'", "''")
        lines.append(f"---\ntitle: '{quoted}'\nup: \"[[{draw(variants(known))}]]\"\n---\n")
    shut: list[tuple[int, int]] = []
    size = len("".join(lines).replace("\n", end).encode())
    for piece in draw(st.lists(pieces(known), max_size=5)):
        text = f"{piece.text}\n\n".replace("\n", end)
        lines.append(f"{piece.text}\n\n")
        if piece.shut:
            shut.append((size, size + len(text.encode())))
        size += len(text.encode())
    return "".join(lines).replace("\n", end), tuple(shut)


Files = dict[str, bytes]


@st.composite
def vaults(draw: st.DrawFn) -> tuple[Files, dict[str, tuple[tuple[int, int], ...]]]:
    """The bytes of a vault's files, and each file's shut ranges."""
    folders = st.sampled_from(("", "", "a/", "a/b/", "c/"))
    files: Files = {}
    shut: dict[str, tuple[tuple[int, int], ...]] = {}
    known = tuple(draw(st.lists(names(), min_size=2, max_size=5)))
    for name in known:
        path = f"{draw(folders)}{stem_of(name)}.md"
        text, ranges = draw(notes(known))
        files[path], shut[path] = text.encode(), ranges
    return files, shut


def vault_of(files: Mapping[str, bytes], settings: Settings | None = None) -> Vault:
    """The vault that the files make, without a disk."""
    sources = {path: Source(path, data) for path, data in sorted(files.items())}
    boards = {path: source for path, source in sources.items() if not path.endswith(".md")}
    return Vault(
        Path("nowhere"),
        MappingProxyType(
            {path: read_note(sources[path]) for path in sources if path not in boards}
        ),
        MappingProxyType({path: Board(source) for path, source in boards.items()}),
        tuple(sources),
        frozenset(),
        (),
        settings or Settings(),
    )


def settings() -> st.SearchStrategy[Settings]:
    """The vault's own wish how links are written."""
    return st.sampled_from(("shortest", "relative", "absolute")).map(Settings)
