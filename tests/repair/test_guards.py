"""Every guard of a repair, each with the case it lets through and the case it stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import Files, reconciled, refusals, repaired

from vaultkit.repair.propose import Options

ALL = Options(joined=True, moved=True, same_folder=True)


def s(text: str, **more: str) -> dict[str, str]:
    return {"S.md": f"{text}\n", **more}


# 1. Only broken links.
@pytest.mark.parametrize(
    ("link", "files"),
    [
        ("[[a b]]", {"a b.md": "", "a-b.md": "", "a_b.md": ""}),
        ("[[A B]]", {"a b.md": "", "A-B.md": ""}),
        ("[[a\u00a0b]]", {"a b.md": ""}),
        ("[[a-b#Gone]]", {"a-b.md": "# H\n", "a b.md": "# Gone\n"}),
        ("[[tie]]", {"a/tie.md": "", "b/tie.md": ""}),
        ("[t](a%20b.md)", {"a b.md": "", "a-b.md": ""}),
        ("[[x.png]]", {"x.png": "", "x png.md": ""}),
    ],
)
def test_a_link_that_resolves_is_never_touched(
    tmp_path: Path, link: str, files: dict[str, str]
) -> None:
    found = reconciled(tmp_path, s(link, **files), ALL)
    assert (found.repairs, found.refused, found.missing) == ((), (), 0)


def test_resolution_never_becomes_fuzzy(tmp_path: Path) -> None:
    """Repairing one link does not change what another means."""
    files = s("[[a_b]] [[a-b]] [[a b]]", **{"a b.md": ""})
    assert repaired(tmp_path, files) == {"S.md": "[[a b]] [[a b]] [[a b]]\n"}


# 2. One candidate or none, and why it was left.
@pytest.mark.parametrize(
    ("link", "files", "reason"),
    [
        ("[[a_b]]", {"d/a b.md": "", "e/a b.md": ""}, "same name in two folders"),
        ("[[a_b]]", {"d/a b.md": "", "e/A B.md": ""}, "same name in two folders"),
        ("[[a_b]]", {"a b.md": "", "a-b.md": ""}, "two spellings"),
        ("[[a_b]]", {"d/a b.md": "", "e/a-b.md": ""}, "two spellings"),
        ("[[T x]]", {"T (x).md": "", "T x?.md": ""}, "two spellings"),
        ("[[T]]", {"a.md": "---\ntitle: T\n---\n", "b.md": "---\ntitle: T\n---\n"},
         "two spellings"),
        ("[[T t]]", {"a.md": "---\ntitle: t-t\n---\n", "b.md": "---\ntitle: T_T\n---\n"},
         "two spellings"),
        ("[[FL]]", {"Focal Loss.md": "---\naliases: FL\n---\n"}, "alias only"),
        ("[[FL]]", {"a.md": "---\naliases: FL\n---\n", "b.md": "---\naliases: [x, fl]\n---\n"},
         "alias only"),
    ],
)  # fmt: skip
def test_two_candidates_are_left_and_both_named(
    tmp_path: Path, link: str, files: dict[str, str], reason: str
) -> None:
    found = reconciled(tmp_path, s(link, **files))
    assert found.repairs == ()
    (refused,) = found.refused
    assert refused.refusal.reason == reason
    assert refused.refusal.candidates == tuple(sorted(files))


def test_a_folder_in_the_link_says_which_of_two_is_meant(tmp_path: Path) -> None:
    files = s("[[e/a_b]]", **{"d/a b.md": "", "e/a b.md": ""})
    assert repaired(tmp_path, files) == {"S.md": "[[e/a b]]\n"}


def test_exact_beats_folded(tmp_path: Path) -> None:
    """The title that is the very text wins over one that only folds to it."""
    files = s(
        "[[a-b]]",
        **{"x.md": "---\ntitle: a-b\n---\n", "y.md": "---\ntitle: a b\n---\n"},
    )
    assert repaired(tmp_path, files) == {"S.md": "[[x|a-b]]\n"}


# 3. An empty or too short key never matches.
@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("[[??]]", "()"),
        ("[[--]]", "()"),
        ("[[__]]", "--"),
        ("[[📚]]", "📖"),
        ("[[—]]", "–"),
        ("[[?]]", "!"),
        ("[[a?]]", "(a)"),
        ("[[\u200b]]", "()"),
        ("[[ৎ?]]", "(ৎ)"),
    ],
)
def test_a_key_with_nothing_in_it_matches_nothing(tmp_path: Path, link: str, name: str) -> None:
    found = reconciled(tmp_path, s(link, **{f"{name}.md": ""}), ALL)
    assert (found.repairs, found.refused) == ((), ())


@pytest.mark.parametrize(
    ("link", "name"), [("[[a b?]]", "a b"), ("[[한글?]]", "한글"), ("[[हिन्दी?]]", "हिन्दी")]
)
def test_two_letters_of_any_script_are_enough(tmp_path: Path, link: str, name: str) -> None:
    assert repaired(tmp_path, s(link, **{f"{name}.md": ""})) == {"S.md": f"[[{name}]]\n"}


# 4 and 5 (hyphens between word characters only; `! + # * @ % $ &` stay): test_never_merge.py.


# 6. Never to itself, to a folder, a URL, a template, or where the link holds code.
@pytest.mark.parametrize(
    ("path", "text"),
    [("a b.md", "[[a_b]]\n"), ("x.md", "---\ntitle: a b\n---\n[[a_b]]\n"),
     ("x.md", "---\naliases: AL\n---\n[[AL]]\n")],
)  # fmt: skip
def test_never_to_itself(tmp_path: Path, path: str, text: str) -> None:
    found = reconciled(tmp_path, {path: text}, ALL)
    assert found.repairs == ()
    assert found.refused[0].refusal.reason in ("its own note", "alias only")


@pytest.mark.parametrize(
    "link",
    [
        "[[examples/]]",
        "[[../examples/]]",
        "[[./exam_ples/]]",
        "[t](examples/)",
        "[[https://exam_ples]]",
        "[t](https://exam_ples)",
        "[[{{exam_ples}}]]",
        "[[exam_ples{{x}}]]",
        "[[<% exam_ples %>]]",
        "[[ -f exam_ples ]]",
        "[[`exam_ples`]]",
        "[[exam_ples\\]]",
    ],
)
def test_never_a_folder_url_template_or_code(tmp_path: Path, link: str) -> None:
    files = {
        "S.md": f"{link}\n",
        "exam ples.md": "",
        "examples.md": "",
        "examples/x.md": "",
        "https exam ples.md": "",
    }
    found = reconciled(tmp_path, files, ALL)
    assert found.repairs == ()


@pytest.mark.parametrize("link", ["[[./a b]]", "[[../a b]]", "[[/a b]]", "[t](./a%20b.md)"])
def test_a_path_from_somewhere_is_no_notation_of_a_name(tmp_path: Path, link: str) -> None:
    """The dots and bars of `./` are not soft punctuation."""
    files = {"d/S.md": f"{link}\n", "e/a b.md": "", "t.md": "---\ntitle: a b\n---\n"}
    assert repaired(tmp_path, files) == {}


def test_a_path_from_somewhere_is_repaired_in_its_folder(tmp_path: Path) -> None:
    files = {
        "d/S.md": "[[./a_b]] [[../e/a_b]] [[/e/a_b]]\n",
        "d/a b.md": "",
        "e/a b.md": "",
    }
    assert repaired(tmp_path, files) == {"d/S.md": "[[./a b]] [[../e/a b]] [[/e/a b]]\n"}


@pytest.mark.parametrize("target", ["report_1.pdf", "a_b.png", "my_board.canvas", "v_1.base"])
def test_a_file_with_an_extension_is_no_note(tmp_path: Path, target: str) -> None:
    note = target.replace("_", " ").replace(".", " ")
    files = {f"{note}.md": "", f"{target.replace('_', ' ')}.md": ""}
    found = reconciled(tmp_path, s(f"[[{target}]] ![[{target}]]", **files), ALL)
    assert found.repairs == ()


# 7. Round trip: the link then means exactly the proposed note.
@pytest.mark.parametrize(
    ("files", "becomes"),
    [
        # The bare name would mean another note: the shortest path that does not.
        (s("[[T t]]", **{"a/n.md": "---\ntitle: T t\n---\n", "n.md": ""}), "[[a/n|T t]]"),
        (s("[[T t]]", **{"a/n.md": "---\ntitle: T t\n---\n", "b/n.md": ""}), "[[a/n|T t]]"),
        (s("[[T t]]", **{"x/a/n.md": "---\ntitle: T t\n---\n", "y/a/n.md": ""}),
         "[[x/a/n|T t]]"),
        (s("[[a_b]]", **{"d/a b.md": "", "a b": ""}), "[[d/a b|a b]]"),
    ],
)  # fmt: skip
def test_a_bare_name_that_means_another_is_not_written(
    tmp_path: Path, files: Files, becomes: str
) -> None:
    assert repaired(tmp_path, files) == {"S.md": f"{becomes}\n"}


@pytest.mark.parametrize("name", ["a#b", "a|b", "a]]b", "a[[b", "n\nm", "a^b#c"])
def test_a_note_that_no_link_can_name_is_refused(tmp_path: Path, name: str) -> None:
    files = s("[[T t]]", **{f"{name}.md": "---\ntitle: T t\n---\n"})
    assert repaired(tmp_path, files) == {}
    assert refusals(tmp_path, files) == [("T t", "would not resolve")]


@pytest.mark.parametrize("title", ["a ]] b", "a [[b]] c"])
def test_a_title_that_no_link_can_show_is_refused(tmp_path: Path, title: str) -> None:
    files = s("[[T t]] and [[x_y]]", **{"n.md": f'---\ntitle: "T-t {title}"\n---\n', "x y.md": ""})
    files["S.md"] = files["S.md"].replace("T t", "T_t " + title.replace("[", "(").replace("]", ")"))
    assert repaired(tmp_path, files) == {"S.md": files["S.md"].replace("x_y", "x y")}
    assert [reason for _, reason in refusals(tmp_path, files)] == ["would not resolve"]


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    files = s("[[T t]]", **{"caf\udce9.md": "---\ntitle: T t\n---\n"})
    assert refusals(tmp_path, files) == [("T t", "would not resolve")]


# 8. The text a reader sees: test_rewriting.py. 9. Never in code, math or HTML.
@pytest.mark.parametrize(
    "text",
    [
        "```\n[[a_b]]\n```\n",
        "~~~\n[[a_b]]\n",
        "> ```\n> [[a_b]]\n> ```\n",
        "    [[a_b]]\n",
        "`[[a_b]]`\n",
        "$[[a_b]]$\n",
        "$$\n[[a_b]]\n$$\n",
        "<!-- [[a_b]] -->\n",
        "<div>\n[[a_b]]\n</div>\n",
        '<a href="[[a_b]]">x</a>\n',
        "---\nup: [[a_b]]\n---\n",
        "---\nup: see [[a_b]]\n---\n",
        "---\n# [[a_b]]\nx: 1\n---\n",
        '---\n"[[a_b]]": 1\n---\n',
        "\\[[a_b]]\n",
    ],
)
def test_never_in_code_math_html_or_plain_yaml(tmp_path: Path, text: str) -> None:
    files = {"S.md": text, "a b.md": ""}
    assert repaired(tmp_path, files, ALL) == {}
    outside = {"S.md": f"{text}\n[[a_b]]\n", "a b.md": ""}
    if not text.startswith("~~~"):
        assert repaired(tmp_path, outside) == {"S.md": f"{text}\n[[a b]]\n"}


def test_a_link_to_a_heading_is_never_broken(tmp_path: Path) -> None:
    """A repair inside a heading that links name by its text would break those links."""
    files = s(
        "# See [[a_b]]\n\n# Also [[a_b]]\n\n[[a_b]]",
        **{"a b.md": "[[S#See a_b]]\n", "T.md": "[t](S.md#see%20a_b)\n"},
    )
    assert repaired(tmp_path, files) == {
        "S.md": "# See [[a_b]]\n\n# Also [[a b]]\n\n[[a b]]\n",
    }
    assert refusals(tmp_path, files) == [("a_b", "a heading that links name")]


def test_a_linked_note_is_repaired_where_it_really_is(tmp_path: Path) -> None:
    """Nothing is written through a symbolic link; its file is in the vault anyway."""
    files = s("[[a_b]]", **{"a b.md": ""})
    reconciled(tmp_path, files)
    (tmp_path / "also.md").symlink_to("S.md")
    found = reconciled(tmp_path, {})
    assert [item.path for item in found.repairs] == ["S.md"]
    assert [(item.path, item.refusal.reason) for item in found.refused] == [
        ("also.md", "a symbolic link")
    ]
