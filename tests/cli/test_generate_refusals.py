"""What the generator refuses, command by command: nothing is written, and what to do is said."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files

from vaultkit.cli import run

CAFE = unicodedata.normalize("NFC", "Café")
TWIN = unicodedata.normalize("NFD", "Café")
FILES = {
    "f/Focal Loss.md": "---\naliases: [FL]\nn: 1\n---\n# Focal Loss\n\n## One\n\na ^b\n",
    "Other.md": "---\nn: 2\n---\nText.\n",
    "S.md": "[[Focal Loss]] [[FL]] [[Nowhere]]\n",
    f"{CAFE}.md": "# Coffee\n",
    f"{CAFE}.canvas": '{"nodes":[],"edges":[]}',
    "f/p.png": "x",
    f"g/{TWIN}.md": "# The same in another form\n",
    "g/p.png": "y",
    "T/concept.md": "---\ntitle: {{title}}\n---\n{{ask:why}}\n",
    ".obsidian/templates.json": '{"folder": "T"}',
}
NAME, TITLE, FOLDER = "choose another name", "choose another title", "a folder of the vault"
DOT, BAR, TAKEN = "begins with a dot", "a link cannot hold `|`", "case or Unicode form only"
OUT, LINK = "outside the vault", "link is a symbolic link"

FORBIDDEN = [
    (["rename", "Focal Loss", "a|b"], BAR, NAME),
    (["rename", "f/p.png", "a|b.png"], BAR, NAME),
    (["rename", "f", "a|b"], BAR, NAME),
    (["rename", "f", ".g"], DOT, NAME),
    (["rename", "Focal Loss", "a:b"], "cannot hold `:`", NAME),
    (["rename", "Focal Loss", "x%%"], "cannot hold `%%`", NAME),
    (["rename", "Focal Loss", " "], "it is empty", NAME),
    (["rename", "Focal Loss", "x" * 250], "longer than 240 bytes", NAME),
    (["rename", "Focal Loss#One", " "], "cannot be a heading", "a letter in it"),
    (["rename", "Focal Loss#^b", "^ü"], "cannot be a block's id", "Latin letters"),
    (["move", "S", "a|b"], BAR, NAME),
    (["move", "S", "f/.hidden"], DOT, NAME),
    (["split", "Focal Loss#One", "--to", "a|b"], BAR, "--to NAME"),
    (["new", "a|b"], BAR, TITLE),
    (["new", "f/x"], "cannot hold `/`", TITLE),
    (["new", "X", "--folder", "a|b"], BAR, NAME),
    (["new", "X", "--folder", ".hidden"], DOT, NAME),
    (["index", "a|b"], BAR, NAME),
    (["index", "a|b/x"], BAR, NAME),
    (["view", "base", "--to", "a|b"], BAR, NAME),
    (["view", "base", "--to", "a|b/x"], BAR, NAME),
    (["view", "base", "--to", ".hidden"], DOT, NAME),
    (["view", "canvas", "S", "--to", "x.md"], "does not end", "`.canvas`"),
    (["view", "health", "--to", "x.base"], "does not end", "`.md`"),
]
TWINS = [
    (["rename", "Other", "s"], TAKEN, "merge the two notes"),
    (["rename", "S", TWIN], TAKEN, "merge the two notes"),
    (["rename", "f", "G"], "the folder G would differ from g", "write g, or choose another"),
    (["rename", "f", "g"], "the folder g exists already", "move the files into it"),
    (["move", "f/p.png", "g/p.png", "h"], "would both be h/p.png", "another name first"),
    (["move", f"g/{TWIN}.md", "."], TAKEN, "merge the two notes"),
    (["split", "Focal Loss#One", "--to", "focal loss"], TAKEN, NAME),
    (["new", "focal-loss"], "exists, but for its spelling: f/Focal Loss.md", TITLE),
    (["new", TWIN], f"exists: {CAFE}.md", TITLE),
    (["new", "FL"], "is an alias of f/Focal Loss.md", "[[Focal Loss|FL]]"),
    (["view", "canvas", "S", "--to", TWIN], TAKEN, NAME),
    (["view", "base", "f", "--to", "F/x"], TAKEN, NAME),
    (["index", "F/map"], TAKEN, NAME),
    (["view", "health", "--to", "F/health"], TAKEN, NAME),
    (["new", "X", "--folder", "F"], TAKEN, NAME),
    (["move", "S", "F"], TAKEN, NAME),
]
OUTSIDE = [
    (["rename", "../x", "y"], "no file `../x`", "its path in the vault"),
    (["rename", "Focal Loss", "../x"], "is a path, not a name", "vaultkit move"),
    (["rename", "f", "../g"], DOT, NAME),
    (["move", "S", "../x"], OUT, FOLDER),
    (["move", "S", "/x"], OUT, FOLDER),
    (["move", "S", "f/../../x"], OUT, FOLDER),
    (["move", "S", "link/deep"], LINK, "in the vault itself"),
    (["split", "Focal Loss#One", "--to", "../x"], DOT, "--to NAME"),
    (["new", "../x"], DOT, TITLE),
    (["new", "X", "--folder", "../y"], OUT, FOLDER),
    (["new", "X", "--folder", "link"], LINK, "in the vault itself"),
    (["index", "../Map"], OUT, "a path in the vault"),
    (["index", "link/Map"], LINK, "in the vault itself"),
    (["view", "base", "--to", "../x"], OUT, "a path in the vault"),
    (["view", "canvas", "S", "--to", "/x"], OUT, "a path in the vault"),
    (["view", "health", "--to", "link/x"], LINK, "in the vault itself"),
]
OTHER = [
    (["rename", "Focal Los", "x"], "no file `Focal Los`", "did you mean `Focal Loss`?"),
    (["rename", "Focal Loss", "Nowhere"], "1 link would get a meaning", "--adopt"),
    (["rename", "Focal Loss#None", "x"], "no heading `None`", "it has: `Focal Loss`, `One`"),
    (["rename", "Focal Loss#", "x"], "names no heading", "NOTE#Heading"),
    (["rename", ".", "x"], "the vault itself", "in it"),
    (["move", ".", "x"], "the vault itself", "in it"),
    (["move", "f", "f/g"], "cannot go into itself", "another folder"),
    (["move", "S", "Other.md"], "not of a folder", "rename"),
    (["merge", "Focal Loss", "Other"], "differ in 1 property", "--take n=first"),
    (["merge", "S", "S"], "with itself", "name two notes"),
    (["merge", "S", "f/p.png"], "is not a note", "a Markdown file"),
    (["merge", "S", "Nobody"], "no file `Nobody`", "its path in the vault"),
    (["split", "Focal Loss"], "names no heading", "NOTE#HEADING"),
    (["split", "Focal Loss#None"], "no heading `None`", "it has: `Focal Loss`, `One`"),
    (["new", "X", "--type", "none"], "no template `none`", "templates in T: concept"),
    (["new", "X", "--type", "concept"], "asks for why", "--set why="),
    (["new", "X", "--set", "why=so"], "nothing asks for why", "--type"),
    (["promote", "Nobody"], "by the alias `Nobody`", "`FL`"),
    (["index", "f/p.png"], "is there, and no `.md` file", NAME),
    (["index", "S", "--folder", "nowhere"], "no folder `nowhere`", FOLDER),
    (["index", "S", "--where", "x"], "says no value", "where=key=value"),
    (["index", "S", "--by", "relation", "--relation", "x"], "no broader or narrower", "Parents"),
    (["view", "canvas"], "around a note", "vaultkit view canvas NOTE"),
    (["view", "canvas", "Nobody"], "no file `Nobody`", "its path in the vault"),
    (["view", "base", "nowhere"], "no folder `nowhere`", FOLDER),
    (["view", "health", "S"], "about the whole vault", "leave the SUBJECT out"),
    (["view", "health", "--to", "S.md"], "has no region", "another note with --to"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    root = write_files(tmp_path / "v", FILES)
    (root / "link").symlink_to(tmp_path / "elsewhere")
    return root


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [*FORBIDDEN, *TWINS, *OUTSIDE, *OTHER],
    ids=lambda item: ascii(item)[:40],
)
def test_bad_input_is_refused_with_what_to_do_next(
    arguments: list[str], message: str, hint: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree_digest(root.parent)
    for more in ([], ["--apply"]):
        assert run([*arguments, "--vault", str(root), *more]) == 2
        said = capsys.readouterr().err
        assert message in said
        assert hint in said[said.index("hint:") :]
        assert tree_digest(root.parent) == before


PLANS = [
    ["rename", "Focal Loss", "Focal"],
    ["rename", "Focal Loss#One", "Two"],
    ["move", "Focal Loss", "."],
    ["merge", "Focal Loss", "S"],
    ["split", "Focal Loss#One"],
    ["promote", "FL"],
    ["index", "S", "--kind", "glossary"],
]


@pytest.mark.parametrize("arguments", PLANS, ids=" ".join)
def test_a_kept_plan_is_refused_where_a_note_changed_since(
    arguments: list[str], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    assert run([*arguments, "--vault", str(root), "--save", str(plan)]) == 0
    for path in ("S.md", "f/Focal Loss.md"):
        (root / path).write_text((root / path).read_text() + "more\n")
    before = tree_digest(root)
    capsys.readouterr()
    assert run(["apply", str(plan), "--vault", str(root)]) == 2
    said = capsys.readouterr().err
    assert "does not fit the vault" in said
    assert "make the plan again" in said[said.index("hint:") :]
    assert tree_digest(root) == before


@pytest.mark.parametrize("arguments", [["new", "X"], ["index", "X"], ["view", "base", "--to", "X"]])
def test_a_kept_plan_is_refused_where_its_file_was_made_since(
    arguments: list[str], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    assert run([*arguments, "--vault", str(root), "--save", str(plan)]) == 0
    for path in ("x.md", "x.base"):
        (root / path).write_text("mine\n")
    before = tree_digest(root)
    capsys.readouterr()
    assert run(["apply", str(plan), "--vault", str(root)]) == 2
    said = capsys.readouterr().err
    assert "make the plan again" in said[said.index("hint:") :]
    assert tree_digest(root) == before


MADE = [
    (["index", "Map"], "Map.md", "put your text outside the markers"),
    (["view", "health"], "Vault health.md", "put your text outside the markers"),
    (["view", "base"], "All notes.base", "name another file with --to"),
    (["view", "canvas", "Focal Loss"], "Around Focal Loss.canvas", "another file with --to"),
]


@pytest.mark.parametrize(("arguments", "path", "hint"), MADE, ids=lambda item: str(item)[:20])
def test_what_a_person_changed_is_never_overwritten(
    arguments: list[str], path: str, hint: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--vault", str(root), "--apply"]) == 0
    text = (root / path).read_text()
    old = "Focal Loss" if "Focal Loss" in text else "Note"
    (root / path).write_text(text.replace(old, "My own", 1) if old in text else text + "x")
    if path == "Vault health.md":
        (root / path).write_text(text.replace("| Notes |", "| My notes |", 1))
    (root / "S.md").write_text("[[Focal Loss]] once more, and [[Other]]\n")
    before = tree_digest(root)
    again = ["index"] if path == "Map.md" else arguments
    assert run([*again, "--vault", str(root), "--apply"]) == 2
    said = capsys.readouterr().err
    assert "changed by hand" in said
    assert path in said
    assert hint in said[said.index("hint:") :]
    assert tree_digest(root) == before
