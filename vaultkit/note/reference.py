"""The reference engine: markdown-it-py, asked for the same marks as the fast one.

It is slower than `parse.py` by an order of magnitude, shares no line with it, and is its
judge; where the two differ on purpose, `differences.py` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from vaultkit.note.marks import Marks
from vaultkit.note.reference_places import Recorder, plain
from vaultkit.note.reference_rules import (
    after_definition,
    comment,
    destination,
    footnote_definition,
    gfm_table,
    label_end,
    math,
    underline,
)

Rule = Callable[..., bool]

# No mark depends on these. Without emphasis nothing needs pairing afterwards, and text may run
# on over the characters that only they are interested in.
_OFF = (
    "strikethrough", "emphasis", "balance_pairs", "fragments_join", "entity", "newline", "table",
)  # fmt: skip
_TEXT_ENDS = re.compile(r"[!\[\]\\`<$]")
_LEAVES = frozenset(
    ("fence", "code", "html_block", "gfm_table", "heading", "lheading", "paragraph")
)
_CONTAINERS = {"list": "list", "blockquote": "quote"}
_SPANS = {
    "backticks": "code_inline",
    "html_inline": "html_inline",
    "comment": "html_inline",
    "math": "math",
    "link": "link_close",
    "image": "image",
}


@cache
def _engine() -> Any:
    from markdown_it import MarkdownIt, helpers
    from markdown_it.rules_block import table

    class Engine(MarkdownIt):
        """Addresses stay as they are written: no scheme is refused, nothing is re-encoded."""

        def validateLink(self, url: str) -> bool:  # noqa: N802
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    engine = Engine("default", {"html": True})
    own: Any = SimpleNamespace(
        parseLinkLabel=label_end(helpers.parseLinkLabel),
        parseLinkDestination=destination(helpers.parseLinkDestination),
        parseLinkTitle=helpers.parseLinkTitle,
    )
    engine.helpers = own
    engine.disable(_OFF)
    engine.inline.terminator_re = _TEXT_ENDS
    engine.block.ruler.before(
        "reference",
        "footnote_definition",
        footnote_definition,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    engine.block.ruler.before("reference", "underline", underline, {"alt": ["reference"]})
    engine.block.ruler.before(
        "lheading", "gfm_table", gfm_table(table), {"alt": ["paragraph", "reference"]}
    )
    engine.inline.ruler.before("link", "math", math)
    engine.inline.ruler.before("html_inline", "comment", comment)
    _wrap(engine.block.ruler, _block)
    _wrap(engine.inline.ruler, _inline)
    return engine


def _wrap(ruler: Any, wrapper: Callable[[str, Rule, bool], Rule]) -> None:
    """Put each rule of a ruler into a wrapper, in all the chains it stands in."""
    chains = ("paragraph", "reference", "blockquote", "list")
    rules = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    alternatives = {
        name: [chain for chain in chains if rule in ruler.getRules(chain)] for name, rule in rules
    }
    for name, rule in rules:
        ruler.at(
            name,
            wrapper(name, rule, "paragraph" in alternatives[name]),
            {"alt": alternatives[name]},
        )


def _block(name: str, rule: Rule, ends_paragraph: bool) -> Rule:
    rule = after_definition(name, rule, ends_paragraph)
    container = _CONTAINERS.get(name)

    def leaf(state: Any, line: int, end_line: int, silent: bool) -> bool:
        first = len(state.tokens)
        matched = rule(state, line, end_line, silent)
        if matched and not silent:
            state.env["recorder"].block(name, state, line, first)
        return matched

    def holder(state: Any, line: int, end_line: int, silent: bool) -> bool:
        if silent:
            return rule(state, line, end_line, silent)
        containers: list[str] = state.env["recorder"].containers
        containers.append(container or "")
        matched = rule(state, line, end_line, silent)
        containers.pop()
        return matched

    if container:
        return holder
    return leaf if name in _LEAVES else rule


def _inline(name: str, rule: Rule, _: bool) -> Rule:
    token_type = _SPANS.get(name)

    def span(state: Any, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens)
        matched = rule(state, silent)
        found = matched and not silent and len(state.tokens) > first
        if found and state.tokens[-1].type == token_type:
            state.env["recorder"].inline(name, state, start, first)
        return matched

    def image(state: Any, silent: bool) -> bool:
        """An image's description is parsed as a text of its own."""
        if silent or not state.src.startswith("![", state.pos):
            return rule(state, silent)
        recorder: Recorder = state.env["recorder"]
        recorder.enter(state.pos + 2)
        matched = span(state, silent)
        recorder.leave()
        return matched

    if name == "image":
        return image
    return span if token_type else rule


def read_marks(text: str) -> Marks:
    """The CommonMark structure of a shadow, as `parse.read_marks` gives it."""
    engine = _engine()
    recorder = Recorder(text)
    env: dict[str, Any] = {"recorder": recorder}
    engine.block.parse(plain(text), engine, env, [])
    for inline in recorder.inlines:
        recorder.current = inline
        recorder.shift = [0]
        engine.inline.parse(inline.content, engine, env, [])
    return recorder.marks_in_bytes()
