"""A baseline knows findings by what they point at, and only shrinks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_vault import Files, tiny_vault

from vaultkit.errors import UsageError
from vaultkit.lint.baseline import Comparison, Known, baseline_of, decode, encode
from vaultkit.lint.baseline import compare as compare_ran
from vaultkit.lint.located import Located, locate
from vaultkit.lint.rule import all_rules
from vaultkit.lint.run import choose, lint


def seen(root: Path, files: Files, *rules: str) -> list[Located]:
    vault = tiny_vault(root, files)
    return list(locate(vault, lint(vault, choose(rules or ["broken-link"]))))


def compare(found: list[Located], baseline: Counter[Known]) -> Comparison:
    return compare_ran(found, baseline, all_rules())


def test_what_is_known_is_not_new(tmp_path: Path) -> None:
    found = seen(tmp_path, {"A.md": "[[X]] [[X]] [[Y]]\n"})
    result = compare(found, baseline_of(found))
    assert (result.new, result.vanished) == ([], 0)


def test_lines_may_move(tmp_path: Path) -> None:
    before = baseline_of(seen(tmp_path / "a", {"A.md": "[[X]]\n"}))
    found = seen(tmp_path / "b", {"A.md": "new line\n\n  - [[X]]\n"})
    assert compare(found, before).new == []


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    before = baseline_of(seen(tmp_path / "a", {"A.md": "[[X]]\n"}))
    found = seen(tmp_path / "b", {"A.md": "text [[X]] [[X]]\n"})
    assert len(compare(found, before).new) == 1


def test_what_vanished_is_counted_and_leaves(tmp_path: Path) -> None:
    before = baseline_of(seen(tmp_path / "a", {"A.md": "a [[X]] [[Y]]\n"}))
    found = seen(tmp_path / "b", {"A.md": "a [[X]] [[Z]]\n"})
    result = compare(found, before)
    assert [item.finding.message for item in result.new] == ["no note is called `Z`"]
    assert result.vanished == 1
    assert +result.left == Counter({Known("A.md", "broken-link", "[[X]]"): 1})


def test_a_finding_about_a_whole_note_outlives_its_first_line(tmp_path: Path) -> None:
    name = "Why?.md"
    before = baseline_of(seen(tmp_path / "a", {name: "one\n"}, "unportable-name"))
    found = seen(tmp_path / "b", {name: "two\n"}, "unportable-name")
    assert compare(found, before).new == []


def test_rules_that_did_not_run_stay_known(tmp_path: Path) -> None:
    found = seen(tmp_path, {"A.md": "a [[X]]\n"})
    before = baseline_of(found)
    old = Counter({Known("A.md", "no-such-rule-any-more", "x"): 2})
    result = compare_ran([], before + old, ["embed-cycle"])
    assert (result.new, result.vanished, result.left) == ([], 2, before)


def test_numbers_in_messages_do_not_count(tmp_path: Path) -> None:
    text = "x ^a\n\ny ^a\n"
    before = baseline_of(seen(tmp_path / "a", {"A.md": text}, "duplicate-block-id"))
    found = seen(tmp_path / "b", {"A.md": "new\n\n" + text}, "duplicate-block-id")
    assert compare(found, before).new == []


texts = st.text(max_size=8)
knowns = st.builds(Known, texts, texts, texts)


@given(st.dictionaries(knowns, st.integers(1, 5), max_size=5).map(Counter))
def test_a_baseline_reads_back(baseline: Counter[Known]) -> None:
    data = encode(baseline)
    assert decode(data, "x") == baseline
    assert encode(decode(data, "x")) == data


def test_a_baseline_is_one_line_a_finding(tmp_path: Path) -> None:
    found = seen(tmp_path, {"A.md": "[[X]] [[가]]\n"})
    lines = encode(baseline_of(found)).decode().splitlines()
    assert lines[3] == ('    {"path": "A.md", "rule": "broken-link", "text": "[[X]]", "count": 1},')
    assert "[[가]]" in lines[4]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"version": 1}', b'{"version": 1, "findings": [1]}', b"\xff"]
)
def test_a_broken_baseline_is_named(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"base\.json is no baseline"):
        decode(data, "base.json")


def test_a_later_version_is_refused() -> None:
    with pytest.raises(UsageError, match="version 2"):
        decode(b'{"version": 2, "findings": []}', "base.json")
