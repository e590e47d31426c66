"""A small vault with everything that is hard to write into another format, and its drawing."""

from __future__ import annotations

import json
from pathlib import Path

from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import EXTRAS, Drawing, Show, draw

ODD = 'Quo"te & <b> \\ #1 `x` |é📚|'
FILES: dict[str, str | bytes] = {
    "Loss.md": (
        "---\nup: '[[Top]]'\ntags: [loss, Loss/Deep]\nstatus: active\n"
        "verification_status: passed\n"
        "date: 2024-05-06\nnumber: 0.1\nlist: [1, two, {a: b}]\n"
        "odd: \"<a href='x'>&amp; \\u0001\"\n"
        "empty:\n'weird \"key\" <k>': x\n---\n"
        "# Loss\n## Graph\n- Variants: [[Focal]], [[Focal|again]]\n- Related: [[Gone & <lost>]]\n\n"
        "[[Focal#Part|f]] [[#Loss]] ![[pic.png]] [[같은 것]] [[X]] #tagged\n"
    ),
    "Focal.md": "# Part\n## Part\n- Parents: [[Loss]]\n- custom:: [[Loss]]\n",
    f"{ODD.replace('/', '')}.md": "[[Loss]]\n# A \"quoted\" <heading> & more\n",
    "같은 것.md": "---\ncategory: '범주'\n---\n[[Loss]] [[Focal]]\n",
    "Top.md": "[[Loss]]\n",
    "alone/Nothing.md": "",
    "alone/X.md": "",
    "other/X.md": "",
    "pic.png": b"\x89PNG",
    "Board.canvas": json.dumps(
        {
            "nodes": [
                {"id": "1", "type": "file", "file": "Loss.md", "x": 0, "y": 0, "width": 9,
                 "height": 9},
                {"id": "2", "type": "text", "text": "[[Top]]", "x": 0, "y": 0, "width": 9,
                 "height": 9},
            ],
            "edges": [],
        }
    ),
}  # fmt: skip


def odd_drawing(root: Path) -> Drawing:
    """The whole vault, with every kind of node."""
    vault = tiny_vault(root, FILES)
    return draw(vault, build_graph(vault), show=Show(frozenset(EXTRAS)))
