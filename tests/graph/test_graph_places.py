"""Which relation a link has, by the place where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph
from vaultkit.graph.relations import Relations


def relations(root: Path, text: str, known: Relations | None = None) -> list[tuple[str, str, str]]:
    """(target, relation, label) of each link of a note with this text."""
    graph = build_graph(tiny_vault(root, {"S.md": text}), known)
    return [
        (edge.target.removeprefix("unresolved:"), edge.relation, edge.label) for edge in graph.edges
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prose about [[A]].", [("A", "link", "")]),
        ("- Parents: [[A]], [[B]]", [("A", "parents", "Parents"), ("B", "parents", "Parents")]),
        ("* **Variants:** [[A]]", [("A", "variants", "Variants")]),
        ("1. __Uses__: ![[A]]", [("A", "uses", "Uses")]),
        ("> - Adjacent: [t](A.md)", [("A", "adjacent", "Adjacent")]),
        ("부모: [[A]]", [("A", "parents", "부모")]),
        ("- 변형： [[A]]", [("A", "variants", "변형")]),
        ("- 응용: [[A]]", [("A", "applications", "응용")]),
        ("- 相关：[[A]]", [("A", "related", "相关")]),
        ("父: [[A]]", [("A", "parents", "父")]),
        ("%%Parents: [[A]]%%", [("A", "parents", "Parents")]),
        ("### upstream: [[A]]", [("A", "parents", "upstream")]),
        (
            "- Parents: [[A]] · Variants: [[B]]",
            [("A", "parents", "Parents"), ("B", "variants", "Variants")],
        ),
        ("| Parents | [[A]] |", [("A", "parents", "Parents")]),
        ("Great for: [[A]]", [("A", "link", "")]),
        ("The parents of this: [[A]]", [("A", "link", "")]),
    ],
)
def test_label_before_the_link(
    tmp_path: Path, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert relations(tmp_path, text + "\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("up:: [[A]]", [("A", "parents", "up")]),
        ("- **Author**:: [[A]], [[B]]", [("A", "author", "Author"), ("B", "author", "Author")]),
        ("He said [author:: [[A]]] and [[B]]", [("A", "author", "author"), ("B", "link", "")]),
        ("Hidden (related:: [[A]])", [("A", "related", "related")]),
        ("std::vector [[A]]", [("A", "link", "")]),
        ("`a:: ` [[A]]", [("A", "link", "")]),
    ],
)
def test_inline_field(tmp_path: Path, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert relations(tmp_path, text + "\n") == expected


def test_property(tmp_path: Path) -> None:
    text = '---\nup: "[[A]]"\nduplicate_of: "[[B]]"\nsee-also:\n  - "[[C]]"\n---\n'
    assert relations(tmp_path, text) == [
        ("A", "parents", "up"),
        ("B", "duplicate of", "duplicate_of"),
        ("C", "related", "see-also"),
    ]


def test_label_above_a_list(tmp_path: Path) -> None:
    text = """\
- Parents
  - [[A]]
  - [[B]] with words after it
    - [[C]]
  - words before [[D]]
- Nothing
  - [[E]]

**Variants:**

- [[F]]
- [[G]]

Plain words
- [[H]]
"""
    assert relations(tmp_path, text) == [
        ("A", "parents", "Parents"),
        ("B", "parents", "Parents"),
        ("C", "parents", "Parents"),
        ("D", "link", ""),
        ("E", "link", ""),
        ("F", "variants", "**Variants:**"),
        ("G", "variants", "**Variants:**"),
        ("H", "link", ""),
    ]


def test_section_heading_counts_for_links_that_lead_their_line(tmp_path: Path) -> None:
    text = """\
## 🔗 Related Hubs (old)
- [[A]]: why
- see also [[B]]
[[C]] [[D]]
| [[E]] | why |
### Papers
- [[F]]
## Other
- [[G]]
"""
    label = "🔗 Related Hubs (old)"
    assert relations(tmp_path, text) == [
        ("A", "related", label),
        ("B", "link", ""),
        ("C", "related", label),
        ("D", "related", label),
        ("E", "related", label),
        ("F", "related", label),
        ("G", "link", ""),
    ]


def test_a_graph_section_silences_other_headings_but_no_label(tmp_path: Path) -> None:
    text = """\
## Variants
- [[A]] is one
## Graph
- Parents: [[B]]
### Variants
- [[C]]
## Verification
- Related: [[D]]
"""
    assert relations(tmp_path, text) == [
        ("A", "link", ""),
        ("B", "parents", "Parents"),
        ("C", "variants", "Variants"),
        ("D", "related", "Related"),
    ]


def test_sections_of_the_settings_are_the_only_ones(tmp_path: Path) -> None:
    text = (
        "Parents: [[A]]\n\n## Related\n- [[B]]\n\n## Map\n- Parents: [[C]]\n### Related\n- [[D]]\n"
    )
    found = relations(tmp_path, text, Relations(sections=("Map",)))
    assert [relation for _, relation, _ in found] == ["link", "link", "parents", "related"]


def test_a_link_in_a_fence_or_label_in_code_is_none(tmp_path: Path) -> None:
    assert relations(tmp_path, "```\nParents: [[A]]\n```\n") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(tmp_path: Path, end: str) -> None:
    text = end.join(["---", "a: 1", "---", "", "- Parents", "  - [[A]]", "", "## Related", "[[B]]"])
    assert relations(tmp_path, "\ufeff" + text) == [
        ("A", "parents", "Parents"),
        ("B", "related", "Related"),
    ]
