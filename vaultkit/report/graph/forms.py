"""The formats in which a graph leaves the program, by name."""

from __future__ import annotations

import importlib

from vaultkit.graph.drawing import Drawing

# Format -> module, function, and whether its bytes are text for a terminal.
_FORMS: dict[str, tuple[str, str, bool]] = {
    "graphml": ("graphml", "graphml", True),
    "gexf": ("gexf", "gexf", True),
    "dot": ("dot", "dot", True),
    "mermaid": ("mermaid", "mermaid", True),
    "node-link": ("node_link", "node_link", True),
    "csv": ("tables", "edge_table", True),
    "csv-nodes": ("tables", "node_table", True),
    "sqlite": ("sqlite", "sqlite", False),
    "canvas": ("canvas", "canvas", True),
    "html": ("html", "html", False),
}
FORMATS = tuple(_FORMS)


def exported(form: str, drawing: Drawing) -> bytes:
    """A drawing in one of FORMATS."""
    module, function, _ = _FORMS[form]
    write = getattr(importlib.import_module(f"vaultkit.report.graph.{module}"), function)
    data: bytes = write(drawing)
    return data


def is_text(form: str) -> bool:
    """Whether a format may be printed to a terminal."""
    return _FORMS[form][2]
