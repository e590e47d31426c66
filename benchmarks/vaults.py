"""Vaults of any size with links as real vaults have them, the same for the same numbers.

    python benchmarks/vaults.py FOLDER --notes 10000

A few notes draw most of the links (the more a note has, the more it gets); targets have display
texts, headings and folders, embeds and lists; some are broken or spelled another way; between
them stand addresses, code, formulas, tables and front matter with titles and aliases.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

WORDS = (  # noqa: SIM905
    "loss focal entropy cross margin label smooth gradient class weight sample batch curve score "
    "note idea plan week review book paper author method result model data train test valid "
    "signal noise window kernel tensor matrix vector graph edge node path tree root leaf"
).split()
PER_FOLDER = 200


def notes(count: int, links: int, seed: int) -> Iterator[tuple[str, str]]:
    """(path, text) of each note; `links` is the mean number of internal links in one."""
    chance = random.Random(seed)
    names = [f"{' '.join(chance.choices(WORDS, k=2)).title()} {number}" for number in range(count)]
    drawn = list(range(min(count, 50)))
    for number, name in enumerate(names):
        targets: list[int] = []
        for _ in range(chance.randint(links // 2, links + links // 2)):
            # Two in three go where links go already.
            old = chance.random() < 0.67
            targets.append(chance.choice(drawn) if old else chance.randrange(count))
        drawn += targets[:3]
        folder = f"Area {number // PER_FOLDER:03d}"
        text = "\n\n".join(_pieces(chance, name, [names[target] for target in targets]))
        yield f"{folder}/{name}.md", text + "\n"


def _pieces(chance: random.Random, name: str, targets: list[str]) -> Iterator[str]:
    if chance.random() < 0.6:
        alias = " ".join(chance.choices(WORDS, k=2))
        yield f"---\ntitle: {name}\naliases:\n  - {alias}\ntags: [{chance.choice(WORDS)}]\n---"
    yield f"# {name}"
    yield f"{_prose(chance, 40)}\n\n## Details"
    while targets:
        some, targets = targets[:3], targets[3:]
        links = [_link(chance, target) for target in some]
        if chance.random() < 0.3:
            yield "\n".join(f"- {_prose(chance, 5)} {link}" for link in links)
        else:
            yield " ".join(f"{_prose(chance, 12)} {link}" for link in links)
    kind = chance.random()
    if kind < 0.15:
        yield f"```python\ndef {chance.choice(WORDS)}(x):\n    return x * 2\n```"
    elif kind < 0.25:
        yield "The loss is $-\\log p_t$, as above."
    elif kind < 0.3:
        yield f"| a | b |\n|---|---|\n| {chance.choice(WORDS)} | 1 |"
    if chance.random() < 0.4:
        yield f"See [the site](https://example.org/{chance.choice(WORDS)}) and `{name.lower()}`."


def _link(chance: random.Random, target: str) -> str:
    form = chance.random()
    if form < 0.02:
        return f"[[{target} gone]]"
    if form < 0.03:
        return f"[[{target.replace(' ', '_')}]]"
    if form < 0.05:
        return f"![[{target}]]"
    if form < 0.12:
        return f"[[{target}#Details]]"
    if form < 0.32:
        return f"[[{target}|{chance.choice(WORDS)}]]"
    return f"[[{target}]]"


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def make(root: Path, count: int, links: int = 10, seed: int = 1) -> None:
    """Write a vault of `count` notes below `root`."""
    (root / ".obsidian").mkdir(parents=True)
    for path, text in notes(count, links, seed):
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for name, value in (("notes", 1000), ("links", 10), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    make(given.folder, given.notes, given.links, given.seed)


if __name__ == "__main__":
    main()
