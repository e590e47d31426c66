"""Every rule's examples are true: as written, under front matter, and with CRLF line ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from tiny_vault import tiny_vault, write_files

from vaultkit.config import Config, read_config
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Example, Rule, all_rules
from vaultkit.lint.run import lint
from vaultkit.text import Span, apply_edits

RULES = tuple(all_rules().values())
TODAY = date(2026, 11, 21)
_MARK = re.compile("[«»]")
_ABOVE = "---\nseen: 2026-01-02\n---\n"

Rewriting = Callable[[str, str], str]


def as_written(path: str, text: str) -> str:
    return text


def under_front_matter(path: str, text: str) -> str:
    has_own = text.startswith(("---", "«---"))
    return text if has_own or not path.endswith(".md") else _ABOVE + text


def with_crlf(path: str, text: str) -> str:
    return text.replace("\n", "\r\n") if path.endswith(".md") else text


WAYS = (as_written, under_front_matter, with_crlf)


def written(files: Mapping[str, str], way: Rewriting) -> tuple[dict[str, bytes], set[Place]]:
    """The files without the marks, and every place the marks named."""
    plain: dict[str, bytes] = {}
    places: set[Place] = set()
    for path, text in files.items():
        marked = way(path, text)
        plain[path] = _MARK.sub("", marked).encode()
        starts: list[int] = []
        for match in _MARK.finditer(marked):
            offset = len(_MARK.sub("", marked[: match.start()]).encode())
            if match[0] == "«":
                starts.append(offset)
            else:
                places.add((path, Span(starts.pop(), offset)))
        assert not starts, f"{path}: a mark is never closed"
    return plain, places


Place = tuple[str, Span]
EXAMPLES = [
    pytest.param(rule, example, way, id=f"{rule.name}-{kind}{number}-{way.__name__}")
    for rule in RULES
    for kind, examples in (("bad", rule.bad), ("good", rule.good))
    for number, example in enumerate(examples)
    for way in WAYS
]


def mended(files: Mapping[str, bytes], found: list[Finding]) -> dict[str, bytes]:
    """The files after every fix, all of them in one pass."""
    result = dict(files)
    for path in files:
        edits = {e for item in found if item.path == path and item.fix for e in item.fix.edits}
        result[path] = apply_edits(files[path], edits)
    return result


def found_by(rule: Rule, example: Example, files: Mapping[str, bytes], root: Path) -> list[Finding]:
    """What the rule finds in the example's vault, with the example's settings."""
    config = Config()
    if example.config:
        write_files(root / ".settings", {"vaultkit.toml": example.config})
        config = read_config(root / ".settings") or config
    return lint(tiny_vault(root, files, config), [rule], config, TODAY)


@pytest.mark.parametrize(("rule", "example", "way"), EXAMPLES)
def test_an_example_is_true(tmp_path: Path, rule: Rule, example: Example, way: Rewriting) -> None:
    files, places = written(example.files, way)
    found = found_by(rule, example, files, tmp_path / "before")
    assert {(item.path, item.span) for item in found} == places
    assert bool(places) == (example in rule.bad), "marks stand in the bad examples and no other"
    fixable = [item for item in found if item.fix is not None]
    assert bool(fixable) == (example.fixed is not None), "a fix is shown where there is one"
    if example.fixed is None:
        return
    after = mended(files, found)
    expected = files | {path: way(path, text).encode() for path, text in example.fixed.items()}
    assert after == expected
    again = found_by(rule, example, after, tmp_path / "after")
    assert [item for item in again if item.fix is not None] == []
    assert len(again) == len(found) - len(fixable)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
class TestARule:
    def test_shows_itself_both_ways(self, rule: Rule) -> None:
        assert rule.bad
        assert rule.good

    def test_has_a_page(self, rule: Rule) -> None:
        summary, blank, *rest = rule.page.splitlines()
        assert summary == rule.summary
        assert summary.endswith(".")
        assert len(summary) <= 100
        assert blank == ""
        assert len(" ".join(rest)) > 80, "what it finds, why it hurts, what the fix does"

    def test_yields_only_its_own_findings_in_a_stable_order(
        self, rule: Rule, tmp_path: Path
    ) -> None:
        files, _ = written(rule.bad[0].files, as_written)
        found = found_by(rule, rule.bad[0], files, tmp_path)
        assert {(item.rule, item.severity) for item in found} == {(rule.name, rule.severity)}
        assert found == sorted(found, key=lambda item: (item.path, item.span))
        assert found == found_by(rule, rule.bad[0], files, tmp_path)

    def test_says_what_it_found_in_one_line(self, rule: Rule, tmp_path: Path) -> None:
        for number, example in enumerate(rule.bad):
            files, _ = written(example.files, as_written)
            for item in found_by(rule, example, files, tmp_path / str(number)):
                assert item.message
                assert "\n" not in item.message
                assert not item.message.endswith(".")


def test_names_are_those_of_the_files() -> None:
    folder = Path(__file__).parent.parent.parent / "vaultkit/lint/rules"
    stems = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert [rule.name for rule in RULES] == [stem.replace("_", "-") for stem in stems]
