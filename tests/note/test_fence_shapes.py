"""The shapes in which people write Python blocks, and those that must not be taken for one.

A shape holds one block; its code is `print("x")` in each.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.note import Note

Read = Callable[[str | bytes], Note]
CODE = 'print("x")\n'

SHAPES = [
    # name, text, language, attributes, container, closed
    ("plain", '```python\nprint("x")\n```', "python", "", (), True),
    ("short", '```py\nprint("x")\n```', "py", "", (), True),
    ("capital", '```Python\nprint("x")\n```', "python", "", (), True),
    ("version", '```python3\nprint("x")\n```', "python3", "", (), True),
    ("attributes", '```python {a=1}\nprint("x")\n```', "python", "{a=1}", (), True),
    ("attributes close by", '```python{a=1}\nprint("x")\n```', "python", "{a=1}", (), True),
    ("title", '```python title="x y"\nprint("x")\n```', "python", 'title="x y"', (), True),
    ("comma", '```python,ignore\nprint("x")\n```', "python", ",ignore", (), True),
    ("braces", '```{python}\nprint("x")\n```', "python", "", (), True),
    ("braces with more", '```{python a=1}\nprint("x")\n```', "python", "{a=1}", (), True),
    ("braces with comma", '```{python, a=1}\nprint("x")\n```', "python", "{a=1}", (), True),
    ("class", '```{.python .num}\nprint("x")\n```', "python", "{.num}", (), True),
    ("id and class", '```{#f .python}\nprint("x")\n```', "python", "{#f}", (), True),
    ("tilde", '~~~python\nprint("x")\n~~~', "python", "", (), True),
    ("tilde with backticks", '~~~python `a`\nprint("x")\n~~~', "python", "`a`", (), True),
    ("four backticks", '````python\nprint("x")\n````', "python", "", (), True),
    ("longer end", '```python\nprint("x")\n`````', "python", "", (), True),
    ("space before", '``` python\nprint("x")\n```', "python", "", (), True),
    ("tab before", '```\tpython\nprint("x")\n```', "python", "", (), True),
    ("blanks after", '```python  \nprint("x")\n```  ', "python", "", (), True),
    ("tab after", '```python\nprint("x")\n```\t', "python", "", (), True),
    ("indent", '   ```python\n   print("x")\n   ```', "python", "", (), True),
    ("indent of the end", '```python\nprint("x")\n   ```', "python", "", (), True),
    ("after a paragraph", 'a\n```python\nprint("x")\n```\nb', "python", "", (), True),
    ("list", '- a\n\n  ```python\n  print("x")\n  ```', "python", "", ("list",), True),
    ("numbered", '1. a\n   ```python\n   print("x")\n   ```', "python", "", ("list",), True),
    ("tabs in a list", '- a\n\t```python\n\tprint("x")\n\t```', "python", "", ("list",), True),
    (
        "list in list",
        '- a\n  - b\n    ```python\n    print("x")\n    ```',
        "python", "", ("list", "list"), True,
    ),
    ("bullet's own line", '- ```python\n  print("x")\n  ```', "python", "", ("list",), True),
    ("quote", '> ```python\n> print("x")\n> ```', "python", "", ("quote",), True),
    ("quote, no space", '>```python\n>print("x")\n>```', "python", "", ("quote",), True),
    (
        "callout",
        '> [!tip]- t\n> ```python\n> print("x")\n> ```',
        "python", "", ("quote",), True,
    ),
    (
        "callout in callout",
        '> [!a]\n> > [!b]\n> > ```python\n> > print("x")\n> > ```',
        "python", "", ("quote", "quote"), True,
    ),
    (
        "list in quote",
        '> - a\n>   ```python\n>   print("x")\n>   ```',
        "python", "", ("quote", "list"), True,
    ),
    (
        "quote in list",
        '- > ```python\n  > print("x")\n  > ```',
        "python", "", ("list", "quote"), True,
    ),
    ("unclosed", '```python\nprint("x")', "python", "", (), False),
    ("unclosed, blank lines", '```python\nprint("x")\n\n \n', "python", "", (), False),
    ("unclosed in a quote", '> ```python\n> print("x")\n\na', "python", "", ("quote",), False),
    ("unclosed in a list", '- ```python\n  print("x")\na', "python", "", ("list",), False),
    ("comment", '%%\n```python\nprint("x")\n```\n%%', "python", "", ("comment",), True),
    ("open comment", '%%\n\n```python\nprint("x")\n```', "python", "", ("comment",), True),
    ("footnote", '[^1]: a\n\n    ```python\n    print("x")\n    ```', "python", "", (), True),
    ("after front matter", '---\na: b\n---\n```python\nprint("x")\n```', "python", "", (), True),
    ("byte order mark", '\ufeff```python\nprint("x")\n```', "python", "", (), True),
    ("no language", '```\nprint("x")\n```', "", "", (), True),
    ("escape in the info", '```py\\*thon &amp;\nprint("x")\n```', "py\\*thon", "&amp;", (), True),
]  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("text", "language", "attributes", "container", "closed"),
    [shape[1:] for shape in SHAPES],
    ids=[shape[0] for shape in SHAPES],
)
def test_a_shape(
    read: Read,
    text: str,
    language: str,
    attributes: str,
    container: tuple[str, ...],
    closed: bool,
    line_end: str,
) -> None:
    found = read(text.replace("\n", line_end))
    (fence,) = found.fences
    assert fence.code == CODE
    assert (fence.language, fence.attributes) == (language, attributes)
    assert (fence.container, fence.closed) == (container, closed)
    inside = found.source.text(fence.code_span)
    assert 'print("x")' in inside
    assert "python" not in inside
    assert not closed or found.source.text(fence.span).rstrip("`~ \t>\r\n") == (
        found.source.text(fence.span).partition('print("x")')[0] + 'print("x")'
    )


@pytest.mark.parametrize(
    "text",
    [
        '    ```python\n    print("x")\n    ```',
        '\t```python\n\tprint("x")\n\t```',
        '<!--\n```python\nprint("x")\n```\n-->',
        '<div>\n```python\nprint("x")\n```\n</div>',
        '`a\n```python\nprint("x")\n```'.replace("```", "``"),
        '---\na: |\n  ```python\n  print("x")\n  ```\n---\n',
        '```python `a`\nprint("x")',
        "``python\nprint('x')\n``",
        'a ```python print("x")```',
        '\\```python\nprint("x")\n\\```',
    ],
)
def test_no_block(read: Read, text: str) -> None:
    assert read(text).fences == ()


def test_a_block_inside_another_is_its_code(read: Read) -> None:
    (fence,) = read('````markdown\n```python\nprint("x")\n```\n````').fences
    assert (fence.language, fence.code) == ("markdown", '```python\nprint("x")\n```\n')
    (fence,) = read("~~~\n```python\n1\n```\n~~~").fences
    assert fence.code == "```python\n1\n```\n"
