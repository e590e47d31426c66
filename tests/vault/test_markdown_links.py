"""`[t](target)`: decoded, then looked up like a wikilink, in the whole vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import buckets, sightings

NOTES = {"a/Three laws.md": "# Head & line\ntext ^id\n", "b/한글 노트.md": "", "i/x y.png": ""}


@pytest.mark.parametrize(
    ("markup", "means"),
    [
        ("[t](a/Three%20laws.md)", "a/Three laws.md"),
        ("[t](Three%20laws.md)", "a/Three laws.md"),  # vault-wide, not only relative
        ("[t](three%20LAWS)", "a/Three laws.md"),  # like a wikilink: case, and .md left out
        ("[t](<Three laws.md>)", "a/Three laws.md"),
        ('[t](Three%20laws.md "a title")', "a/Three laws.md"),
        ("[t](./a/Three%20laws.md)", "a/Three laws.md"),
        ("[t](/a/Three%20laws.md)", "a/Three laws.md"),
        ("[t](Three%20laws.md#head%20line)", "a/Three laws.md"),
        ("[t](Three%20laws.md#^id)", "a/Three laws.md"),
        ("[t](%ED%95%9C%EA%B8%80%20%EB%85%B8%ED%8A%B8.md)", "b/한글 노트.md"),
        ("[t](한글%20노트.md)", "b/한글 노트.md"),
        ("![t](x%20y.png)", "i/x y.png"),
        ("[![t](x%20y.png)](Three%20laws.md)", "i/x y.png"),
        ("[t][r]\n\n[r]: Three%20laws.md", "a/Three laws.md"),
    ],
)
def test_a_destination_means(tmp_path: Path, markup: str, means: str) -> None:
    found = sightings(tmp_path, {"S.md": f"See {markup}\n", **NOTES})
    assert means in [item.resolved for item in found]
    assert {item.bucket for item in found} <= {"resolved", "resolved-attachment"}


@pytest.mark.parametrize(
    ("markup", "bucket"),
    [
        ("[t](Three%2520laws.md)", ["missing"]),  # decoded once
        ("[t](./Three%20laws.md)", ["missing"]),  # `./` looks nowhere else
        ("[t](Three%20laws.md#no%20such)", ["bad-fragment"]),
        ("[t](Three%20laws.md#^no)", ["bad-fragment"]),
        ("[t](Three laws.md)", []),
        ("[t]()", []),
        ("\\[t](Three%20laws.md)", []),
    ],
)
def test_a_destination_does_not_mean(tmp_path: Path, markup: str, bucket: list[str]) -> None:
    assert buckets(tmp_path, f"See {markup}\n", NOTES) == bucket


@pytest.mark.parametrize(
    "destination",
    [
        "https://example.org/Three%20laws.md",
        "http://example.org",
        "HTTPS://example.org",
        "mailto:a@example.org",
        "obsidian://open?vault=x",
        "file:///tmp/x.md",
        "tel:123",
        "//example.org/x.md",
        "zotero://select/x",
    ],
)
def test_a_scheme_is_external(tmp_path: Path, destination: str) -> None:
    assert buckets(tmp_path, f"[t]({destination})\n", NOTES) == ["external"]


@pytest.mark.parametrize(
    "destination", ["Three%20laws.md?x", "a%3Ab.md", "Part%3A%20one.md", "<Part%3A one.md>", "c:"]
)
def test_what_only_looks_like_a_scheme_is_not(tmp_path: Path, destination: str) -> None:
    assert buckets(tmp_path, f"[t]({destination})\n", NOTES) == ["missing"]


def test_autolinks_are_no_links_of_the_vault(tmp_path: Path) -> None:
    assert buckets(tmp_path, "<https://example.org> <a@example.org>\n") == []
