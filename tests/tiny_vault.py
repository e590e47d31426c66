"""Vaults of a few files, written where a test says, and what vaultkit makes of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from vaultkit.config import Config
from vaultkit.plan.plan import Plan, Write
from vaultkit.repair.propose import Options
from vaultkit.repair.reconcile import Reconciliation, reconcile
from vaultkit.repair.survey import Sighting, Surveyor
from vaultkit.text import apply_edits
from vaultkit.vault import Vault, read_vault

Files = Mapping[str, str | bytes]


def write_files(root: Path, files: Files) -> Path:
    """Write files below a folder, byte for byte, and return the folder."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def tiny_vault(root: Path, files: Files, config: Config | None = None) -> Vault:
    """The vault that the files make."""
    return read_vault(write_files(root, files), config)


def sightings(root: Path, files: Files) -> list[Sighting]:
    """Every link of the files with its bucket."""
    return list(Surveyor(tiny_vault(root, files)).survey())


def buckets(root: Path, text: str | bytes, files: Files | None = None) -> list[str]:
    """The buckets of the links in a note `S.md` that holds `text`, beside other files."""
    found = sightings(root, {"S.md": text, **(files or {})})
    return [item.bucket for item in found if item.path == "S.md"]


def reconciled(root: Path, files: Files, options: Options | None = None) -> Reconciliation:
    """What `reconcile` would do with the files."""
    return reconcile(tiny_vault(root, files), options)


def carried_out(files: Files, plan: Plan) -> dict[str, str]:
    """The text of the files that the plan changes, after it."""
    changed: dict[str, str] = {}
    for action in plan.actions:
        assert isinstance(action, Write)
        content = files[str(action.path)]
        data = content if isinstance(content, bytes) else content.encode()
        assert hashlib.sha256(data).hexdigest() == action.before
        changed[str(action.path)] = apply_edits(data, action.edits).decode()
    return changed


def repaired(root: Path, files: Files, options: Options | None = None) -> dict[str, str]:
    """The text of the files that `reconcile` changes, after it."""
    return carried_out(files, reconciled(root, files, options).plan)


def refusals(root: Path, files: Files, options: Options | None = None) -> list[tuple[str, str]]:
    """(target, reason) of what `reconcile` leaves alone although a note resembles it."""
    return [
        (item.link.target, item.refusal.reason) for item in reconciled(root, files, options).refused
    ]


def tree_digest(root: Path) -> str:
    """One digest over the name and bytes of every file below a folder, the backups left out."""
    total = hashlib.sha256()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "_link_reconcile_backup")
        for name in sorted(names):
            place = Path(folder, name)
            relative = os.fsencode(place.relative_to(root))
            data = b"-> link" if place.is_symlink() else place.read_bytes()
            total.update(b"%d %s %d %s" % (len(relative), relative, len(data), data))
    return total.hexdigest()
