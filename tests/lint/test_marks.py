"""A rule finds nothing where none of its marks stands: with them it says what it says without."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.config import Config
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.run import Run
from vaultkit.vault import Settings, Vault
from vaultkit.vault.snapshot import vault_of

RULES = tuple(rule for rule in all_rules().values() if rule.marks)
TODAY = date(2026, 11, 21)
TEXTS = tuple(
    sorted(
        {
            text.replace("«", "").replace("»", "")
            for rule in all_rules().values()
            for example in (*rule.bad, *rule.good)
            for path, text in example.files.items()
            if path.endswith(".md")
        }
        | {
            '---\n"\\x74ag": x\n---\n',
            "---\n? cssclass\n: x\n---\n",
            '---\n"al\\\n  ias": [A]\n---\n',
            '---\n"\\x74itle": A\n---\n',
            "---\n&t tag: a\n*t : b\n---\n",
            "text\r%%\rmore",
        }
    )
)


def vault(files: dict[str, str]) -> Vault:
    return vault_of(Path(), {path: text.encode() for path, text in files.items()}, Settings())


def found(rule: Rule, files: dict[str, str], *, filtered: bool) -> list[Any]:
    run = Run(vault(files), [rule], Config(), TODAY)
    if filtered:
        return [*rule.findings(run.view)]
    module = importlib.import_module(f"vaultkit.lint.rules.{rule.name.replace('-', '_')}")
    if rule.note is None:
        hits = module.check(run.view)
    else:
        hits = (hit for _, note in run.view.notes() for hit in rule.note(note, run.view.context))
    return [(hit.path, hit.span, rule.name, rule.severity, *hit[2:]) for hit in hits]


def leaned(rule: Rule, files: dict[str, str], *, filtered: bool) -> frozenset[str]:
    view = Run(vault(files), [rule], Config(), TODAY).view
    if filtered:
        return rule.leans_on(view)
    module = importlib.import_module(f"vaultkit.lint.rules.{rule.name.replace('-', '_')}")
    return frozenset(module.leans_on(view))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_marks_hide_nothing_in_any_example(rule: Rule) -> None:
    for text in TEXTS:
        files = {"A.md": text, "B.md": "# H\n"}
        assert found(rule, files, filtered=True) == found(rule, files, filtered=False), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
def test_marks_hide_nothing_in_any_vault(rule: Rule, texts: list[str]) -> None:
    files = {f"{number}.md": text for number, text in enumerate(texts)}
    assert found(rule, files, filtered=True) == found(rule, files, filtered=False)
    if rule.leans:
        assert leaned(rule, files, filtered=True) == leaned(rule, files, filtered=False)
