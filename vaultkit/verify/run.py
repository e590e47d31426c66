"""Verify notes: look up, plan, run, follow up, and give every planned block its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.note import Note
from vaultkit.snippets.sessions import modules_of, sessions
from vaultkit.snippets.snippet import Snippet
from vaultkit.verify import remember
from vaultkit.verify.cache import Cache
from vaultkit.verify.environment import digest, gpu, machine, provenance
from vaultkit.verify.job import Limits
from vaultkit.verify.own import check, content
from vaultkit.verify.row import Row, Verification, ordered
from vaultkit.verify.rows import rows_of_note
from vaultkit.verify.runner import Runner
from vaultkit.verify.schedule import Choice, tasks
from vaultkit.verify.work import Work

# Every word that `kind_of` takes for Python holds one of these.
_LOOKS = re.compile(
    rb"(?:```|~~~)[ \t]*[^\s`]*(?:py|doctest|jupyter|sage|xonsh|mojo|starlark|cython)",
    re.IGNORECASE,
)

Collect = Callable[[Note], tuple[Snippet, ...]]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose.

    device:  `auto`, `cpu` or `cuda`.
    jobs:    notes at once; 0 for one for each processor.
    sandbox: `auto`, `require` or `off`.
    require: the level that declared code must reach.
    cache:   folder of remembered results, or None to remember nothing.
    read:    folders beside the vault that notes may read.
    said:    a digest of what is declared beside the notes.
    oracles: folders of a person's own oracles.
    """

    device: str = "auto"
    jobs: int = 0
    sandbox: str = "auto"
    require: str = "agrees"
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None
    read: tuple[str, ...] = ()
    said: str = ""
    oracles: tuple[str, ...] = ()

    def digest(self) -> str:
        """Everything here that results depend on."""
        chosen = (self.device, self.sandbox, self.require, self.limits, *self.read, "", self.said)
        return digest(*chosen, content(self.oracles))


def verify(
    vault: Path, notes: Mapping[str, Note], collect: Collect, options: Options
) -> Verification:
    """Every Python-looking block of the notes with its fate and verdict.

    notes: by path relative to the vault. Raises UsageError for a device or a sandbox level
    that is asked for and not there.
    """
    if options.device == "cuda" and not gpu():
        raise UsageError("there is no CUDA device here", "leave --device out, or say cpu")
    likely = {path: note for path, note in notes.items() if _LOOKS.search(note.source.data)}
    cache = Cache(options.cache)
    try:
        return _verify(vault, likely, collect, options, cache)
    finally:
        cache.close()


def _verify(
    vault: Path, notes: Mapping[str, Note], collect: Collect, options: Options, cache: Cache
) -> Verification:
    chosen = options.digest()
    keys = {path: remember.note_key(path, note.source.data, chosen) for path, note in notes.items()}
    around = digest("environment", machine(), chosen)
    known = cache.get([*keys.values(), around])
    rows: list[Row] = []
    left: dict[str, tuple[Snippet, ...]] = {}
    for path, note in notes.items():
        told = known.get(keys[path])
        found = told and remember.rows_of(told, vault)
        if found is None:
            left[path] = collect(note)
        else:
            rows += found
    environment: Any = known.get(around)
    if left:
        made, environment = _run(vault, left, options, cache, keys, environment)
        rows += made
        cache.put(around, environment)
    return Verification(ordered(rows), environment or {})


def _run(
    vault: Path,
    left: Mapping[str, tuple[Snippet, ...]],
    options: Options,
    cache: Cache,
    keys: Mapping[str, str],
    environment: Any,
) -> tuple[list[Row], Any]:
    found = {path: sessions(snippets) for path, snippets in left.items()}
    modules = modules_of(s for snippets in left.values() for s in snippets)
    choice = Choice(options.device, bool(gpu()), options.limits)
    work = Work(vault, options, cache)
    planned = {path: tasks(found[path], choice) for path in left}
    work.recall(task for some in planned.values() for task in some)
    if work.open:
        judges = any(s.attributes.implements for some in left.values() for s in some)
        with Runner(
            vault, modules, options.sandbox, options.jobs, options.read, options.oracles, judges
        ) as runner:
            ready = runner.ready
            if judges:
                check(runner, options.oracles)
            if choice.cuda and "torch" in modules and not ready.cuda:
                planned = _without_cuda(found, choice, options)
                work = Work(vault, options, cache)
                work.recall(task for some in planned.values() for task in some)
            work.run(runner)
        cuda = ready.cuda or gpu()
        environment = provenance(ready.versions, ready.walls.describe(), cuda, vault)
    elif environment is None:
        environment = provenance((), "nothing had to run", gpu(), vault)
    rows: list[Row] = []
    for path, snippets in left.items():
        made = rows_of_note(snippets, planned[path], work, options.require)
        rows += made
        if cache and work.lasting(planned[path]):
            reads = work.reads(planned[path])
            value = remember.rows_value(made, reads, modules_of(snippets), vault)
            cache.put(keys[path], value)
    return rows, environment


def _without_cuda(
    found: Mapping[str, Iterable[Any]], choice: Choice, options: Options
) -> dict[str, Any]:
    if options.device == "cuda":
        raise UsageError("PyTorch finds no CUDA device here", "install a build of it for CUDA")
    without = replace(choice, cuda=False)
    return {path: tasks(some, without) for path, some in found.items()}
