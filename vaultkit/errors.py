"""Mistakes a person can mend: what is wrong, where, and what to do next.

A bug of ours is never one of these: it stays an ordinary exception, and the
command line answers it with exit code 3 and asks for a report.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    CLEAN = 0
    FINDINGS = 1
    REFUSED = 2
    BUG = 3
    INTERRUPTED = 130


class VaultkitError(Exception):
    """Something a person can mend, told in one sentence, with the next step as a hint.

    message: what is wrong and where, without a trailing full stop needed.
    hint:    what to do next, or "" where the message says it all.
    """

    exit_code: Exit = Exit.REFUSED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(VaultkitError):
    """An argument or a setting that does not make sense."""


class ConflictError(VaultkitError):
    """A plan that does not fit what is on disk now; nothing was written."""


class StoreError(VaultkitError):
    """The file system refused a read or a write; the message names the file and the reason."""
