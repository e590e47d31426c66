"""All notes of a vault at once, and what a link in one of them means."""

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
