"""A block's `>>>` session, compared with what the note says it prints."""

from __future__ import annotations

import doctest
from typing import Any

from vaultkit.verify.failure import failure_of
from vaultkit.verify.job import Block
from vaultkit.verify.outcome import Failure


def run_doctest(block: Block, space: dict[str, Any], file: str) -> Failure | None:
    """Run a session in a namespace; its first wrong example as a failure, or None."""
    try:
        examples = doctest.DocTestParser().get_examples(block.code, file)
    except ValueError as error:
        return Failure("DoctestSyntax", str(error), block.line)
    test = doctest.DocTest(examples, space, file, file, block.line - 1, block.code)
    test.globs = space  # the constructor copies it
    runner = _Runner(block, file)
    runner.run(test, clear_globs=False, out=lambda _: None)
    return runner.failure


class _Runner(doctest.DocTestRunner):
    def __init__(self, block: Block, file: str) -> None:
        super().__init__(optionflags=doctest.FAIL_FAST)
        self.block, self.file = block, file
        self.failure: Failure | None = None

    def report_start(self, out: Any, test: Any, example: Any) -> None:
        """Say nothing."""

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        """Keep the first difference."""
        if self.failure is None:
            self.failure = Failure(
                "DoctestFailure",
                self._checker.output_difference(example, got, 0).rstrip(),  # type: ignore[attr-defined]
                self.block.line + example.lineno,
            )

    def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
        """Keep the exception."""
        if self.failure is None:
            told = failure_of(exc_info[1], self.file, self.block)
            line = self.block.line + example.lineno
            self.failure = Failure(told.type, told.message, line, told.trace, told.lineage)
