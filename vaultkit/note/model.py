"""What a note is made of.

Every element knows its place as a half-open span of byte offsets into the file, so
that `source.slice(element.span)` is the element's own markup.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from vaultkit.text import Span

LinkKind = Literal["wiki", "embed", "markdown", "file"]
Where = Literal["body", "property", "comment", "canvas", "base"]


class Link(NamedTuple):
    """A link as it is written.

    kind:        `wiki` for `[[…]]`, `embed` for `![[…]]`, `markdown` for `[…](…)`,
                 `file` for a path that a canvas or base names outright.
    target:      the part before the first `#`, decoded (percent signs, table bars, JSON),
                 "" for a link into the note itself; the whole address when it has a scheme.
    fragment:    the part after the first `#`, or None without one.
    display:     the text shown instead of the target, or None without one.
    span:        the whole markup.
    target_span: the target as it stands in the file, the part that a repair replaces;
                 empty where the file does not hold it at this place (reference links).
    """

    kind: LinkKind
    target: str
    fragment: str | None
    display: str | None
    span: Span
    target_span: Span
    where: Where


class Heading(NamedTuple):
    """A heading; text is what stands between the markers, markup included."""

    level: int
    text: str
    span: Span


class Block(NamedTuple):
    """A block id, without its `^`; the span covers `^id`."""

    id: str
    span: Span


class Tag(NamedTuple):
    """A tag in the body, without its `#`; the span covers `#name`."""

    name: str
    span: Span


class Property(NamedTuple):
    """One top-level key of the front matter, with its value as YAML loads it."""

    key: str
    value: Any
    key_span: Span
    value_span: Span

    @property
    def span(self) -> Span:
        """From the key's first byte to the value's last."""
        return Span(self.key_span.start, max(self.key_span.end, self.value_span.end))


class Fence(NamedTuple):
    """A fenced code block.

    info:       the info string as it stands in the file, trimmed.
    language:   its first word in lower case, "" without one; `{python}` is python.
    attributes: what follows the language, as it stands.
    code:       the code with the container's markers and indent taken off, line ends as LF.
    span:       from the opening fence to the closing one, the fence characters included.
    code_span:  from the first code line's first byte to the closing fence's line.
    container:  what the fence stands in, outermost first: "list", "quote", "comment".
    closed:     False for a fence that runs to the end of its container.
    """

    info: str
    language: str
    attributes: str
    code: str
    span: Span
    code_span: Span
    container: tuple[str, ...]
    closed: bool


class Math(NamedTuple):
    """A formula, without its dollar signs."""

    text: str
    display: bool
    span: Span


class Problem(NamedTuple):
    """Something in the file that could not be read as meant."""

    message: str
    span: Span
