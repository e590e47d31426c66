"""The first law: for every element of a note, `source.slice(span)` is its own markup."""

from __future__ import annotations

import re

from vaultkit.note import Fence, Heading, Link, Note

_ATX = re.compile(r"#{1,6}(?:[ \t]|\Z)")
_FENCE = re.compile(rb"`{3,}|~{3,}")
_WIKI = re.compile(rb"!?\[\[[^\r\n]*\]\]", re.DOTALL)


def check(note: Note) -> None:
    """Fail where an element of the note is not what its span says."""
    source = note.source
    for name in ("links", "headings", "blocks", "tags", "fences", "math", "properties"):
        starts = [element.span.start for element in getattr(note, name)]
        assert starts == sorted(starts), name
        for element in getattr(note, name):
            assert 0 <= element.span.start <= element.span.end <= len(source.data)
    for link in note.links:
        _link(note, link)
    for heading in note.headings:
        _heading(note, heading)
    for block in note.blocks:
        assert source.slice(block.span) == b"^" + block.id.encode()
    for tag in note.tags:
        assert source.text(tag.span) == "#" + tag.name
    for math in note.math:
        sign = "$$" if math.display else "$"
        assert source.text(math.span) == sign + math.text + sign
    for fence in note.fences:
        _fence(note, fence)
    for item in note.properties:
        assert item.span.start == item.key_span.start <= item.key_span.end
        assert item.key_span.end <= item.value_span.start or not source.slice(item.value_span)
    for unquoted in note.unquoted_links:
        markup = source.slice(unquoted.span)
        assert markup.startswith(b"[[")
        assert markup.endswith(b"]]")
        assert source.text(unquoted.span)[2:-2].strip() == unquoted.text
    for start, end in note.comments:
        assert source.data.startswith(b"%%", start)
        assert end == len(source.data) or source.data.endswith(b"%%", start + 2, end)
    for problem in note.problems:
        assert problem.message
        assert 0 <= problem.span.start <= problem.span.end <= len(source.data)


def _link(note: Note, link: Link) -> None:
    markup = note.source.slice(link.span)
    target = note.source.text(link.target_span)
    assert link.span.start <= link.target_span.start <= link.target_span.end <= link.span.end
    if link.kind == "markdown":
        assert markup.startswith((b"[", b"!["))
        assert markup.endswith((b")", b"]"))
        assert link.display is not None
        assert ("![" if markup.startswith(b"!") else "[") + link.display + "]" in note.source.text(
            link.span
        )
        return
    assert _WIKI.fullmatch(markup)
    assert markup.startswith(b"!") == (link.kind == "embed")
    if link.where != "property":
        assert target == link.target
        assert (link.fragment is not None) == (b"#" in markup.partition(b"|")[0])
        assert (link.display is not None) == (b"|" in markup)
        assert link.display is None or link.display + "]]" in note.source.text(link.span)


def _heading(note: Note, heading: Heading) -> None:
    markup = note.source.text(heading.span)
    assert "\n" not in heading.text
    if _ATX.match(markup):
        assert markup.startswith("#" * heading.level)
        assert heading.text in markup
    else:
        underline = re.split("\r\n|\n|\r", markup)[-1].strip(" \t>")
        assert set(underline) == {"=" if heading.level == 1 else "-"}
        assert all(word in markup for word in heading.text.split())


def _fence(note: Note, fence: Fence) -> None:
    source = note.source
    markup = source.slice(fence.span)
    opening = _FENCE.match(markup)
    assert opening
    assert fence.info in source.text(fence.span)
    assert fence.span.start <= fence.code_span.start <= fence.code_span.end <= fence.span.end
    after = source.data[fence.code_span.end : fence.span.end]
    if fence.closed:
        run = after.strip(b" \t>")
        assert run[:1] == opening[0][:1]
        assert len(run) >= len(opening[0])
        assert set(run) == set(opening[0])
    else:
        assert not after
    lines = re.split("\r\n|\n|\r", source.text(fence.code_span))
    code = fence.code.split("\n")
    assert len(lines) >= len(code) - 1
    for line, text in zip(lines, code[:-1], strict=False):
        # A tab that a container's indent cuts through is read as blanks.
        assert line.endswith(text.lstrip(" "))
