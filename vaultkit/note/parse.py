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
    opaque, links, _, fences, math, _ = marks
    containers: list[tuple[int, str]] = []
    open_links: list[int] = []
    code: list[str] | None = None
    before: Any = None
    now: Any = None
    for event, place in _engine()(text):
        before, now = now, place
        if type(event) is str:
            continue
        # Four events of ten are text; one look tells them from the rest.
        if "Text" in event:
            if code is not None:
                code.append(event["Text"])
            continue
        ((name, value),) = event.items()
        if name == "Start":
            if type(value) is str:
                if value == "HtmlBlock":
                    opaque.append((place["start"], place["end"]))
                continue
            ((element, detail),) = value.items()
            if element in ("Link", "Image"):
                open_links.append(len(links))
                links.append(_link(element, detail, **place))
            elif element == "CodeBlock":
                opaque.append((place["start"], place["end"]))
                if detail != "Indented":
                    code = []
                    fences.append(_fence(containers, **place))
            else:
                _block(element, detail, place, marks, containers)
        elif name == "End":
            if value in ("Link", "Image"):
                index = open_links.pop()
                # What comes right before is the last of the text, or the link's own beginning.
                if before != place:
                    links[index] = links[index]._replace(text_end=before["end"])
            elif code is not None and value == "CodeBlock":
                fences[-1] = fences[-1]._replace(code="".join(code))
                code = None
        elif name in ("Code", "InlineHtml"):
            opaque.append((place["start"], place["end"]))
        elif name in ("InlineMath", "DisplayMath"):
            opaque.append((place["start"], place["end"]))
            math.append((place["start"], place["end"], name == "DisplayMath"))
    links[:] = [link for link in links if link.dest != _AUTOLINK]
    return marks
