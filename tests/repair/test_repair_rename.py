"""Renaming and moving: every form of link, what is refused, and what is never touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from random_vaults import contents, memory_vault
from tiny_vault import Files, tiny_vault, tree_digest, write_files

from vaultkit.errors import UsageError
from vaultkit.plan import store
from vaultkit.repair import rename
from vaultkit.repair.after import after
from vaultkit.repair.draft import Draft
from vaultkit.repair.proof import failures
from vaultkit.repair.relink import Relinking, relink
from vaultkit.vault import Settings, Vault, read_vault


def vault_of(files: Files, settings: Settings | None = None) -> Vault:
    data = {k: v if isinstance(v, bytes) else v.encode() for k, v in files.items()}
    return memory_vault(data, settings)


def result(vault: Vault, draft: Draft) -> dict[str, str]:
    found = relink(vault, draft)
    assert not found.stuck
    assert not found.caught
    assert not failures(vault, found)
    return {path: data.decode() for path, data in contents(after(vault, found.plan)).items()}


def renamed(text: str, other: Files | None = None, settings: Settings | None = None) -> str:
    """What becomes of a note `n/S.md` when `n/Old.md` is called `New`."""
    vault = vault_of({"n/Old.md": "# H\n\nx ^b\n", "n/S.md": text, **(other or {})}, settings)
    return result(vault, rename.rename_file(vault, "n/Old.md", "New"))["n/S.md"]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("[[Old]]", "[[New]]"),
        ("[[Old|shown]]", "[[New|shown]]"),
        ("![[Old]]", "![[New]]"),
        ("[[Old#H]] [[Old#H|t]] ![[Old#^b]]", "[[New#H]] [[New#H|t]] ![[New#^b]]"),
        (
            "[[Old.md]] [[n/Old]] [[n/Old.md]] [[/n/Old]]",
            "[[New.md]] [[n/New]] [[n/New.md]] [[/n/New]]",
        ),
        ("[[./Old]] [[../n/Old]]", "[[./New]] [[../n/New]]"),
        ("[[ Old ]] [[OLD]]", "[[ New ]] [[New]]"),
        (
            "[t](Old.md) [t](<Old.md>) [t](Old) [t](n/Old.md#H)",
            "[t](New.md) [t](<New.md>) [t](New) [t](n/New.md#H)",
        ),
        ("![t](Old.md)", "![t](New.md)"),
        ('[t](Old.md "Old")', '[t](New.md "Old")'),
        ("[t][r]\n\n[r]: Old.md 'x'", "[t][r]\n\n[r]: New.md 'x'"),
        ("[r] and [t][r]\n\n[r]: <Old.md#H>", "[r] and [t][r]\n\n[r]: <New.md#H>"),
        ("%% [[Old]] %%", "%% [[New]] %%"),
        ("| a |\n|---|\n| [[Old\\|x]] |", "| a |\n|---|\n| [[New\\|x]] |"),
        ('---\nup: "[[Old]]"\n---\n', '---\nup: "[[New]]"\n---\n'),
        ("---\nup: ['[[Old|o]]']\n---\n", "---\nup: ['[[New|o]]']\n---\n"),
        ("> - [[Old]]\r\n> - x\r\n", "> - [[New]]\r\n> - x\r\n"),
        ("## About [[Old]]\n\n[[#About Old]]", "## About [[New]]\n\n[[#About New]]"),
        # Not links, and links to something else.
        ("`[[Old]]`\n\n    [[Old]]\n\n$[[Old]]$", "`[[Old]]`\n\n    [[Old]]\n\n$[[Old]]$"),
        ("```\n[[Old]]\n```\n\\[[Old]]", "```\n[[Old]]\n```\n\\[[Old]]"),
        ("[[Older]] Old [Old](https://x/Old.md)", "[[Older]] Old [Old](https://x/Old.md)"),
        ("---\nup: [[Old]]\n---\n", "---\nup: [[Old]]\n---\n"),
    ],
)
def test_every_form_of_link_follows(before: str, now: str) -> None:
    assert renamed(before) == now


def test_canvas_and_base_follow() -> None:
    canvas = (
        '{"nodes":[{"id":"1","type":"file","file":"n/Old.md","subpath":"#H"},\n'
        '{"id":"2","type":"text","text":"\\u00e9 [[Old|\\"x\\"]]"}],"edges":[]}'
    )
    base = (
        'filters:\n  and:\n    - file.hasLink("Old")\n    - \'up == "[[Old]]"\'\n    - Old == 1\n'
    )
    vault = vault_of({"n/Old.md": "# H\n", "c.canvas": canvas, "b.base": base})
    found = result(vault, rename.rename_file(vault, "n/Old.md", "It's new"))
    assert found["c.canvas"] == canvas.replace("n/Old.md", "n/It's new.md").replace(
        "[[Old|", "[[It's new|"
    )
    assert found["b.base"] == (
        'filters:\n  and:\n    - file.hasLink("It\'s new")\n'
        "    - 'up == \"[[It''s new]]\"'\n    - Old == 1\n"
    )


def test_a_heading_of_a_canvas_node_follows() -> None:
    canvas = '{"nodes":[{"id":"1","type":"file","file":"A.md","subpath":"#Old text"}]}'
    vault = vault_of({"A.md": "# Old text\n", "c.canvas": canvas})
    found = result(vault, rename.rename_heading(vault, "A.md", "Old text", "New text"))
    assert found["c.canvas"] == canvas.replace("#Old text", "#New text")


def test_percent_signs_stay_where_they_were_used() -> None:
    files = {"하나 둘.md": "", "S.md": "[a](하나%20둘.md) [b](%ED%95%98%EB%82%98%20%EB%91%98.md)"}
    vault = vault_of(files)
    found = result(vault, rename.rename_file(vault, "하나 둘.md", "셋 (넷)"))
    assert found["S.md"] == "[a](셋%20%28넷%29.md) [b](%EC%85%8B%20%28%EB%84%B7%29.md)"


def test_a_link_that_the_new_name_would_steal_is_written_with_its_path() -> None:
    vault = vault_of(
        {"a/Old.md": "", "long/New.md": "", "S.md": "[[New]] [[New|x]] ![[New]] [[Old]]"}
    )
    found = result(vault, rename.rename_file(vault, "a/Old.md", "New"))
    assert found["S.md"] == "[[long/New|New]] [[long/New|x]] ![[long/New]] [[New]]"


def test_a_tie_that_the_new_name_would_make_is_avoided() -> None:
    vault = vault_of({"a/Old.md": "", "b/New.md": "[[Old]]", "S.md": "[[New]] [[Old]]"})
    found = result(vault, rename.rename_file(vault, "a/Old.md", "New"))
    assert found["S.md"] == "[[b/New|New]] [[a/New|New]]"


@pytest.mark.parametrize("style", ["shortest", "relative", "absolute"])
def test_the_vaults_style_is_taken_where_the_old_form_does_not_do(style: str) -> None:
    settings = Settings(link_format=style)  # type: ignore[arg-type]
    vault = vault_of({"a/Old.md": "", "b/New.md": "", "c/S.md": "[[Old|o]]"}, settings)
    found = result(vault, rename.rename_file(vault, "a/Old.md", "New"))
    link = {"shortest": "a/New", "relative": "../a/New", "absolute": "a/New"}[style]
    assert found["c/S.md"] == f"[[{link}|o]]"


def test_a_change_of_case_alone_reaches_links_that_spell_the_name_as_the_file() -> None:
    vault = vault_of({"Old name.md": "", "S.md": "[[Old name]] [[OLD NAME]] [x](Old%20name.md)"})
    found = result(vault, rename.rename_file(vault, "Old name.md", "Old Name"))
    assert found["S.md"] == "[[Old Name]] [[OLD NAME]] [x](Old%20Name.md)"


def test_a_move_touches_only_links_that_need_it() -> None:
    vault = vault_of(
        {
            "a/N.md": "[[M]] [r](../b/M.md) [[./P]] [[#H]]\n\n# H\n",
            "a/P.md": "",
            "b/M.md": "[[N]] [[a/N]] [[../a/N#H]] [x](../a/N.md)",
        }
    )
    found = result(vault, rename.move(vault, ["a/N.md"], "c/d"))
    assert found["c/d/N.md"] == "[[M]] [r](../../b/M.md) [[../../a/P]] [[#H]]\n\n# H\n"
    assert found["b/M.md"] == "[[N]] [[c/d/N]] [[../c/d/N#H]] [x](../c/d/N.md)"


def test_headings_and_blocks_are_renamed_with_their_links() -> None:
    vault = vault_of(
        {
            "A.md": "# One ##\n\n[[#One]] [[#One#Two]]\n\n## Two\n\npara ^id\n\nSet\n===\n",
            "S.md": "[[A#One|x]] [m](A.md#one) ![[A#^ID]] [[A#Two]] [[A#Set]]",
        }
    )
    found = result(vault, rename.rename_heading(vault, "A.md", "One", "Eins: *a* #1"))
    assert found["A.md"].startswith("# Eins: *a* #1 ##\n\n[[#Eins *a* 1]] [[#Eins *a* 1#Two]]")
    assert found["S.md"].startswith("[[A#Eins *a* 1|x]] [m](A.md#Eins%20*a*%201) ![[A#^ID]]")
    found = result(vault, rename.rename_heading(vault, "A.md", "Set", "Setext"))
    assert found["A.md"].endswith("Setext\n===\n")
    assert found["S.md"].endswith("[[A#Setext]]")
    found = result(vault, rename.rename_block(vault, "A.md", "id", "new-1"))
    assert "para ^new-1\n" in found["A.md"]
    assert "![[A#^new-1]]" in found["S.md"]


def found_by(files: Files, old: str, new: str) -> tuple[Vault, Relinking]:
    vault = vault_of(files)
    return vault, relink(vault, rename.rename_file(vault, old, new))


def test_a_broken_link_that_would_find_a_file_is_told() -> None:
    vault, found = found_by({"Old.md": "", "S.md": "[[New]] [[Old]]"}, "Old.md", "New")
    assert [item.link.target for item in found.caught] == ["New"]
    assert not found.settled
    assert not failures(vault, found)


def test_a_broken_heading_that_would_be_found_is_told() -> None:
    vault = vault_of({"A.md": "# One\n", "S.md": "[[A#Two]]"})
    found = relink(vault, rename.rename_heading(vault, "A.md", "One", "Two"))
    assert [item.link.fragment for item in found.caught] == ["Two"]


def test_a_tie_that_ends_is_told() -> None:
    _, found = found_by({"a/X.md": "", "b/X.md": "", "S.md": "[[X]]"}, "a/X.md", "Y")
    assert [item.link.target for item in found.settled] == ["X"]
    assert not found.edits


def test_a_link_that_cannot_be_edited_is_told() -> None:
    card = '{"nodes":[{"id":"1","type":"text","text":"[t][r]\\n\\n[r]: Old.md"}]}'
    _, found = found_by({"Old.md": "", "c.canvas": card}, "Old.md", "New")
    assert [why for _, why in found.stuck] == ["no way to write it leads to New.md"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a#b", "a link cannot hold `#`"),
        ("a|b", "a link cannot hold `|`"),
        ("[a]", "a link cannot hold `[`"),
        ("a^b", "a link cannot hold `^`"),
        ("a%%b", "a link cannot hold `%%`"),
        ("a/b", "a file name cannot hold `/`"),
        ("a:b", "a file name cannot hold `:`"),
        (".a", "begins with a dot"),
        ("", "it is empty"),
        (" a", "begins or ends with a blank"),
        ("a\nb", "a control character"),
        ("é" * 200, "longer than 240 bytes"),
        ("Taken", "exists already"),
        ("TAKEN", "case or Unicode form only"),
        ("E\u0301clair", "case or Unicode form only"),
    ],
)
def test_a_bad_name_is_refused(name: str, message: str) -> None:
    vault = vault_of({"Old.md": "", "Taken.md": "", "Éclair.md": ""})
    with pytest.raises(UsageError) as raised:
        rename.rename_file(vault, "Old.md", name)
    assert message in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("sources", "folder", "message"),
    [(["f"], "f/g", "into itself"), (["A.md"], "f", "exists already"), (["A.md"], ".x", "a dot")],
)
def test_a_bad_move_is_refused(sources: list[str], folder: str, message: str) -> None:
    vault = vault_of({"A.md": "", "f/A.md": "", "f/g/B.md": ""})
    with pytest.raises(UsageError, match=message):
        rename.move(vault, sources, folder)


@pytest.mark.parametrize(
    ("heading", "text", "message"),
    [
        ("None", "x", "has no heading"),
        ("One", "", "cannot be a heading"),
        ("One", "a\nb", "cannot be a heading"),
        ("About B", "x", "holds a link"),
    ],
)
def test_a_bad_heading_is_refused(heading: str, text: str, message: str) -> None:
    vault = vault_of({"A.md": "# One\n\n# About [[B]]\n", "B.md": ""})
    with pytest.raises(UsageError, match=message):
        rename.rename_heading(vault, "A.md", heading, text)


@pytest.mark.parametrize(("new", "message"), [("b", "already"), ("ä", "cannot be"), ("", "cannot")])
def test_a_bad_block_is_refused(new: str, message: str) -> None:
    vault = vault_of({"A.md": "x ^a\n\ny ^b\n"})
    with pytest.raises(UsageError, match=message):
        rename.rename_block(vault, "A.md", "a", new)


def test_the_disk_becomes_what_the_virtual_vault_is_and_undo_restores_it(tmp_path: Path) -> None:
    files = {
        "f/Old.md": "[[b]] ![[p.png]]",
        "f/p.png": b"\x89PNG\x00",
        "b.md": "[[Old]] ![[f/p.png|100]]",
        "c.canvas": '{"nodes":[{"id":"1","type":"file","file":"f/p.png"}]}',
    }
    root = write_files(tmp_path / "v", files)
    before = tree_digest(root)
    vault = read_vault(root)
    found = relink(vault, rename.rename_folder(vault, "f", "g h"))
    assert not failures(vault, found)
    expected = after(vault, found.plan)
    store.apply(root, found.plan, command="test")
    now = read_vault(root)
    assert contents(now) == contents(expected)
    assert now.files == expected.files
    assert (root / "g h/p.png").read_bytes() == b"\x89PNG\x00"
    assert now.notes["b.md"].source.data == b"[[Old]] ![[g h/p.png|100]]"
    store.undo(root)
    assert tree_digest(root) == before


def test_an_attachment_keeps_its_extension(tmp_path: Path) -> None:
    vault = tiny_vault(tmp_path, {"a.png": b"x", "S.md": "![[a.png]] [i](a.png)"})
    found = result(vault, rename.rename_file(vault, "a.png", "b"))
    assert found["S.md"] == "![[b.png]] [i](b.png)"
