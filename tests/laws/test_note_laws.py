"""Laws that hold for every note, tried on notes made to be read wrongly."""

from __future__ import annotations

import re

import own_markup
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import anything, bodies, code_lines, containers, displays, law, names, notes, values

from vaultkit.note import Note, read_note
from vaultkit.note.parse import read_marks
from vaultkit.note.reference import read_marks as read_marks_slowly
from vaultkit.note.shadow import shadow
from vaultkit.note.yaml_core import CORE
from vaultkit.text import Edit, Source, apply_edits


class CoreDumper(yaml.SafeDumper):
    """Quotes what is a number in YAML 1.2 alone: to PyYAML, which writes 1.1, `0E0` is text."""


for tag, pattern, beginnings in CORE:
    CoreDumper.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), beginnings
    )


def read(data: bytes) -> Note:
    return read_note(Source("a.md", data))


@law
@given(anything)
def test_every_span_is_its_own_markup(data: bytes) -> None:
    own_markup.check(read(data))


@law
@given(notes())
def test_every_span_is_its_own_markup_by_the_reference_engine(data: bytes) -> None:
    own_markup.check(read_note(Source("a.md", data), read_marks_slowly))


@law
@given(anything)
def test_the_shadow_is_as_long_as_the_file(data: bytes) -> None:
    made = shadow(data).encode()
    assert len(made) == len(data)
    assert made.count(b"\n") == data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


@law
@given(anything)
def test_marks_are_in_the_order_of_the_file(data: bytes) -> None:
    for engine in (read_marks, read_marks_slowly):
        marks = engine(shadow(data))
        for found in (marks.opaque, marks.links, marks.fences, marks.math, marks.tables):
            starts = [mark[0] for mark in found]
            assert starts == sorted(starts)
        levels = [start for _, start, _ in marks.headings]
        assert levels == sorted(levels)


@law
@given(notes(), st.sampled_from((b"[[a]]", b"![[a.b]]", b"[[a#h|b]]")), bodies, names)
def test_a_target_can_be_replaced_by_its_span(
    before: bytes, link: bytes, after: bytes, name: str
) -> None:
    """What a repair does: one target changes, every other link stays what it was."""
    data = before + link + after
    note = read(data)
    plain = [
        number
        for number, found in enumerate(note.links)
        if found.kind in ("wiki", "embed")
        and found.target.replace(".", "").isalnum()
        and found.where != "property"
    ]
    assume(plain)
    index = plain[len(plain) // 2]
    edit = Edit(note.links[index].target_span, name.encode())
    changed = read(apply_edits(data, [edit])).links
    assert [found.target for found in changed] == [
        name if number == index else found.target for number, found in enumerate(note.links)
    ]


@law
@given(st.sampled_from(("", "!")), names, st.none() | names, st.none() | displays)
def test_a_wikilink_reads_back(
    sign: str, target: str, fragment: str | None, display: str | None
) -> None:
    """Whatever a link says is what is read, in a paragraph, a list, a quote and a table."""
    assume(not target.startswith("#"))
    text = f"{sign}[[{target}" + (f"#{fragment}" if fragment else "")
    text += f"|{display}]]" if display is not None else "]]"
    row = text.replace("|", "\\|")
    for before, markup in (
        ("", text),
        ("x ", text),
        ("- > ", text),
        ("[t](u) ", text),
        ("%% ", text),
        ("| a |\n|---|\n| ", row),
    ):
        (*_, link) = read(f"{before}{markup}".encode()).links
        assert (link.kind, link.target) == ("embed" if sign else "wiki", target)
        assert link.fragment == (fragment or None)
        said = display.replace("|", "\\|") if display and row is markup else display
        assert link.display == said


@law
@given(
    code_lines,
    containers,
    st.sampled_from(("```", "~~~", "`````", "~~~~")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
)
def test_code_reads_back_from_any_container(
    lines: list[str], outer: list[str], marker: str, line_end: str, closed: bool
) -> None:
    """The code of a fence is what was put in it, however deep it stands."""
    rest = "".join("> " if mark == "> " else " " * len(mark) for mark in outer)
    text = ["".join(outer) + marker + "python {a=1}", *(rest + line for line in lines)]
    text += [rest + marker] if closed else []
    data = ("\n".join(text) + "\n").replace("\n", line_end).encode()
    (fence,) = read(data).fences
    assert fence.code == "".join(line + "\n" for line in lines)
    assert (fence.language, fence.attributes, fence.closed) == ("python", "{a=1}", closed)
    kinds = tuple("quote" if mark == "> " else "list" for mark in outer)
    assert fence.container == kinds


@law
@given(st.dictionaries(names, values, max_size=5))
@example({"a": ["0E0", "0o7", "+.inf", "1_000", "0b1", "yes", "1:30", "2001-01-01"]})
def test_properties_read_back(properties: dict[str, object]) -> None:
    text = yaml.dump(properties, Dumper=CoreDumper, allow_unicode=True, sort_keys=False)
    note = read(f"---\n{text}---\nbody\n".encode("utf-8", "surrogatepass"))
    assert not note.problems
    assert {item.key: item.value for item in note.properties} == properties


@law
@given(bodies, bodies)
def test_reading_is_a_function_of_the_bytes(first: bytes, second: bytes) -> None:
    """No state is kept between notes."""
    fields = ("links", "headings", "blocks", "tags", "fences", "math")
    alone = [getattr(read(second), field) for field in fields]
    read(first).links  # noqa: B018
    assert [getattr(read(second), field) for field in fields] == alone
