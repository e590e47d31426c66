"""Which fences hold Python that is ours to run."""

from __future__ import annotations

import re
from enum import Enum

# What an editor highlights as Python 3. `run-python` is the Execute Code plugin's spelling.
_PYTHON = re.compile(r"(?:run-)?(?:python|py)(?:3(?:\.\d+)?)?\Z", re.IGNORECASE)
_DOCTEST = frozenset({"pycon", "pycon3", "doctest", "python-repl", "python-console"})
# Python-looking, but another language or another interpreter than the one that runs the notes.
_FOREIGN = frozenset(
    {
        *(
            "python2",
            "py2",
            "pycon2",
            "ipython",
            "ipython2",
            "ipython3",
            "jupyter",
            "jupyter-python",
        ),
        *("cython", "pyx", "sage", "sagemath", "pyodide", "pyscript", "micropython"),
        *("circuitpython", "starlark", "xonsh", "mojo", "dataviewpy"),
    }
)
_PROMPT = re.compile(r"[ \t]*>>>(?: |$)")
_MAGIC = re.compile(r"[ \t]*(?:%{1,2}[a-zA-Z]|![a-zA-Z./])")


class Kind(Enum):
    """What a Python-looking fence holds."""

    PYTHON = "python"
    DOCTEST = "doctest"
    FOREIGN = "foreign"


def kind_of(language: str, code: str) -> Kind | None:
    """What a fence of this language holds, or None when it does not look like Python at all.

    language: the first word of the info string, with or without braces: `py`, `{python}`.
    A `python` fence whose first line of code is a `>>>` prompt is a doctest.
    """
    word = language.strip().strip("{}").lstrip(".").strip().lower()
    if word in _FOREIGN:
        return Kind.FOREIGN
    if word in _DOCTEST:
        return Kind.DOCTEST
    if not _PYTHON.match(word):
        return None
    first = next((line for line in code.splitlines() if line.strip()), "")
    return Kind.DOCTEST if _PROMPT.match(first) else Kind.PYTHON


def shell_line(code: str) -> int | None:
    """The line (from 0) of the first IPython magic or shell escape, or None.

    Only ask of code that Python refuses to compile: `%` and `!` may open a continuation line.
    """
    for number, line in enumerate(code.splitlines()):
        if _MAGIC.match(line):
            return number
    return None


def statements(code: str) -> str:
    """The statements of a `>>>` session, each on its own line of the session; the rest blank."""
    kept = []
    for line in code.splitlines():
        prompt = line.lstrip(" \t")
        kept.append(prompt[4:] if prompt.startswith((">>> ", "... ")) else "")
    return "\n".join(kept) + "\n"
