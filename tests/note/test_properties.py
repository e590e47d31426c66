"""Front matter: YAML 1.2 with places, and what becomes of blocks that do not load."""

from __future__ import annotations

import math

import pytest
from note_reading import markup, note

from vaultkit.note import Note


def front(text: str | bytes) -> Note:
    data = text.encode() if isinstance(text, str) else text
    return note(b"---\n" + data + b"\n---\nbody\n")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a", "a"),
        ("'a'", "a"),
        ('"a\\u00e9"', "aé"),
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("No", "No"),
        ("12", 12),
        ("-3", -3),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("2024-01-02", "2024-01-02"),
        ("2024-01-02T03:04:05", "2024-01-02T03:04:05"),
        ("[a, 1]", ["a", 1]),
        ("{a: 1}", {"a": 1}),
        ("\n  - a\n  - b", ["a", "b"]),
        ("|\n  a\n  b", "a\nb\n"),
        (">\n  a\n  b", "a b\n"),
        ("a # b", "a"),
        ("a#b", "a#b"),
        ("é 한 😀", "é 한 😀"),
        ("a\u2028b", "a\u2028b"),
        ("'a\x85b'", "a\x85b"),
        ("a\u2029", "a\u2029"),
        ("a\x01b", "a\ufffdb"),
        ("a\ufdd0\ufdd1\ue000b", "a\ufdd0\ufdd1\ue000b"),
        ('"a\x85\ue000\\ue001\\uE002\u2028\u2029"', "a\x85\ue000\ue001\ue002\u2028\u2029"),
    ],
)
def test_a_value(written: str, value: object) -> None:
    found = front(f"k: {written}\nl: z")
    assert not found.problems
    assert [(item.key, item.value) for item in found.properties] == [("k", value), ("l", "z")]


def test_spans_are_those_of_the_file() -> None:
    found = front(b"a: x  # c\n\xea\xb0\x80: \xff\x01y\nlist:\n  - 1\n  - 2\n\n\"q\": 'r'\ne:")
    assert markup(found, "properties") == [
        "a: x",
        "가: \ufffd\x01y",
        "list:\n  - 1\n  - 2",
        "\"q\": 'r'",
        "e:",
    ]
    keys = [found.source.text(item.key_span) for item in found.properties]
    values = [found.source.text(item.value_span) for item in found.properties]
    assert keys == ["a", "가", "list", '"q"', "e"]
    assert values == ["x", "\ufffd\x01y", "- 1\n  - 2", "'r'", ""]


def test_spans_far_down_a_long_block() -> None:
    lines = [f"열쇠{number}: 값{number}" for number in range(2000)]
    found = front("\n".join(lines))
    assert markup(found, "properties") == lines


def test_keys_are_text_as_it_stands() -> None:
    found = front("1: a\ntrue: b\n0x10: c\n~: d\n1.50: e\nm: {1: x, true: y}")
    assert [(item.key, item.value) for item in found.properties] == [
        ("1", "a"), ("true", "b"), ("0x10", "c"), ("~", "d"), ("1.50", "e"),
        ("m", {"1": "x", "true": "y"}),
    ]  # fmt: skip


def test_a_key_that_stands_twice_is_told_twice_with_the_last_value() -> None:
    found = front("a: 1\nb: 2\na: 3")
    assert [(item.key, item.value) for item in found.properties] == [("a", 3), ("b", 2), ("a", 3)]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("a: {{date}}", "a key that is not text"),
        ("a: [b", "expected ',' or ']'"),
        ("a: 'b", "end of stream"),
        ("a: b: c", "mapping values are not allowed"),
        ("\ta: b", "cannot start any token"),
        ("a: *b", "undefined alias"),
        ("a: !x b", "could not determine a constructor"),
        ("a: !!int b", "does not fit its tag"),
        ("a: !!float", "does not fit its tag"),
        ("a: !!int", "does not fit its tag"),
        ("a: !!bool x", "does not fit its tag"),
        ("a: !!binary é", "ascii"),
        ("a: !!timestamp b", "does not fit its tag"),
        ("a: !!float 1" + ":59" * 400, "does not fit its tag"),
        ("a: !!python/object/apply:os.system [x]", "could not determine a constructor"),
        ("- a", "a list"),
        ("a", "plain text"),
        ("? [a]\n: b", "a key that is not text"),
        ("a: " + "[" * 100 + "]" * 100, "nested too deeply"),
        ("a:\n" + "- " * 100 + "b", "nested too deeply"),
        ("\n".join(" " * n + "k:" for n in range(100)), "nested too deeply"),
        ("a: " + "1" * 5000, "does not fit its tag"),
        ("%YAML 9.9\n--- a", "incompatible"),
    ],
)
def test_what_does_not_load_is_a_problem(block: str, said: str) -> None:
    found = front(block)
    assert found.properties == ()
    (problem,) = found.problems
    assert said in problem.message
    assert 4 <= problem.span.start <= problem.span.end <= len(found.source.data)


