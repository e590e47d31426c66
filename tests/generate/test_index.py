"""Generated regions: what stands in them, that nothing else changes, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from random_vaults import memory_vault, vaults

from vaultkit.errors import ConflictError, UsageError
from vaultkit.generate.index import KINDS, add, fill
from vaultkit.generate.listing import BY
from vaultkit.generate.region import regions
from vaultkit.repair.after import after
from vaultkit.vault import Settings, Vault

NOTES = {
    "a/Focal.md": "---\ncategory: L/Sub\naliases: [FL, Focus]\ntags: [x/y]\nup: '[[Top]]'\n---\n"
    "# Focal\n\n## Summary\n\nHard [[Top|ones]] count. Second sentence.\n",
    "a/Top.md": "---\ncategory: L\nsummary: The top.\nstatus: active\n---\n# Top\n\n#x\n",
    "b/Other.md": "Text with [[Focal]].\n",
}


def vault_of(files: Mapping[str, str], settings: Settings | None = None) -> Vault:
    return memory_vault({path: text.encode() for path, text in files.items()}, settings)


def filled(marker: str, settings: Settings | None = None) -> list[str]:
    text = f"before\n<!-- vaultkit:begin {marker} -->\n<!-- vaultkit:end -->\nafter"
    vault = vault_of({**NOTES, "M.md": text}, settings)
    data = after(vault, fill(vault)).notes["M.md"].source.data.decode()
    lines = data.split("\n")
    assert lines[0] == "before"
    assert lines[1].startswith(f"<!-- vaultkit:begin {marker} digest=")
    assert lines[-2:] == ["<!-- vaultkit:end -->", "after"]
    return [line for line in lines[2:-2] if line]


@pytest.mark.parametrize(
    ("marker", "lines"),
    [
        (
            "index by=category",
            [
                "- **L**",
                "  - [[Top]]: The top.",
                "  - **Sub**",
                "    - [[Focal]]: Hard ones count.",
                "- **–**",
                "  - [[Other]]: Text with Focal.",
            ],
        ),
        (
            "index by=tag tag=x summaries=no",
            ["- **x**", "  - [[Top]]", "  - **y**", "    - [[Focal]]"],
        ),
        ("index by=folder folder=b", ["- **b**", "  - [[Other]]: Text with Focal."]),
        (
            "index by=relation summaries=no",
            ["- [[Other]]", "- [[Top]]", "  - [[Focal]]"],
        ),
        ("index by=none where=status=active", ["- [[Top]]: The top."]),
        ("glossary folder=a", ["- [[Focal]] (FL, Focus): Hard ones count.", "- [[Top]]: The top."]),
        ("backlinks", []),
    ],
)
def test_what_a_region_holds(marker: str, lines: list[str]) -> None:
    assert filled(marker) == lines


def test_links_are_in_the_vaults_style() -> None:
    found = filled("index by=none folder=b", Settings(markdown_links=True))
    assert found == ["- [Other](Other.md): Text with Focal."]


def test_backlinks_leave_generated_links_out() -> None:
    begin, end = "<!-- vaultkit:begin backlinks -->", "<!-- vaultkit:end -->"
    index = "<!-- vaultkit:begin index by=none -->\n<!-- vaultkit:end -->"
    vault = vault_of({**NOTES, "b/T.md": f"{begin}\n{end}", "S.md": "[[T]]", "I.md": index})
    once = after(vault, fill(vault))
    assert b"[[T]]" in once.notes["I.md"].source.data
    assert once.notes["b/T.md"].source.data.split(b"\n")[2:-2] == [b"- [[S]]"]
    assert not fill(once)


def test_a_note_gets_a_region_at_its_end_or_is_made() -> None:
    vault = vault_of({**NOTES, "M.md": "mine\r\n"})
    changed = after(vault, add(vault, "M.md", "index", {"by": "none", "folder": "b"}))
    data = changed.notes["M.md"].source.data
    assert data.startswith(b"mine\r\n\r\n<!-- vaultkit:begin index by=none folder=b digest=")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert not fill(changed)
    made = after(vault, add(vault, "New map.md", "glossary", {"folder": "two words"}))
    assert made.notes["New map.md"].source.data.startswith(b"# New map\n\n<!-- vaultkit:begin gl")
    assert next(iter(regions(made.notes["New map.md"]))).options == {"folder": "two words"}


def test_backlinks_are_a_section_of_their_own() -> None:
    vault = vault_of({"A.md": "# A\n\n## Last\n\nText", "B.md": "[[A]]"})
    changed = after(vault, add(vault, "A.md", "backlinks", {}))
    text = changed.notes["A.md"].source.data.decode()
    assert text.startswith("# A\n\n## Last\n\nText\n\n## Backlinks\n\n<!-- vaultkit:begin backl")
    assert text.endswith(" -->\n\n- [[B]]\n\n<!-- vaultkit:end -->\n")


def test_a_tree_follows_the_relations_of_the_graph() -> None:
    vault = vault_of(
        {
            "A.md": "## Graph\n\n- Variants: [[B]], [[C]]\n",
            "B.md": "## Graph\n\n- Parents: [[A]]\n- Related: [[C]]\n",
            "C.md": "## Graph\n\n- Variants: [[A]]\n",
            "D.md": "---\nin: '[[B]]'\n---\n",
        }
    )

    def tree(relation: str | None) -> list[str]:
        said = {"by": "relation", "summaries": "no"}
        options = said if relation is None else {**said, "relation": relation}
        changed = after(vault, add(vault, "M.md", "index", options))
        lines = changed.notes["M.md"].source.data.decode().splitlines()
        return [line for line in lines if line.lstrip().startswith("-")]

    # A and C each call the other narrower: the circle is cut at its first note.
    assert tree(None) == ["- [[D]]", "- [[A]]", "  - [[B]]", "  - [[C]]"]
    assert tree("Parents") == ["- [[A]]", "  - [[B]]", "- [[C]]", "- [[D]]"]
    assert tree("in") == ["- [[A]]", "- [[B]]", "  - [[D]]", "- [[C]]"]
    with pytest.raises(UsageError, match="no broader or narrower"):
        tree("Related")


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<!-- vaultkit:begin index -->\nmine\n<!-- vaultkit:end -->", ConflictError, "by hand"),
        (
            "<!-- vaultkit:begin index digest=000000000000 -->\n\n<!-- vaultkit:end -->",
            ConflictError,
            "M.md:1: index",
        ),
        ("<!-- vaultkit:begin index -->\n", UsageError, "M.md:1: a vaultkit marker without"),
        ("x\n<!-- vaultkit:end --> \n<!-- vaultkit:begin index -->", UsageError, "M.md:2"),
        ("%% vaultkit:begin nothing %%\n%% vaultkit:end %%", UsageError, "by the name `nothing`"),
        ("%% vaultkit:begin index by=x %%\n%% vaultkit:end %%", UsageError, "by `x`"),
        ("%% vaultkit:begin index z=x %%\n%% vaultkit:end %%", UsageError, "no option `z`"),
        ("%% vaultkit:begin index z %%\n%% vaultkit:end %%", UsageError, "not key=value"),
        ("%% vaultkit:begin index where=a %%\n%% vaultkit:end %%", UsageError, "says no value"),
    ],
)
def test_what_is_refused(text: str, error: type[Exception], message: str) -> None:
    vault = vault_of({**NOTES, "M.md": text})
    with pytest.raises(error) as raised:
        fill(vault)
    assert message in str(raised.value)
    assert getattr(raised.value, "hint")  # noqa: B009


def test_a_marker_in_code_is_text() -> None:
    text = "```\n<!-- vaultkit:begin index -->\nmine\n<!-- vaultkit:end -->\n```\n"
    assert not fill(vault_of({**NOTES, "M.md": text}))


@given(st.data())
def test_a_second_time_plans_nothing_and_nothing_outside_changes(data: st.DataObject) -> None:
    vault = data.draw(vaults())
    assume("I.md" not in vault.files)
    for path in ("I.md", data.draw(st.sampled_from(sorted(vault.notes)))):
        kind = data.draw(st.sampled_from(list(KINDS)))
        options = {"by": data.draw(st.sampled_from(BY))} if kind == "index" else {}
        before = vault.notes[path].source.data if path in vault.notes else b""
        vault = after(vault, add(vault, path, kind, options))
        assert vault.notes[path].source.data.startswith(before)
    plan = fill(vault)
    once = after(vault, plan)
    assert not fill(once)
    for action in plan.actions:
        note, now = vault.notes[str(action.path)], once.notes[str(action.path)]
        assert _outside(note.source.data) == _outside(now.source.data)


def _outside(data: bytes) -> list[bytes]:
    """The lines that are neither markers nor between them."""
    kept, inside = [], False
    for line in data.splitlines(keepends=True):
        if b"vaultkit:begin" in line:
            inside = True
        if not inside:
            kept.append(line)
        if b"vaultkit:end" in line:
            inside = False
    return kept
