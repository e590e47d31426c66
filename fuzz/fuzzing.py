"""What both fuzzers share: atheris, the laws of the tests, a dictionary for libFuzzer."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests/laws")]

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install atheris (Linux, CPython)")


def instrumented() -> AbstractContextManager[Any]:
    """Modules first imported inside are watched for coverage."""
    manager: AbstractContextManager[Any] = atheris.instrument_imports(
        include=["vaultkit", "markdown_it", "frontmatter"]
    )
    return manager


def note(data: bytes, engine: Any) -> Any:
    """The note that some bytes are."""
    from vaultkit.note import read_note
    from vaultkit.text import Source

    return read_note(Source("a.md", data), engine)


def run(one: Callable[[bytes], None], words: Iterable[bytes]) -> None:
    """Fuzz until libFuzzer's options say stop; the words are spliced into inputs."""
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in words if word)
    with tempfile.NamedTemporaryFile("w", suffix=".dict", delete=False) as dictionary:
        dictionary.write("".join(f'"{line}"\n' for line in lines))
    options = [f"-dict={dictionary.name}", "-timeout=20", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:]], one)
    atheris.Fuzz()
