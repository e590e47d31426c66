"""The vault opens well: types of properties, colours of the graph, no note alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from own_notes import ROOT, VAULT, notes_in, own_vault, prose

from vaultkit.cli import run
from vaultkit.config import read_config
from vaultkit.vault import Found

# What a type of the schema is called in Obsidian's property editor.
OBSIDIAN = {"text": "text", "link": "text", "number": "number", "date": "date", "list": "multitext"}
BUILT_IN = {"aliases": "aliases", "tags": "tags"}


def settings(name: str) -> Any:
    return json.loads((VAULT / ".obsidian" / name).read_text(encoding="utf-8"))


def test_obsidian_knows_the_types_of_the_schema_and_no_others() -> None:
    config = read_config(ROOT)
    assert config is not None
    shapes = next(schema for schema in config.schemas if schema.name == "note").properties
    wanted = {key: BUILT_IN.get(key, OBSIDIAN[shape.type]) for key, shape in shapes.items()}
    assert settings("types.json")["types"] == wanted


def test_every_property_of_the_schema_is_used() -> None:
    types = settings("types.json")["types"]
    assert set(types) == {key for note in own_vault().notes.values() for key in note.values}


def test_links_are_written_as_the_vault_says() -> None:
    app = settings("app.json")
    assert (app["newLinkFormat"], app["useMarkdownLinks"]) == ("shortest", False)


def test_templates_are_known_and_kept_out_of_the_graph() -> None:
    folder = settings("templates.json")["folder"]
    assert settings("app.json")["userIgnoreFilters"] == [f"{folder}/"]
    assert {path.stem for path in (VAULT / folder).iterdir()} == {"concept", "contradiction"}


@pytest.mark.parametrize(
    ("template", "folder", "answers"),
    [
        ("concept", "10_Wiki/Study", ("area=Study", "parent=Calibration", "tag=loss")),
        ("contradiction", "20_Contradictions", ("related=Calibration",)),
    ],
)
def test_a_new_note_holds_to_the_schema(
    template: str, folder: str, answers: tuple[str, ...], tmp_path: Path
) -> None:
    copy = shutil.copytree(ROOT, tmp_path / "p", ignore=_all_but_the_vault)
    said = (*answers, "alias=NN", "source=ISO 80000-2", "summary=Something new.")
    options = [word for answer in said for word in ("--set", answer)]
    new = ["new", "New Note", "--type", template, "--vault", str(copy / "vault"), *options]
    assert run([*new, "--apply"]) == 0
    assert (copy / "vault" / folder / "New Note.md").exists()
    rules = "schema-violation,missing-section,template-left-in,broken-link,unearned-status"
    assert run(["lint", str(copy / "vault"), "--select", rules]) == 0


def _all_but_the_vault(folder: str, names: list[str]) -> list[str]:
    kept = {"vault", "pyproject.toml"}
    return [name for name in names if name not in kept] if Path(folder) == ROOT else []


def test_every_folder_of_notes_has_a_colour_of_its_own() -> None:
    groups = settings("graph.json")["colorGroups"]
    paths = [re.fullmatch(r'path:"([^"]+)"', group["query"])[1] for group in groups]
    folders = {str(PurePosixPath(path).parent) for path in own_vault().notes}
    folders.remove(settings("templates.json")["folder"])
    assert sorted(paths) == sorted(folders)
    assert len({group["color"]["rgb"] for group in groups}) == len(groups)


def test_the_graph_keeps_its_limits() -> None:
    """No isolated note, no island, no circle above, and every relation is answered."""
    assert run(["graph", str(VAULT), "--check"]) == 0


@pytest.mark.parametrize(
    ("index", "folder"),
    [
        ("Index of Losses", "10_Wiki/Losses/"),
        ("Index of Probability", "10_Wiki/Probability/"),
        ("Index of Learning", "10_Wiki/Learning/"),
        ("Index of the Study", "10_Wiki/Study/"),
        ("Index of Decisions", "10_Wiki/Decisions/"),
        ("Index of Contradictions", "20_Contradictions/"),
        ("Index of Misconceptions", "30_Misconceptions/"),
    ],
)
def test_an_index_names_every_note_of_its_folder(index: str, folder: str) -> None:
    note = notes_in("00_Start/")[index]
    found = [own_vault().resolve(link.target, str(note.source.path)) for link in note.links]
    named = {answer.path for answer in found if isinstance(answer, Found)}
    assert {path for path in own_vault().notes if path.startswith(folder)} <= named


SCRIPTS = {"ko": r"[가-힣]", "zh": r"[\u4e00-\u9fff]"}


@pytest.mark.parametrize("lang", SCRIPTS)
def test_a_translation_is_in_its_language_and_keeps_its_originals_formulas(lang: str) -> None:
    (note,) = (n for n in notes_in("40_").values() if n.values["lang"] == lang)
    original = notes_in("10_Wiki/")["Cross-Entropy Loss"]
    assert [m.text for m in note.math if m.display] == [m.text for m in original.math if m.display]
    sections = [heading.text for heading in note.headings if heading.level == 2]
    assert len(sections) >= 8
    assert all(re.search(SCRIPTS[lang], heading) for heading in sections)
    text = re.sub(r"\[\[([^\]|\\]*\\?\|)?", "", prose(note))
    letters = re.findall(r"[^\W\d_]", text)
    assert sum(bool(re.match(SCRIPTS[lang], letter)) for letter in letters) > 0.8 * len(letters)
