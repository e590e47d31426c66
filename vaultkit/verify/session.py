"""Inside the child: a note's blocks run in order in one namespace, each reported as it ends.

The functions this module needs are taken at import, before a block can replace them.
"""

from __future__ import annotations
import __future__ as futures

import builtins
import linecache
import os
import random
import sys
import types
from collections.abc import Iterable
from time import perf_counter
from typing import Any

from vaultkit.verify.failure import failing_line, failure_of
from vaultkit.verify.job import Block, Job
from vaultkit.verify.judging import Judged, judge_block, propose
from vaultkit.verify.ledger import Ledger
from vaultkit.verify.outcome import Failure, Outcome
from vaultkit.verify.runner import write_file

_SPAWNING = ("multiprocessing", "concurrent.futures", "spawn", "joblib", "num_workers", "Pool")
_fstat, _getpid, _exit = os.fstat, os.getpid, os._exit
_FUTURE = 0
for _name in futures.all_feature_names:
    _FUTURE |= getattr(futures, _name).compiler_flag


class Session:
    """The state of one job in its child: namespace, what is missing, where it stands."""

    def __init__(self, job: Job, vault: str, ledger: Ledger, oracles: tuple[str, ...] = ()) -> None:
        self.job, self.vault, self.ledger, self.oracles = job, vault, ledger, oracles
        self.owner = _getpid()
        self.missing: dict[str, int] = {}
        self.flags = 0
        self.done: list[Block] = []
        stem = os.path.splitext(os.path.basename(job.file))[0]  # noqa: PTH119, PTH122
        self.shadow = f"{os.getcwd()}/{stem}.py"  # noqa: PTH109
        self.module = types.ModuleType("__main__")
        self.module.__dict__.update(__file__=self.shadow, __builtins__=builtins)
        self.reads: list[str] = []
        self.spawns = False
        # PyTorch alone loads it; only a note that names it, or what uses it, spawns anything.
        self.loaded = "multiprocessing" in sys.modules

    def run(self) -> None:
        """Run every block that can run, and report each; never raises."""
        sys.modules["__main__"] = self.module
        sys.argv[:] = [self.job.file]
        lines = _shadow_lines(self.job.blocks)
        for name in (self.job.file, self.shadow):
            linecache.cache[name] = (sum(map(len, lines)), None, lines, name)
        self._watch_reads()
        for block in self.job.blocks:
            if block.absent:
                self._forget(block, [name for name, _ in block.binds])
                continue
            cause = next((self.missing[n] for n in sorted(block.uses & self.missing.keys())), None)
            if cause is not None:
                self._forget(block, [name for name, _ in block.binds])
                self.ledger.add({"blocked": block.index, "by": cause})
                continue
            self.ledger.begin(block.index)
            outcome = self._one(block)
            if _getpid() != self.owner:
                _exit(0)  # a fork made by the block came out of it: the report is the parent's
            at = _flushed()
            if not self.ledger.add({"end": _plain(outcome), "at": at}):
                told = Failure("ReportLimit", "its error and results are too large to report")
                large = Outcome(block.index, "failed", outcome.seconds, told)
                self.ledger.add({"end": _plain(large), "at": at})
            self.done.append(block)

    def _one(self, block: Block) -> Outcome:
        del self.reads[:]
        start = perf_counter()
        failure, missing = None, []
        result: list[tuple[str, Any]] = []
        judged: Judged | None = None
        proposed: Any = None
        try:
            seed_everything(block.seed, self.job.device)
            self._write_shadow(block)
            failure = self._execute(block)
        except BaseException as error:
            failure = failure_of(error, self.job.file, block)
            missing = _unmade(block, failing_line(error, self.job.file, block))
        if failure is None and not block.raises:
            try:
                result = _results(block, self.module.__dict__)
                judged = judge_block(block, self.module.__dict__, self.job.device, self.oracles)
                failure = judged.failure if judged else None
                proposed = propose(block, self.module.__dict__, self.oracles)
            except BaseException as error:  # the block ran: what it made is there
                failure = failure_of(error, self.job.file, block)
        seconds = perf_counter() - start
        if failure is not None and block.doctest:
            missing = [name for name, _ in block.binds]
        self._forget(block, missing)
        if judged is not None:
            verdict: Any = judged.level
        else:
            verdict, failure = _measured(block, failure)
        return Outcome(
            block.index,
            verdict,
            seconds,
            failure,
            missing=tuple(missing),
            result=tuple(result),
            judged=judged.told if judged else None,
            proposed=proposed,
            reads=tuple(dict.fromkeys(self.reads)),
        )

    def _execute(self, block: Block) -> Failure | None:
        space = self.module.__dict__
        if block.doctest:
            from vaultkit.verify.doctests import run_doctest

            return run_doctest(block, space, self.job.file)
        source = "\n" * (block.line - 1) + block.code
        code = compile(source, self.job.file, "exec", self.flags, dont_inherit=True)
        self.flags |= code.co_flags & _FUTURE
        exec(code, space)
        for name in block.calls:
            _call_test(name, space[name], self.job.device)
        return None

    def _forget(self, block: Block, missing: Iterable[str]) -> None:
        lost = set(missing)
        for name, _ in block.binds:
            if name in lost:
                self.missing[name] = block.index
            else:
                self.missing.pop(name, None)

    def _write_shadow(self, block: Block) -> None:
        """Put the session so far where a spawned process imports its `__main__` from.

        The running block is there in full only when it guards its main part itself: a
        spawned process that ran it again would spawn again.
        """
        fresh = "multiprocessing" in sys.modules and not self.loaded
        self.spawns = self.spawns or fresh or any(word in block.code for word in _SPAWNING)
        if not self.spawns:
            return
        lines = _shadow_lines([*self.done, block])
        if "__name__" not in block.code:
            lines = _without_actions(lines, block)
        write_file(self.shadow, "".join(lines))

    def _watch_reads(self) -> None:
        vault, reads = self.vault.rstrip("/") + "/", self.reads
        if vault == "/":
            return

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event not in ("open", "os.listdir", "os.scandir"):
                return
            path = arguments[0] if arguments and arguments[0] is not None else "."
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            if isinstance(path, str) and (whole := _absolute(path) + "/").startswith(vault):
                below = whole[len(vault) :].rstrip("/")
                reads.append(below if event == "open" else below + "/")

        sys.addaudithook(hook)


