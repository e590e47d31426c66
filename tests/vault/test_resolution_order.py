"""Which file a target means: the eight steps, each with a case for it and one against it."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_vault import tiny_vault

from vaultkit.vault import Ambiguous, Found, Missing, Resolution
from vaultkit.vault.resolve import FileIndex


class Case(NamedTuple):
    """A link target in the note `source` of a vault with `files`, and the file it means.

    means: a path; "" for nothing; several paths for a tie.
    """

    sentence: str
    target: str
    means: str | tuple[str, ...]
    files: tuple[str, ...]
    source: str = "S.md"


def answer(means: str | tuple[str, ...]) -> Resolution:
    if isinstance(means, tuple):
        return Ambiguous(means)
    return Found(means) if means else Missing()


NFD = unicodedata.normalize("NFD", "café 한글")
NFC = unicodedata.normalize("NFC", NFD)

CASES = [
    # 1. An empty target is the note itself.
    Case("empty", "", "S.md", ()),
    Case("empty, in a folder", "", "a/S.md", ("S.md",), "a/S.md"),
    Case("blanks alone are empty", "  ", "S.md", ()),
    Case("anything else is not the note itself", "x", "", ()),
    # 2. Names are compared without case, after NFC; NBSP is a space; ends are trimmed.
    Case("case", "NOTE", "Note.md", ("Note.md",)),
    Case("case of the folder", "A/note", "a/Note.md", ("a/Note.md",)),
    Case("case of the extension", "Note", "Note.MD", ("Note.MD",)),
    Case("case outside ASCII", "ÉTÉ", "été.md", ("été.md",)),
    Case("ß is not SS", "SS", "", ("ß.md",)),
    Case("decomposed name, composed link", NFC, f"{NFD}.md", (f"{NFD}.md",)),
    Case("composed name, decomposed link", NFD, f"{NFC}.md", (f"{NFC}.md",)),
    Case("not NFKC: ligature", "ﬁle", "", ("file.md",)),
    Case("not NFKC: full width", "Ａ", "", ("A.md",)),
    Case("not NFKC: superscript", "x²", "", ("x2.md",)),
    Case("NBSP in the link", "a\u00a0b", "a b.md", ("a b.md",)),
    Case("NBSP in the name", "a b", "a\u00a0b.md", ("a\u00a0b.md",)),
    Case("narrow NBSP", "a\u202fb", "a b.md", ("a b.md",)),
    Case("another wide blank is not a space", "a\u2003b", "", ("a b.md",)),
    Case("a zero-width space is a character", "a\u200bb", "", ("ab.md",)),
    Case("ends are trimmed", " a b ", "a b.md", ("a b.md",)),
    Case("a leading tab of the name is trimmed", "a", "\ta.md", ("\ta.md",)),
    Case("blanks inside count", "a  b", "", ("a b.md",)),
    Case("underscore is not a space", "a_b", "", ("a b.md",)),
    Case("hyphen is not a space", "a-b", "", ("a b.md",)),
    # 3. The literal name first, then the name with `.md`; a dot is no extension.
    Case("the name with .md", "Note", "Note.md", ("Note.md",)),
    Case("the literal name", "Note.md", "Note.md", ("Note.md",)),
    Case("the literal name comes first", "x.md", "x.md", ("x.md", "x.md.md")),
    Case("then the name with .md", "x.md", "x.md.md", ("x.md.md",)),
    Case("a file without an extension", "LICENSE", "LICENSE", ("LICENSE", "LICENSE.md")),
    Case("a dot in a name", "release v2.4 notes", "release v2.4 notes.md",
         ("release v2.4 notes.md",)),
    Case("nothing is cut at the last dot", "release v2.4", "", ("release v2.md",)),
    Case("a dot at the end", "etc.", "etc..md", ("etc..md",)),
    # 4. Other file types need their extension.
    Case("an image", "Figure 1.png", "i/Figure 1.png", ("i/Figure 1.png",)),
    Case("an image without its extension", "Figure 1", "", ("i/Figure 1.png",)),
    Case("a canvas", "x.canvas", "x.canvas", ("x.canvas",)),
    Case("a canvas without its extension", "x", "", ("x.canvas",)),
    Case("a base", "x.base", "x.base", ("x.base",)),
    Case("a base without its extension", "x", "", ("x.base",)),
    Case("a note stands before its picture", "x", "x.md", ("x.md", "x.png")),
    # 5. `./` and `../` from the note's folder; a leading `/` is an exact path.
    Case("./", "./x", "a/x.md", ("a/x.md", "x.md"), "a/S.md"),
    Case("./ looks nowhere else", "./x", "", ("b/x.md", "x.md"), "a/S.md"),
    Case("../", "../x", "x.md", ("a/x.md", "x.md"), "a/S.md"),
    Case("../ looks nowhere else", "../x", "", ("a/x.md", "b/x.md"), "a/S.md"),
    Case("../ and down again", "../b/x", "b/x.md", ("b/x.md",), "a/S.md"),
    Case("../../", "../../x", "x.md", ("x.md",), "a/b/S.md"),
    Case("../ never leaves the vault", "../x", "", ("x.md",)),
    Case("../ with an extension", "../i/x.png", "i/x.png", ("i/x.png",), "a/S.md"),
    Case("./ and exact case", "./War", "War.md", ("WAR.md", "War.md")),
    Case("/ is a path from the root", "/x", "x.md", ("a/x.md", "x.md"), "a/S.md"),
    Case("/ with folders", "/a/x", "a/x.md", ("a/x.md", "b/a/x.md")),
    Case("/ looks nowhere else", "/x", "", ("a/x.md",)),
    Case("/ and part of a path", "/a/x", "", ("b/a/x.md",)),
    # 6. An exact path wins over everything, even over a file beside the note.
    Case("the root before the own folder", "x", "x.md", ("a/x.md", "x.md"), "a/S.md"),
    Case("a whole path before a path's end", "b/x", "b/x.md", ("a/b/x.md", "b/x.md"), "a/S.md"),
    Case("without one, the own folder", "x", "a/x.md", ("a/x.md", "b/x.md"), "a/S.md"),
    # 7. Every file whose path ends with the target: the own folder, then the shortest path.
    Case("the end of a path", "b/x", "a/b/x.md", ("a/b/x.md",)),
    Case("on a / boundary", "b/x", "", ("ab/x.md",)),
    Case("not inside a name", "x", "", ("ax.md",)),
    Case("not the middle of a path", "a/x", "", ("a/b/x.md",)),
    Case("own folder before a shorter path", "x", "long/x.md", ("b/x.md", "long/x.md"),
         "long/S.md"),
    Case("own folder and the end of a path", "c/x", "a/c/x.md", ("a/c/x.md", "b/c/x.md"),
         "a/S.md"),
    Case("a folder above gives no preference", "x", "b/x.md", ("aa/x.md", "b/x.md"),
         "aa/c/S.md"),
    Case("a folder above does not break a tie", "x", ("a/x.md", "b/x.md"),
         ("a/x.md", "b/x.md"), "a/c/S.md"),
    Case("the shortest path", "x", "b/x.md", ("aaa/x.md", "b/x.md")),
    Case("the shortest string, not the fewest folders", "x", "a/b/x.md",
         ("a/b/x.md", "abcdef/x.md")),
    Case("equal length is a tie", "x", ("a/x.md", "b/x.md"), ("a/x.md", "b/x.md")),
    Case("a tie among the shortest only", "x", ("a/x.md", "b/x.md"),
         ("a/x.md", "b/x.md", "long/x.md")),
    Case("many of one name", "x", "q/x.md", (*(f"d{i:02}/x.md" for i in range(20)), "q/x.md")),
    Case("many of one name, by the end", "d07/x", "f/d07/x.md",
         (*(f"f/d{i:02}/x.md" for i in range(20)),)),
    Case("many of one name, not inside", "07/x", "", (*(f"f/d{i:02}/x.md" for i in range(20)),)),
    # Two names that differ in case alone.
    Case("exact case wins", "War", "War.md", ("WAR.md", "War.md")),
    Case("exact case wins, the other", "WAR", "WAR.md", ("WAR.md", "War.md")),
    Case("exact case wins in a folder", "War", "a/War.md", ("a/WAR.md", "a/War.md")),
    Case("no exact case is a tie", "war", ("WAR.md", "War.md"), ("WAR.md", "War.md")),
    Case("exact name wins over a blank more", "a", "a.md", ("\ta.md", "a.md")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.sentence for case in CASES])
def test_a_target_means(tmp_path: Path, case: Case) -> None:
    files = dict.fromkeys((case.source, *case.files), "")
    found = tiny_vault(tmp_path, files).resolve(case.target, case.source)
    assert found == answer(case.means)


# 8. Aliases, titles and headings never resolve.
@pytest.mark.parametrize(
    "text",
    [
        "---\naliases: [AL]\n---\n",
        "---\naliases: AL\n---\n",
        "---\nalias: AL\n---\n",
        "---\ntitle: AL\n---\n",
        "# AL\n",
    ],
)
def test_what_a_note_says_of_itself_never_resolves(tmp_path: Path, text: str) -> None:
    vault = tiny_vault(tmp_path, {"S.md": "[[AL]]\n", "Note.md": text})
    assert vault.resolve("AL", "S.md") == Missing()
    assert vault.resolve("Note", "S.md") == Found("Note.md")


def test_the_answer_does_not_depend_on_earlier_questions(tmp_path: Path) -> None:
    files = {"a/S.md": "", "b/S.md": "", "a/x.md": "", "b/x.md": ""}
    vault = tiny_vault(tmp_path, files)
    assert vault.resolve("x", "a/S.md") == Found("a/x.md")
    assert vault.resolve("x", "b/S.md") == Found("b/x.md")
    assert vault.resolve("", "a/S.md") == Found("a/S.md")
    assert vault.resolve("", "b/S.md") == Found("b/S.md")


NAMES = st.sampled_from(
    ("A.md", "a.md", "B.md", "b", "B", "x.png", "X.PNG.md", "Σ.md", "ΟΔΟΣ.md", "ς.md", "é.md", "A")
)
FOLDERS = st.sampled_from(("", "", "p/", "q/", "p/q/"))
TARGETS = st.sampled_from(
    ("A", " a ", "A.md", "b", "B.md", "x.png", "X.PNG", "Σ", "οδος", "ΟΔΟΣ", "é", "p/A", "./A", "")
)


@given(st.lists(st.builds(str.__add__, FOLDERS, NAMES), unique=True), TARGETS)
def test_what_leads_somewhere_leads_there_from_everywhere(files: list[str], target: str) -> None:
    """The short way for a name that one file has is the long one."""
    index = FileIndex(sorted(files))
    sources = ("N.md", "p/N.md", "q/N.md", "p/q/N.md")
    meant = [FileIndex(sorted(files)).resolve(target, source) for source in sources]
    if index.leads_somewhere(target):
        assert isinstance(meant[0], Found)
        assert len(set(meant)) == 1
        assert [index.resolve(target, source) for source in sources] == meant
    else:
        paths = [path for path in files if path.lower() in (target.lower(), f"{target.lower()}.md")]
        assert not (len(paths) == 1 and target.strip() and "/" not in target)
