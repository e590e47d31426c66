from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vaultkit.note import read_note
from vaultkit.snippets.aside import Aside, read_aside
from vaultkit.snippets.collect import collect
from vaultkit.snippets.language import Kind
from vaultkit.snippets.sessions import modules_of, sessions
from vaultkit.snippets.snippet import Snippet
from vaultkit.text import Source


def snippets(text: str | bytes, aside: Aside | None = None) -> tuple[Snippet, ...]:
    data = text.encode() if isinstance(text, str) else text
    return collect(read_note(Source("a/N.md", data)), aside)


SHAPES = {
    "plain": "```python\nx = 1\n```\n",
    "py": "```py\nx = 1\n```\n",
    "upper case": "```Python\nx = 1\n```\n",
    "python3": "```python3\nx = 1\n```\n",
    "braces": "```{python}\nx = 1\n```\n",
    "title": '```python title="x"\nx = 1\n```\n',
    "attributes": "```python {timeout=3}\nx = 1\n```\n",
    "tilde": "~~~python\nx = 1\n~~~\n",
    "four backticks": "````python\nx = 1\n````\n",
    "space before the language": "``` python\nx = 1\n```\n",
    "indent of three": "   ```python\n   x = 1\n   ```\n",
    "list": "- a\n\n  ```python\n  x = 1\n  ```\n",
    "list in a list": "- a\n  - b\n\n    ```python\n    x = 1\n    ```\n",
    "on the bullet's line": "- ```python\n  x = 1\n  ```\n",
    "quote": "> ```python\n> x = 1\n> ```\n",
    "callout": "> [!note]- Title\n> ```python\n> x = 1\n> ```\n",
    "list in a quote": "> - a\n>\n>   ```python\n>   x = 1\n>   ```\n",
    "crlf": "a\r\n```python\r\nx = 1\r\n```\r\n",
    "bom": "\ufeff```python\nx = 1\n```\n",
    "tab": "1.\ta\n\n\t```python\n\tx = 1\n\t```\n",
    "unclosed": "```python\nx = 1\n",
    "after front matter": "---\na: b\n---\n```python\nx = 1\n```\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_block_is_found(shape: str) -> None:
    (found,) = snippets(SHAPES[shape])
    assert (found.code.strip(), found.kind, found.ours) == ("x = 1", Kind.PYTHON, True)
    assert SHAPES[shape].splitlines()[found.line - 1].lstrip("> \t") == "x = 1"


@pytest.mark.parametrize(
    "text",
    [
        "```\nx = 1\n```\n",
        "```js\nx = 1\n```\n",
        "    x = 1\n",
        "text ```python x``` text\n",
        "<!--\n```python\nx = 1\n```\n-->\n",
        "---\ncode: |\n  ```python\n  x = 1\n  ```\n---\n",
        "````markdown\n```python\nx = 1\n```\n````\n",
    ],
    ids=["no language", "other", "indented", "inline", "html comment", "front matter", "markdown"],
)
def test_what_is_no_python_block(text: str) -> None:
    assert snippets(text) == ()


def test_a_block_inside_a_string_is_not_one() -> None:
    (found,) = snippets("````python\ntext = '''\n```python\ny = 2\n```\n'''\n````\n")
    assert "y = 2" in found.code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("%%\n```python\nx = 1\n```\n%%\n", "comment"),
        ("```python2\nprint 1\n```\n", "python2"),
        ("```python\n%matplotlib inline\nx = 1\n```\n", "IPython syntax on line 1"),
        ("```python\nx = 1\n!pip install x\n```\n", "IPython syntax on line 2"),
    ],
)
def test_what_looks_like_python_but_is_not_ours_says_why(text: str, why: str) -> None:
    (found,) = snippets(text)
    assert why in found.foreign
    assert not found.runs


def test_a_syntax_error_is_ours() -> None:
    (found,) = snippets("```python\nprint 'x'\n```\n")
    assert found.ours
    assert found.names.problem is not None


