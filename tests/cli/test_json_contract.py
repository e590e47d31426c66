"""The JSON answers: exactly these keys, in this order, with these kinds of values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny_vault import write_files
from transcript import call

from vaultkit.lint.rule import all_rules
from vaultkit.repair.survey import BUCKETS

LINK = ["path", "line", "column", "kind", "where", "target", "fragment", "display", "bucket",
        "resolved", "candidates"]  # fmt: skip
FINDING = ["rule", "severity", "path", "line", "column", "end_line", "end_column", "message",
           "suggestions"]  # fmt: skip
EDIT = ["path", "line", "column", "old", "new", "target", "reason"]
REFUSED = ["path", "line", "column", "link", "reason", "candidates"]

FILES = {
    "a/한글 📚.md": "\ufeff📚é [[focal_loss#H|x]] [[KD]] [[Big_Data]]\r\n\r\n"
    "![[gone.png]] [t](x.md)\n",
    "Focal Loss.md": "---\nup: [[x]]\naliases: [KD]\n---\n# H\n",
    "Big Data.md": '---\nsee: "[[Focal Loss#Nope]]"\n---\n%%[[Focal Loss]]%% [s](https://x.org)\n',
    "Big-Data.md": "broken: [[#^no]]\n",
    "B.canvas": '{"nodes": [{"type": "file", "file": "Focal Loss.md"}]}',
    "V.base": 'filters: up == link("focal_loss")\n',
}


def answer(*arguments: str, code: int = 0) -> Any:
    found = call(*arguments, "--format", "json")
    assert found.code == code
    assert found.err == ""
    assert found.out.endswith("}\n")
    return json.loads(found.out)


@pytest.fixture
def root(tmp_path: Path) -> str:
    return str(write_files(tmp_path / "vault", FILES))


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_place(value: object) -> bool:
    return type(value) is int and value >= 1


def is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def test_links(root: str) -> None:
    value = answer("links", root)
    assert list(value) == ["version", "links", "summary"]
    assert value["version"] == 1
    for row in value["links"]:
        assert list(row) == LINK
        assert is_text(row["path"])
        assert is_text(row["target"])
        assert is_place(row["line"])
        assert is_place(row["column"])
        assert row["kind"] in ("wiki", "embed", "markdown", "file")
        assert row["where"] in ("body", "property", "comment", "canvas", "base")
        assert row["bucket"] in BUCKETS
        assert is_texts(row["candidates"])
        for key in ("fragment", "display", "resolved"):
            assert row[key] is None or is_text(row[key])
    assert list(value["summary"]) == ["total", *BUCKETS]
    assert value["summary"]["total"] == len(value["links"])
    assert sum(value["summary"][bucket] for bucket in BUCKETS) == len(value["links"])


def test_a_place_is_counted_in_characters(root: str) -> None:
    rows = [row for row in answer("links", root)["links"] if row["path"] == "a/한글 📚.md"]
    places = [(row["line"], row["column"], row["target"]) for row in rows]
    assert places == [
        (1, 4, "focal_loss"),
        (1, 23, "KD"),
        (1, 30, "Big_Data"),
        (3, 1, "gone.png"),
        (3, 15, "x.md"),
    ]


def test_the_links_of_one_bucket(root: str) -> None:
    every, some = answer("links", root), answer("links", root, "--bucket", "missing,self")
    assert some["summary"] == every["summary"]
    assert some["links"] == [row for row in every["links"] if row["bucket"] in ("missing", "self")]
    assert answer("links", root, "--summary")["links"] == []


def test_lint(root: str) -> None:
    value = answer("lint", root, code=1)
    assert list(value) == ["version", "findings", "summary"]
    assert value["version"] == 1
    for row in value["findings"]:
        assert list(row) == FINDING
        assert row["rule"] in all_rules()
        assert row["severity"] in ("error", "warning", "info")
        assert is_text(row["path"])
        assert is_text(row["message"])
        assert is_texts(row["suggestions"])
        for key in ("line", "column", "end_line", "end_column"):
            assert is_place(row[key])
        start = (row["line"], row["column"])
        assert start <= (row["end_line"], row["end_column"])
    assert value["summary"]["findings"] == len(value["findings"])
    assert sum(value["summary"]["rules"].values()) == len(value["findings"])
    assert {row["rule"] for row in value["findings"]} >= {
        "variant-link",
        "alias-only-link",
        "broken-link",
        "missing-attachment",
        "broken-heading",
        "broken-block",
        "unquoted-property-link",
    }
    links = answer("links", root)["links"]
    text = {(row["path"], row["line"], row["column"]) for row in links}
    about_links = [
        row for row in value["findings"] if row["rule"] in ("broken-link", "variant-link")
    ]
    assert {(row["path"], row["line"], row["column"]) for row in about_links} <= text


def test_reconcile(root: str) -> None:
    value = answer("reconcile", root, "--check", code=1)
    assert list(value) == ["version", "edits", "refused", "summary"]
    assert value["version"] == 1
    files = {path: text.encode().decode("utf-8-sig") for path, text in FILES.items()}
    for row in value["edits"]:
        assert list(row) == EDIT
        assert all(
            map(is_text, (row["path"], row["old"], row["new"], row["target"], row["reason"]))
        )
        line = files[row["path"]].splitlines()[row["line"] - 1]
        assert line[row["column"] - 1 :].startswith(row["old"])
    for row in value["refused"]:
        assert list(row) == REFUSED
        assert is_texts(row["candidates"])
        line = files[row["path"]].splitlines()[row["line"] - 1]
        assert line[row["column"] - 1 :].startswith(row["link"])
    assert [(row["old"], row["new"]) for row in value["edits"]] == [
        ("[[focal_loss#H|x]]", "[[Focal Loss#H|x]]"),
        ("focal_loss", "Focal Loss"),
    ]
    assert [row["reason"] for row in value["refused"]] == ["alias only", "two spellings"]
    assert list(value["summary"]) == ["edits", "notes", "refused", "unmatched"]
    assert value["summary"]["edits"] == len(value["edits"])
    assert value["summary"]["refused"] == len(value["refused"])


def test_applying_keeps_the_contract_and_names_the_run(root: str) -> None:
    planned = answer("reconcile", root)
    applied = answer("reconcile", root, "--apply")
    run = applied["summary"].pop("run")
    assert applied == planned
    history = answer("history", root)
    assert list(history) == ["version", "runs"]
    assert [item["id"] for item in history["runs"]] == [run]
    undone = answer("undo", "--vault", root)
    assert list(undone) == ["version", "run", "why", "files"]
    assert answer("reconcile", root) == planned
    assert answer("reconcile", root, "--apply")["summary"]["run"] != run


def test_names_that_are_no_text_are_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (tmp_path / name).write_bytes(b"[[Nowhere]]\n")
    (row,) = answer("links", str(tmp_path))["links"]
    assert os.fsencode(row["path"]) == b"caf\xe9.md"
    (row,) = answer("lint", str(tmp_path), code=1)["findings"]
    assert os.fsencode(row["path"]) == b"caf\xe9.md"


def test_json_is_utf8_in_any_terminal(root: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for style, text in (("json", '"a/한글 📚.md"'.encode()), ("text", b"\\ud55c\\uae00")):
        done = subprocess.run(
            [sys.executable, "-m", "vaultkit", "links", root, "--format", style],
            capture_output=True,
            env=environment,
            check=True,
        )
        assert text in done.stdout


def test_the_same_bytes_every_time(root: str) -> None:
    for command in (["links", root], ["lint", root], ["reconcile", root]):
        first, second = (call(*command, "--format", "json").out for _ in range(2))
        assert first == second
