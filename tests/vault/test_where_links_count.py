"""Where in a vault a link is a link, and where the same brackets are only text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_vault import buckets, sightings

FRONT = "---\n{}\n---\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("text [[N]] text", "body"),
        ("# Heading [[N]]", "body"),
        ("Heading [[N]]\n===", "body"),
        ("> [!note] Title [[N]]", "body"),
        ("> [!note]-\n> [[N]]", "body"),
        ("> [[N]]", "body"),
        ("- [ ] [[N]]", "body"),
        ("a[^1]\n\n[^1]: [[N]]", "body"),
        ("an inline footnote ^[see [[N]]]", "body"),
        ("| a | b |\n| - | - |\n| [[N]] | c |", "body"),
        ("**[[N]]** and ==x==", "body"),
        ("%%[[N]]%%", "comment"),
        ("text %% [[N]] %% text", "comment"),
        ("%%\n\n- [[N]]\n\n%%", "comment"),
        ("%%\nnever closed\n\n[[N]]", "comment"),
        (FRONT.format('up: "[[N]]"'), "property"),
        (FRONT.format("up: '[[N]]'"), "property"),
        (FRONT.format('up: ["[[N]]"]'), "property"),
        (FRONT.format('up:\n  - "[[N]]"'), "property"),
        (FRONT.format('up: "[[N|text]]"'), "property"),
        ("[![[N]]](https://example.org)", "body"),
    ],
)
def test_here_a_link_counts(tmp_path: Path, text: str, where: str) -> None:
    for number, form in enumerate((text, text.replace("\n", "\r\n"), f"\ufeff{text}")):
        found = sightings(tmp_path / str(number), {"S.md": f"{form}\n", "N.md": ""})
        inside = [item for item in found if item.link.target == "N"]
        assert [(item.bucket, item.link.where) for item in inside] == [("resolved", where)]


@pytest.mark.parametrize(
    "text",
    [
        "```\n[[N]]\n```",
        "~~~ python\n[[N]]\n~~~",
        "````\n```\n[[N]]\n````",
        "```\nnever closed\n[[N]]",
        "> ```\n> [[N]]\n> ```",
        "- item\n\n  ```\n  [[N]]\n  ```",
        "para\n\n    [[N]]",
        "`[[N]]`",
        "`` ` [[N]] ``",
        "$[[N]]$",
        "$$\n[[N]]\n$$",
        "<!-- [[N]] -->",
        "<!--\n\n[[N]]\n-->",
        "<div>\n[[N]]\n</div>",
        '<a title="[[N]]">x</a>',
        FRONT.format("up: [[N]]"),
        FRONT.format("up:\n  - [[N]]"),
        FRONT.format("up: see [[N]] there"),
        FRONT.format('up: "![[N]]"'),
        FRONT.format('up: "see [[N]] there"'),
        FRONT.format("# [[N]]"),
        FRONT.format('"[[N]]": x'),
    ],
)
def test_here_the_brackets_are_text(tmp_path: Path, text: str) -> None:
    for number, form in enumerate((text, text.replace("\n", "\r\n"))):
        found = sightings(tmp_path / str(number), {"S.md": f"{form}\n", "N.md": ""})
        assert found == []


def test_an_unclosed_comment_in_a_paragraph_is_text(tmp_path: Path) -> None:
    (found,) = sightings(tmp_path, {"S.md": "about 5 %% here [[N]]\n\nnext\n", "N.md": ""})
    assert found.link.where == "body"


def test_front_matter_stands_on_the_first_line_only(tmp_path: Path) -> None:
    text = '\n---\nup: "[[N]]"\n---\n'
    (found,) = sightings(tmp_path, {"S.md": text, "N.md": ""})
    assert found.link.where == "body"


def canvas(*nodes: dict[str, object]) -> str:
    return json.dumps({"nodes": nodes, "edges": []}, ensure_ascii=False)


def test_links_of_a_canvas(tmp_path: Path) -> None:
    text = canvas(
        {"id": "1", "type": "text", "text": 'one [[N]]\n"two" [t](N.md) ![[N#H]]'},
        {"id": "2", "type": "file", "file": "N.md", "subpath": "#H"},
        {"id": "3", "type": "file", "file": "a/N.md"},
        {"id": "4", "type": "text", "text": "`[[N]]`"},
        {"id": "5", "type": "group", "label": "[[N]]"},
        {"id": "6", "type": "link", "url": "https://example.org"},
    )
    found = sightings(tmp_path, {"B.canvas": text, "N.md": "# H\n"})
    assert [(item.link.kind, item.bucket, item.link.where) for item in found] == [
        ("wiki", "resolved", "canvas"),
        ("markdown", "resolved", "canvas"),
        ("embed", "resolved", "canvas"),
        ("file", "resolved", "canvas"),
        ("file", "missing", "canvas"),
    ]
    data = (tmp_path / "B.canvas").read_bytes()
    markup = [data[item.link.span.start : item.link.span.end].decode() for item in found]
    assert markup == ["[[N]]", "[t](N.md)", "![[N#H]]", "N.md", "a/N.md"]


def test_a_canvas_names_a_file_by_its_whole_path(tmp_path: Path) -> None:
    text = canvas({"id": "1", "type": "file", "file": "N.md"})
    (found,) = sightings(tmp_path, {"B.canvas": text, "a/N.md": ""})
    assert found.bucket == "missing"


def test_links_of_a_base(tmp_path: Path) -> None:
    text = (
        "filters:\n  and:\n"
        '    - up == link("N")\n'
        "    - file.hasLink('N')\n"
        "    - 'up.contains(\"[[N]]\")'\n"
        '    - file.name == "N"\n'
        "# [[N]]\n"
    )
    found = sightings(tmp_path, {"V.base": text, "N.md": ""})
    assert [(item.link.kind, item.bucket) for item in found] == [
        ("file", "resolved"),
        ("file", "resolved"),
        ("wiki", "resolved"),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "[[{{title}}]]",
        "[[{{date:YYYY-MM-DD}}|today]]",
        "[[<% tp.file.title %>]]",
        "[[Note#{{title}}]]",
        "[[ -f x ]]",
        "if [[ $a == b ]]; then",
        'while [[ "$x" != y ]]; do',
        "[[ ! -d x ]]",
        "[[a `code` b]]",
        "[t](<{{path}}.md>)",
    ],
)
def test_templates_tests_and_code_are_ignored(tmp_path: Path, markup: str) -> None:
    assert buckets(tmp_path, f"{markup}\n", {"Note.md": ""}) == ["ignored"]


@pytest.mark.parametrize(
    "markup", ["[[a {b} c]]", "[[-f x]]", "[[50% off]]", "[[a == b]]", "[[ x]]"]
)
def test_what_only_looks_like_one_is_a_link(tmp_path: Path, markup: str) -> None:
    assert buckets(tmp_path, f"{markup}\n") == ["missing"]
