"""`vaultkit lint` from the command line: what it prints, writes, and how it ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files

from vaultkit.cli import run
from vaultkit.lint.baseline import FILE

FILES = {
    ".obsidian/app.json": "{}",
    "A.md": "---\ntags: one\n---\n[[focal_loss]] [[Gone]]\n",
    "Focal Loss.md": "text\n",
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_files(tmp_path / "vault", FILES)
    monkeypatch.chdir(root)
    return root


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["lint", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def rules(text: str) -> list[str]:
    return [row["rule"] for row in json.loads(text)["findings"]]


def test_findings_end_with_one(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "--format", "json")
    assert (code, rules(out)) == (1, ["wrong-property-type", "variant-link", "broken-link"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--exit-zero"], 0),
        (["--fail-on", "error"], 1),
        (["--fail-on", "error", "--ignore", "broken-link"], 0),
        (["--fail-on", "warning", "--ignore", "broken-link"], 1),
        (["--select", "embed-cycle"], 0),
        (["--select", "nothing-like-it"], 2),
        (["--write-baseline", "--fix"], 2),
        (["--fail-on", "fatal"], 2),
    ],
)
def test_how_it_ends(
    vault: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert answer(capsys, *arguments)[0] == code


def test_statistics_alone(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "--statistics")
    assert out.splitlines() == [
        "     1  broken-link",
        "     1  variant-link  (1 with a fix)",
        "     1  wrong-property-type  (1 with a fix)",
        "     3  findings in 2 notes",
    ]


def test_an_answer_in_a_file(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.sarif"
    code, out, _ = answer(capsys, "--format", "sarif", "--output", str(file))
    assert code == 1
    assert json.loads(file.read_text())["version"] == "2.1.0"
    assert out.endswith("findings in 2 notes\n")


class TestFixes:
    def test_diff_shows_and_writes_nothing(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = tree_digest(vault)
        code, out, err = answer(capsys, "--diff")
        assert (code, tree_digest(vault)) == (1, before)
        assert "-[[focal_loss]] [[Gone]]\n+[[Focal Loss]] [[Gone]]" in out
        assert "2 findings would be mended; nothing was written" in err

    def test_fix_writes_one_run_that_undo_takes_back(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = tree_digest(vault)
        code, out, err = answer(capsys, "--fix", "--format", "json")
        assert (code, rules(out)) == (1, ["broken-link"])
        assert "2 findings mended in 1 files" in err
        assert (vault / "A.md").read_text() == (
            "---\ntags:\n  - one\n---\n[[Focal Loss]] [[Gone]]\n"
        )
        assert run(["undo"]) == 0
        assert tree_digest(vault) == before

    def test_fixing_twice_mends_nothing_the_second_time(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answer(capsys, "--fix")
        before = tree_digest(vault)
        assert "nothing to mend" in answer(capsys, "--fix")[2]
        assert tree_digest(vault) == before

    def test_unsafe_ones_only_when_asked(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_files(vault, {"B.md": "[[FL]]\n", "C.md": "---\naliases: [FL]\n---\nx\n"})
        assert "1 more with --unsafe-fixes" in answer(capsys, "--fix")[2]
        assert (vault / "B.md").read_text() == "[[FL]]\n"
        answer(capsys, "--unsafe-fixes")
        assert (vault / "B.md").read_text() == "[[C|FL]]\n"

    def test_a_folder_after_diff_is_the_vault(
        self, vault: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(vault.parent)
        code, out, _ = answer(capsys, "--diff", "vault")
        assert code == 1
        assert out.startswith("diff --git a/A.md b/A.md")


class TestBaseline:
    def test_known_findings_are_quiet_and_new_ones_are_not(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert answer(capsys, "--write-baseline")[0] == 0
        assert answer(capsys)[0] == 0
        write_files(vault, {"B.md": "[[New]]\n"})
        code, out, _ = answer(capsys, "--format", "json")
        assert (code, rules(out)) == (1, ["broken-link"])
        assert json.loads(out)["summary"]["known"] == 3
        assert len(rules(answer(capsys, "--no-baseline", "--format", "json")[1])) == 4

    def test_it_can_only_shrink(self, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
        answer(capsys, "--write-baseline")
        write_files(vault, {"A.md": "[[Gone]] [[New]]\n"})
        assert "2 known findings are gone" in answer(capsys)[2]
        code, _, err = answer(capsys, "--write-baseline")
        assert code == 1
        assert "a baseline only shrinks" in err
        rows = json.loads((vault / FILE).read_text())["findings"]
        assert [row["text"] for row in rows] == ["[[Gone]]"]
        assert rules(answer(capsys, "--format", "json")[1]) == ["broken-link"]

    def test_a_change_of_rules_does_not_shrink_it_by_itself(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answer(capsys, "--write-baseline")
        before = (vault / FILE).read_bytes()
        _, _, err = answer(capsys, "--select", "embed-cycle")
        assert "gone" not in err
        assert (vault / FILE).read_bytes() == before

    def test_undo_takes_it_back(self, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = tree_digest(vault)
        answer(capsys, "--write-baseline")
        assert run(["undo"]) == 0
        assert tree_digest(vault) == before

    def test_a_broken_one_is_named(self, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write_files(vault, {FILE: "{"})
        code, _, err = answer(capsys)
        assert code == 2
        assert f"{FILE} is no baseline" in err


class TestChangedLines:
    def test_only_changed_lines(self, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        for arguments in (["init"], ["add", "-A"], [*who, "commit", "-m", "first"]):
            subprocess.run(["git", *arguments], check=True, capture_output=True)
        assert answer(capsys, "--diff", "HEAD")[0] == 0
        text = (vault / "A.md").read_text()
        write_files(vault, {"A.md": text + "[[New]]\n", "B.md": "[[Newer]]\n"})
        code, out, _ = answer(capsys, "--diff", "HEAD", "--format", "json")
        assert code == 1
        assert [row["message"] for row in json.loads(out)["findings"]] == [
            "no note is called `New`",
            "no note is called `Newer`",
        ]

    def test_without_git_history_it_is_a_mistake(
        self, vault: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, _, err = answer(capsys, "--diff", "HEAD")
        assert code == 2
        assert "git cannot tell what changed" in err


def test_a_mistake_in_the_configuration_names_its_file(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(vault, {"vaultkit.toml": 'ignore = ["brokn-link"]\n'})
    code, _, err = answer(capsys)
    assert code == 2
    assert "vaultkit.toml: `ignore`" in err
    assert "did you mean `broken-link`?" in err
