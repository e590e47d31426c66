"""Rules that markdown-it lacks: formulas, footnote definitions, and the order of some blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Rule = Callable[..., bool]
LabelEnd = Callable[..., int]
Destination = Callable[[str, int, int], Any]

_IN_MATH = re.compile(r"\\.|[{}$]", re.DOTALL)
_BLANK = frozenset(("", " ", "\t", "\n", "\r", "\x0c"))
_BAR = re.compile(r"(?<!\\)\|")
# A link's label, which a footnote's name is not; empty in `[text][]`.
_LABEL = re.compile(r"\[(?!\^\s*[^\s\]])(?:\]|(?=\s*[^\s\]])(?:\\.|[^\[\]\\])*\])", re.DOTALL)
_ESCAPES_NO_TEXT = re.compile(r"\\+(?=[\x00- \x7f])")
_FOOTNOTE = re.compile(r"\[\^(?=[ \t]*[^ \t\]])(?:\\.|[^\[\]\\\n])+\]:")


def label_end(find: LabelEnd) -> LabelEnd:
    """Where brackets close; those after `[text]` are a label or none, whatever is in them.

    markdown-it also asks where an address that is none broke off: `[text](a b[label]`.
    """

    def closing(state: Any, start: int, disableNested: bool = False) -> int:  # noqa: N803
        if start <= state.pos + 1:
            end = find(state, start, disableNested)
            if start >= state.pos:
                vars(state).setdefault("text_ends", {})[state.pos] = end
            return end
        if start != state.text_ends[state.pos] + 1:
            return -1
        label = _LABEL.match(state.src, start, state.posMax)
        return label.end() - 1 if label else -1

    return closing


def destination(parse: Destination) -> Destination:
    """An address, which a line's end or a control character ends also after a backslash.

    A backslash escapes punctuation alone (CommonMark 0.31, section 2.4); markdown-it takes
    whatever follows one into the address.
    """

    def parsed(text: str, start: int, end: int) -> Any:
        in_angles = text.startswith("<", start)
        ends = _idle_backslashes(text)[in_angles]
        # What is asked for begins after no backslash, so that all of a run of them are in it.
        number = bisect_right(ends, start)
        return parse(text, start, min(end, ends[number]) if number < len(ends) else end)

    return parsed


# Texts within each other are read by turns, no deeper than the parser nests.
@lru_cache(maxsize=128)
def _idle_backslashes(text: str) -> tuple[list[int], list[int]]:
    """Where the backslashes end that stand before a control character or blank, or a line's end.

    Those that another backslash escapes are none of them. Found once per text: asked of every
    address, many beginnings of one would each look for its end.
    """
    runs = [match.span() for match in _ESCAPES_NO_TEXT.finditer(text)]
    ends = [end for start, end in runs if (end - start) % 2]
    return ends, [end for end in ends if text[end] == "\n"]


def math(state: Any, silent: bool) -> bool:
    """`$$…$$`, and `$…$` without blanks inside the dollar signs, as commonmark-hs has them.

    Dollar signs in balanced braces are part of the formula; any other one ends it.
    """
    text, start = state.src, state.pos
    if text[start] != "$":
        return False
    marker = "$$" if text.startswith("$$", start) else "$"
    inside = start + len(marker)
    if marker == "$" and text[inside : inside + 1] in _BLANK:
        return False
    closing = _closing_dollars(state).get(inside - 1, -1)
    if not inside <= closing <= state.posMax - len(marker) or not text.startswith(marker, closing):
        return False
    if marker == "$" and text[closing - 1] in _BLANK:
        return False
    if not silent:
        state.push("math", "math", 0).content = text[inside:closing]
    state.pos = closing + len(marker)
    return True


def _closing_dollars(state: Any) -> dict[int, int]:
    """For each dollar sign the next one that is in the same braces; found once per text."""
    known: dict[int, int] | None = getattr(state, "closing_dollars", None)
    if known is not None:
        return known
    closing: dict[int, int] = {}
    # The last dollar sign of each open brace, the outermost first.
    last: list[int | None] = [None]
    for match in _IN_MATH.finditer(state.src):
        match match[0]:
            case "{":
                last.append(None)
            case "}":
                last.pop()
                # One too many closes what no formula goes beyond.
                last = last or [None]
            case "$":
                if (before := last[-1]) is not None:
                    closing[before] = match.start()
                last[-1] = match.start()
    state.closing_dollars = closing
    return closing


def comment(state: Any, silent: bool) -> bool:
    """An HTML comment as CommonMark 0.31 has it: the first `-->` ends it, also `--->`."""
    text, start = state.src, state.pos
    if not text.startswith("<!--", start):
        return False
    short = next((end for end in ("<!-->", "<!--->") if text.startswith(end, start)), None)
    # Asked first where the last end is, many beginnings without one do not search in vain.
    if not short and _last_comment_end(state) < start + 4:
        return False
    end = start + len(short) if short else text.find("-->", start + 4) + 3
    if end > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = end
    return True


def _last_comment_end(state: Any) -> int:
    if not hasattr(state, "last_comment_end"):
        state.last_comment_end = state.src.rfind("-->")
    last: int = state.last_comment_end
    return last


def gfm_table(table: Rule) -> Rule:
    """Tables as GitHub's parser has them: any other block, and a setext underline, goes first.

    What is open is decided as pulldown-cmark does: a line without a leading bar ends no
    paragraph, one whose every bar is escaped is no head, and one without a bar rules off none.
    """

    def rule(state: Any, line: int, end_line: int, silent: bool) -> bool:
        if line + 1 < end_line:
            start, under = (state.bMarks[i] + state.tShift[i] for i in (line, line + 1))
            if "|" not in state.src[under : state.eMarks[line + 1]]:
                return False
            if silent and not state.src.startswith("|", start):
                return False
            if not _BAR.search(state.src, start, state.eMarks[line]):
                return False
        return table(state, line, end_line, silent)

    return rule


def after_definition(name: str, rule: Rule, ends_paragraph: bool) -> Rule:
    """CommonMark cuts link definitions off a paragraph once it is complete.

    So the line after one, which markdown-it takes for a new block, goes on a paragraph: only
    what may end one begins there.
    """

    def define(state: Any, line: int, end_line: int, silent: bool) -> bool:
        matched = rule(state, line, end_line, silent)
        if matched and not silent:
            state.env["defined"] = state.line, state.level
            if _is_lazy(state, end_line) and not define(state, state.line, end_line, False):
                # The last of all rules is the paragraph's.
                state.md.block.ruler.getRules("")[-1](state, state.line, end_line, False)
        return matched

    def begin(state: Any, line: int, end_line: int, silent: bool) -> bool:
        if silent and state.sCount[line] < 0:
            # An outer quote has found that the line goes on a paragraph of an inner one.
            return False
        if silent and state.parentType != "reference":
            return rule(state, line, end_line, silent)
        if silent or state.env.get("defined") == (line, state.level):
            before, state.parentType = state.parentType, "paragraph"
            ends = ends_paragraph and rule(state, line, end_line, True)
            state.parentType = before
            if silent or not ends:
                return ends
        return rule(state, line, end_line, silent)

    def unindented(state: Any, line: int, end_line: int, silent: bool) -> bool:
        if silent or state.env.get("defined") != (line, state.level):
            return rule(state, line, end_line, silent)
        before, state.sCount[line] = state.sCount[line], state.blkIndent
        matched = rule(state, line, end_line, silent)
        state.sCount[line] = before
        return matched

    match name:
        case "reference":
            return define
        case "lheading":
            return unindented
        case "gfm_table":
            # Its head may be what goes on the paragraph: it has none to end.
            return lambda *at: begin(*at) if at[-1] else unindented(*at)
        case "paragraph" | "footnote_definition" | "underline":
            return rule
    return begin


def underline(state: Any, line: int, end_line: int, silent: bool) -> bool:
    """What makes a heading of the lines before it ends a definition that is not complete."""
    if not silent or state.is_code_block(line) or state.sCount[line] < state.blkIndent:
        return False
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")
    return bool(text) and not (text.strip("=") and text.strip("-"))


def _is_lazy(state: Any, end_line: int) -> bool:
    """Whether the next line stands outside of the container, and goes on a paragraph in it."""
    line = state.line
    if line >= end_line or state.isEmpty(line) or state.sCount[line] >= state.blkIndent:
        return False
    before, state.parentType = state.parentType, "paragraph"
    ends = any(r(state, line, end_line, True) for r in state.md.block.ruler.getRules("paragraph"))
    state.parentType = before
    return not ends


def footnote_definition(state: Any, line: int, end_line: int, silent: bool) -> bool:
    """`[^label]:` opens a container whose further blocks are indented by four columns."""
    start = state.bMarks[line] + state.tShift[line]
    end = state.eMarks[line]
    if state.is_code_block(line) or not (match := _FOOTNOTE.match(state.src, start, end)):
        return False
    if silent:
        return True
    before = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    content = match.end()
    while content < end and state.src[content] in " \t":
        content += 1
    state.bMarks[line] = match.end()
    state.tShift[line] = content - match.end()
    state.blkIndent += 4
    state.sCount[line] = state.blkIndent
    state.parentType = "footnote"
    state.level += 1
    state.md.block.tokenize(state, line, end_line)
    state.level -= 1
    state.blkIndent -= 4
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = before
    return True