def test_the_place_of_a_problem() -> None:
    found = front("가: b\nc: d: e")
    (problem,) = found.problems
    assert found.source.position(problem.span.start)[:2] == (3, 5)


def test_aliases_are_shared_and_merges_are_not_made() -> None:
    found = front("a: &x [1]\nb: *x\nc: {<<: {d: 1}}")
    values = {item.key: item.value for item in found.properties}
    assert values == {"a": [1], "b": [1], "c": {"<<": {"d": 1}}}


def test_many_laughs_cost_nothing() -> None:
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert len(front("\n".join(lines)).properties) == 60


def test_a_list_that_holds_itself() -> None:
    found = front("a: &x [*x]")
    assert [item.key for item in found.properties] == ["a"]


@pytest.mark.parametrize(
    ("text", "target", "display", "place"),
    [
        ('k: "[[a]]"', "a", None, "a"),
        ("k: '[[a|b]]'", "a", "b", "a"),
        ('k: " [[a]] "', "a", None, "a"),
        ("k: '[[it''s]]'", "it's", None, "it''s"),
        ('k: "[[\\u00e9]]"', "é", None, "\\u00e9"),
        ("k: '[[한글|표시]]'", "한글", "표시", "한글"),
        ("k:\n  - x\n  - '[[a]]'", "a", None, "a"),
        ("k: {l: ['[[a]]']}", "a", None, "a"),
    ],
)
def test_a_quoted_link(text: str, target: str, display: str | None, place: str) -> None:
    found = front(text)
    (link,) = found.links
    assert (link.kind, link.where) == ("wiki", "property")
    assert (link.target, link.display) == (target, display)
    assert found.source.text(link.target_span) == place


@pytest.mark.parametrize(
    "text",
    [
        "k: [[a]]", "k: 'x [[a]]'", "k: '![[a]]'", "k: '[[a]] [[b]]'", "k: a [[b]]", "k: '[[]]'",
        "'[[a]]': k", "k: |\n  [[a]]", "# '[[a]]'", "k: '[t](u)'",
    ],
)  # fmt: skip
def test_no_link(text: str) -> None:
    assert front(text).links == ()


@pytest.mark.parametrize(
    ("data", "block"),
    [
        (b"---\na: b\n---\n", b"a: b\n"),
        (b"---\na: b\n---", b"a: b\n"),
        (b"--- \t\na: b\n--- \n", b"a: b\n"),
        (b"---\r\na: b\r\n---\r\n", b"a: b\r\n"),
        (b"---\ra: b\r---\r", b"a: b\r"),
        (b"---\n---\n", b""),
        (b"---\n\n---\n", b"\n"),
        (b"\xef\xbb\xbf---\na: b\n---\n", b"a: b\n"),
        (b"---\na: |\n  ---\nb: c\n---\n", b"a: |\n  ---\nb: c\n"),
        (b"---\na: b\n", None),
        (b"----\na: b\n---\n", None),
        (b"\n---\na: b\n---\n", None),
        (b" ---\na: b\n---\n", None),
        (b"---a\n---\n", None),
        (b"---", None),
        (b"", None),
        (b"+++\na = 1\n+++\n", None),
    ],
)
def test_where_front_matter_stands(data: bytes, block: bytes | None) -> None:
    found = note(data)
    place = found.front_matter
    assert (found.source.slice(place.block) if place else None) == block
    assert place is None or data.endswith(found.source.slice(place.span))
