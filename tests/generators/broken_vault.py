"""A large vault with a known number of repairable links and of traps; pure, and seeded.

Every broken link is a name in another notation, in one of many places; every trap is something
that looks like one and must stay as it is, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from generators.notations import KINDS, Kind
from generators.traps import trap_notes, traps_of

_FIRST = "Amber Basil Cedar Delta Ember Fjord Grove Haven Ivory Jade Kelp Lunar Maple Noble Ochre"
_SECOND = (
    "Anchor Bridge Cipher Domain Engine Filter Garden Harbor Island Jungle Kernel Ladder Mirror"
)
_THIRD = (
    "Theory Method Pattern Index Report Sketch Review Outline Summary Measure Proof Survey Draft"
)
_KOREAN = "가설 나무 다리 라디오 마음 바람 사과 아침 자리 차이 카드 타워 파도 하늘"


class Broken(NamedTuple):
    """A repairable link: the file it stands in, its whole markup, and the note it meant."""

    path: str
    markup: str
    target: str


class Trap(NamedTuple):
    """Text that must stay as it is: the file, and the text."""

    path: str
    text: str


class Generated(NamedTuple):
    """A vault's files, and what was planted in them."""

    files: dict[str, bytes]
    broken: tuple[Broken, ...]
    traps: tuple[Trap, ...]


class _Note:
    """A note while it is being written."""

    def __init__(self, path: str, title: str | None) -> None:
        self.path = path
        self.title = title
        self.properties: list[str] = []
        self.lines: list[str] = []
        self.cards: list[str] = []

    def text(self) -> str:
        front = [f"title: {json.dumps(self.title, ensure_ascii=False)}"] if self.title else []
        front += self.properties
        head = ["---", *front, "---", ""] if front else []
        return "\n".join([*head, "# Notes", "", *self.lines, ""])


Place = Callable[[_Note, str, int], str]


def _line(frame: str, form: str) -> Place:
    def plant(note: _Note, name: str, number: int) -> str:
        markup = form.replace("NAME", name)
        note.lines += [frame.replace("LINK", markup), ""]
        return markup

    return plant


def _property(frame: str, form: str = "[[NAME]]") -> Place:
    def plant(note: _Note, name: str, number: int) -> str:
        markup = form.replace("NAME", name)
        written = markup.replace("'", "''") if "'LINK" in frame else markup.replace('"', '\\"')
        note.properties.append(frame.replace("KEY", f"up{number}").replace("LINK", written))
        return written

    return plant


def _encoded(name: str, characters: str = "%: ()\u200b") -> str:
    for character in characters:
        name = name.replace(character, "".join(f"%{byte:02X}" for byte in character.encode()))
    return name


def _markdown(form: str) -> Place:
    def plant(note: _Note, name: str, number: int) -> str:
        # `Basil: x` would have a scheme of its own.
        markup = form.replace("NAME", _encoded(name, "%:") if "<" in form else _encoded(name))
        note.lines += [f"text {markup} text", ""]
        return markup

    return plant


def _card(note: _Note, name: str, number: int) -> str:
    note.cards.append(f'a "card"\n[[{name}|seen]] and more')
    return f"[[{name}|seen]]".replace('"', '\\"')


PLACES: tuple[Place, ...] = (
    _line("text LINK text", "[[NAME]]"),
    _line("text LINK text", "[[NAME|shown so]]"),
    _line("text LINK text", "[[NAME#Notes]]"),
    _line("text LINK text", "[[NAME#Notes|shown so]]"),
    _line("text LINK text", "[[NAME#^id]]"),
    _line("LINK", "![[NAME]]"),
    _line("LINK", "![[NAME#Notes|300]]"),
    _line("- [ ] LINK", "[[NAME]]"),
    _line("> [!note] LINK\n> text", "[[NAME]]"),
    _line("## About LINK", "[[NAME]]"),
    _line("| a | b |\n| --- | --- |\n| LINK | `x|y` |", "[[NAME\\|shown so]]"),
    _line("| a | b |\n| --- | --- |\n| LINK | y |", "[[NAME]]"),
    _line("%% hidden LINK %%", "[[NAME]]"),
    _line("%%\nhidden\n\nLINK\n%%", "[[NAME|shown so]]"),
    _line("a[^f]\n\n[^f]: LINK", "[[NAME]]"),
    _line("`code` LINK $x$ <b>LINK2</b>".replace("LINK2", "t"), "[[NAME]]"),
    _property('KEY: "LINK"'),
    _property("KEY: 'LINK'"),
    _property('KEY: ["LINK"]'),
    _property('KEY:\n  - "LINK"', "[[NAME|shown so]]"),
    _markdown("[shown](NAME.md)"),
    _markdown("[shown](NAME)"),
    _markdown("[shown](<NAME.md>)"),
    _markdown("[shown](NAME.md#Notes)"),
    _card,
)


def _names(random: Random, count: int) -> list[str]:
    latin = [
        f"{a} {b} {c}" for a in _FIRST.split() for b in _SECOND.split() for c in _THIRD.split()
    ]
    korean = [
        f"{a} {b} {c}" for a in _KOREAN.split() for b in _KOREAN.split() for c in _KOREAN.split()
    ]
    names = random.sample(latin, len(latin)) + random.sample(korean, len(korean))
    numbered = [f"{name} {number}" for number, name in enumerate(names)]
    return random.sample(names + numbered, count)


def generate(seed: int = 1, notes: int = 5000, broken: int = 1200, traps: int = 300) -> Generated:
    """The vault of a seed: `notes` notes at least, `broken` repairable links, `traps` traps."""
    random = Random(seed)
    folders = [f"{number:02}_area/{part}" for number in range(12) for part in ("x", "y")]
    names = _names(random, notes)
    meant: list[tuple[Kind, str, str]] = []
    written: list[_Note] = []
    for number, name in enumerate(names):
        kind = KINDS[number % len(KINDS)]
        stem, title = kind.file(name, number)
        path = f"{random.choice(folders)}/{stem}.md"
        written.append(_Note(path, title))
        meant.append((kind, name, path))
    planted: list[Broken] = []
    canvases: dict[str, list[str]] = {}
    for number in range(broken):
        kind, name, target = meant[number]
        note = written[broken + random.randrange(notes - broken)]
        place = PLACES[number % len(PLACES)]
        link = kind.link(name, number)
        if number % 11 == 0 and kind.folded and place is not _card:
            link = f"{target.split('/')[0].replace('_', '-')}/{target.split('/')[1]}/{link}"
        if place is _card:
            path = f"boards/board {number % 7}.canvas"
            cards = _Note(path, None)
            markup = place(cards, link, number)
            canvases.setdefault(path, []).extend(cards.cards)
            planted.append(Broken(path, markup, target))
        else:
            planted.append(Broken(note.path, place(note, link, number), target))
    files = {note.path: note.text().encode() for note in written}
    for path, cards_of in canvases.items():
        nodes = [{"id": str(i), "type": "text", "text": text} for i, text in enumerate(cards_of)]
        files[path] = json.dumps({"nodes": nodes, "edges": []}, ensure_ascii=False).encode()
    variants = [kind.link(name, 0) for kind, name, _ in meant[broken : broken + 300]]
    files |= {path: text.encode() for path, text in trap_notes().items()}
    set_traps: list[Trap] = []
    for number, (path, text, trap) in enumerate(traps_of(random, variants, traps)):
        assert path not in files, number
        files[path] = text.encode()
        set_traps.append(Trap(path, trap))
    return Generated(dict(sorted(files.items())), tuple(planted), tuple(set_traps))
