"""Bases and canvases hold to their formats; the health note counts, links and remembers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from random_vaults import memory_vault

from vaultkit.errors import ConflictError, UsageError
from vaultkit.generate.base import base_of
from vaultkit.generate.canvas import canvas_of, neighbours
from vaultkit.generate.health import health
from vaultkit.generate.made_file import is_sealed_base, is_sealed_canvas, put
from vaultkit.lint.run import choose
from vaultkit.repair.after import after
from vaultkit.vault import Found, Vault, read_vault


def vault_of(files: Mapping[str, str]) -> Vault:
    return memory_vault({path: text.encode() for path, text in files.items()})


NOTES = {
    "f/A.md": "---\nstatus: active\ncategory: x\nconfidence_score: 0.5\n---\n[[B]] [[C]]\n",
    "f/B.md": "---\nverification_status: passed\nstatus: done\n---\n[[A]]\n",
    "C.md": "[[A#none]]",
    **{f"in/N{number}.md": "[[A]] [[nothing]]" for number in range(20)},
}


def check_canvas(data: bytes, vault: Vault) -> dict[str, Any]:
    """JSON Canvas 1.0: required and allowed attributes of nodes and edges, unique ids."""
    canvas: dict[str, Any] = json.loads(data)
    assert set(canvas) == {"nodes", "edges"}
    place = {"id": str, "type": str, "x": int, "y": int, "width": int, "height": int}
    own = {"text": {"text"}, "file": {"file", "subpath"}, "group": {"label"}, "link": {"url"}}
    for node in canvas["nodes"]:
        assert all(type(node[key]) is kind for key, kind in place.items())
        assert set(node) - set(place) - {"color"} <= own[node["type"]]
        assert node.get("color", "1") in {"1", "2", "3", "4", "5", "6"}
        assert node["width"] > 0
        assert node["height"] > 0
        if node["type"] == "file":
            assert vault.resolve_path(node["file"]) == Found(node["file"])
    ids = [item["id"] for item in (*canvas["nodes"], *canvas["edges"])]
    assert len(set(ids)) == len(ids)
    for edge in canvas["edges"]:
        assert {edge["fromNode"], edge["toNode"]} <= set(ids)
        assert {edge["fromSide"], edge["toSide"]} <= {"top", "right", "bottom", "left"}
        assert {edge["fromEnd"], edge["toEnd"]} <= {"none", "arrow"}
    return canvas


def apart(canvas: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The cards and the groups, none of which overlaps another of its kind; a card stands inside
    a group as a whole, or outside."""
    cards = [node for node in canvas["nodes"] if node["type"] != "group"]
    groups = [node for node in canvas["nodes"] if node["type"] == "group"]
    for boxes in (cards, groups):
        for number, one in enumerate(boxes):
            for two in boxes[number + 1 :]:
                assert (
                    one["x"] + one["width"] <= two["x"]
                    or two["x"] + two["width"] <= one["x"]
                    or one["y"] + one["height"] <= two["y"]
                    or two["y"] + two["height"] <= one["y"]
                )
    for card in cards:
        for group in groups:
            across = _overlap(card["x"], card["width"], group["x"], group["width"])
            down = _overlap(card["y"], card["height"], group["y"], group["height"])
            assert across * down in (0, card["width"] * card["height"])
    return cards, groups


def _overlap(one: int, length: int, two: int, other: int) -> int:
    return max(0, min(one + length, two + other) - max(one, two))


def test_a_canvas_is_json_canvas_and_nothing_overlaps() -> None:
    vault = vault_of(NOTES)
    canvas = check_canvas(canvas_of(vault, "f/A.md"), vault)
    cards, groups = apart(canvas)
    assert [group["label"] for group in groups] == ["links here", "linked both ways"]
    assert "and 8 more" in [node.get("text") for node in cards]


def test_the_views_of_the_projects_own_vault_hold_to_their_formats() -> None:
    vault = read_vault(Path(__file__).parents[2] / "vault")
    assert len(vault.notes) > 50
    for path in vault.notes:
        apart(check_canvas(canvas_of(vault, path), vault))
    for folder in ("", *sorted({path.rpartition("/")[0] for path in vault.notes})):
        check_base(base_of(vault, folder))


def test_neighbours_are_told_apart() -> None:
    vault = vault_of(
        {"A.md": "[[B]] [[C]] [[A]] [[no]]", "B.md": "[[A]]", "C.md": "", "D.md": "[[A]]"}
    )
    assert neighbours(vault, "A.md") == (("D.md",), ("B.md",), ("C.md",))


KEYS = {"filters", "formulas", "properties", "summaries", "views"}
VIEW = {"type", "name", "limit", "groupBy", "filters", "order", "summaries"}


