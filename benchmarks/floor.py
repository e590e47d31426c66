"""The least that any correct check of links does in Python: what `links.py` measures against.

    python benchmarks/floor.py VAULT

Walks the vault, reads every note, loads its front matter with libyaml, and asks pulldown-cmark
for every event with its range; nothing is kept.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys

gc.disable()

import pyromark  # noqa: E402
import yaml  # noqa: E402


def main(root: str) -> None:
    option = pyromark.Options
    events = pyromark.Markdown(
        options=option.ENABLE_TABLES
        | option.ENABLE_MATH
        | option.ENABLE_WIKILINKS
        | option.ENABLE_FOOTNOTES
    ).events_with_range
    count = 0
    stack = [root]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                elif entry.name.endswith(".md"):
                    with open(entry.path, "rb") as file:  # noqa: PTH123
                        text = file.read().decode("utf-8", "replace")
                    if text.startswith("---\n") and (end := text.find("\n---", 4)) > 0:
                        with contextlib.suppress(yaml.YAMLError):
                            yaml.load(text[4:end], Loader=yaml.CSafeLoader)
                        text = text[end + 4 :]
                    for _ in events(text):
                        count += 1
    print(count, "events")


main(sys.argv[1])
