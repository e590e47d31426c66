"""One note's blocks as one importable module, and such a module read back.

Each block is a cell under a `# %%` line that says where it comes from. Code that must not run
at import (a doctest, an expected failure, a skipped block) stands in its cell behind `#: `.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vaultkit.snippets.attributes import Attributes, parse, written
from vaultkit.snippets.language import Kind
from vaultkit.snippets.snippet import Snippet

_HEAD = re.compile(r'# vaultkit: note=("(?:[^"\\]|\\.)*") sha256=([0-9a-f]{64})\Z')
_CELL = re.compile(
    r"# %% \[(\d+)\] (\S+) · (.*):(\d+) · (python|doctest)(?: \{(.*)\})?"
    r"(?: · not at import: (.*))? · sha256=([0-9a-f]{64})\Z"
)
_ADVICE = (
    "# Generated from the note: edit the code there, or in a cell here and carry it back with\n"
    "# `vaultkit extract --stitch`. Other edits to this file are refused.\n"
)
_INERT, _HOISTED = "#:", "#^"


@dataclass(frozen=True, slots=True)
class Cell:
    """One block as it stands in a module.

    recorded: the digest of the code that was extracted.
    """

    snippet: Snippet
    recorded: str

    @property
    def edited(self) -> bool:
        """Whether somebody changed the code here."""
        return self.snippet.digest != self.recorded


@dataclass(frozen=True, slots=True)
class Module:
    """A module read back.

    intact: not a byte has changed since it was written.
    framed: outside its cells' code it is as written.
    """

    note: str
    cells: tuple[Cell, ...]
    intact: bool
    framed: bool


def render(note: str, snippets: Iterable[Snippet]) -> bytes:
    """The module of a note's blocks; those that are not ours are left out."""
    ours = [snippet for snippet in snippets if snippet.ours]
    hoisted = [line for s in ours if not inert(s) for line in _future_lines(s.code)]
    body = [_ADVICE]
    body += sorted({_code_of(line) for line in hoisted})
    for number, snippet in enumerate(ours):
        body.append(f"\n{_header(snippet)}\n")
        body.append(_shown(snippet))
        if number < len(ours) - 1:
            body.append("\n")
    text = "".join(body)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        f"# vaultkit: note={json.dumps(note, ensure_ascii=False)} sha256={digest}\n{text}".encode()
    )


def read_module(data: bytes) -> Module | None:
    """A module read back, or None when vaultkit did not write it."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    first, _, rest = text.partition("\n")
    head = _HEAD.match(first)
    if head is None:
        return None
    note: str = json.loads(head[1])
    lines = rest.splitlines(keepends=True)
    starts = [
        (number, match)
        for number, line in enumerate(lines)
        if (match := _CELL.match(line.rstrip("\n")))
    ]
    cells = []
    for place, (number, match) in enumerate(starts):
        last = place == len(starts) - 1
        end = len(lines) if last else starts[place + 1][0]
        shown = lines[number + 1 : end]
        if not last:
            shown = _without_blank(_without_blank(shown))
        cells.append(_cell(note, match, shown))
    intact = hashlib.sha256(rest.encode()).hexdigest() == head[2] and b"\r" not in data
    return Module(note, tuple(cells), intact, intact or _framed(note, cells, data))


def inert(snippet: Snippet) -> str:
    """Why a block's code must not run when the module is imported, or ""."""
    said = snippet.attributes
    if snippet.kind is Kind.DOCTEST:
        return "doctest"
    if snippet.problem:
        return "its attributes cannot be read"
    if not _compiles(snippet.code):
        return "not valid Python"
    if said.skip:
        return "skip"
    if said.raises or said.xfail:
        return f"raises {said.raises}" if said.raises else "xfail"
    return f"needs {','.join(said.needs)}" if said.needs else ""


def _compiles(code: str) -> bool:
    """Whether Python takes the code; `return` outside a function passes its parser alone."""
    try:
        compile(code, "<block>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _header(snippet: Snippet) -> str:
    kind = "doctest" if snippet.kind is Kind.DOCTEST else "python"
    said = written(snippet.attributes)
    why = inert(snippet)
    parts = [
        f"# %% [{snippet.index}] {snippet.name}",
        f"{_as_json(snippet.note)[1:-1]}:{snippet.line}",
        f"{kind} {{{said}}}" if said else kind,
        *([f"not at import: {why}"] if why else []),
        f"sha256={snippet.digest}",
    ]
    return " · ".join(parts)


def _as_json(path: str) -> str:
    """A path on one line; bytes that are no UTF-8 are escaped."""
    text = json.dumps(path, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(path)
    return text


def _shown(snippet: Snippet) -> str:
    lines = snippet.code.splitlines(keepends=True)
    if inert(snippet):
        return "".join(f"{_INERT} {line}" if line.strip() else f"{_INERT}{line}" for line in lines)
    hoisted = set(_future_lines(snippet.code))
    return "".join(f"{_HOISTED} {line}" if line in hoisted else line for line in lines)


def _future_lines(code: str) -> list[str]:
    """The lines of `from __future__` imports, which may stand only at a module's top."""
    if "__future__" not in code:
        return []
    lines = code.splitlines(keepends=True)
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return []
    return [
        lines[node.lineno - 1]
        for node in body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if node.lineno == node.end_lineno
    ]


def _code_of(line: str) -> str:
    return line.partition("#")[0].rstrip() + "\n"


def _cell(note: str, match: re.Match[str], shown: list[str]) -> Cell:
    index, name, _, line, kind, said, _, recorded = match.groups()
    code = "".join(_unmarked(one) for one in shown)
    attributes = parse(said) if said else Attributes()
    snippet = Snippet(
        note=note,
        index=int(index),
        name=name,
        line=int(line),
        language=kind,
        kind=Kind.DOCTEST if kind == "doctest" else Kind.PYTHON,
        code=code,
        attributes=attributes,
        section=name.rpartition("-")[0],
        problem="its attributes cannot be read" if "attributes cannot" in match[0] else "",
    )
    return Cell(snippet, recorded)


def _unmarked(line: str) -> str:
    for mark in (_INERT, _HOISTED):
        if line.startswith(f"{mark} "):
            return line[len(mark) + 1 :]
        if line.rstrip("\n") == mark:
            return line[len(mark) :]
    return line


def _without_blank(lines: list[str]) -> list[str]:
    return lines[:-1] if lines and lines[-1] == "\n" else lines


def _framed(note: str, cells: list[Cell], data: bytes) -> bool:
    """Whether the file is what its cells would be written as, digests aside."""
    written_anew = render(note, [cell.snippet for cell in cells]).decode()
    return _skeleton(written_anew) == _skeleton(data.decode("utf-8", "replace"))


def _skeleton(text: str) -> list[str]:
    """What stands outside the cells' code."""
    kept, inside = [], False
    for line in text.replace("\r\n", "\n").splitlines()[1:]:
        if match := _CELL.match(line):
            inside = True
            kept.append(re.sub(r"( · not at import: .*)? · sha256=.*", "", match[0]))
        elif not inside:
            kept.append(line)
    return kept
