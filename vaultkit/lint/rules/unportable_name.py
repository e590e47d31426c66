"""A file or folder name that Windows or Android cannot hold.

`< > : " | ? * \\` and control characters are forbidden there, a dot or blank at the end is cut
off, and `CON`, `NUL`, `COM1` and their like are devices. Synchronising such a file fails, or
gives it another name, and every link to it breaks. A bad folder name is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.places import file_place
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import View

FAMILY = "notes"
SEVERITY = "warning"
SCOPE = "front"
KNOWN_BY = "message"

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_DOUBT = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ](?:/|\Z)|(?:/|\A)(?:CON|PRN|AUX|NUL|COM|LPT)', re.IGNORECASE
)
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[1-9¹²³]|LPT[1-9¹²³])(?:\.|\Z)", re.IGNORECASE)


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    told: set[str] = set()
    for path in view.vault.files:
        if _DOUBT.search(path) is None:
            continue
        parts = path.split("/")
        for depth, name in enumerate(parts, 1):
            reason = _reason(name)
            here = "/".join(parts[:depth])
            if reason and here not in told:
                told.add(here)
                yield Hit(path, file_place(view.vault, path), f"`{name}` {reason}")


def _reason(name: str) -> str:
    if match := _FORBIDDEN.search(name):
        return f"holds `{match[0]}`" if match[0].isprintable() else "holds a control character"
    if name.endswith((".", " ")):
        return "ends with a dot" if name.endswith(".") else "ends with a blank"
    return "is the name of a device" if _DEVICE.match(name) else ""


BAD = (
    Example({"Why?.md": "«text»\n"}),
    Example({"aux.md": "«text»\n", "a:b/c.md": "«text»\n", "a:b/d.md": "text\n"}),
    Example({"Notes./A.md": "«text»\n"}),
)
GOOD = (Example({"Why not.md": "text\n", "auxiliary.md": "text\n", "한국어 📚.md": "text\n"}),)
