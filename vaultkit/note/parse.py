"""The fast engine: pyromark (pulldown-cmark), whose ranges are UTF-8 byte offsets.

Metadata blocks stay off: pulldown-cmark opens one at any later `---` line and swallows what
follows. Its wikilinks stay off: they span lines, and embeds inside a link's text are lost.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from vaultkit.note.marks import FenceMark, MarkdownLink, Marks

_AUTOLINKS = frozenset(("Autolink", "Email"))


@cache
def _engine() -> Any:
    import pyromark

    option = pyromark.Options
    return pyromark.Markdown(
        options=option.ENABLE_TABLES | option.ENABLE_MATH | option.ENABLE_FOOTNOTES
    ).events_with_range


def read_marks(text: str) -> Marks:
    """The CommonMark structure of a shadow."""
    marks = Marks([], [], [], [], [], [])
    opaque, links, headings, fences, math, tables = marks
    containers: list[tuple[int, int, str]] = []
    code: list[str] | None = None
    for event, place in _engine()(text):
        if type(event) is str:
            continue
        ((name, value),) = event.items()
        if name == "Text":
            if code is not None:
                code.append(value)
        elif name == "Start":
            if type(value) is str:
                if value == "HtmlBlock":
                    opaque.append((place["start"], place["end"]))
                continue
            ((element, detail),) = value.items()
            if element in ("Link", "Image"):
                kind = detail["link_type"]
                if type(kind) is str and kind not in _AUTOLINKS:
                    links.append(
                        MarkdownLink(
                            place["start"],
                            # pulldown-cmark leaves the brackets of `[text][]` out.
                            place["end"] + 2 * (kind == "Collapsed"),
                            detail["dest_url"],
                            element == "Image",
                            kind == "Inline",
                        )
                    )
            elif element == "Heading":
                headings.append((int(detail["level"][1]), place["start"], place["end"]))
            elif element == "CodeBlock":
                start, end = place["start"], place["end"]
                opaque.append((start, end))
                if detail != "Indented":
                    code = []
                    inside = tuple(kind for a, b, kind in containers if a <= start and end <= b)
                    fences.append(FenceMark(start, end, "", inside))
            elif element == "List":
                containers.append((place["start"], place["end"], "list"))
            elif element == "BlockQuote":
                containers.append((place["start"], place["end"], "quote"))
            elif element == "Table":
                tables.append((place["start"], place["end"]))
        elif name == "End":
            if code is not None and value == "CodeBlock":
                fences[-1] = fences[-1]._replace(code="".join(code))
                code = None
        elif name in ("InlineMath", "DisplayMath"):
            start, end = place["start"], place["end"]
            opaque.append((start, end))
            math.append((start, end, name == "DisplayMath"))
        elif name in ("Code", "InlineHtml"):
            opaque.append((place["start"], place["end"]))
    return marks
