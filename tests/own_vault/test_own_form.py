"""Every note of the project's vault has its full form, filled with what belongs there."""

from __future__ import annotations

import re

import pytest
from own_notes import VAULT, body, notes_in, own_vault, python_blocks, section

from vaultkit.cli import run
from vaultkit.note import Note

CONCEPTS = notes_in("10_Wiki/")
FORM = [
    "Summary", "Core formulas", "Variants", "Numerical stability", "Code", "Decision table",
    "Graph", "When to use", "When not to use", "Anti-patterns", "Verification and references",
    "Changelog",
]  # fmt: skip
RELATIONS = {"Parents", "Variants", "Applications", "Uses", "Adjacent", "Related"}
TABLE_HEAD = re.compile(r"^\|.*\|\n\|(?:---\|)+\n(?:\|.*\|\n?)+$", re.MULTILINE)
concepts = pytest.mark.parametrize("note", CONCEPTS.values(), ids=CONCEPTS)


def test_no_rule_finds_anything() -> None:
    """All rules but the one that speaks of other versions than those the stamps were made with."""
    assert run(["lint", str(VAULT), "--ignore", "outgrown-stamp,stale-note"]) == 0


def test_there_are_the_concepts_that_the_material_has() -> None:
    assert len(CONCEPTS) >= 43
    assert len(own_vault().notes) >= 80


@concepts
def test_a_concept_has_every_section_in_its_order(note: Note) -> None:
    assert [item.text for item in note.headings if item.level == 2] == FORM
    assert all(section(note, heading) for heading in FORM)


@concepts
def test_the_summary_is_one_sentence(note: Note) -> None:
    summary = section(note, "Summary")
    assert "\n" not in summary
    assert summary.endswith(".")
    assert len(re.findall(r"[.!?](?=\s+[A-Z])", summary)) == 0


@concepts
def test_formulas_code_tables_and_relations_stand_where_they_belong(note: Note) -> None:
    assert "$$\n" in section(note, "Core formulas")
    assert "```python" in section(note, "Code")
    assert TABLE_HEAD.search(section(note, "Decision table"))
    lines = section(note, "Graph").splitlines()
    labels = [re.match(r"- (\w+): \[\[", line) for line in lines]
    assert all(labels)
    assert {label[1] for label in labels if label} <= RELATIONS
    dates = re.findall(r"^\| (\d{4}-\d\d-\d\d) \|", section(note, "Changelog"), re.MULTILINE)
    assert dates and max(dates) <= str(note.values["last_reinforced"])


@concepts
def test_what_is_verified_names_its_sources(note: Note) -> None:
    """The first author of each source, with the year, where it is a work with both."""
    cited = section(note, "Verification and references")
    for source in note.values["raw_sources"]:
        work = re.match(r"(?:[A-Z][\w.-]*\. ?)*([\w-]+).*?\((\d{4})\)", source)
        if work:
            assert work[1] in cited and work[2] in cited, source
        else:
            assert "documentation" in source and "documentation" in cited


@concepts
def test_a_concept_is_found_in_three_languages(note: Note) -> None:
    aliases = "\n".join(note.values["aliases"])
    assert re.search(r"[가-힣]", aliases)
    assert re.search(r"^[^가-힣]*[\u4e00-\u9fff]", aliases, re.MULTILINE)


def test_each_formula_is_stated_once() -> None:
    seen: dict[str, str] = {}
    for name, note in {**CONCEPTS, **notes_in("00_Start/"), **notes_in("20_")}.items():
        for formula in note.math:
            if formula.display:
                text = re.sub(r"\s+|\\[,;!]|[.,]$", "", formula.text)
                assert seen.setdefault(text, name) == name, formula.text


@pytest.mark.parametrize("path", [p for p, n in own_vault().notes.items() if python_blocks(n)])
def test_the_tech_stack_is_what_the_code_imports(path: str) -> None:
    note = own_vault().notes[path]
    code = "\n".join(fence.code for fence in python_blocks(note))
    names = {"torch": "pytorch", "numpy": "numpy", "scipy": "scipy"}
    imported = re.findall(r"^\s*(?:import|from) (torch|numpy|scipy)\b", code, re.MULTILINE)
    assert set(note.values["tech_stack"]) == {"python", *(names[name] for name in imported)}


@pytest.mark.parametrize("path", own_vault().notes)
def test_rows_of_a_table_have_as_many_cells_as_its_head(path: str) -> None:
    text = re.sub(r"^(```+).*?^\1$", "", body(own_vault().notes[path]), flags=re.S | re.M)
    for table in re.findall(r"(?:^>? ?\|.*\|$\n?)+", text, re.MULTILINE):
        bare = re.sub(r"\$[^$\n]+\$|`[^`\n]+`", "x", table)
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in bare.splitlines()}) == 1, table


@pytest.mark.parametrize("number", range(1, 17))
def test_each_contradiction_has_its_note_and_a_block_that_decides_it(number: int) -> None:
    (note,) = (n for name, n in notes_in("20_").items() if name.startswith(f"X{number} "))
    claims = [re.search(r"claims=([\w.,]+)", fence.info) for fence in python_blocks(note)]
    assert f"X{number}" in ",".join(found[1] for found in claims if found).split(",")


@pytest.mark.parametrize("note", notes_in("30_").values(), ids=notes_in("30_"))
def test_each_misconception_carries_its_verdict_and_a_number(note: Note) -> None:
    beliefs = [h.text for h in note.headings if h.level == 2 and h.text not in FORM]
    assert len(beliefs) >= 4
    for belief in beliefs:
        text = section(note, belief)
        assert re.match(r"> \[!(failure\] Refuted|warning\] True in part)\n> \S", text), belief
        assert text.count("```python") == 1, belief
