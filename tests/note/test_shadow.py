"""The text that engines read: as long as the file, and without what they trip over."""

from __future__ import annotations

import pytest

from vaultkit.note.shadow import shadow


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\nb", "a\nb"),
        (b"a\r\nb", "a\r\nb"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\r\r\nb", "a\n\r\nb"),
        (b"\xef\xbb\xbfa", "   a"),
        (b"---\na: b\n---\nc", "   \n    \n   \nc"),
        (b"---\r\na\r---\r\nc", "   \r\n \n   \r\nc"),
        (b"\xef\xbb\xbf---\n---\nc", "      \n   \nc"),
        (b"---\na: b\n", "---\na: b\n"),
        (b"a\x00b\x0bc\x0cd\x7fe\x1c\x1f\x1b", "a\x1ab\x1ac\x1ad\x1ae\x1a\x1a\x1b"),
        (b"a\xff\xc3b", "a\x1a\x1ab"),
        (b"\xed\xa0\x80", "\x1a\x1a\x1a"),
        ("é한😀".encode(), "é한😀"),
        (b"a\t\nb \t \r\nc\t", "a \nb   \r\nc "),
        (b"\ta\tb", "\ta\tb"),
        (b"\t\n\ta", "\t\n\ta"),
        (b"> \t\n", "> \t\n"),
        (b"", ""),
    ],
)
def test_shadow(data: bytes, text: str) -> None:
    assert shadow(data) == text
    assert len(shadow(data).encode()) == len(data)
