"""What schemas ask of a new note is asked, written as YAML, and holds to the vault's rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_vaults import memory_vault
from tiny_vault import tree_digest, write_files

from vaultkit.cli import run
from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.generate.demands import complete, demands, refuse_invalid
from vaultkit.schema import NoteSchema, PathPattern, PropertyShape

WIKI = NoteSchema(
    "wiki",
    PathPattern(("Wiki",)),
    None,
    ("id", "title", "category", "status"),
    False,
    ("Summary | 요약", "See also"),
    {
        "id": PropertyShape(pattern="[a-z-]+", unique=True, filled=True),
        "category": PropertyShape(folder=True),
        "status": PropertyShape(enum=("draft", "active"), filled=True),
        "score": PropertyShape(type="number", least=0, most=1, filled=True),
    },
)


def filled(text: str, answers: dict[str, str], *schemas: NoteSchema) -> str:
    def answer(demand: object) -> str:
        question = getattr(demand, "question")  # noqa: B009
        found = answers.get(question.key, question.default)
        assert found is not None, question.key
        return found

    return complete("Wiki/New One.md", text, schemas or (WIKI,), answer)


def test_a_note_gets_what_its_schema_asks_for() -> None:
    assert filled("# New One\n", {"status": "draft"}) == (
        "---\nid: new-one\ntitle: New One\ncategory: Wiki\nstatus: draft\n---\n\n# New One\n\n"
        "## Summary\n\n## See also\n"
    )


def test_what_a_template_says_stays_and_what_it_leaves_empty_is_asked() -> None:
    text = "---\r\nid: own\r\nscore:\r\nstatus: active\r\n---\r\n\r\n## 요약\r\n\r\n## See also\r\n"
    assert filled(text, {"score": "0.5"}) == text.replace("score:", "score: 0.5").replace(
        "active\r\n", "active\r\ntitle: New One\r\ncategory: Wiki\r\n"
    )


def test_another_place_is_asked_for_nothing() -> None:
    assert not demands("Else/A.md", "", (WIKI,))
    assert complete("A.md", "# A\n", (WIKI,), lambda demand: "") == "# A\n"


def test_a_property_that_chooses_another_schema_is_followed_by_its_demands() -> None:
    first = WIKI._replace(required=("category",), sections=(), properties={})
    loss = NoteSchema("loss", None, PathPattern(("Losses",)), ("level",), False, (), {})
    assert filled("", {"category": "Losses", "level": "1"}, first, loss) == (
        "---\ncategory: Losses\nlevel: 1\n---\n"
    )


@pytest.mark.parametrize(
    ("shape", "answer", "line"),
    [
        (PropertyShape(type="text"), "true", 'x: "true"'),
        (PropertyShape(type="text"), "a: b # c", 'x: "a: b # c"'),
        (PropertyShape(type="text"), "2026", 'x: "2026"'),
        (PropertyShape(), "2026", "x: 2026"),
        (PropertyShape(type="link"), "[[A]]", 'x: "[[A]]"'),
        (PropertyShape(), "[[A]]", 'x: "[[A]]"'),
        (PropertyShape(type="list"), "a, b", 'x: ["a", "b"]'),
        (PropertyShape(type="list"), "", "x: []"),
        (PropertyShape(type="list", items="number"), "1, 2", "x: [1, 2]"),
        (PropertyShape(type="checkbox"), "yes", "x: true"),
        (PropertyShape(type="date"), "2026-01-31", "x: 2026-01-31"),
        (PropertyShape(type="datetime"), "2026-01-31T09:30", "x: 2026-01-31T09:30"),
        (PropertyShape(enum=(1, 2)), "2", "x: 2"),
        (PropertyShape(), "", "x:"),
        (PropertyShape(filled=True), "", None),
        (PropertyShape(type="integer"), "1.5", None),
        (PropertyShape(type="number", most=1), "1.5", None),
        (PropertyShape(type="date"), "soon", None),
        (PropertyShape(type="link"), "A", None),
        (PropertyShape(pattern="a+"), "b", None),
        (PropertyShape(enum=("a", "b")), "c", None),
        (PropertyShape(type="list", enum=("a", "b")), "a, c", None),
    ],
)
def test_an_answer_is_written_as_the_schema_wants_it(
    shape: PropertyShape, answer: str, line: str | None
) -> None:
    schema = NoteSchema("s", None, None, ("x",), False, (), {"x": shape})
    if line is not None:
        assert filled("", {"x": answer}, schema) == f"---\n{line}\n---\n"
        note = {"Wiki/New One.md": f"---\n{line}\n---\n"}
        refuse_invalid(memory_vault({}), note.items(), Config(schemas=(schema,)))
        return
    with pytest.raises(UsageError, match="is no answer to x") as raised:
        filled("", {"x": answer}, schema)
    assert raised.value.hint.startswith("it asks for")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(str.strip))
def test_any_text_is_read_back_as_it_was_said(text: str) -> None:
    schema = NoteSchema("s", None, None, ("x",), False, (), {"x": PropertyShape(type="text")})
    made = filled("", {"x": text}, schema).encode()
    value = memory_vault({"A.md": made}).notes["A.md"].values["x"]
    assert value == (text or None)


def test_a_template_that_breaks_the_schema_is_refused() -> None:
    config = Config(schemas=(WIKI,))
    vault = memory_vault({"Wiki/Old.md": b"---\nid: same\n---\n"})
    text = "---\nid: same\ntitle: x\ncategory: Wiki\nstatus: none\n---\n"
    with pytest.raises(UsageError, match=r"would not hold.*`id` is also that of") as raised:
        refuse_invalid(vault, [("Wiki/A.md", text)], config)
    assert "--set" in raised.value.hint


TOML = """
[[schemas]]
name = "wiki"
path = ["Wiki"]
required = ["status", "category"]
[schemas.properties]
status = { enum = ["draft", "active"], filled = true }
category = { folder = true }
"""
OLD = "---\nstatus: active\ncategory: Wiki\n---\n"


def test_the_command_asks_what_the_schema_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_files(tmp_path / "v", {"Wiki/Old.md": OLD, "vaultkit.toml": TOML})
    before = tree_digest(root)
    call = ["new", "Brand", "--folder", "Wiki", "--vault", str(root), "--apply"]
    for more, message, hint in (
        ([], "asks for status: one of draft, active", "--set status=…"),
        (["--set", "status=none"], "`none` is no answer to status", "one of draft, active"),
        (["--set", "status=draft", "--set", "stat=x"], "nothing asks for stat", "category, status"),
        (["--set", "status=draft", "--set", "category=x"], "is no answer to category", "asks for"),
    ):
        assert run([*call, *more]) == 2
        said = capsys.readouterr().err
        assert message in said
        assert hint in said[said.index("hint:") :]
    assert tree_digest(root) == before
    assert run([*call, "--set", "status=draft"]) == 0
    text = (root / "Wiki/Brand.md").read_text()
    assert text.startswith("---\naliases: []\ntags: []\nstatus: draft\ncategory: Wiki\n---\n")
    assert run(["lint", str(root), "--select", "front-matter"]) == 0
