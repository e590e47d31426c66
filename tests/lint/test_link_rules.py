"""What the rules of the family `links` say beyond their own examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_vault import Files, sightings, tiny_vault

from vaultkit.lint.finding import Finding
from vaultkit.lint.run import choose, lint
from vaultkit.repair.survey import QUIET, Surveyor


def findings(root: Path, files: Files) -> list[Finding]:
    wanted = [rule for rule in choose() if rule.family == "links" or rule.name == "unreadable-note"]
    return lint(tiny_vault(root, files), wanted)


def rules(root: Path, files: Files) -> list[str]:
    return [finding.rule for finding in findings(root, files)]


def test_a_canvas_node_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    """A file of that name elsewhere does not help: a canvas names whole paths."""
    text = json.dumps({"nodes": [{"type": "file", "file": "N.md"}]})
    assert rules(tmp_path / "1", {"B.canvas": text, "a/N.md": ""}) == ["broken-link"]
    assert rules(tmp_path / "2", {"B.canvas": text, "N.md": ""}) == []


@pytest.mark.parametrize(
    "markup", ["[[#H]]", "[[S#^id]]", "[[x]]", "[[N#H]]", "[t](https://x.org)"]
)
def test_the_quick_way_through_sound_links_misses_none(tmp_path: Path, markup: str) -> None:
    files = {"S.md": f"{markup}\n", "N.md": "# H\n"}
    found = sightings(tmp_path, files)
    wanted = [item for item in found if item.bucket not in QUIET]
    assert list(Surveyor(tiny_vault(tmp_path, files)).troubles()) == wanted


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("[[chart.png]]", "missing-attachment"),
        ("![[chart.PNG|100]]", "missing-attachment"),
        ("![t](a/chart.jpeg)", "missing-attachment"),
        ("[[board.canvas]]", "missing-attachment"),
        ("[[x.base#View]]", "missing-attachment"),
        ("[t](data.xyz)", "missing-attachment"),
        ("[[Nowhere]]", "broken-link"),
        ("![[Nowhere]]", "broken-link"),
        ("[[release v2.4]]", "broken-link"),
        ("[[Node.js]]", "broken-link"),
        ("[t](gone.md)", "broken-link"),
        ("[t](gone)", "broken-link"),
        ("[[N#Gone]]", "broken-heading"),
        ("![[N#^gone]]", "broken-block"),
        ("[[#Gone]]", "broken-heading"),
        ("[[tie]]", "ambiguous-link"),
        ("[[FL]]", "alias-only-link"),
        ("[[n_n]]", "variant-link"),
    ],
)
def test_each_trouble_has_its_rule(tmp_path: Path, markup: str, rule: str) -> None:
    files = {
        "S.md": f"{markup}\n",
        "N.md": "---\naliases: FL\n---\n# H\n",
        "n n.md": "",
        "a/tie.md": "",
        "b/tie.md": "",
    }
    assert rules(tmp_path, files) == [rule]


@pytest.mark.parametrize(
    ("target", "offered"),
    [
        ("Focal Los", "Focal Loss"),  # one letter short
        ("Focl Loss", "Focal Loss"),
        ("Fcoal Loss", "Focal Loss"),  # two swapped
        ("Focal Losss", "Focal Loss"),
        ("FocalLoss", "Focal Loss"),
        ("Focal Losses", "Focal Loss"),
        ("Focal Loss (Lin)", "Focal Loss"),
        ("gone/Focal Los", "Focal Loss"),
    ],
)
def test_a_near_name_is_suggested(tmp_path: Path, target: str, offered: str) -> None:
    (found,) = findings(tmp_path, {"S.md": f"[[{target}]]\n", "Focal Loss.md": ""})
    assert found.suggestions == (offered,)


@pytest.mark.parametrize("target", ["Dice Loss", "Foc", "Focal", "損失"])
def test_a_far_name_is_not(tmp_path: Path, target: str) -> None:
    (found,) = findings(tmp_path, {"S.md": f"[[{target}]]\n", "Focal Loss.md": "", "得失.md": ""})
    assert found.suggestions == ()


def test_why_a_variant_is_left_alone_is_told(tmp_path: Path) -> None:
    files = {"S.md": "[[a_b]]\n", "a b.md": "", "a-b.md": ""}
    (found,) = findings(tmp_path, files)
    assert found.message == "no note is called `a_b` (two spellings: a b.md, a-b.md)"


def test_broken_settings_are_found(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {".obsidian/app.json": "{", "S.md": ""})
    assert (found.rule, found.path) == ("unreadable-note", ".obsidian/app.json")


@pytest.mark.parametrize(
    ("fragment", "offered"),
    [
        ("Usage", ("Usage notes",)),
        ("usage-notes", ("Usage notes",)),  # as GitHub writes an anchor
        ("Old Usage notes", ("Usage notes",)),
        ("zzz", ()),
        ("Top#Usage", ("Usage notes",)),
    ],
)
def test_a_near_heading_is_suggested(
    tmp_path: Path, fragment: str, offered: tuple[str, ...]
) -> None:
    files = {"S.md": f"[[N#{fragment}]]\n", "N.md": "# Top\n## Usage notes\n## Usage notes\n"}
    (found,) = findings(tmp_path, files)
    assert found.suggestions == offered
