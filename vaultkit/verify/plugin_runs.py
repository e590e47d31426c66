"""What the pytest plugin does once there is something to run; imported no earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from vaultkit.errors import VaultkitError
from vaultkit.note import read_note
from vaultkit.snippets.aside import read_aside
from vaultkit.snippets.collect import collect
from vaultkit.snippets.module import read_module
from vaultkit.snippets.sessions import modules_of, sessions
from vaultkit.snippets.snippet import Snippet
from vaultkit.text import Source
from vaultkit.verify.cache import Cache
from vaultkit.verify.environment import gpu
from vaultkit.verify.own import check
from vaultkit.verify.row import Row
from vaultkit.verify.rows import rows_of_note
from vaultkit.verify.run import Options
from vaultkit.verify.runner import Runner
from vaultkit.verify.schedule import Choice, devices_of, tasks
from vaultkit.verify.work import Work


def read_blocks(root: Path, file: Path) -> Sequence[Snippet]:
    """The blocks of a note; its path is told relative to the vault."""
    path = file.relative_to(root).as_posix()
    try:
        aside = read_aside(root)
    except VaultkitError as error:
        raise pytest.UsageError(f"{error.message} ({error.hint})") from error
    return collect(read_note(Source(path, file.read_bytes())), aside)


def read_cells(file: Path) -> tuple[Sequence[Snippet], str]:
    """The blocks of a module, and the numbers of those that were edited in it, or ""."""
    module = read_module(file.read_bytes())
    if module is None:
        return (), ""
    edited = ", ".join(str(cell.snippet.index) for cell in module.cells if cell.edited)
    return tuple(cell.snippet for cell in module.cells), edited


def planned(
    snippets: Sequence[Snippet], options: Options
) -> Iterator[tuple[Snippet, Sequence[str]]]:
    """Every block that is ours, and the devices it is to run on."""
    choice = Choice(options.device, bool(gpu()), options.limits)
    where: dict[int, Sequence[str]] = {}
    for session in sessions(snippets):
        for snippet in session.own:
            where[snippet.index] = devices_of(session, choice)
    for snippet in snippets:
        if snippet.ours:
            only = "cuda" in snippet.attributes.needs
            yield snippet, ("cuda",) if only else where[snippet.index]


class Runs:
    """The notes that were run in this process, and the warm parents that ran them."""

    def __init__(self, options: Options, items: Iterable[Any]) -> None:
        self.options = options
        self._selected: dict[Path, dict[int, Snippet]] = {}
        self._rows: dict[Path, dict[tuple[int, str], Row]] = {}
        self._runners: dict[Path, Runner] = {}
        for item in items:
            if hasattr(item, "snippet"):
                self._selected.setdefault(item.path, {})[item.snippet.index] = item.snippet

    def row(self, item: Any) -> Row:
        """What became of an item's block."""
        if item.path not in self._rows:
            self._rows[item.path] = self._run(item)
        return self._rows[item.path][item.snippet.index, item.device]

    def _run(self, item: Any) -> dict[tuple[int, str], Row]:
        last = max(self._selected.get(item.path, {item.snippet.index: None}))
        snippets = [s for s in item.parent.snippets() if s.index <= last]
        root = item.parent.root()
        choice = Choice(self.options.device, bool(gpu()), self.options.limits)
        some = tasks(sessions(snippets), choice)
        work = Work(root, self.options, Cache(None))
        work.recall(some)
        if work.open:
            work.run(self._runner(root))
        rows = rows_of_note(snippets, some, work, self.options.require)
        return {(row.index, row.device): row for row in rows}

    def _runner(self, root: Path) -> Runner:
        if root not in self._runners:
            blocks = [s for some in self._selected.values() for s in some.values()]
            try:
                options = self.options
                judges = any(s.attributes.implements for s in blocks)
                runner = self._runners[root] = Runner(
                    root, modules_of(blocks), options.sandbox, 1, (), options.oracles, judges
                )
                if judges:
                    check(runner, options.oracles)
            except VaultkitError as error:
                raise pytest.UsageError(f"{error.message} ({error.hint})") from error
        return self._runners[root]

    def close(self) -> None:
        """End every warm parent."""
        for runner in self._runners.values():
            runner.close()


def explain(row: Row, snippet: Snippet) -> str:
    """A block's failure as pytest shows it: the note's lines, then what was raised."""
    error = row.error
    if error is None:
        return f"{row.note}:{row.line}: {row.fate}: {row.why}"
    lines = []
    if error.line is not None:
        code = snippet.code.splitlines()
        for number in range(max(row.line, error.line - 5), error.line + 1):
            if 0 <= number - row.line < len(code):
                mark = ">" if number == error.line else " "
                lines.append(f"{mark} {number:>5} | {code[number - row.line]}")
    if error.trace.count('  File "') > 1:
        lines += ["", *error.trace.rstrip().splitlines()]
    lines += [f"E   {line}" for line in f"{error.type}: {error.message}".splitlines()]
    needs = ", ".join(map(str, row.depends_on))
    lines += [f"depends on blocks {needs}; seed {row.seed}"] if needs else []
    return "\n".join([*lines, "", f"{row.note}:{error.line or row.line}: {error.type}"])
