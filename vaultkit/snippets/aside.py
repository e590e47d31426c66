"""A file beside the vault that says of blocks what their fences may not.

```toml
["read-only/Note.md"]             # every block of the note
needs = "numpy"

["read-only/Note.md".blocks.3]    # the third one
raises = "ValueError"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.snippets.attributes import as_text

FILE = "vaultkit-blocks.toml"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Aside:
    """Declarations by note and by block index; keys and values as attributes write them."""

    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blocks: Mapping[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)

    def note(self, path: str) -> Mapping[str, str]:
        """What is said of every block of a note."""
        return self.notes.get(path, _NOTHING)

    def block(self, path: str, index: int) -> Mapping[str, str]:
        """What is said of one block."""
        return self.blocks.get((path, index), _NOTHING)


def read_aside(folder: Path) -> Aside | None:
    """The declarations in a folder's `vaultkit-blocks.toml`, or None where it has none.

    Raises UsageError, naming the file and the place.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not valid TOML: {error}", "correct the file") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "check its mode") from error
    notes: dict[str, Mapping[str, str]] = {}
    blocks: dict[tuple[str, int], Mapping[str, str]] = {}
    for path, said in table.items():
        if not isinstance(said, dict):
            raise UsageError(f"{file}: {path!r} is not a table", f'write ["{path}"]')
        own = said.get("blocks", {})
        notes[path] = _texts({k: v for k, v in said.items() if k != "blocks"})
        for number, keys in (own if isinstance(own, dict) else {"": None}).items():
            if not number.isdigit() or not isinstance(keys, dict):
                raise UsageError(
                    f"{file}: [{path!r}.blocks] has no block number {number!r}",
                    f'write ["{path}".blocks.3] for the third block',
                )
            blocks[path, int(number)] = _texts(keys)
    return Aside(notes, blocks)


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {key: as_text(value) for key, value in said.items()}
