"""A base: the vault's notes as tables by status, verdict and category.

Format: Obsidian's manual, "Bases syntax" (YAML with filters, properties and views).
"""

from __future__ import annotations

import json
import re

from vaultkit.generate.made_file import sealed_base
from vaultkit.vault import Vault

_WORD = re.compile(r"[A-Za-z_]\w*")
# Property -> the view's name; a view is made where the vault has the property.
_VIEWS = (
    ("status", "By status"),
    ("verification_status", "By verdict"),
    ("category", "By category"),
)
_COLUMNS = (
    ("status", "Status"),
    ("verification_status", "Verdict"),
    ("verified_on", "Verified on"),
    ("category", "Category"),
    ("confidence_score", "Confidence"),
    ("tags", "Tags"),
    ("aliases", "Aliases"),
    ("last_reinforced", "Last reinforced"),
)


def base_of(vault: Vault, folder: str = "") -> bytes:
    """The notes of a folder, or of the vault, as one base with a table for each way to group.

    Columns and views are those of the properties that the notes have.
    """
    inside = [
        note for path, note in vault.notes.items() if not folder or path.startswith(f"{folder}/")
    ]
    known = {key for note in inside for key in note.values}
    columns = [(key, title) for key, title in _COLUMNS if key in known]
    lines = ["filters:", "  and:", f"    - {_text('file.ext == ' + json.dumps('md'))}"]
    if folder:
        lines.append(f"    - {_text(f'file.inFolder({json.dumps(folder, ensure_ascii=False)})')}")
    lines += ["properties:", "  file.name:", "    displayName: Note"]
    for key, title in columns:
        lines += [f"  {property_id(key)}:", f"    displayName: {title}"]
    lines.append("views:")
    lines += _view("All notes", None, columns)
    for key, title in _VIEWS:
        if key in known:
            lines += _view(title, key, columns)
    return sealed_base("\n".join(lines) + "\n")


def _view(name: str, group: str | None, columns: list[tuple[str, str]]) -> list[str]:
    lines = ["  - type: table", f"    name: {name}"]
    if group is not None:
        lines += ["    groupBy:", f"      property: {property_id(group)}", "      direction: ASC"]
    lines += ["    order:", "      - file.name"]
    lines += [f"      - {property_id(key)}" for key, _ in columns if key != group]
    if any(key == "confidence_score" for key, _ in columns):
        lines += ["    summaries:", f"      {property_id('confidence_score')}: Average"]
    return lines


def property_id(key: str) -> str:
    """A note's property as a base names it."""
    return f"note.{key}" if _WORD.fullmatch(key) else f"note[{json.dumps(key)}]"


def _text(value: str) -> str:
    """A YAML text in single quotes, in which expressions need no escape but for the quote."""
    return "'" + value.replace("'", "''") + "'"
