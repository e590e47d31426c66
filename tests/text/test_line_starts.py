"""Where lines begin: at LF, CRLF and a lone CR, and at nothing else that some call a line end."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.text import Source

# CommonMark 0.31, section 2.1.
_LINE_END = re.compile(rb"\r\n|\n|\r")
_PIECES = st.sampled_from(
    [b"\n", b"\r", b"\r\n", b"a", b"\x0b", b"\x0c", b"\x1c", b"\x85", b"\xe2\x80\xa8", b"\x00"]
)


@given(st.lists(_PIECES), st.booleans())
def test_line_starts_follow_every_line_end(pieces: list[bytes], bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + b"".join(pieces)
    expected = (3 if bom else 0, *(match.end() for match in _LINE_END.finditer(data)))
    assert Source("n.md", data).line_starts == expected
