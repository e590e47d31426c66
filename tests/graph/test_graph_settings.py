"""What the configuration's graph table may say, and what it answers to mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.config import read_config
from vaultkit.errors import UsageError
from vaultkit.graph.relations import Relations, label_key
from vaultkit.graph.settings import GraphSettings, graph_settings


def settings(root: Path, text: str) -> GraphSettings:
    (root / "vaultkit.toml").write_text(text, encoding="utf-8")
    config = read_config(root)
    assert config is not None
    return graph_settings(config)


def test_nothing_said_means_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == GraphSettings()


def test_relations_are_added_and_taken_over(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        """
        [graph]
        sections = "Karte"
        category = "kind"
        most-isolated = 0
        [graph.relations]
        parents = ["Gehört zu"]
        contradicts = ["Widerspricht", "Up"]
        [graph.inverses]
        contradicts = ["contradicts"]
        adjacent = []
        [graph.directions]
        variants = "none"
        """,
    )
    relations = found.relations
    assert relations.named("gehört zu:") == "parents"
    assert relations.named("부모") == "parents"
    assert relations.named("Up") == "contradicts"
    assert relations.inverse_of("contradicts") == ("contradicts",)
    assert relations.inverse_of("adjacent") == ()
    assert relations.direction_of("variants") == ""
    assert relations.direction_of("parents") == "up"
    assert relations.sections == ("Karte",)
    assert (found.category, found.limits) == ("kind", {"most-isolated": 0})


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("[graph]\nmost-isolatd = 1", "`graph`: unknown key `most-isolatd`", "most-isolated"),
        ("[graph]\nmost-islands = true", "`most-islands` must be a whole number", "True"),
        ("[graph]\nmost-islands = -1", "`most-islands` must not be negative", "-1"),
        ("[graph]\nrelations = 3", "`relations` must be a table of lists of texts", "3"),
        ("[graph.relations]\na = [3]", "`relations`.a must be a list of texts", "3"),
        ("[graph.inverses]\nparents = ['childs']", "no relation `childs`", "children"),
        ("[graph.inverses]\nfoo = ['parents']", "no relation `foo`", "known relations"),
        ("[graph.directions]\nparents = 'sideways'", "'sideways'", "up, down, none"),
        ("[graph.directions]\nfoo = 'up'", "no relation `foo`", "known relations"),
    ],
)
def test_a_mistake_names_the_place_and_what_is_allowed(
    tmp_path: Path, text: str, says: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        settings(tmp_path, text)
    assert says in caught.value.message
    assert "vaultkit.toml" in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("**Parents:**", "parents"),
        ("1. See_also (more)", "see also"),
        ("🔗 관련 문서", "관련 문서"),
        ("See-Also：", "see also"),
        ("Parent(s)", "parent"),
        ("§", ""),
    ],
)
def test_label_key(text: str, key: str) -> None:
    assert label_key(text) == key


def test_a_label_with_a_star_stands_for_its_openings() -> None:
    relations = Relations()
    assert relations.named("Related Techniques & CVEs") == "related"
    assert relations.named("Relatedness") is None
    assert relations.named("") is None


def test_default_labels_name_one_relation_each() -> None:
    seen: dict[str, str] = {}
    for relation in Relations().known.values():
        for label in relation.labels:
            assert seen.setdefault(label_key(label), relation.name) == relation.name, label
