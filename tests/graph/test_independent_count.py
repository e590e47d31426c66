"""The graph against a count of its own: a few regular expressions that share nothing with it.

Two things are compared for each file of a vault: how many wikilinks it has, and, for names that
one note alone has, to which note they lead. Where code, mathematics or a template stands inside
a link's name, neither counts it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from vaultkit.graph.build import build_graph
from vaultkit.graph.questions import isolated, no_incoming
from vaultkit.graph.relations import Relations
from vaultkit.vault import read_vault

VAULT = Path(__file__).parents[2] / "vault"
FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
ASIDE = re.compile(r"<!--.*?-->|\$\$.*?\$\$", re.DOTALL)
LINK = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)"
    r"|!?\[\[(?P<inside>(?:(?!\[\[|\]\])[^\n])+)\]\]",
    re.DOTALL,
)
SECTION = re.compile(r"^## Graph\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^- ([A-Z][a-z ]+): (.*)$", re.MULTILINE)


class Count(NamedTuple):
    """Notes, wikilinks by file, and links between notes whose name stands once."""

    notes: int
    links: Counter[str]
    pairs: Counter[tuple[str, str]]


def key(name: str) -> str:
    name = unicodedata.normalize("NFC", name).lower()
    name = name.replace("\u00a0", " ").replace("\u202f", " ").strip()
    return name.removesuffix(".md")


def counted(root: Path) -> Count:
    paths = [
        path
        for path in root.rglob("*")
        if path.suffix.lower() == ".md"
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    named: dict[str, list[str]] = {}
    for path in paths:
        named.setdefault(key(path.name), []).append(path.relative_to(root).as_posix())
    links: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths:
        here = path.relative_to(root).as_posix()
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        for match in LINK.finditer(ASIDE.sub("", FENCE.sub("\n", text + "\n"))):
            name, _, _ = (match["inside"] or "`").partition("|")
            if "`" in name or "{{" in name or "<%" in name:
                continue
            links[here] += 1
            notes = named.get(key(name.rstrip("\\").partition("#")[0]), [])
            if len(notes) == 1:
                pairs[here, notes[0]] += 1
    return Count(len(paths), links, pairs)


def of_graph(root: Path) -> Count:
    graph = build_graph(read_vault(root))
    notes = [node for node in graph.nodes.values() if node.kind == "note"]
    names = Counter(key(node.name) for node in notes)
    wiki = [e for e in graph.edges if e.link.kind in ("wiki", "embed") and graph.is_note(e.source)]
    ties = [tie.source for tie in graph.ties if tie.link.kind in ("wiki", "embed")]
    pairs = Counter(
        (edge.source, edge.target)
        for edge in wiki
        if graph.is_note(edge.target)
        and edge.link.target.strip()
        and "/" not in edge.link.target
        and names[key(graph.nodes[edge.target].name)] == 1
    )
    return Count(len(notes), Counter(edge.source for edge in wiki) + Counter(ties), pairs)


def test_the_project_s_vault() -> None:
    ours = of_graph(VAULT)
    assert ours == counted(VAULT)
    assert ours.links.total() > 500


@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "koreahong-ko",
        "kseysh-ko",
        "madison-zk",
        "obsidian-help",
        pytest.param("obsidian-hub", marks=pytest.mark.slow),
        pytest.param("virgil", marks=pytest.mark.slow),
    ],
)
def test_a_real_vault(corpus: Callable[[str], Path], name: str) -> None:
    root = corpus(name)
    ours, theirs = of_graph(root), counted(root)
    assert ours.notes == theirs.notes
    assert ours.links == theirs.links
    assert ours.pairs == theirs.pairs
    assert ours.pairs.total() > 100


def typed_by_graph(relations: Relations) -> Counter[tuple[str, str, str]]:
    graph = build_graph(read_vault(VAULT), relations)
    return Counter(
        (edge.source, edge.target, edge.relation)
        for edge in graph.typed
        if edge.link.where == "body"
    )


def typed_by_sections() -> Counter[tuple[str, str, str]]:
    places = {path.stem: path.relative_to(VAULT).as_posix() for path in VAULT.rglob("*.md")}
    found: Counter[tuple[str, str, str]] = Counter()
    for path in VAULT.rglob("*.md"):
        source = path.relative_to(VAULT).as_posix()
        if source.startswith("90_Templates/"):  # place holders, excluded by the vault's settings
            continue
        for section in SECTION.findall(path.read_text("utf-8")):
            for label, targets in ITEM.findall(section):
                for target in re.findall(r"\[\[([^\]|#]+)", targets):
                    found[source, places[target], label.lower()] += 1
    return found


def test_typed_relations_are_those_of_the_graph_sections_exactly() -> None:
    """As many, from and to the same notes, of the same name; nothing elsewhere."""
    theirs = typed_by_sections()
    assert theirs.total() > 300
    assert {relation for *_, relation in theirs} >= {"parents", "variants", "applications"}
    assert typed_by_graph(Relations(sections=("Graph",))) == theirs


def test_a_note_with_a_graph_section_has_its_relations_there_alone() -> None:
    theirs = typed_by_sections()
    notes = {source for source, *_ in theirs}
    ours = typed_by_graph(Relations())
    assert Counter({item: ours[item] for item in ours if item[0] in notes}) == theirs


def test_notes_that_nothing_links_to(tmp_path: Path) -> None:
    for name, text in {
        "A.md": "[[B]] [[B]]",
        "B.md": "[[#x]] `[[C]]`",
        "C.md": "[[C]]",
        "D.md": "```\n[[A]]\n```\n",
    }.items():
        (tmp_path / name).write_text(text)
    theirs = counted(tmp_path).pairs
    reached = {target for source, target in theirs if source != target}
    leads = {source for source, target in theirs if source != target}
    graph = build_graph(read_vault(tmp_path))
    assert no_incoming(graph) == sorted({"A.md", "B.md", "C.md", "D.md"} - reached)
    assert isolated(graph) == sorted({"A.md", "B.md", "C.md", "D.md"} - reached - leads)
