"""What is remembered says what a run in full would say, whatever has changed in between."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_vault import Files, write_files

from vaultkit.cli.locate import Place
from vaultkit.cli.look import Ask, Look, Wish, look
from vaultkit.config import Config, read_config
from vaultkit.report import findings as report
from vaultkit.vault.cache import cache_file

PIECES = (
    "text\n\n",
    "[[A]] [[b_c]]\n\n",
    "[[B#H]] [[A#^id]] [[C#H#K]]\n\n",
    "# H\n\n",
    "## K\n\n",
    "block ^id\n\n",
    "![[B]] ![[C#H]]\n\n",
    "$\\alph + \\foo$\n\n",
    "$\\newcommand{\\foo}{x}$\n\n",
    "%% vaultkit-disable-next-line %%\n[[Gone]]\n\n",
    "[[Gone]] %% vaultkit-disable-line broken-heading %%\n\n",
    "[[Focal Los]] [[AL]]\n\n",
    "%% vaultkit-disable-file alias-collision, duplicate-title %%\n\n",
    "```\n# H\n",
)
FRONTS = (
    "",
    "---\naliases: [AL]\n---\n",
    "---\ntitle: T\ntags: x\n---\n",
    "---\ntitle: T\n---\n",
    '---\ntranslation_of: "[[B]]"\noriginal_digest: sha256-0123456789ab\n---\n',
    "---\nbroken: [\n---\n",
)
NAMES = ("A.md", "B.md", "C.md", "b c.md", "Why?.md", "sub/A.md")
WISHES = (
    Wish(),
    Wish(select=("all",)),
    Wish(select=("front-matter", "notes"), ignore=("useless-suppression",)),
    Wish(select=("alias-collision", "duplicate-title", "broken-heading")),
)
texts = st.builds(
    lambda front, pieces: front + "".join(pieces),
    st.sampled_from(FRONTS),
    st.lists(st.sampled_from(PIECES), max_size=4),
)
vaults = st.fixed_dictionaries(dict.fromkeys(NAMES, texts))


def place(root: Path, config: Config | None = None) -> Place:
    return Place(root, config or Config(), "")


def seen(root: Path, wish: Wish | None = None, cache: bool = True) -> Look:
    return look(Ask(place(root, read_config(root)), wish or Wish(), cache=cache))


def is_recalled(found: Look) -> bool:
    """Whether the vault was not read as a whole."""
    return found.vault is None


edits = st.lists(st.tuples(st.sampled_from((*NAMES, "New.md")), st.none() | texts), max_size=3)


@given(vaults, edits, st.sampled_from(WISHES))
def test_a_remembered_answer_is_that_of_a_run_in_full(
    tmp_path_factory: pytest.TempPathFactory,
    files: dict[str, str],
    changes: list[tuple[str, str | None]],
    wish: Wish,
) -> None:
    root = write_files(tmp_path_factory.mktemp("vault"), files)
    assert seen(root, wish).every == seen(root, wish, cache=False).every
    for name, text in changes:
        if text is None:
            (root / name).unlink(missing_ok=True)
        else:
            write_files(root, {name: text})
        recalled, full = seen(root, wish), seen(root, wish, cache=False)
        assert list(recalled.every) == list(full.every)
        assert recalled.answer == full.answer


@given(
    vaults,
    st.sampled_from(NAMES),
    st.sampled_from(FRONTS),
    st.lists(st.lists(st.sampled_from(PIECES), max_size=3), min_size=1, max_size=3),
    st.sampled_from(WISHES),
)
def test_a_changed_body_never_brings_another_answer(
    tmp_path_factory: pytest.TempPathFactory,
    files: dict[str, str],
    name: str,
    front: str,
    bodies: list[list[str]],
    wish: Wish,
) -> None:
    root = write_files(tmp_path_factory.mktemp("vault"), files | {name: front})
    seen(root, wish)
    for body in bodies:
        write_files(root, {name: front + "".join(body)})
        assert list(seen(root, wish).every) == list(seen(root, wish, cache=False).every)


FILES: Files = {
    "A.md": "---\naliases: [AL]\n---\n# H\n\n[[B#H]]\n",
    "B.md": "# H\n\n[[Gone]]\n",
    "C.md": "[[A#H]] [[A]]\n",
}


class TestWhatIsRecalled:
    def test_nothing_changed(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        assert not is_recalled(seen(root))
        assert is_recalled(seen(root))

    def test_touched_but_the_same(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        os.utime(root / "A.md", (1, 1))
        assert is_recalled(seen(root))

    def test_prose_changed_in_one_note(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        write_files(root, {"B.md": "# H\n\nmore [[Nowhere]] [[Gone]]\n"})
        found = seen(root)
        assert is_recalled(found)
        assert [item.finding.message for item in found.every] == [
            "no note is called `Nowhere`",
            "no note is called `Gone`",
        ]

    def test_a_heading_went_that_others_link_to(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        write_files(root, {"A.md": "---\naliases: [AL]\n---\n# New\n\n[[B#H]]\n"})
        found = seen(root)
        assert is_recalled(found)
        assert ("C.md", "broken-heading") in {
            (item.finding.path, item.finding.rule) for item in found.every
        }

    def test_change_after_change(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        for number in range(5):
            write_files(root, {"B.md": f"# H\n\n[[Gone {number}]]\n"})
            (item,) = seen(root).every
            assert item.finding.message == f"no note is called `Gone {number}`"

    @pytest.mark.parametrize(
        "change",
        [
            {"New.md": "x\n"},
            {"A.md": "---\naliases: [other]\n---\n# H\n"},
            {".obsidian/app.json": '{"userIgnoreFilters": ["B"]}'},
            {"vaultkit.toml": 'ignore = ["broken-link"]\n'},
        ],
        ids=["a new note", "front matter", "the vault's settings", "the configuration"],
    )
    def test_what_takes_a_run_in_full(self, tmp_path: Path, change: Files) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        write_files(root, change)
        found = seen(root)
        assert not is_recalled(found)
        assert list(found.every) == list(seen(root, cache=False).every)

    def test_another_choice_of_rules(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        seen(root)
        found = seen(root, Wish(select=("empty-note",)))
        assert (is_recalled(found), list(found.every)) == (False, [])

    def test_a_rule_that_looks_at_everything_carries_nothing_over(self, tmp_path: Path) -> None:
        root = write_files(tmp_path, FILES)
        wish = Wish(extend=("no-incoming",))
        seen(root, wish)
        assert is_recalled(seen(root, wish))
        write_files(root, {"A.md": "---\naliases: [AL]\n---\n# H\n\n"})
        found = seen(root, wish)
        assert not is_recalled(found)
        assert ("B.md", "no-incoming") in {
            (item.finding.path, item.finding.rule) for item in found.every
        }

    def test_deleting_it_changes_nothing(self, tmp_path: Path) -> None:
        root = write_files(tmp_path / "vault", FILES)
        before = seen(root).every
        file = cache_file(root, "lint")
        assert file is not None
        file.unlink()
        assert seen(root).every == before

    def test_foreign_content_is_as_good_as_none(self, tmp_path: Path) -> None:
        root = write_files(tmp_path / "vault", FILES)
        before = seen(root).every
        file = cache_file(root, "lint")
        assert file is not None
        for data in (b"", b"\0" * 99, b"0\n{}", file.read_bytes()[:-40]):
            file.write_bytes(data)
            assert seen(root).every == before

    def test_what_is_torn_anywhere_is_as_good_as_none(self, tmp_path: Path) -> None:
        root = write_files(tmp_path / "vault", FILES)
        before = list(seen(root).every)
        file = cache_file(root, "lint")
        assert file is not None
        data = file.read_bytes()
        step = len(data) // 15
        for place in range(0, len(data), step):
            for torn in (data[:place], data[:place] + b"\0" * step + data[place + step :]):
                file.write_bytes(torn)
                assert list(seen(root).every) == before
                (root / "C.md").write_text(f"[[A#H]] [[A]] {place}\n")
                assert list(seen(root).every) == list(seen(root, cache=False).every)
                (root / "C.md").write_text(FILES["C.md"])

    def test_how_it_was_printed_is_used_only_where_it_is_printed_so_again(
        self, tmp_path: Path
    ) -> None:
        root = write_files(tmp_path / "vault", FILES)
        narrow, wide, bright = (
            report.Style(40, False),
            report.Style(90, False),
            report.Style(90, True),
        )
        files = {"B.md": f"# H\n\n{'long ' * 30}[[Gone]]\n"}
        write_files(root, {**files, "가.md": "é [[É]] 나\n", "z/다.md": "[[라]] [[focal_a]]\n"})
        for style in (None, narrow, narrow, wide, bright, None, bright):
            shown = style or report.Style(76, False)
            for body in ("", "More.\n", "[[마]] [[b c d]]\n"):
                write_files(root, {"B.md": files["B.md"] + body})
                ask = Ask(place(root), Wish(), style=style)
                told = report.text(look(ask).answer, shown)
                assert told == report.text(look(ask._replace(cache=False)).answer, shown)

    def test_it_leaves_the_vault_alone(self, tmp_path: Path) -> None:
        root = write_files(tmp_path / "vault", FILES)
        before = sorted(path.name for path in root.rglob("*"))
        seen(root)
        assert sorted(path.name for path in root.rglob("*")) == before
