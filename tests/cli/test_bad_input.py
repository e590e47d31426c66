"""Bad input: a finding or a clear error, never a traceback, never a changed byte."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_vault import tree_digest, write_files
from transcript import Answer, call

GOOD = {"a b.md": "# H\n", "S.md": "[[a b]] [[Nowhere]]\n"}


LOOKS = (["links"], ["lint"], ["reconcile"], ["reconcile", "--check"], ["history"], ["graph"])


def looks(root: Path) -> Iterator[tuple[str, Answer]]:
    """Every command that only looks, in both forms."""
    for command in LOOKS:
        for style in ("text", "json"):
            answer = call(*command, str(root), "--format", style)
            if style == "json" and answer.code < 2:
                json.loads(answer.out)
            yield command[0], answer


def hold(root: Path, *, read: bool = True) -> dict[str, Answer]:
    """Look in every way: no traceback, no bug of ours, no changed byte."""
    digest = tree_digest(root)
    found: dict[str, Answer] = {}
    for name, answer in looks(root):
        assert answer.code in ((0, 1) if read else (2,)), (name, answer)
        assert "Traceback" not in answer.err + answer.out
        found[name] = answer
    assert tree_digest(root) == digest
    return found


def lint_rules(root: Path) -> dict[str, set[str]]:
    """path -> the rules with a finding there."""
    findings = json.loads(call("lint", str(root), "--format", "json").out)["findings"]
    rules: dict[str, set[str]] = {}
    for item in findings:
        rules.setdefault(item["path"], set()).add(item["rule"])
    return rules


BYTES = {
    "empty": b"",
    "invalid UTF-8": b"\xff\xfe [[a_b]] \xc3( \x80\x80\n",
    "UTF-16": "[[a_b]] text\n".encode("utf-16"),
    "only a BOM": b"\xef\xbb\xbf",
    "BOM and front matter": b"\xef\xbb\xbf---\ntitle: x\n---\n[[a_b]]\n",
    "CRLF": b"---\r\ntitle: x\r\n---\r\n[[a_b]]\r\n",
    "lone CR": b"---\rtitle: x\r---\r# H\r[[a_b]]\r```\r[[a_b]]\r",
    "NUL": b"a\0b [[a_b]]\0[[a\0b]]\n---\0\n",
    "unclosed fence": b"```python\n[[a_b]]\n",
    "unclosed fence in a quote": b"> ~~~\n> [[a_b]]\n\n[[a_b]]\n",
    "unclosed math": b"$$\n[[a_b]]\n",
    "unclosed comment": b"%%\n[[a_b]]\n",
    "unclosed HTML": b"<!-- [[a_b]]\n",
    "unclosed brackets": b"[[a_b [[ [t](x [t]( <a ![[ ]] | \\\n",
    "no newline at the end": b"[[a_b]]",
    "control characters": bytes(range(32)) + b"[[a_b]]\x7f\n",
    "noncharacters": "\ufffe\uffff\U0010ffff [[a_b]]\n".encode(),
    "bidi": "\u202e[[a_b]]\u202c \u200f\n".encode(),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES.keys())
def test_bytes_of_any_kind(tmp_path: Path, data: bytes) -> None:
    root = write_files(tmp_path, {**GOOD, "bad.md": data})
    hold(root)
    before = tree_digest(root)
    applied = call("reconcile", str(root), "--apply", "--format", "json")
    assert applied.code == 0
    expected = data
    edits = [edit for edit in json.loads(applied.out)["edits"] if edit["path"] == "bad.md"]
    for edit in edits:
        expected = expected.replace(edit["old"].encode(), edit["new"].encode(), 1)
    now = (root / "bad.md").read_bytes()
    assert len(now) == len(data)  # `_` became a blank, and nothing else changed
    assert sum(a != b for a, b in zip(now, data, strict=True)) == len(edits)
    if edits:
        assert call("undo", "--vault", str(root)).code == 0
    assert tree_digest(root) == before


def test_what_is_no_text_is_a_finding(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"x.md": BYTES["invalid UTF-8"], "y.md": BYTES["UTF-16"], **GOOD})
    rules = lint_rules(root)
    assert "unreadable-note" in rules["x.md"]
    assert "unreadable-note" in rules["y.md"]


_LAUGHS = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_MERGES = "a: &a {x: 1}\n" + "".join(
    f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}, *{a}], {b}: 1}}\n"
    for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)
)
# Front matter, and whether it is one of ours: keys with values that load.
YAML = {
    "billion laughs": (_LAUGHS, True),
    "quadratic merges": (_MERGES, True),
    "an alias of itself": ("a: &a [*a]\n", True),
    "a key of itself": ("&a a: *a\n", True),
    "deep lists": ("a: " + "[" * 50_000 + "\n", False),
    "deep maps": ("a: " + "{a: " * 5_000 + "\n", False),
    "deep indents": ("".join(" " * n + "a:\n" for n in range(300)), False),
    "sexagesimal": ("a: " + "1:" * 50_000 + "1\n", True),
    "a huge number": ("a: " + "9" * 50_000 + "\n", None),
    "a huge float": ("a: 1e999999999\n", True),
    "a date that is none": ("a: 2024-13-45\nb: 2024-02-30T99:99:99\n", True),
    "an object": ("a: !!python/object/apply:os.system ['true']\n", False),
    "an unknown tag": ("a: !thing x\n", False),
    "a wrong tag": ("a: !!timestamp x\n", None),
    "a template": ("date: {{date}}\n", None),
    "a template of two": ("{{date}}: x\n", None),
    "a tab": ("a:\n\tb: c\n", False),
    "no colon": ("just words\n", False),
    "two colons": ("a: b: c\n", False),
    "an unclosed quote": ('a: "b\n', False),
    "an unclosed list": ("a: [b\n", False),
    "a list": ("- a\n- b\n", False),
    "a key twice": ("a: 1\na: 2\n", True),
    "no such alias": ("a: *b\n", False),
    "a NUL": ("a: b\0c\n", True),
    "an escape that is none": ('a: "\\ud800"\n', None),
    "two documents": ("a: 1\n--- \nb: 2\n", None),
    "a binary": ("a: !!binary =\n", None),
    "a set": ("a: !!set {x, y}\n", True),
    "numbers as keys": ("1: a\n2.5: b\ntrue: c\nnull: d\n", True),
    "a list as a key": ("? [a, b]\n: c\n", None),
    "a map as a key": ("? {a: b}\n: c\n", None),
    "a wrong link": ('up: "[[a_b"\nto: "[[]]"\nx: "[[a_b]"\n', True),
}


@pytest.mark.parametrize(("text", "loads"), YAML.values(), ids=YAML.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_of_any_kind(
    tmp_path: Path, text: str, loads: bool | None, line_end: str
) -> None:
    note = f'---\n{text}see: "[[a_b]]"\n---\n[[a_b]]\n'.replace("\n", line_end)
    root = write_files(tmp_path, {**GOOD, "bad.md": note})
    hold(root)
    if loads is not None:
        found = lint_rules(root).get("bad.md", set())
        assert ("invalid-front-matter" in found) is not loads


NEVER_CLOSED = "---\ntitle: x\n\n[[a_b]]\n"


def test_front_matter_that_never_ends_is_text(tmp_path: Path) -> None:
    root = write_files(tmp_path, {**GOOD, "bad.md": NEVER_CLOSED})
    assert "missing-variant" in hold(root)["links"].out


BOARDS = {
    "no JSON": ("x.canvas", b"{nodes"),
    "half a JSON": ("x.canvas", b'{"nodes": [{"text": "[[a_b]]"'),
    "a list": ("x.canvas", b"[]"),
    "null": ("x.canvas", b"null"),
    "a word": ("x.canvas", b'"[[a_b]]"'),
    "nothing": ("x.canvas", b""),
    "blanks": ("x.canvas", b" \n"),
    "no text": ("x.canvas", b"\xff"),
    "a BOM": ("x.canvas", b'\xef\xbb\xbf{"nodes": []}'),
    "wrong kinds": (
        "x.canvas",
        b'{"nodes": [1, null, "x", {"text": 1, "file": []}, {"text": {"a": "[[a_b]]"}}]}',
    ),
    "nodes that are none": ("x.canvas", b'{"nodes": {"text": "[[a_b]]"}}'),
    "deep": ("x.canvas", b"[" * 100_000),
    "a huge number": ("x.canvas", b'{"x": ' + b"9" * 10_000 + b"}"),
    "a lone surrogate": ("x.canvas", b'{"nodes": [{"text": "\\ud800 [[a_b]] \\udc00"}]}'),
    "a key twice": ("x.canvas", b'{"nodes": [{"text": "[[a_b]]", "text": "x [[a_b]]"}]}'),
    "an escape that is none": ("x.canvas", b'{"nodes": [{"text": "\\x [[a_b]]"}]}'),
    "a control character": ("x.canvas", b'{"nodes": [{"text": "a\nb [[a_b]]"}]}'),
    "no YAML": ("x.base", b"a: b: c [[a_b]]\n"),
    "deep YAML": ("x.base", b"[" * 100_000),
    "laughs": ("x.base", _LAUGHS.encode()),
    "nothing of a base": ("x.base", b""),
    "no text of a base": ("x.base", b"\xff"),
    "an object of a base": ("x.base", b"a: !!python/object:x.y {}\n"),
}


@pytest.mark.parametrize(("name", "data"), BOARDS.values(), ids=BOARDS.keys())
def test_boards_of_any_kind(tmp_path: Path, name: str, data: bytes) -> None:
    root = write_files(tmp_path, {**GOOD, name: data})
    hold(root)


@pytest.mark.parametrize(
    "name", ["no JSON", "half a JSON", "no text", "deep", "no YAML", "deep YAML"]
)
def test_a_broken_board_is_a_finding(tmp_path: Path, name: str) -> None:
    path, data = BOARDS[name]
    root = write_files(tmp_path, {**GOOD, path: data})
    assert lint_rules(root)[path] == {"unreadable-note"}


NAMES = [
    "📚 emoji",
    "new\nline",
    "\tleading tab",
    " leading blank",
    "trailing backslash\\",
    "a'b\"c`d$e;f|g",
    "[[a_b]]",
    "a#b^c",
    "%41%",
    "-rf",
    "\x1b[31mred",
    "\u202egnol",
    "caf\udce9",
    "n" * 250,
    "{{title}}",
    "a/b",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_any_kind(tmp_path: Path, name: str) -> None:
    """As a note that links, as one that is linked, and as a folder."""
    text = "---\ntitle: Odd Name\naliases: [ON]\n---\n[[a_b]] [[Nowhere]]\n"
    folder = {f"{name[:200]} folder/x.md": "[[a_b]]\n"}
    linking = {"L.md": "[[odd_name]] [[ON]] [[Odd Name]] [t](odd_name.md)\n"}
    root = write_files(tmp_path, {**GOOD, f"{name}.md": text, **folder, **linking})
    found = hold(root)
    shown = found["links"].out + call("lint", str(root)).out + call("reconcile", str(root)).out
    assert "\x1b[31m" not in shown
    assert "\u202e" not in call("reconcile", str(root)).out
    digest = tree_digest(root)
    applied = call("reconcile", str(root), "--apply")
    assert applied.code == 0, applied
    assert call("reconcile", str(root), "--check").code == 0
    assert call("undo", "--vault", str(root)).code == 0
    assert tree_digest(root) == digest


def test_links_that_loop_on_the_disk(tmp_path: Path) -> None:
    root = write_files(tmp_path / "vault", GOOD)
    (root / "loop").symlink_to(root)
    (root / "self.md").symlink_to("self.md")
    (root / "one.md").symlink_to("two.md")
    (root / "two.md").symlink_to("one.md")
    (root / "out").symlink_to(tmp_path)
    (root / "out.md").symlink_to("/etc/hostname")
    (root / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(root / "fifo.md")
    for _, answer in looks(root):
        assert answer.code in (0, 1)
    assert lint_rules(root) == {"S.md": {"broken-link"}, "out.md": {"unreadable-note"}}


def test_what_is_no_vault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("file", "gone", "loop", "file/below", "x" * 300):
        for _, answer in looks(tmp_path / name):
            assert answer.code == 2, (name, answer)
            assert answer.err.startswith("error: ")
    for _, answer in looks(tmp_path / "file"):
        assert "is not a folder" in answer.err


def test_a_folder_without_a_note(tmp_path: Path) -> None:
    found = hold(tmp_path)
    assert found["links"].code == found["reconcile"].code == 0
    assert call("reconcile", str(tmp_path), "--apply").code == 0
    assert list(tmp_path.iterdir()) == []
