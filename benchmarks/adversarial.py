"""Reading cost on inputs made to be slow: is it linear?

    python benchmarks/adversarial.py [--engine reference] [--size 100000] [NAME ...]

Every case is read at 1, 2, 4 and 8 times the size, each in a process of its own with a time
limit; what counts is the growth, not the seconds. `order` is the exponent of the last
doubling: 1 is linear, 2 quadratic. Exit code 1 when a case exceeds 1.5 and takes over 0.5 s.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

Case = Callable[[int], bytes]


def _repeat(piece: str, before: str = "", after: str = "") -> Case:
    def build(size: int) -> bytes:
        unit = piece.encode()
        return before.encode() + unit * max(size // len(unit), 1) + after.encode()

    return build


def _yaml(piece: str, before: str = "", after: str = "") -> Case:
    return _repeat(piece, "---\n" + before, after + "\n---\nbody\n")


def _counted(piece: str, before: str = "", after: str = "", line: str = "") -> Case:
    """The piece with its number in it, so that no two are equal."""

    def build(size: int) -> bytes:
        length = len(piece.format(0).encode()) + 3
        text = "".join(piece.format(number) for number in range(max(size // length, 1)))
        return (before + text + after).encode()

    return build


def _nested_lists(size: int) -> bytes:
    depth = int(math.sqrt(size))
    return "".join("  " * level + "- a\n" for level in range(depth)).encode()


def _wide_table(size: int) -> bytes:
    columns = int(math.sqrt(size / 4))
    row = "|" + "a|" * columns + "\n"
    return (row + "|" + "-|" * columns + "\n" + row * columns).encode()


def _anchors(size: int) -> bytes:
    """Each anchor holds the one before twice: 2**n values in n lines."""
    count = max(size // 20, 1)
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, count)]
    return ("---\n" + "\n".join(lines) + "\n---\n").encode()


_PAGE = """\
# Heading {0}

