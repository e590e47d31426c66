"""The vault opens well: types of properties, colours of the graph, no note alone."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
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
    assert app["userIgnoreFilters"] == []


def test_every_folder_of_notes_has_a_colour_of_its_own() -> None:
    groups = settings("graph.json")["colorGroups"]
    paths = [re.fullmatch(r'path:"([^"]+)"', group["query"])[1] for group in groups]
    folders = {str(PurePosixPath(path).parent) for path in own_vault().notes}
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
