"""Front matter is YAML 1.2 (core schema), as Obsidian reads it, loaded by libyaml's 1.1 loader.

So `yes` and `on` are text, `1:30` is text, a date is text that the property's type makes a
date, and `<<` is an ordinary key. Two of PyYAML's own constructors were also seen to take
quadratic (sexagesimal numbers) and exponential (merged keys) time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

# YAML 1.2.2, section 10.3.2; a pattern is tried when the text begins with one of the characters.
CORE = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+0123456789."),
    ),
)


# Line breaks of YAML 1.1 that are text in YAML 1.2.
_BREAKS = "\x85\u2028\u2029"
_PRIVATE = range(0xE000, 0xF900)


class Readable(str):
    """A text as libyaml is shown it, with as many characters, and what its stand-ins stand for."""

    __slots__ = ("shown",)
    shown: Mapping[int, str]

    def __new__(cls, text: str, shown: Mapping[int, str]) -> Readable:
        made = super().__new__(cls, text)
        made.shown = shown
        return made


@cache
def _control() -> re.Pattern[str]:
    # Made where it is needed: a set of so many characters takes five milliseconds.
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text: str) -> Readable:
    """The text without what libyaml refuses or takes for a line break of its own."""
    text = _control().sub("\ufffd", text)
    if not any(found in text for found in _BREAKS):
        return Readable(text, {})
    # A character that the text neither holds nor spells (`"\ue000"`) can stand in.
    spelled = text.lower()
    free = (code for code in _PRIVATE if chr(code) not in text and f"{code:x}" not in spelled)
    shown = dict(zip(free, _BREAKS, strict=False))
    return Readable(text.translate({ord(hidden): code for code, hidden in shown.items()}), shown)


def yaml_nodes(root: Any, *, keys: bool = False) -> Iterator[Any]:
    """Every node once, in the order of the file; keys are no values, and left out."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node.value, list):
            children = [
                child
                for item in node.value
                for child in (item if isinstance(item, tuple) else (item,))[0 if keys else -1 :]
            ]
            stack.extend(reversed(children))


@cache
def span_loader() -> Any:
    """A loader class whose `get_single_data` gives (node graph, value)."""
    import yaml
    from yaml.constructor import ConstructorError

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class SpanLoader(base):  # type: ignore[misc]
        """Safe, core schema, and with the nodes' marks kept."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

        def __init__(self, text: Readable) -> None:
            super().__init__(str(text))
            self.shown = text.shown

        def get_single_data(self) -> Any:
            node = self.get_single_node()
            for scalar in yaml_nodes(node, keys=True) if self.shown else ():
                if isinstance(scalar.value, str):
                    scalar.value = scalar.value.translate(self.shown)
            return node, (None if node is None else self.construct_document(node))

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
            """Keys are text as it stands: `1` and `true` are two, though equal in Python."""
            if not isinstance(node, yaml.MappingNode):
                raise ConstructorError(None, None, "expected a mapping", node.start_mark)
            mapping: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise ConstructorError(None, None, "a key that is not text", key.start_mark)
                mapping[key.value] = self.construct_object(value, deep=deep)
            return mapping

        def flatten_mapping(self, node: Any) -> None:
            """Merges nothing."""

        def construct_core_int(self, node: Any) -> int:
            text = self.construct_scalar(node)
            return int(text, 0 if text[:2] in ("0o", "0x") else 10)

    for name, pattern, first in CORE:
        SpanLoader.add_implicit_resolver(
            f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), first
        )
    SpanLoader.add_constructor("tag:yaml.org,2002:int", SpanLoader.construct_core_int)
    return SpanLoader
