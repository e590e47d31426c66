"""Hypothesis strategies for bytes, edits and plans."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from hypothesis import strategies as st

from vaultkit.plan import Action, Create, Move, Plan, Remove, Write
from vaultkit.text import Edit, Span

# Pieces that make line ends, byte order marks, NUL and bytes that are no text likely.
PIECES = (
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff",
    b"[[x]]",
    "é가".encode(),
    b"a",
    b"b ",
)
content = st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join) | st.binary(max_size=20)


@st.composite
def edits_for(draw: st.DrawFn, data: bytes) -> tuple[Edit, ...]:
    """Edits of `data` that do not overlap, in any order."""
    cuts = draw(st.lists(st.integers(0, len(data)), max_size=10).map(sorted))
    spans = dict.fromkeys(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(draw(st.permutations([Edit(span, draw(content)) for span in spans])))


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, tuple[Edit, ...]]:
    """Bytes and edits of them."""
    data = draw(content)
    return data, draw(edits_for(data))


digests = st.text("0123456789abcdef", min_size=64, max_size=64)
# File names of any bytes: what is not UTF-8 comes as lone surrogates, as `os.fsdecode` gives it.
_part = st.binary(min_size=1, max_size=8).map(
    lambda raw: raw.replace(b"/", b"_").replace(b"\0", b"_").decode("utf-8", "surrogateescape")
)
paths = st.lists(_part, min_size=1, max_size=3).map(lambda parts: PurePosixPath(*parts))
_edits = edited().map(lambda pair: pair[1])
actions = st.one_of(
    st.builds(Write, paths, digests, _edits),
    st.builds(Create, paths, content),
    st.builds(Move, paths, paths, digests),
    st.builds(Remove, paths, digests),
)
plans = st.builds(Plan, st.text(), st.lists(actions, max_size=4).map(tuple))

OLD_NAMES = ("a.md", "B.md", "é.md", "n/a.md", "n/c d.md", "n/m/x.png", "tab\t\n.md", "o\udcff.md")
NEW_NAMES = ("A.md", "b.md", "e\u0301.md", "new/1.md", "new/deep/2.md", "n/3.md", "4", "가.md")
MODES = (0o644, 0o600, 0o664, 0o755, 0o4750)


@st.composite
def stories(draw: st.DrawFn) -> tuple[dict[str, tuple[bytes, int]], Plan]:
    """Files by name, with bytes and mode, and a plan for them; some plans have a conflict."""
    names = draw(st.lists(st.sampled_from(OLD_NAMES), min_size=1, unique=True))
    files = {name: (draw(content), draw(st.sampled_from(MODES))) for name in names}
    wishes = {name: draw(st.sampled_from(("", "w", "m", "wm", "r"))) for name in files}
    free = [name for name, wish in wishes.items() if wish in ("m", "wm", "r")]
    places = list(draw(st.permutations([*NEW_NAMES, *free])))
    found: list[Action] = []
    for name, wish in wishes.items():
        path, digest = PurePosixPath(name), hashlib.sha256(files[name][0]).hexdigest()
        if "w" in wish:
            found.append(Write(path, digest, draw(edits_for(files[name][0]))))
        if "m" in wish:
            found.append(Move(path, PurePosixPath(places.pop()), digest))
        if "r" in wish:
            found.append(Remove(path, digest))
    for _ in range(draw(st.integers(0, 2))):
        found.append(Create(PurePosixPath(places.pop()), draw(content)))
    return files, Plan("a story", tuple(draw(st.permutations(found))))
