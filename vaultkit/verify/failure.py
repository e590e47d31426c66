"""An exception of a note as the note's reader understands it: its own lines, nothing of ours."""

from __future__ import annotations

import traceback
from types import TracebackType

from vaultkit.verify.job import Block
from vaultkit.verify.outcome import Failure

_LONGEST = 20_000


def failure_of(error: BaseException, file: str, block: Block) -> Failure:
    """What a block raised; the line is the last one of the block that was reached.

    The traceback begins with the note's first frame: ours, which called it, are left out.
    """
    try:
        trace = _trace(error, file)
        message = _message(error)
    except BaseException:  # a hostile __str__, or no memory left to format
        trace, message = "", "(its message could not be formatted)"
    return Failure(
        type(error).__name__,
        message[:_LONGEST],
        _line(error, file, block),
        trace[-_LONGEST:],
        tuple(kind.__name__ for kind in type(error).__mro__),
    )


def failing_line(error: BaseException, file: str, block: Block) -> int | None:
    """The line, from 1 within the block, of the top-level statement that raised."""
    if isinstance(error, SyntaxError) and error.__traceback__ is None:
        return 1
    for frame, line in _frames(error.__traceback__):
        if frame == file and _inside(line, block):
            return line - block.line + 1
    return 1  # it did not even compile


def _line(error: BaseException, file: str, block: Block) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    reached = [line for frame, line in _frames(error.__traceback__) if frame == file]
    own = [line for line in reached if _inside(line, block)]
    return own[-1] if own else reached[-1] if reached else None


def _inside(line: int, block: Block) -> bool:
    return block.line <= line < block.line + max(block.code.count("\n"), 1)


def _frames(trace: TracebackType | None) -> list[tuple[str, int]]:
    found = []
    while trace is not None:
        found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg or "invalid syntax"
    if isinstance(error, SystemExit):
        return f"the block called sys.exit({'' if error.code is None else repr(error.code)})"
    if isinstance(error, AssertionError) and not error.args:
        return "assertion failed"
    return str(error)


def _trace(error: BaseException, file: str) -> str:
    start = error.__traceback__
    while start is not None and start.tb_frame.f_code.co_filename != file:
        start = start.tb_next
    told = traceback.TracebackException(type(error), error, start, compact=True)
    return "".join(told.format())
