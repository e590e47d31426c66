"""Hypothesis strategies for bytes, edits and plans."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import strategies as st

from vaultkit.plan import Create, Move, Plan, Remove, Write
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