def check_base(data: bytes) -> dict[str, Any]:
    """Obsidian's "Bases syntax": keys, expressions as texts, columns and groups that are named."""
    base: dict[str, Any] = yaml.safe_load(data)
    assert set(base) <= KEYS
    assert set(base["filters"]) == {"and"}
    assert all(isinstance(item, str) for item in base["filters"]["and"])
    columns = set(base["properties"])
    assert all(set(value) == {"displayName"} for value in base["properties"].values())
    names = [view["name"] for view in base["views"]]
    assert len(set(names)) == len(names)
    for view in base["views"]:
        assert set(view) <= VIEW
        assert view["type"] == "table"
        assert set(view["order"]) <= columns
        assert all(name.split(".")[0] in ("file", "note") for name in view["order"])
        if "groupBy" in view:
            assert set(view["groupBy"]) == {"property", "direction"}
            assert view["groupBy"]["direction"] in ("ASC", "DESC")
            assert view["groupBy"]["property"] in columns
        assert set(view.get("summaries", {}).values()) <= {"Average"}
        assert set(view.get("summaries", {})) <= columns
    return base


def test_a_base_is_of_the_documented_form() -> None:
    base = check_base(base_of(vault_of(NOTES), "f"))
    assert base["filters"] == {"and": ['file.ext == "md"', 'file.inFolder("f")']}
    assert [view["name"] for view in base["views"]] == [
        "All notes", "By status", "By verdict", "By category",
    ]  # fmt: skip
    for view in base["views"]:
        assert view["summaries"] == {"note.confidence_score": "Average"}


def test_a_folder_with_quotes_is_still_yaml() -> None:
    vault = vault_of({'it\'s "x"/A.md': ""})
    base = yaml.safe_load(base_of(vault, 'it\'s "x"'))
    assert base["filters"]["and"][1] == 'file.inFolder("it\'s \\"x\\"")'


def test_a_made_file_is_made_again_but_never_over_a_persons() -> None:
    vault = vault_of(NOTES)
    for path, make, sealed in (
        ("V.base", base_of(vault), is_sealed_base),
        ("V.canvas", canvas_of(vault, "C.md"), is_sealed_canvas),
    ):
        assert sealed(make)
        once = after(vault, put(vault, path, make, sealed, "x"))
        assert not put(once, path, make, sealed, "x")
        other = canvas_of(vault, "f/B.md") if path.endswith("canvas") else base_of(vault, "f")
        twice = after(once, put(once, path, other, sealed, "x"))
        assert twice.boards[path].source.data == other
        hand = memory_vault({path: make.replace(b"120", b"121").replace(b"md", b"png")})
        with pytest.raises(ConflictError, match="changed by hand"):
            put(hand, path, other, sealed, "x")
        with pytest.raises(UsageError, match="case or Unicode form"):
            put(once, path.upper()[0].lower() + path[1:], other, sealed, "x")


def test_a_canvas_saved_by_obsidian_is_still_ours() -> None:
    data = canvas_of(vault_of(NOTES), "C.md")
    assert is_sealed_canvas(json.dumps(json.loads(data), indent="\t").encode())


def made(vault: Vault, day: str) -> Vault:
    return after(vault, health(vault, "Health.md", choose(), day))


def test_the_health_note_counts_links_and_remembers() -> None:
    vault = vault_of(NOTES)
    once = made(vault, "2026-01-01")
    text = once.notes["Health.md"].source.data.decode()
    assert "| Notes | 23 | – |" in text
    assert "| Broken | 21 | – |" in text
    assert "| passed | 1 |" in text
    assert "### broken-link (20, error)" in text
    assert "- [[N7]]: line 1" in text
    assert not health(once, "Health.md", choose(), "2026-01-01")
    repaired = after(once, put(once, "nothing.md", b"", lambda data: False, "x"))
    later = made(repaired, "2026-02-01").notes["Health.md"].source.data.decode()
    assert "| Notes | 24 | +1 |" in later
    assert "| Broken | 1 | -20 |" in later
    assert "Changes since 2026-01-01." in later
    rows = [line for line in later.splitlines() if line.startswith("| 2026-")]
    assert [row.split(" | ")[0] for row in rows] == ["| 2026-01-01", "| 2026-02-01"]


def test_text_around_the_health_region_stays_and_text_in_it_is_refused() -> None:
    once = made(vault_of(NOTES), "2026-01-01")
    data = once.notes["Health.md"].source.data
    mine = memory_vault(
        {**{p: n.source.data for p, n in once.notes.items()}, "Health.md": data + b"mine\n"}
    )
    assert made(mine, "2026-01-02").notes["Health.md"].source.data.endswith(b"-->\nmine\n")
    inside = memory_vault({"Health.md": data.replace(b"## Trend", b"## Mine")})
    with pytest.raises(ConflictError, match="changed by hand"):
        health(inside, "Health.md", choose(), "2026-01-02")
    with pytest.raises(ConflictError, match="has no region"):
        health(memory_vault({"Health.md": b"mine"}), "Health.md", choose(), "2026-01-02")
