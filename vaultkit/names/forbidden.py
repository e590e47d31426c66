"""Which names a note can have, so that links can name it and every system can hold it."""

from __future__ import annotations

import unicodedata

# Obsidian's manual: these do not work in a link; the last three no file name holds everywhere.
_IN_LINKS = "#^[]|"
_IN_PATHS = "\\/:"
# Refused by Windows and Android, so a vault that holds one does not travel.
_ELSEWHERE = '*"<>?'
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)))
)
# Bytes of a name that Linux and macOS hold, with room for `.md`.
_LONGEST = 240


def forbidden(name: str) -> str | None:
    """Why no file of a vault can be called so (without an extension), or None."""
    if not name.strip():
        return "it is empty"
    if name != name.strip():
        return "it begins or ends with a blank"
    if name.startswith("."):
        return "it begins with a dot, and Obsidian does not see such files"
    for character in name:
        if character in _IN_LINKS:
            return f"a link cannot hold `{character}`"
        if character in _IN_PATHS:
            return f"a file name cannot hold `{character}`"
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            return "it holds a control character"
    if "%%" in name:
        return "a link cannot hold `%%`"
    if len(name.encode()) > _LONGEST:
        return f"it is longer than {_LONGEST} bytes"
    return None


def unportable(name: str) -> str | None:
    """Why another system would refuse the name, or None."""
    for character in name:
        if character in _ELSEWHERE:
            return f"Windows and Android refuse `{character}` in a file's name"
    if name.endswith("."):
        return "Windows refuses a file's name that ends with a dot"
    if name.partition(".")[0].lower() in _RESERVED:
        return f"Windows keeps the name `{name}` for itself"
    return None
