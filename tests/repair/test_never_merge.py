"""Names that look alike and are two: a link to the one never becomes a link to the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import reconciled, repaired

from vaultkit.repair.propose import Options

ALL = Options(joined=True, moved=True, same_folder=True)

PAIRS = [
    ("C", "C++"),
    ("A*", "A"),
    ("F (programming language)", "F- (programming language)"),
    ("C-", "C--"),
    ("Go", "Go! (programming language)"),
    ("Go (programming language)", "Go! (programming language)"),
    ("HTTP", "HTTPS"),
    ("IP", "IPS"),
    ("folder-note", "folder-notes"),
    ("LoRA (machine learning)", "LoRa"),
    ("Stack (mathematics)", "Stack (abstract data type)"),
    ("SIP (System Integrity Protection)", "SIP"),
    ("certi.py", "certipy"),
    ("Security+", "Security"),
    ("三体", "📚三体"),
    ("T1005", "T1055"),
    ("A* search algorithm", "Search algorithm"),
    # Their like.
    ("R&D", "RD"),
    ("100%", "100"),
    ("$x", "x"),
    ("@home", "home"),
    ("v1.5", "v1 5"),
    ("TCP", "UDP"),
    ("Model 1", "Model 2"),
    ("Phase I", "Phase II"),
    ("Red-Black Tree", "Red-Black Trees"),
    ("나는", "나눈"),
    ("か", "が"),
    ("resume", "résumé"),
    ("e", "é"),
    ("हिन्द", "हिन्दी"),
]


@pytest.mark.parametrize("options", [Options(), ALL], ids=["default", "all steps"])
@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.parametrize("by", ["name", "title"])
def test_two_names_never_merge(tmp_path: Path, a: str, b: str, by: str, options: Options) -> None:
    for number, (link, name) in enumerate(((a, b), (b, a))):
        note = {f"{name}.md": ""} if by == "name" else {"n.md": f'---\ntitle: "{name}"\n---\n'}
        found = reconciled(tmp_path / str(number), {"S.md": f"[[{link}]]\n", **note}, options)
        assert (found.repairs, found.refused) == ((), ())


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("Term-logic?", ("Term (logic)", "Term logic")),
        ("Term logic?", ("Term (logic)", "Term logic")),
        ("Spear_Phishing", ("Spear Phishing", "Spear-Phishing")),
        ("find?", ("FIND", "find")),
        ("war?", ("WAR", "War")),
    ],
)
def test_two_notes_of_one_form_are_left_alone(
    tmp_path: Path, link: str, names: tuple[str, str]
) -> None:
    both = {f"{name}.md": "" for name in names}
    text = {"S.md": f"[[{link}]]\n"}
    found = reconciled(tmp_path / "both", {**text, **both}, ALL)
    assert found.repairs == ()
    assert [item.refusal.reason for item in found.refused] == ["two spellings"]
    for name in names:
        alone = repaired(tmp_path / name, {**text, f"{name}.md": ""}, ALL)
        assert alone == {"S.md": f"[[{name}]]\n"}


@pytest.mark.parametrize(("a", "b"), [("WAR", "War"), ("FIND", "find")])
def test_names_that_differ_in_case_are_two_when_both_exist(tmp_path: Path, a: str, b: str) -> None:
    files = {"S.md": f"[[{a}]] [[{b}]]\n", f"{a}.md": "", f"{b}.md": ""}
    found = reconciled(tmp_path, files)
    assert (found.repairs, found.refused, found.missing) == ((), (), 0)


def test_two_notes_of_one_title_never_merge(tmp_path: Path) -> None:
    titled = "---\ntitle: Focal Loss\n---\n"
    files = {"S.md": "[[Focal Loss]] [[focal_loss]]\n", "a.md": titled, "b.md": titled}
    found = reconciled(tmp_path, files, ALL)
    assert found.repairs == ()
    assert [item.refusal.candidates for item in found.refused] == [("a.md", "b.md")] * 2


def test_c_sharp_cannot_be_linked_and_is_not_repaired(tmp_path: Path) -> None:
    """`[[C#]]` is a link to `C`, with an empty heading; where C exists it leads there."""
    for number, name in enumerate(("C", "C++", "C#", "C♯")):
        found = reconciled(tmp_path / str(number), {"S.md": "[[C#]]\n", f"{name}.md": ""}, ALL)
        assert (found.repairs, found.refused) == ((), ())
