"""Settings of the linter for a part of the vault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vaultkit.schema.glob import PathPattern
from vaultkit.schema.keys import Key

SEVERITIES = ("error", "warning", "info")


class FolderRules(NamedTuple):
    """What differs for the files that `path` means.

    select:   rules or families that run there too, beyond those chosen for the vault.
    ignore:   rules or families that do not run there.
    severity: rule -> "error", "warning" or "info".
    """

    path: PathPattern
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}


FOLDER_KEYS = (
    Key("path", "texts", "Folders or patterns, from the vault's root: `Daily`, `**/Archive`."),
    Key("select", "texts", "Rules or families to run there, beyond those of the vault."),
    Key("ignore", "texts", "Rules or families not to run there."),
    Key("severity", "choices", "How grave a rule's findings are there.", SEVERITIES),
)
