"""How a repaired link is written: in the vault's style, escaped for where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_vault import carried_out, reconciled, refusals, repaired

TITLED = "---\ntitle: 'T-t: x'\n---\n# H\n"
NOTES = {
    "Focal Loss.md": "# H\ntext ^id\n",
    "say \"hi\" 'ho'.md": "",
    "C & D (x).md": "",
    "한글 노트.md": "",
    "100% <ok>.md": "",
}


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("[[focal_loss]]", "[[Focal Loss]]"),
        ("[[focal_loss#H]]", "[[Focal Loss#H]]"),
        ("[[focal_loss#^id]]", "[[Focal Loss#^id]]"),
        ("[[focal_loss#gone #x]]", "[[Focal Loss#gone #x]]"),
        ("[[focal_loss#H|text]]", "[[Focal Loss#H|text]]"),
        ("![[focal_loss]]", "![[Focal Loss]]"),
        ("![[focal_loss#^id|200]]", "![[Focal Loss#^id|200]]"),
        ("[[focal_loss.md]]", "[[Focal Loss.md]]"),
        ("[[focal_loss.MD|x]]", "[[Focal Loss.md|x]]"),
        ("[[ focal_loss | x ]]", "[[ Focal Loss | x ]]"),
        ("[t](focal_loss.md)", "[t](Focal%20Loss.md)"),
        ("[t](focal_loss.md#H)", "[t](Focal%20Loss.md#H)"),
        ('[t](focal_loss.md "a title")', '[t](Focal%20Loss.md "a title")'),
        ("[t](<focal_loss.md>)", "[t](<Focal Loss.md>)"),
        ("[t]( focal_loss )", "[t]( Focal%20Loss )"),
        ("![t](focal_loss.md)", "![t](Focal%20Loss.md)"),
        ("[t](C%20&%20D-x.md)", "[t](C%20&%20D%20%28x%29.md)"),
        ("[t](<100%25 <ok>?.md>)", None),
        ("[t](100%25%20%3Cok%3E?.md)", "[t](100%25%20%3Cok%3E.md)"),
        ("[t](<100%25 %3Cok%3E?.md>)", "[t](<100%25 %3Cok%3E.md>)"),
        # Letters of other scripts stay as the writer had them.
        ("[t](한글_노트.md)", "[t](한글%20노트.md)"),
        ("[t](%ED%95%9C%EA%B8%80_%EB%85%B8%ED%8A%B8.md)",
         "[t](%ED%95%9C%EA%B8%80%20%EB%85%B8%ED%8A%B8.md)"),
        ("| a |\n| - |\n| [[focal_loss\\|x]] |", "| a |\n| - |\n| [[Focal Loss\\|x]] |"),
        ("%%[[focal_loss]]%%", "%%[[Focal Loss]]%%"),
        ("> [!note] [[focal_loss]]", "> [!note] [[Focal Loss]]"),
        ("# About [[focal_loss]]", "# About [[Focal Loss]]"),
        ("[^1]: [[focal_loss]]", "[^1]: [[Focal Loss]]"),
        ("[![[focal_loss]]](https://x.org)", "[![[Focal Loss]]](https://x.org)"),
        ('---\nup: "[[focal_loss]]"\n---', '---\nup: "[[Focal Loss]]"\n---'),
        ("---\nup: '[[focal_loss|x]]'\n---", "---\nup: '[[Focal Loss|x]]'\n---"),
        ("---\nup: [\"[[focal_loss]]\", 'x']\n---", "---\nup: [\"[[Focal Loss]]\", 'x']\n---"),
        ("---\nup:\n  - '[[say hi ho]]'\n---", "---\nup:\n  - '[[say \"hi\" ''ho'']]'\n---"),
        ('---\nup: "[[say hi ho]]"\n---', '---\nup: "[[say \\"hi\\" \'ho\']]"\n---'),
    ],
)  # fmt: skip
def test_only_the_target_changes(tmp_path: Path, text: str, becomes: str | None) -> None:
    files = {"S.md": f"before\n\n{text}\n\nafter\n", **NOTES}
    if text.startswith("---"):
        files["S.md"] = f"{text}\nafter\n"
    wanted = {} if becomes is None else {"S.md": files["S.md"].replace(text, becomes)}
    assert repaired(tmp_path / "lf", files) == wanted
    crlf = {**files, "S.md": "\ufeff" + files["S.md"].replace("\n", "\r\n")}
    found = repaired(tmp_path / "crlf", crlf)
    assert found == {path: "\ufeff" + t.replace("\n", "\r\n") for path, t in wanted.items()}


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("[[T t x]]", "[[n|T-t: x]]"),
        ("[[T t x#H]]", "[[n#H|T-t: x > H]]"),
        ("[[T t x#H#I]]", "[[n#H#I|T-t: x > H > I]]"),
        ("[[T t x|mine]]", "[[n|mine]]"),
        ("![[T t x]]", "![[n]]"),
        ("[t](T%20t%20x)", "[t](n)"),
        ("| a |\n| - |\n| [[T t x]] |", "| a |\n| - |\n| [[n\\|T-t: x]] |"),
        ('---\nup: "[[T t x]]"\n---', '---\nup: "[[n|T-t: x]]"\n---'),
    ],
)
def test_a_title_that_matched_is_what_is_shown(tmp_path: Path, text: str, becomes: str) -> None:
    assert repaired(tmp_path, {"S.md": f"{text}\n", "n.md": TITLED}) == {"S.md": f"{becomes}\n"}


@pytest.mark.parametrize(
    ("setting", "text", "becomes"),
    [
        ("shortest", "[[focal_loss]]", "[[Focal Loss]]"),
        ("absolute", "[[focal_loss]]", "[[a/Focal Loss|Focal Loss]]"),
        ("absolute", "[[focal_loss#H]]", "[[a/Focal Loss#H|Focal Loss > H]]"),
        ("absolute", "[[focal_loss|x]]", "[[a/Focal Loss|x]]"),
        ("absolute", "[t](focal_loss.md)", "[t](a/Focal%20Loss.md)"),
        ("relative", "[[focal_loss]]", "[[../a/Focal Loss|Focal Loss]]"),
        ("relative", "[t](focal_loss.md)", "[t](../a/Focal%20Loss.md)"),
        # A folder that the writer chose is kept.
        ("shortest", "[[a/focal_loss]]", "[[a/Focal Loss]]"),
        ("relative", "[[a/focal_loss]]", "[[a/Focal Loss]]"),
        ("absolute", "[[../a/focal_loss]]", "[[../a/Focal Loss]]"),
        ("shortest", "[[A/Focal-Loss]]", "[[A/Focal Loss]]"),
        ("nonsense", "[[focal_loss]]", "[[Focal Loss]]"),
    ],
)
def test_a_link_follows_the_vault_s_setting(
    tmp_path: Path, setting: str, text: str, becomes: str
) -> None:
    files = {
        ".obsidian/app.json": json.dumps({"newLinkFormat": setting}),
        "d/S.md": f"{text}\n",
        "a/Focal Loss.md": "",
    }
    assert repaired(tmp_path, files) == {"d/S.md": f"{becomes}\n"}


def test_a_note_beside_is_named_without_a_folder(tmp_path: Path) -> None:
    for setting in ("relative", "shortest"):
        files = {
            ".obsidian/app.json": json.dumps({"newLinkFormat": setting}),
            "d/S.md": "[[focal_loss]]\n",
            "d/Focal Loss.md": "",
        }
        assert repaired(tmp_path / setting, files) == {"d/S.md": "[[Focal Loss]]\n"}


CARD = 'one "two"\n[[focal_loss|x]] é 📚\t[[T t x]] [t](focal_loss.md) \\ end'


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, "\t"])
def test_the_cards_of_a_canvas(tmp_path: Path, ascii_only: bool, indent: str | None) -> None:
    nodes = [
        {"id": "1", "type": "text", "text": CARD},
        {"id": "2", "type": "file", "file": "focal_loss.md"},
        {"id": "3", "type": "text", "text": "[[say hi ho]]"},
    ]
    canvas = json.dumps({"nodes": nodes}, ensure_ascii=ascii_only, indent=indent)
    files = {"B.canvas": canvas, "n.md": TITLED, **NOTES}
    text = repaired(tmp_path, files)["B.canvas"]
    read = json.loads(text)["nodes"]
    assert read[0]["text"] == CARD.replace("focal_loss|x", "Focal Loss|x").replace(
        "[[T t x]]", "[[n|T-t: x]]"
    ).replace("focal_loss.md", "Focal%20Loss.md")
    assert read[1]["file"] == "focal_loss.md"  # a path, no notation of a name
    assert read[2]["text"] == "[[say \"hi\" 'ho']]"


def test_the_expressions_of_a_base(tmp_path: Path) -> None:
    text = (
        'filters:\n  and:\n    - up == link("focal_loss")\n'
        "    - 'file.hasLink(\"focal_loss\")'\n    - \"up.contains('[[focal_loss]]')\"\n"
    )
    changed = repaired(tmp_path, {"V.base": text, **NOTES})
    assert changed == {"V.base": text.replace("focal_loss", "Focal Loss")}


def test_a_link_defined_elsewhere_is_refused(tmp_path: Path) -> None:
    files = {"S.md": "[t][r]\n\n[r]: focal_loss.md\n", **NOTES}
    assert refusals(tmp_path, files) == [("focal_loss.md", "would not resolve")]


def test_old_and_new_are_the_whole_markup(tmp_path: Path) -> None:
    files = {"S.md": "x ![[focal_loss#H|y]] [[T t x]] [t](focal_loss)\n", "n.md": TITLED, **NOTES}
    found = reconciled(tmp_path, files)
    assert [(item.rewrite.old, item.rewrite.new) for item in found.repairs] == [
        (b"![[focal_loss#H|y]]", b"![[Focal Loss#H|y]]"),
        (b"[[T t x]]", b"[[n|T-t: x]]"),
        (b"[t](focal_loss)", b"[t](Focal%20Loss)"),
    ]
    text = carried_out(files, found.plan)["S.md"]
    for item in found.repairs:
        assert item.rewrite.new.decode() in text


def test_bytes_that_are_no_text_stay(tmp_path: Path) -> None:
    data = b"\xff\xfe [[focal_loss]] \x00 \xe9[[focal_loss|\xe9]]\r end"
    files = {"S.md": data, **NOTES}
    (action,) = reconciled(tmp_path, files).plan.actions
    from vaultkit.plan.plan import Write
    from vaultkit.text import apply_edits

    assert isinstance(action, Write)
    assert apply_edits(data, action.edits) == data.replace(b"focal_loss", b"Focal Loss")