Text with a [[link {0}|name]], an ![[image.png]], a [page](Three%20laws.md#part) and `code`.
- a list with #tag, $x^2$ and **strong** words ^id{0}
  - nested [[other#Heading]]

> [!note] callout
> with [[more]] 한글 and 😀

| a | b |
|---|---|
| [[x\\|y]] | z |

```python
def f(x):
    return x
```

%% hidden [[comment]] %%

"""

CASES: dict[str, Case] = {
    "realistic": _counted(_PAGE, before="---\ntags: [a, b]\nup: '[[x]]'\n---\n"),
    "brackets": _repeat("["),
    "brackets-closed": _repeat("[", after="]" * 1000),
    "brackets-pairs": _repeat("[a]"),
    "brackets-nested": lambda n: b"[" * (n // 2) + b"]" * (n // 2),
    "brackets-parens": lambda n: b"[" * (n // 2) + b"](u)" * (n // 8),
    "wiki-open": _repeat("[["),
    "wiki-open-text": _repeat("[[a "),
    "wiki-close": _repeat("a]]", before="[["),
    "wiki-links": _repeat("[[a]] "),
    "wiki-one-line": _repeat("[[가나|다]] "),
    "wiki-single-brackets": _repeat("[a", before="[["),
    "embeds-open": _repeat("![["),
    "embeds": _repeat("![[a.png]]"),
    "embed-in-link": _repeat("[![[a]]](u) "),
    "images-nested": _repeat("!["),
    "images-closed": lambda n: b"![" * (n // 8) + b"](u)" * (n // 8),
    "links": _repeat("[a](b.md) "),
    "links-title": _repeat('[a](b "c](d") '),
    "links-open": _repeat("[a](b "),
    "links-angle": _repeat("[a](<b "),
    "link-dest-parens": _repeat("(", before="[a](b"),
    "references": _counted("[r{0}]: /u{0}\n[r{0}]\n\n"),
    "reference-one": _repeat("[r] ", after="\n\n[r]: /u\n"),
    "reference-open": _repeat("[a]: ", before="", after=""),
    "reference-title-open": _repeat('[a]: b "\n'),
    "footnotes": _counted("[^f{0}]: a [^f{0}]\n\n"),
    "footnotes-nested": _repeat("[^1]: "),
    "comments-line": _repeat("%%a%%\n"),
    "comments-inline-blank": _repeat("a %%\n\n"),
    "comments-one-line": _repeat("a %% "),
    "comments-one-line-escaped": _repeat("a \\%% "),
    "comments-open-lines": _repeat("%%\n\n"),
    "comments-in-code": _repeat("`%%` "),
    "percent": _repeat("%"),
    "dollars": _repeat("$"),
    "dollars-spaced": _repeat("$a "),
    "dollars-braces": _repeat("${"),
    "math": _repeat("$a$ "),
    "math-block": _repeat("$$\na\n$$\n\n"),
    "backticks": _repeat("`"),
    "backticks-runs": lambda n: " ".join(
        "`" * (i % 400 + 1) for i in range(max(n // 200, 1))
    ).encode(),
    "backticks-one-two": _repeat("`` ` "),
    "code-spans": _repeat("`a` "),
    "fences-open": _repeat("```\n~~~\n"),
    "fences": _repeat("```py\na\n```\n"),
    "fences-in-lists": _repeat("- a\n\n  ```py\n  b\n  ```\n\ntext\n\n"),
    "fences-tabs": _repeat("```\t\na\t\n"),
    "fence-long-line": _repeat("a", before="```\n"),
    "quotes-deep": _repeat(">"),
    "quotes-deep-lines": lambda n: b"".join(
        b">" * i + b" a\n" for i in range(1, int(math.sqrt(2 * n)))
    ),
    "quotes": _repeat("> a\n\n"),
    "lists-deep": _nested_lists,
    "lists-one-line": _repeat("- "),
    "lists": _repeat("- a\n"),
    "ordered-one-line": _repeat("1. "),
    "headings": _repeat("# a\n"),
    "hashes": _repeat("#"),
    "setext": _repeat("a\n=\n"),
    "setext-long": _repeat("a\n", after="==="),
    "emphasis": _repeat("*a "),
    "emphasis-mixed": _repeat("*a_ "),
    "emphasis-close": _repeat("a**"),
    "html-open": _repeat("<a "),
    "html-attributes": _repeat('<a b="c" '),
    "html-comment-open": _repeat("a <!-- "),
    "html-cdata-open": _repeat("a <![CDATA["),
    "html-pi-open": _repeat("a <?"),
    "html-declaration-open": _repeat("a <!A "),
    "html-blocks": _repeat("<div>\n\n"),
    "html-tags": _repeat("<b>x</b> "),
    "autolinks": _repeat("<http://a> "),
    "entities": _repeat("&amp;"),
    "backslashes": _repeat("\\"),
    "backslash-wiki": _repeat("\\[[a]] "),
    "table-long": _repeat("| a | b |\n", before="| a | b |\n|---|---|\n"),
    "table-wide": _wide_table,
    "table-links": _repeat("| [[a\\|b]] | `c` |\n", before="| a | b |\n|---|---|\n"),
    "tables-many": _repeat("|a|b|\n|-|-|\n|[[x\\|y]]|z|\n\n"),
    "table-row-open": _repeat("|"),
    "tags": _repeat("#tag "),
    "tags-lines": _repeat("#tag/가\n"),
    "tags-one-line-wide": _repeat("#태그 "),
    "block-ids": _repeat("a ^id\n"),
    "carets": _repeat(" ^a"),
    "block-id-blanks": _repeat(" ", before="a ^id"),
    "long-line": _repeat("a"),
    "long-line-wide": _repeat("가"),
    "words": _repeat("word "),
    "blank-lines": _repeat("\n"),
    "crlf": _repeat("a\r\n"),
    "lone-cr": _repeat("a\r"),
    "nul": _repeat("\0"),
    "blanks": _repeat(" "),
    "tabs": _repeat("\t"),
    "tabs-before-text": _repeat("\t", after="x"),
    "tabs-mixed": _repeat("a \t", after="x"),
    "invalid-utf8": lambda n: b"\xff" * n,
    "invalid-mixed": lambda n: b"\xff#a [[b]] " * (n // 10),
    "bom": _repeat("\ufeff"),
    "dashes": _repeat("---\n"),
    "front-matter-open": _repeat("a: b\n", before="---\n"),
    "yaml-keys": _counted("k{0}: v\n", before="---\n", after="---\n"),
    "yaml-keys-wide": _counted("열쇠{0}: 값\n", before="---\n", after="---\n"),
    "yaml-keys-int": _counted("{0}: v\n", before="---\n", after="---\n"),
    "yaml-keys-same": _yaml("k: v\n"),
    "yaml-list": _yaml("- 'x'\n", before="k:\n"),
    "yaml-links": _yaml("- '[[가]]'\n", before="k:\n"),
    "yaml-unquoted": _yaml("- [[가]]\n", before="k:\n"),
    "yaml-flow-open": _yaml("[", before="k: "),
    "yaml-flow-nested": lambda n: b"---\nk: " + b"[" * (n // 2) + b"]" * (n // 2) + b"\n---\n",
    "yaml-map-open": _yaml("{a: ", before="k: "),
    "yaml-flow-list": _yaml("a, ", before="k: [", after="a]"),
    "yaml-nested": lambda n: (
        b"---\n" + b"".join(b" " * i + b"k:\n" for i in range(int(math.sqrt(2 * n)))) + b"---\n"
    ),
    "yaml-dashes": _yaml("- "),
    "yaml-question": _yaml("? "),
    "yaml-anchors": _anchors,
    "yaml-merge": _counted(
        "m{0}: &m{0}\n  <<: *m0\n", before="---\nm0: &m0 {a: 1}\n", after="---\n"
    ),
    "yaml-aliases": _yaml("- *a\n", before="k: &a x\nl:\n"),
    "yaml-int": _yaml("1", before="k: "),
    "yaml-float": _yaml("1", before="k: 1."),
    "yaml-sexagesimal": _yaml(":59", before="k: 1"),
    "yaml-tagged-int": _yaml(":59", before="k: !!int 1"),
    "yaml-tagged-float": _yaml(":59", before="k: !!float 1"),
    "yaml-tagged-binary": _yaml("QQ==", before="k: !!binary "),
    "yaml-timestamp": _yaml("1", before="k: !!timestamp 2001-01-01 1:1:1."),
    "yaml-string": _yaml("a", before='k: "', after='"'),
    "yaml-string-open": _yaml("a ", before='k: "'),
    "yaml-escapes": _yaml("\\u00e9", before='k: "', after='"'),
    "yaml-block": _yaml("  a\n", before="k: |\n"),
    "yaml-plain": _yaml("  a\n", before="k: b\n"),
    "yaml-comments": _yaml("# a\n", before="k: b\n"),
    "yaml-tabs": _yaml("\t", before="k:"),
    "yaml-percent": _yaml("%a\n"),
    "yaml-control": _yaml("\x01", before="k: "),
}


def read_everything(data: bytes, engine: str) -> int:
    """Ask a note for all it has, and every link for its position; the number of elements."""
    from vaultkit.note import read_note
    from vaultkit.text import Source

    marks = None
    if engine == "reference":
        from vaultkit.note.reference import read_marks as marks
    source = Source("a.md", data)
    note = read_note(source, marks)
    elements = [
        *note.links, *note.headings, *note.blocks, *note.tags, *note.fences, *note.math,
        *note.properties, *note.problems, *note.unquoted_links,
    ]  # fmt: skip
    for element in elements:
        source.position(element.span.start)
    return len(elements) + len(note.comments)


def measure(name: str, size: int, engine: str) -> float:
    """CPU seconds, in this process; the engines are loaded before."""
    read_everything(b"---\na: b\n---\n[[a]]", engine)
    data = CASES[name](size)
    start = time.process_time()
    read_everything(data, engine)
    return time.process_time() - start


def measure_apart(name: str, size: int, engine: str, limit: float) -> float | str:
    """CPU seconds in a process of its own, or what became of it."""
    command = [sys.executable, __file__, "--child", name, str(size), "--engine", engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s"
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"exit {done.returncode}: {last}"
    return float(json.loads(done.stdout))


def main() -> int:
    """Print the table; 1 when a case grows faster than it should or does not end well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--engine", choices=("fast", "reference"), default="fast")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--once", action="store_true", help="read every case, measure nothing")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        name, size = options.child
        print(json.dumps(measure(name, int(size), options.engine)))
        return 0
    if options.once:
        for name in options.names or CASES:
            read_everything(CASES[name](options.size), options.engine)
        print(len(options.names or CASES), "cases read")
        return 0
    bad = 0
    sizes = [options.size * factor for factor in (1, 2, 4, 8)]
    print(f"{'case':26}" + "".join(f"{size:>12,}" for size in sizes) + "   order")
    for name in options.names or CASES:
        times: list[float | str] = []
        for size in sizes:
            times.append(measure_apart(name, size, options.engine, options.limit))
            if isinstance(times[-1], str):
                break
        cells = "".join(
            f"{item:>12.3f}" if isinstance(item, float) else f"  {item}" for item in times
        )
        last = [item for item in times if isinstance(item, float)][-2:]
        order = math.log2(last[1] / last[0]) if len(last) == 2 and last[0] > 0 else math.nan
        worst = isinstance(times[-1], str) or (order > 1.5 and last[-1] > 0.5)
        bad += worst
        print(f"{name:26}{cells}   {order:5.2f}{'  <<<' if worst else ''}", flush=True)
    print(f"{bad} of {len(options.names or CASES)} cases grow faster than they should")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
