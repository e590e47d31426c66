"""Each step of repair: what it writes, and what it does not take for a variant."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import reconciled, refusals, repaired

from vaultkit.repair.propose import Options

JOINED = Options(joined=True)
MOVED = Options(moved=True)
NEAR = Options(same_folder=True)


def note(title: str) -> str:
    return f"---\ntitle: {title!r}\n---\n"


@pytest.mark.parametrize(
    ("link", "files", "becomes", "reason"),
    [
        # Invisible characters.
        ("[[Focal\u200bLoss]]", {"FocalLoss.md": ""}, "[[FocalLoss]]", "invisible characters"),
        ("[[Focal Loss]]", {"Focal\ufeff Loss.md": ""}, "[[Focal\ufeff Loss]]",
         "invisible characters"),
        ("[[Focal  Loss]]", {"Focal Loss.md": ""}, "[[Focal Loss]]", "invisible characters"),
        ("[[STRASSE]]", {"Straße.md": ""}, "[[Straße]]", "invisible characters"),
        # Separators.
        ("[[focal_loss]]", {"Focal Loss.md": ""}, "[[Focal Loss]]", "separators"),
        ("[[Focal-Loss]]", {"Focal Loss.md": ""}, "[[Focal Loss]]", "separators"),
        ("[[Focal Loss]]", {"focal-loss.md": ""}, "[[focal-loss]]", "separators"),
        ("[[focal‑loss]]", {"Focal Loss.md": ""}, "[[Focal Loss]]", "separators"),
        ("[[손실_함수]]", {"손실 함수.md": ""}, "[[손실 함수]]", "separators"),
        ("[[T1059 Command]]", {"T1059 - Command.md": ""}, "[[T1059 - Command]]", "separators"),
        # Soft punctuation.
        ("[[Term logic]]", {"Term (logic).md": ""}, "[[Term (logic)]]", "punctuation"),
        ("[[TCP/IP]]", {"TCP-IP.md": ""}, "[[TCP-IP]]", "punctuation"),
        ("[[Users SID]]", {"User's SID.md": ""}, "[[User's SID]]", "punctuation"),
        ("[[User''s SID]]", {"User's SID.md": ""}, "[[User's SID]]", "punctuation"),
        ("[[What is it?]]", {"What is it.md": ""}, "[[What is it]]", "punctuation"),
        ("[[Node js]]", {"Node.js.md": ""}, "[[Node.js]]", "punctuation"),
        ("[[A — B]]", {"A B.md": ""}, "[[A B]]", "punctuation"),
        ("[[「損失」関数]]", {"損失 関数.md": ""}, "[[損失 関数]]", "punctuation"),
        # Title, exact, then folded.
        ("[[Focal Loss]]", {"fl.md": note("Focal Loss")}, "[[fl|Focal Loss]]", "title"),
        ("[[Focal Loss]]", {"fl.md": note("focal loss")}, "[[fl|focal loss]]", "title, folded"),
        ("[[focal_loss]]", {"fl.md": note("Focal Loss")}, "[[fl|Focal Loss]]", "title, folded"),
        ("[[Loss Focal]]", {"fl.md": note("Loss: Focal")}, "[[fl|Loss: Focal]]", "title, folded"),
    ],
)  # fmt: skip
def test_a_default_step_repairs(
    tmp_path: Path, link: str, files: dict[str, str], becomes: str, reason: str
) -> None:
    all_files = {"S.md": f"see {link} here\n", **files}
    found = reconciled(tmp_path, all_files)
    assert [item.proposal.reason for item in found.repairs] == [reason]
    assert repaired(tmp_path, all_files) == {"S.md": f"see {becomes} here\n"}


@pytest.mark.parametrize(
    ("link", "files"),
    [
        ("[[FocalLoss]]", {"Focal Loss.md": ""}),  # no separators at all: an option
        ("[[a/Note]]", {"b/Note.md": "", "a/Other.md": ""}),  # moved folder: an option
        ("[[Big Idea]]", {"n.md": "# Big Idea\n"}),  # first H1: off
        ("[[C++ notes]]", {"C notes.md": ""}),  # hard punctuation: off
        ("[[📚 Books]]", {"Books.md": ""}),
        ("[[Losses]]", {"Loss.md": ""}),  # plural: off
        ("[[Loss]]", {"Losses.md": ""}),
        ("[[Stack (mathematics)]]", {"Stack.md": ""}),  # dropping a trailing "(…)": off
        ("[[Stack]]", {"Stack (mathematics).md": ""}),
        ("[[FL]]", {"Focal Loss.md": "---\naliases: [FL]\n---\n"}),  # alias: suggested only
        ("[[f_l]]", {"Focal Loss.md": "---\naliases: [f l]\n---\n"}),
        ("[[KLD]]", {"Kullback Leibler Divergence.md": ""}),  # acronym: never
        ("[[Focal Los]]", {"Focal Loss.md": ""}),  # edit distance: never
        ("[[Focla Loss]]", {"Focal Loss.md": ""}),
        ("[[1]]", {"n.md": "---\ntitle: 1\n---\n"}),  # a title that is no text
        ("[[x_y]]", {"n.md": "---\ntitle: ''\n---\n"}),
        ("[[x_y]]", {"n.md": "---\nTitle: x y\n---\n"}),
        ("[[x_y]]", {"n.md": "---\nmeta:\n  title: x y\n---\n"}),
        ("[[x_y]]", {"n.md": "title: x y\n"}),
        ("[[x_y]]", {"n.md": "---\ntitle: x y\nbroken: [\n---\n"}),
    ],
)
def test_a_bolder_step_is_not_taken(tmp_path: Path, link: str, files: dict[str, str]) -> None:
    assert repaired(tmp_path, {"S.md": f"see {link} here\n", **files}) == {}


@pytest.mark.parametrize(
    ("link", "files", "becomes"),
    [
        ("[[FocalLoss]]", {"Focal Loss.md": ""}, "[[Focal Loss]]"),
        ("[[life cycle]]", {"Lifecycle.md": ""}, "[[Lifecycle]]"),
        ("[[Windows11]]", {"Windows 11.md": ""}, "[[Windows 11]]"),
        ("[[a/FocalLoss]]", {"a/Focal Loss.md": ""}, "[[a/Focal Loss]]"),
    ],
)
def test_joined_words_where_a_person_asks(
    tmp_path: Path, link: str, files: dict[str, str], becomes: str
) -> None:
    all_files = {"S.md": f"{link}\n", **files}
    assert repaired(tmp_path, all_files, JOINED) == {"S.md": f"{becomes}\n"}
    assert repaired(tmp_path, all_files) == {}


@pytest.mark.parametrize(
    ("link", "files"),
    [
        ("[[sonet]]", {"so net.md": ""}),  # six letters at least
        ("[[T1 055 abcdef]]", {"T105 5 abcdef.md": ""}),  # same digits
        ("[[lifecycle]]", {"life cycle.md": "", "life-cycle.md": ""}),  # one candidate
        ("[[LifeCycles]]", {"life cycle.md": ""}),
    ],
)
def test_joined_words_have_guards(tmp_path: Path, link: str, files: dict[str, str]) -> None:
    assert repaired(tmp_path, {"S.md": f"{link}\n", **files}, JOINED) == {}


@pytest.mark.parametrize(
    ("link", "files", "becomes"),
    [
        ("[[a/Note]]", {"b/Note.md": "", "a/x.md": ""}, "[[Note]]"),
        ("[[a/c/Note#H|t]]", {"b/Note.md": "", "a/x.md": "", "c/x.md": ""}, "[[Note#H|t]]"),
        ("[t](a/Note.md)", {"b/Note.md": "", "a/x.md": ""}, "[t](Note.md)"),
        ("[[../a/Note]]", {"b/Note.md": "", "a/x.md": ""}, "[[Note]]"),
    ],
)
def test_a_moved_note_where_a_person_asks(
    tmp_path: Path, link: str, files: dict[str, str], becomes: str
) -> None:
    all_files = {"S.md": f"{link}\n", **files}
    assert repaired(tmp_path, all_files, MOVED) == {"S.md": f"{becomes}\n"}
    assert repaired(tmp_path, all_files) == {}


@pytest.mark.parametrize(
    ("link", "files"),
    [
        ("[[gone/Note]]", {"b/Note.md": ""}),  # every prefix part a real folder name
        ("[[a/gone/Note]]", {"b/Note.md": "", "a/x.md": ""}),
        ("[[a/Note]]", {"b/Note.md": "", "c/Note.md": "", "a/x.md": ""}),  # unique
        ("[[a/Not]]", {"b/Note.md": "", "a/x.md": ""}),  # that very name
        ("[[a/no_te]]", {"b/no te.md": "", "a/x.md": ""}),
        ("[[https://a/Note]]", {"b/Note.md": "", "a/x.md": ""}),
    ],
)
def test_moved_notes_have_guards(tmp_path: Path, link: str, files: dict[str, str]) -> None:
    assert repaired(tmp_path, {"S.md": f"{link}\n", **files}, MOVED) == {}


def test_the_own_folder_breaks_a_tie_where_a_person_asks(tmp_path: Path) -> None:
    files = {"d/S.md": "[[a_b]]\n", "d/a b.md": "", "e/a b.md": ""}
    assert refusals(tmp_path, files) == [("a_b", "same name in two folders")]
    found = reconciled(tmp_path, files, NEAR)
    assert [(item.proposal.path, item.proposal.same_folder) for item in found.repairs] == [
        ("d/a b.md", True)
    ]
    assert repaired(tmp_path, files, NEAR) == {"d/S.md": "[[a b]]\n"}


@pytest.mark.parametrize(
    "files",
    [
        {"d/S.md": "[[a_b]]\n", "c/a b.md": "", "e/a b.md": ""},  # none there
        {"d/S.md": "[[a_b]]\n", "d/a b.md": "", "d/a-b.md": ""},  # two there
        {"d/S.md": "[[a_b]]\n", "d/f/a b.md": "", "e/a b.md": ""},  # below is not there
        {"d/a-b.md": "[[a_b]]\n", "e/a b.md": ""},  # never to itself
    ],
)
def test_the_own_folder_breaks_no_other_tie(tmp_path: Path, files: dict[str, str]) -> None:
    assert repaired(tmp_path, files, NEAR) == {}


def test_the_first_step_that_matches_wins(tmp_path: Path) -> None:
    files = {
        "S.md": "[[focal_loss]] [[Loss Focal]]\n",
        "Focal Loss.md": "",
        "Loss (Focal).md": "",
        "t.md": note("focal-loss"),
        "u.md": note("loss focal"),
    }
    found = reconciled(tmp_path, files)
    assert [(item.proposal.path, item.proposal.reason) for item in found.repairs] == [
        ("Focal Loss.md", "separators"),
        ("Loss (Focal).md", "punctuation"),
    ]


def test_a_title_that_is_the_very_text_is_a_second_candidate(tmp_path: Path) -> None:
    files = {"S.md": "[[focal_loss]]\n", "Focal Loss.md": "", "t.md": note("focal_loss")}
    assert refusals(tmp_path, files) == [("focal_loss", "two spellings")]
