"""Front matter is YAML 1.2 (core schema), as Obsidian reads it, loaded by libyaml's 1.1 loader.

So `yes` and `on` are text, `1:30` is text, a date is text that the property's type makes a
date, and `<<` is an ordinary key. Two of PyYAML's own constructors were also seen to take
quadratic (sexagesimal numbers) and exponential (merged keys) time.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# YAML 1.2.2, section 10.3.2; a pattern is tried when the text begins with one of the characters.
_CORE = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+0123456789."),
    ),
)


@cache
def span_loader() -> Any:
    """A loader class whose `get_single_data` gives (node graph, value)."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class SpanLoader(base):  # type: ignore[misc]
        """Safe, core schema, and with the nodes' marks kept."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

        def get_single_data(self) -> Any:
            node = self.get_single_node()
            return node, (None if node is None else self.construct_document(node))

        def flatten_mapping(self, node: Any) -> None:
            """Merges nothing."""

        def construct_core_int(self, node: Any) -> int:
            text = self.construct_scalar(node)
            return int(text, 0 if text[:2] in ("0o", "0x") else 10)

    for name, pattern, first in _CORE:
        SpanLoader.add_implicit_resolver(
            f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), first
        )
    SpanLoader.add_constructor("tag:yaml.org,2002:int", SpanLoader.construct_core_int)
    return SpanLoader