def test_names_follow_the_headings() -> None:
    block = "```python\nx = 1\n```\n"
    text = f"{block}# Focal Loss!\n{block}{block}## 교차 엔트로피\n{block}# Focal loss\n{block}"
    assert [s.name for s in snippets(text)] == [
        "block-1", "focal-loss-1", "focal-loss-2", "교차-엔트로피-1", "focal-loss-3",
    ]  # fmt: skip
    assert [s.index for s in snippets(text)] == [1, 2, 3, 4, 5]


def test_the_code_span_holds_the_codes_lines() -> None:
    text = "> ```python\n> x = 1\n> ```\n"
    (found,) = snippets(text)
    assert text.encode()[slice(*found.code_span)] == b"> x = 1\n"


def test_attributes_that_cannot_be_read_are_a_problem_of_the_block() -> None:
    first, second = snippets("```python {rasies=A}\nx\n```\n\n```python\ny\n```\n")
    assert "did you mean 'raises'" in first.problem
    assert not first.runs
    assert second.problem == ""


def test_a_note_may_say_it_once_for_all() -> None:
    text = "---\nvaultkit-timeout: 5\nvaultkit-needs: [cuda, numpy]\n---\n```python\nx\n```\n"
    (found,) = snippets(text + "\n")
    assert found.attributes.timeout == 5
    assert found.attributes.needs == ("cuda", "numpy")
    first, second = snippets(
        "---\nvaultkit-skip: true\n---\n```python\nx\n```\n\n```python {skip=false}\ny\n```\n"
    )
    assert (first.runs, second.runs) == (False, True)


def test_a_file_beside_the_vault_may_say_it(tmp_path: Path) -> None:
    (tmp_path / "vaultkit-blocks.toml").write_text(
        '["a/N.md"]\ntimeout = 7\n["a/N.md".blocks.2]\nraises = "ValueError"\n'
    )
    aside = read_aside(tmp_path)
    first, second = snippets("```python\nx\n```\n\n```python {timeout=1}\ny\n```\n", aside)
    assert (first.attributes.timeout, first.attributes.raises) == (7, "")
    assert (second.attributes.timeout, second.attributes.raises) == (1, "ValueError")
    assert read_aside(tmp_path / "nowhere") is None


def test_sessions_and_setup() -> None:
    text = (
        "```python {setup}\nimport math\n```\n\n```python\na = 1\n```\n\n"
        "```python {session=b}\nb = 1\n```\n\n```python {isolated}\nc = 1\n```\n\n"
        "```python {setup}\nd = 1\n```\n\n```python {skip}\ne = 1\n```\n\n"
        "```python {session=b}\nf = 1\n```\n\n```python {isolated}\ng = 1\n```\n"
    )
    made = [(s.name, [b.index for b in s.setup], [b.index for b in s.own])
            for s in sessions(snippets(text))]  # fmt: skip
    assert made == [
        ("", [], [1, 2, 5, 6]), ("b", [1], [3, 7]), ("#4", [1], [4]), ("#8", [1, 5], [8]),
    ]  # fmt: skip


def test_modules_of_running_blocks() -> None:
    text = "```python\nimport a.b\nfrom c import d\n```\n\n```python {skip}\nimport z\n```\n"
    assert modules_of(snippets(text)) == ("a.b", "c")
    assert modules_of(snippets("```pycon\n>>> import q\n```\n")) == ("q", "doctest")


@pytest.mark.corpus
def test_no_block_of_a_real_vault_is_lost(corpus: Callable[[str], Path]) -> None:
    """229 lines of madison-zk open a Python fence; two of them stand inside another block.

    One follows a fence closed by "```**", which closes nothing; the other follows a list
    whose fence was cut by unindented lines, so that its closing line opened a new one.
    """
    folder = corpus("madison-zk")
    count = foreign = 0
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        for found in collect(read_note(Source(path, file.read_bytes()))):
            count += 1
            foreign += bool(found.foreign)
            assert found.code_span.end > found.code_span.start or not found.code
    assert (count, foreign) == (227, 1)
