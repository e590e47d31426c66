"""Hypothesis strategies for vaults whose names collide, and whose links use every form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from hypothesis import strategies as st

from vaultkit.plan.plan import Create, Plan
from vaultkit.repair.after import after
from vaultkit.vault import Settings, Vault
from vaultkit.vault.settings import LinkFormat

NAMES = ("A", "B", "b b", "C (x)", "é", "교차 엔트로피", "v2.4 x", "D&E", "it's")
FOLDERS = ("", "f", "f/g", "h", "하위")
HEADINGS = ("One", "Two", "Q&A", "One two", "제목")
FORMATS: tuple[LinkFormat, ...] = ("shortest", "relative", "absolute")


def memory_vault(files: Mapping[str, bytes], settings: Settings | None = None) -> Vault:
    """A vault that stands on no disk."""
    nothing = Vault(
        Path("/nowhere"),
        MappingProxyType({}),
        MappingProxyType({}),
        (),
        frozenset(),
        (),
        settings or Settings(),
    )
    made = tuple(Create(PurePosixPath(path), data) for path, data in files.items())
    return after(nothing, Plan("made up", made))


def contents(vault: Vault) -> dict[str, bytes]:
    """The bytes of every note and board."""
    return {path: page.source.data for path, page in vault.pages()}


def _targets(paths: list[str]) -> st.SearchStrategy[str]:
    """Spellings of a target: bare, by path, relative, with `.md`, in another case, of nothing."""
    forms = st.sampled_from(("{n}", "{n}", "{w}", "{n}.md", "{w}.md", "/{w}", "../{w}", "./{n}"))

    def spelt(pair: tuple[str, str, bool]) -> str:
        path, form, upper = pair
        whole = path.removesuffix(".md")
        text = form.format(n=whole[whole.rfind("/") + 1 :], w=whole)
        return text.upper() if upper else text

    upper = st.sampled_from((False, False, False, True))
    known = st.tuples(st.sampled_from(paths), forms, upper).map(spelt)
    return st.one_of(known, known, known, st.sampled_from(("", "nothing", "f/nothing")))


def _fragments() -> st.SearchStrategy[str]:
    one = st.sampled_from(HEADINGS)
    return st.one_of(
        st.just(""),
        st.just(""),
        one.map("#{}".format),
        st.tuples(one, one).map("#{0[0]}#{0[1]}".format),
        st.sampled_from(("#^id1", "#^id2")),
    )


def _quoted(target: str, fragment: str) -> str:
    return (target + fragment).replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _markup(paths: list[str]) -> st.SearchStrategy[str]:
    """A link in any of the forms a note holds."""
    forms = st.sampled_from(
        (
            "[[{t}{f}]]",
            "[[{t}{f}|shown]]",
            "![[{t}{f}]]",
            "[shown]({q})",
            "[shown](<{t}{f}>)",
            "%% [[{t}{f}]] %%",
            "`[[{t}]]`",
            "> [!note] [[{t}{f}]]",
            "| a | b |\n|---|---|\n| [[{t}{f}\\|x]] | [[{t}{f}]] |",
            "[shown][ref-{k}]\n\n[ref-{k}]: <{t}{f}>",
        )
    )

    def made(parts: tuple[str, str, str, int]) -> str:
        form, target, fragment, number = parts
        if not target and not fragment:
            target = "nothing"
        return form.format(t=target, f=fragment, q=_quoted(target, fragment), k=number)

    return st.tuples(forms, _targets(paths), _fragments(), st.integers(0, 10**6)).map(made)


@st.composite
def _note(draw: st.DrawFn, paths: list[str]) -> bytes:
    ends = draw(st.sampled_from(("\n", "\n", "\r\n")))
    blocks: list[str] = []
    if draw(st.booleans()):
        up = draw(_targets(paths)) or "nothing"
        quote = draw(st.sampled_from("'\""))
        up = up.replace("'", "''") if quote == "'" else up
        blocks.append(f"---\ntitle: x\nup: {quote}[[{up}]]{quote}\n---")
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(("link", "link", "heading", "linked heading", "block")))
        if kind == "link":
            blocks.append(draw(_markup(paths)))
        elif kind == "heading":
            level = draw(st.integers(1, 3))
            blocks.append("#" * level + " " + draw(st.sampled_from(HEADINGS)))
        elif kind == "linked heading":
            blocks.append(f"## About [[{draw(_targets(paths)) or 'nothing'}]]")
        else:
            blocks.append(f"text ^{draw(st.sampled_from(('id1', 'id2')))}")
    return ("\n\n".join(blocks) + "\n").replace("\n", ends).encode()


@st.composite
def _canvas(draw: st.DrawFn, paths: list[str]) -> bytes:
    nodes: list[dict[str, str]] = []
    for path in draw(st.lists(st.sampled_from(paths), max_size=2)):
        node = {"id": str(len(nodes)), "type": "file", "file": path}
        if fragment := draw(_fragments()):
            node["subpath"] = fragment
        nodes.append(node)
    # A definition inside a card is out of reach for edits: such a link is refused, see test_rename.
    cards = _markup(paths).filter(lambda text: "][ref" not in text)
    for text in draw(st.lists(cards, max_size=2)):
        nodes.append({"id": str(len(nodes)), "type": "text", "text": f'"é" {text}'})
    return json.dumps({"nodes": nodes, "edges": []}, ensure_ascii=draw(st.booleans())).encode()


@st.composite
def _base(draw: st.DrawFn, paths: list[str]) -> bytes:
    target = draw(_targets(paths)) or "nothing"
    other = (draw(_targets(paths)) or "nothing").replace("'", "''")
    return (
        f'filters:\n  and:\n    - file.hasLink("{target}")\n    - \'up == "[[{other}]]"\'\n'
    ).encode()


@st.composite
def vaults(draw: st.DrawFn) -> Vault:
    """A vault of two to seven notes, perhaps with a canvas and a base."""
    unique = draw(
        st.lists(
            st.tuples(st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
            min_size=2,
            max_size=7,
            unique_by=lambda pair: (pair[0], pair[1].casefold()),
        )
    )
    paths = [f"{folder}/{name}.md".lstrip("/") for folder, name in unique]
    files = {path: draw(_note(paths)) for path in paths}
    if draw(st.booleans()):
        files["f/map.canvas"] = draw(_canvas(paths))
    if draw(st.booleans()):
        files["h/list.base"] = draw(_base(paths))
    return memory_vault(files, Settings(link_format=draw(st.sampled_from(FORMATS))))
