"""The fast engine: pyromark (pulldown-cmark), whose ranges are UTF-8 byte offsets.

Metadata blocks stay off: pulldown-cmark opens one at any later `---` line and swallows what
follows. Its wikilinks stay off: they span lines, and embeds inside a link's text are lost.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from vaultkit.note.marks import FenceMark, MarkdownLink, Marks

_AUTOLINKS = frozenset(("Autolink", "Email"))
_Opening = tuple[int, int, str, bool, bool]
_CONTAINERS = {"List": "list", "BlockQuote": "quote"}


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
    opaque, links, _, fences, math, _ = marks
    # The open containers with their ends, the open links, and the lines of an open fence.
    containers: list[tuple[int, str]] = []
    open_links: list[_Opening | None] = []
    code: list[str] | None = None
    before: Any = None
    now: Any = None
    # An event is a word, or a dict with one item. To ask it for a key is the cheapest question;
    # asked in this order, most events need one or two.
    for event, place in _engine()(text):
        before, now = now, place
        if "Text" in event:
            if code is not None:
                code.append(event["Text"])
        elif "Start" in event:
            element = event["Start"]
            if type(element) is dict:
                if "Link" in element or "Image" in element:
                    open_links.append(_link(element, place))
                elif "CodeBlock" in element:
                    opaque.append((place["start"], place["end"]))
                    if element["CodeBlock"] != "Indented":
                        code = []
                        fences.append(_fence(containers, place))
                else:
                    _block(element, place, marks, containers)
            elif element == "HtmlBlock":
                opaque.append((place["start"], place["end"]))
        elif "End" in event:
            element = event["End"]
            if element in ("Link", "Image"):
                if (link := open_links.pop()) is not None:
                    # Right before stands the last of the text, or the link's own beginning.
                    end = link[0] + 1 + link[3] if before == place else before["end"]
                    links.append(MarkdownLink(*link, end))
                    if link[1] != place["end"]:
                        now = {"start": link[0], "end": link[1]}
            elif code is not None and element == "CodeBlock":
                fences[-1] = fences[-1]._replace(code="".join(code))
                code = None
        elif "Code" in event or "InlineHtml" in event:
            opaque.append((place["start"], place["end"]))
        elif "InlineMath" in event or "DisplayMath" in event:
            opaque.append((place["start"], place["end"]))
            math.append((place["start"], place["end"], "DisplayMath" in event))
    links.sort()
    return marks


def _link(element: dict[str, Any], place: dict[str, int]) -> _Opening | None:
    """A link without the end of its text; None for `<https://…>`."""
    image = "Image" in element
    detail = element["Image" if image else "Link"]
    kind = detail["link_type"]
    if kind in _AUTOLINKS:
        return None
    # pulldown-cmark leaves the brackets of `[text][]` out.
    end = place["end"] + 2 * (kind == "Collapsed")
    return place["start"], end, detail["dest_url"], image, kind == "Inline"


def _fence(containers: list[tuple[int, str]], place: dict[str, int]) -> FenceMark:
    start = place["start"]
    while containers and containers[-1][0] <= start:
        containers.pop()
    return FenceMark(start, place["end"], "", tuple(kind for _, kind in containers))


def _block(
    element: dict[str, Any], place: dict[str, int], marks: Marks, containers: list[tuple[int, str]]
) -> None:
    ((name, detail),) = element.items()
    start, end = place["start"], place["end"]
    if name == "Heading":
        marks.headings.append((int(detail["level"][1]), start, end))
    elif name in _CONTAINERS:
        while containers and containers[-1][0] <= start:
            containers.pop()
        containers.append((end, _CONTAINERS[name]))
    elif name == "Table":
        marks.tables.append((start, end))
