"""All notes of a vault at once, and what a link in one of them means.

What is named here is imported when it is asked for: an answer that is remembered needs no note.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultkit.vault.fragment import Anchor
    from vaultkit.vault.index import Page, Vault, read_vault
    from vaultkit.vault.resolve import Ambiguous, Found, Missing, Resolution
    from vaultkit.vault.scan import Unreadable, list_files
    from vaultkit.vault.settings import Settings

__all__ = [
    "Ambiguous",
    "Anchor",
    "Found",
    "Missing",
    "Page",
    "Resolution",
    "Settings",
    "Unreadable",
    "Vault",
    "list_files",
    "read_vault",
]
_MODULES = {
    "fragment": ("Anchor",),
    "index": ("Page", "Vault", "read_vault"),
    "resolve": ("Ambiguous", "Found", "Missing", "Resolution"),
    "scan": ("Unreadable", "list_files"),
    "settings": ("Settings",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            found = getattr(importlib.import_module(f"{__name__}.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
