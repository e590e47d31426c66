"""A person's own oracles: the folders that the configuration names.

What `verify` takes from them is imported inside the walls only, beside the notes' code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.verify.job import Block, Job

if TYPE_CHECKING:
    from vaultkit.verify.runner import Runner

_CODE = """
from pathlib import Path
from vaultkit.errors import UsageError
from vaultkit.verify.catalogue import catalogue
try:
    catalogue(map(Path, {folders!r}))
except UsageError as error:
    raise UsageError(f"{{error.message}}. {{error.hint}}".removesuffix(". ")) from None
"""


def oracle_folders(config: Config) -> tuple[str, ...]:
    """The folders under the key `oracles`, whole, each relative to the configuration's file.

    Raises UsageError, naming the file, for one that is not there.
    """
    if config.file is None:
        return ()
    found = []
    for name in config.oracles:
        folder = config.file.parent / name
        if not folder.is_dir():
            raise UsageError(
                f"{config.file}: `oracles` names {name!r}, which is no folder",
                "make it, or correct the path; it is relative to that file",
            )
        found.append(str(folder.resolve()))
    return tuple(dict.fromkeys(found))


def content(folders: Sequence[str]) -> str:
    """A digest of every Python file in the folders: results rest on them."""
    made = hashlib.sha256()
    for folder in folders:
        for file in sorted(Path(folder).rglob("*.py")):
            name = file.relative_to(folder).as_posix()
            made.update(f"{name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return made.hexdigest() if folders else ""


def check(runner: Runner, folders: Sequence[str]) -> None:
    """Import the folders once inside the walls, before any note asks for them.

    Raises UsageError for a file that does not import, or offers no concept.
    """
    if not folders:
        return
    block = Block(1, 1, _CODE.format(folders=list(folders)), binds=())
    (ended,) = runner.run([Job(0, "oracles", "<oracles>", (block,))])
    failure = ended.outcomes[0].failure if ended.outcomes else None
    if failure is not None:
        kind = "" if failure.type == "UsageError" else f"{failure.type}: "
        raise UsageError(
            f"the oracles cannot be used: {kind}{failure.message}",
            "correct the file, or take its folder out of `oracles`",
        )
