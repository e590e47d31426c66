"""New notes: templates, questions, ids, folders, and every name that is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from random_vaults import memory_vault
from tiny_vault import write_files

from vaultkit.errors import UsageError
from vaultkit.generate import new
from vaultkit.generate.moment import moment
from vaultkit.generate.template import Formats, fill_template, questions, slug
from vaultkit.repair.after import after
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import relink
from vaultkit.vault import Vault

WHEN = datetime(2026, 3, 1, 15, 4, 5)


def vault_of(files: Mapping[str, str]) -> Vault:
    return memory_vault({path: text.encode() for path, text in files.items()})


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("YYYY-MM-DD", "2026-03-01"),
        ("dddd, D MMMM YY [at] h:mm a", "Sunday, 1 March 26 at 3:04 pm"),
        ("Do MMM, HH:mm:ss, Q, d, E", "1st Mar, 15:04:05, 1, 0, 7"),
        ("GGGG-[W]WW, DDDD", "2026-W09, 060"),
    ],
)
def test_dates_are_written_as_moment_does(form: str, text: str) -> None:
    assert moment(WHEN, form) == text


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(UsageError, match="`xx`"):
        moment(WHEN, "YYYY xx")


TEMPLATE = (
    '---\ntitle: "{{title}}"\nid: x-{{date:YYYY-MMDD}}-{{slug}}\ncategory: f\n'
    "level: {{ask:level:a|b=a}}\nscore: {{ask:score:number}}\nlist: {{ask:list:list=x, y}}\n"
    "---\n\n# {{title}}\n\n{{date}} {{time}} {{other}} {{ask:score:number}}\n"
)


def test_a_template_is_filled() -> None:
    text = fill_template(TEMPLATE, 'A "B" é', WHEN, {"score": "0.5"}, Formats(time="HH.mm"))
    assert text == (
        '---\ntitle: "A \\"B\\" é"\nid: x-2026-0301-a-b-é\ncategory: f\nlevel: a\nscore: 0.5\n'
        'list: ["x", "y"]\n---\n\n# A "B" é\n\n2026-03-01 15.04 {{other}} 0.5\n'
    )
    assert [item.key for item in questions(TEMPLATE)] == ["level", "score", "list"]
    assert slug("교차 엔트로피_Loss!") == "교차-엔트로피-loss"


@pytest.mark.parametrize(
    ("kind", "answer", "written"),
    [
        ("number", "-1.5", "-1.5"),
        ("number", "many", None),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "2026-02-30", None),
        ("date", "20260228", None),
        ("yes-no", "Yes", "true"),
        ("yes-no", "maybe", None),
        ("a|b", "b", "b"),
        ("a|b", "c", None),
        ("list", "a, b", '["a", "b"]'),
        ("text", "a\nb", None),
    ],
)
def test_answers_have_their_type(kind: str, answer: str, written: str | None) -> None:
    template = "{{ask:key:%s}}" % kind  # noqa: UP031
    if written is not None:
        assert fill_template(template, "t", WHEN, {"key": answer}) == written
        return
    with pytest.raises(UsageError, match="is no answer to key") as raised:
        fill_template(template, "t", WHEN, {"key": answer})
    assert raised.value.hint.startswith("it asks for")


def test_a_question_without_an_answer_says_how_to_give_one() -> None:
    with pytest.raises(UsageError) as raised:
        fill_template("{{ask:key}}", "t", WHEN, {})
    assert raised.value.hint == "say it with --set key=…"
    with pytest.raises(UsageError, match="asks key for a `size`"):
        questions("{{ask:key:size}}")


TAKEN = vault_of(
    {
        "f/Focal Loss.md": "---\naliases: [FL]\ntitle: The Focal Loss\nid: x-1\n---\n",
        "f/CI-CD.md": "---\nid: x-1-2\n---\n[[Wanted]] [[Wanted|x]] [[Other]] [[a.png]] [[d/e]]",
        "S.md": "[[Wanted]] [[wanted]] [[focal-loss]]",
    }
)


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Focal Loss", "a note called `Focal Loss` exists: f/Focal Loss.md"),
        ("FOCAL LOSS", "exists: f/Focal Loss.md"),
        ("focal_loss", "but for its spelling: f/Focal Loss.md"),
        ("FocalLoss", "but for its spelling"),
        ("The Focal Loss", "is the title of f/Focal Loss.md"),
        ("fl", "is an alias of f/Focal Loss.md"),
        ("a#b", "a link cannot hold `#`"),
        ("", "it is empty"),
    ],
)
def test_a_name_that_something_has_is_refused(title: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        new.refuse_name(TAKEN, title)
    assert message in raised.value.message
    assert raised.value.hint


def test_a_free_name_is_not_refused() -> None:
    new.refuse_name(TAKEN, "Focal Loss 2")


def test_ids_are_unique_and_front_matter_loads() -> None:
    text = new.new_text(TAKEN, "T", "---\nid: x-1\n---\n", WHEN, {}, Formats())
    assert text == "---\nid: x-1-3\n---\n"
    with pytest.raises(UsageError, match="does not load"):
        new.new_text(TAKEN, "a: b: c", "---\ntitle: {{title}}\n---\n", WHEN, {}, Formats())


def test_the_folder_is_that_of_the_category_or_the_settings(tmp_path: Path) -> None:
    assert new.folder_of(TAKEN, "---\ncategory: f\n---\n", tmp_path) == "f"
    assert new.folder_of(TAKEN, "---\ncategory: g\n---\n", tmp_path) == ""
    app = '{"newFileLocation": "folder", "newFileFolderPath": "in/box"}'
    write_files(tmp_path, {".obsidian/app.json": app})
    assert new.folder_of(TAKEN, "x", tmp_path) == "in/box"


def test_templates_are_where_obsidian_says(tmp_path: Path) -> None:
    said = '{"folder": "T", "dateFormat": "DD.MM.YYYY"}'
    write_files(tmp_path, {".obsidian/templates.json": said})
    templates = new.read_templates(tmp_path)
    assert templates == ("T", Formats("DD.MM.YYYY", "HH:mm"))
    vault = vault_of({"T/Concept.md": "# {{title}}", "Loss.md": ""})
    assert new.template_of(vault, templates, "concept") == ("# {{title}}", "T/Concept.md")
    assert new.template_of(vault, templates, None) == (new.PLAIN, None)
    with pytest.raises(UsageError) as raised:
        new.template_of(vault, templates, "loss")
    assert raised.value.hint == "templates in T: Concept"


def test_the_most_wanted_names_come_first() -> None:
    found = [(item.name, item.times, item.sources) for item in new.most_wanted(TAKEN)]
    assert found == [("Wanted", 4, ("S.md", "f/CI-CD.md")), ("Other", 1, ("f/CI-CD.md",))]


def test_a_new_note_steals_no_link() -> None:
    vault = vault_of({"long/New.md": "", "S.md": "[[New]] [[Wanted]]"})
    found = relink(vault, new.new_notes(vault, {"New.md": "", "Wanted.md": ""}))
    assert not failures(vault, found)
    assert after(vault, found.plan).notes["S.md"].source.data == b"[[long/New|New]] [[Wanted]]"
    with pytest.raises(UsageError, match="case or Unicode"):
        new.new_notes(vault, {"long/NEW.md": ""})
