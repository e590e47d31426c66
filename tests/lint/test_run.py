"""Choosing rules, and findings in a stable order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import tiny_vault

from vaultkit.errors import UsageError
from vaultkit.lint.rule import all_rules
from vaultkit.lint.run import choose, lint

# A family means its rules that are on by default; the others are asked for by name, or by `all`.
LINKS = [name for name, rule in all_rules().items() if rule.family == "links" and rule.default]
DEFAULTS = [name for name, rule in all_rules().items() if rule.default]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], DEFAULTS),
        (["all"], [], list(all_rules())),
        (["links"], [], LINKS),
        (["broken-link"], [], ["broken-link"]),
        (["unlinked-mention"], [], ["unlinked-mention"]),
        (["broken-link", "links"], [], LINKS),
        (["links"], ["broken-link"], [name for name in LINKS if name != "broken-link"]),
        ([], ["links"], [name for name in DEFAULTS if name not in LINKS]),
        (["broken-link"], ["links"], []),
    ],
)
def test_rules_are_chosen(select: list[str], ignore: list[str], chosen: list[str]) -> None:
    assert [rule.name for rule in choose(select, ignore)] == chosen


def test_the_rules_of_links_that_were_promised_are_there() -> None:
    assert set(LINKS) >= {
        "broken-link",
        "missing-attachment",
        "alias-only-link",
        "variant-link",
        "ambiguous-link",
        "broken-heading",
        "broken-block",
        "unquoted-property-link",
    }
    assert {"invalid-front-matter", "unreadable-note"} <= set(all_rules())


@pytest.mark.parametrize(
    ("name", "hint"),
    [("broken-links", "did you mean `broken-link`?"), ("zzz", "`vaultkit rules` lists them")],
)
def test_an_unknown_name_is_told(name: str, hint: str) -> None:
    for arguments in (([name], []), ([], [name])):
        with pytest.raises(UsageError, match=name) as raised:
            choose(*arguments)
        assert raised.value.hint == hint


def test_findings_stand_in_the_order_of_places(tmp_path: Path) -> None:
    files = {
        "b.md": "[[Nowhere]] [[#Gone]]\n",
        "a.md": "---\nup: [[x]]\n---\n![[gone.png]] [[Nowhere]]\n",
        "B.canvas": "{",
    }
    found = lint(tiny_vault(tmp_path, files), choose())
    assert [(item.path, item.rule) for item in found] == [
        ("B.canvas", "unreadable-note"),
        ("a.md", "unquoted-property-link"),
        ("a.md", "missing-attachment"),
        ("a.md", "broken-link"),
        ("b.md", "broken-link"),
        ("b.md", "broken-heading"),
    ]
