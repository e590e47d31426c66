"""Fenced blocks beyond their shape: ends, odd bytes, the info string."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from note_reading import markup

from vaultkit.note import Note
from vaultkit.note.fences import split_info

Read = Callable[[str | bytes], Note]


@pytest.mark.parametrize(
    ("text", "code", "closed"),
    [
        ("```\n```", "", True),
        ("```\n\n```", "\n", True),
        ("```", "", False),
        ("```\n", "", False),
        ("```\n\n", "", False),
        ("```\na\n\nb\n```", "a\n\nb\n", True),
        ("```\na  \n```", "a  \n", True),
        ("```\na\t\n```", "a\t\n", True),
        ("```\n\ta\n```", "\ta\n", True),
        ("```\n  a\n```", "  a\n", True),
        ("  ```\n  a\n b\n   c\n  ```", "a\nb\n c\n", True),
        ("```\na\n    ```", "a\n    ```\n", False),
        ("```\n> ```", "> ```\n", False),
        ("```\na\n``", "a\n``\n", False),
        ("```\na\n~~~", "a\n~~~\n", False),
        ("````\na\n```", "a\n```\n", False),
        ("```\na\n``` b", "a\n``` b\n", False),
        ("```\na\n```\t\n# b", "a\n", True),
        ("```\na\n``` \t \n# b", "a\n", True),
        ("````\n```\t\n````", "```\t\n", True),
        ("> ```\n> a\n>\n> b\n> ```", "a\n\nb\n", True),
        ("> ```\n> \t\n> a\n> ```", "\t\na\n", True),
        (">```\n>\ta\n>```", "  a\n", True),
        ("- ```\n  a\n\n  b\n  ```", "a\n\nb\n", True),
        ("> ```\n> a >\n", "a >\n", False),
    ],
)
def test_code(read: Read, text: str, code: str, closed: bool) -> None:
    fence = read(text).fences[0]
    assert (fence.code, fence.closed) == (code, closed)


def test_code_keeps_the_bytes_that_engines_trip_over(read: Read) -> None:
    (fence,) = read(b"> ```\n> a\x0cb\x00\x0b\x7f\n> \xff\xea\xb0\x80 \n> ```").fences
    assert fence.code == "a\x0cb\x00\x0b\x7f\n\ufffd가 \n"


def test_what_follows_a_closed_block_is_text(read: Read) -> None:
    found = read("```\na\n```\t\n# b\n\n~~~\nc\n~~~ \t\n[[d]]")
    assert [heading.text for heading in found.headings] == ["b"]
    assert [link.target for link in found.links] == ["d"]


@pytest.mark.parametrize(
    ("text", "whole", "inside"),
    [
        ("x\n\n```py\na\n```\n\ny", "```py\na\n```", "a\n"),
        ("```py\na\n```  \ny", "```py\na\n```", "a\n"),
        ("> ```py\n> a\n> ```\n", "```py\n> a\n> ```", "> a\n"),
        ("```py\na\n\n\n", "```py\na", "a"),
        ("```py  \n\n", "```py", ""),
        ("- ```py\n  a\n\nb", "```py\n  a", "  a"),
        ("```\r\na\r\n```\r\n", "```\r\na\r\n```", "a\r\n"),
    ],
)
def test_spans(read: Read, text: str, whole: str, inside: str) -> None:
    found = read(text)
    assert markup(found, "fences") == [whole]
    assert found.source.text(found.fences[0].code_span) == inside


@pytest.mark.parametrize(
    ("info", "language", "attributes"),
    [
        ("", "", ""),
        ("py", "py", ""),
        ("C++ x", "c++", "x"),
        ("python {a=1} b", "python", "{a=1} b"),
        ("python{a}", "python", "{a}"),
        ("{a=1}", "", "{a=1}"),
        ("{#a}", "", "{#a}"),
        ("{}", "", "{}"),
        ("{", "", "{"),
        ("{python", "python", ""),
        ("{=html}", "", "{=html}"),
        ("{.python}", "python", ""),
        ("{ .python a=1 }", "python", "{a=1}"),
        ("{r, echo=FALSE}", "r", "{echo=FALSE}"),
        ("한글 x", "한글", "x"),
    ],
)
def test_info(info: str, language: str, attributes: str) -> None:
    assert split_info(info) == (language, attributes)