def _flushed() -> int:
    """How many bytes the note has printed so far, what it holds back written out first."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue  # the block closed or replaced it
    try:
        return _fstat(1).st_size
    except OSError:
        return 0


def _absolute(path: str) -> str:
    return path if path.startswith("/") and "/." not in path else os.path.abspath(path)  # noqa: PTH100


def _plain(outcome: Outcome) -> dict[str, Any]:
    failure = outcome.failure
    return {
        "index": outcome.index,
        "verdict": outcome.verdict,
        "seconds": outcome.seconds,
        "failure": failure and [failure.type, failure.message, failure.line, failure.trace],
        "missing": outcome.missing,
        "result": outcome.result,
        "judged": outcome.judged,
        "proposed": outcome.proposed,
        "reads": outcome.reads,
    }


def _shadow_lines(blocks: Iterable[Block]) -> list[str]:
    """Every block's code at its own line numbers, nothing in between: valid Python as a whole."""
    lines: list[str] = []
    for block in blocks:
        if block.doctest:
            continue
        lines += ["\n"] * (block.line - 1 - len(lines))
        lines[block.line - 1 :] = [line + "\n" for line in block.code.splitlines()]
    return lines


def _without_actions(lines: list[str], block: Block) -> list[str]:
    import ast

    try:
        body = ast.parse(block.code).body
    except SyntaxError:
        return lines[: block.line - 1]
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in body:
        if not isinstance(node, kept):
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[block.line - 2 + number] = "\n"
    return lines


def seed_everything(seed: int, device: str) -> None:
    """Start every generator that is loaded from the same seed."""
    random.seed(seed)
    if (numpy := sys.modules.get("numpy")) is not None and hasattr(numpy, "random"):
        numpy.random.seed(seed)
    if (torch := sys.modules.get("torch")) is not None and hasattr(torch, "manual_seed"):
        # For devices that are not awake `manual_seed` writes down where it was called from.
        cpu = device == "cpu" and hasattr(torch, "default_generator")
        (torch.default_generator if cpu else torch).manual_seed(seed)


def _call_test(name: str, function: Any, device: str) -> None:
    import inspect

    given = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "device":
            given["device"] = device
        elif parameter.default is parameter.empty and parameter.kind < parameter.VAR_POSITIONAL:
            raise TypeError(
                f"{name} wants the fixture {parameter.name!r}; a block's tests are given "
                "`device` and nothing else"
            )
    function(**given)


def _results(block: Block, space: dict[str, Any]) -> list[tuple[str, Any]]:
    if not block.result:
        return []
    from vaultkit.verify.devices import encode

    return [(name, encode(name, space[name])) for name in block.result]


def _unmade(block: Block, line: int | None) -> list[str]:
    """Names whose last binding does not lie wholly above the failing line of the block."""
    return [name for name, last in block.binds if line is None or last >= line]


def _measured(block: Block, failure: Failure | None) -> tuple[Any, Failure | None]:
    """The verdict that a block's marker makes of how it ended."""
    if block.raises:
        if failure is None:
            return "failed", Failure("DidNotRaise", f"should raise {block.raises}, and did not")
        expected = block.raises.rpartition(".")[2]
        return ("passed" if expected in failure.lineage else "failed"), failure
    if block.xfail:
        if failure is None:
            return "failed", Failure("DidNotFail", "is marked xfail, and passed")
        return "passed", failure
    return ("passed" if failure is None else "failed"), failure
