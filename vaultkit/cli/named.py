"""Which file, folder, heading or block of a vault a person means on the command line."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.names.forbidden import forbidden
from vaultkit.repair.forms import NameForms
from vaultkit.repair.suggest import Suggester
from vaultkit.vault import Ambiguous, Found, Vault

_KNOWN = (".md", ".canvas", ".base")


class Named(NamedTuple):
    """A path in the vault, and the text after `#`, or None."""

    path: str
    fragment: str | None


def file_named(vault: Vault, text: str) -> str:
    """The file a person means: a path in the vault with or without `.md`, a name as links use
    it, or a path from the current folder.

    Raises UsageError when there is none, or more than one.
    """
    plain = text.removeprefix("./")
    for path in (plain, f"{plain}.md"):
        if path in vault.index:
            return path
    found = vault.resolve(text, "")
    if isinstance(found, Found) and text.strip():
        return found.path
    if isinstance(found, Ambiguous):
        raise UsageError(
            f"`{text}` may be any of {len(found.candidates)} files",
            "name it by its path: " + ", ".join(found.candidates),
        )
    if (inside := _from_here(vault, text)) in vault.index:
        return inside
    near = Suggester(NameForms(vault)).suggest(text)
    hint = "did you mean " + ", ".join(f"`{name}`" for name in near) + "?" if near else ""
    raise UsageError(f"the vault has no file `{text}`", hint or "name it by its path in the vault")


def note_named(vault: Vault, text: str) -> str:
    """The note a person means."""
    path = file_named(vault, text)
    if path not in vault.notes:
        raise UsageError(f"{path} is not a note", "name a Markdown file")
    return path


def folder_named(vault: Vault, text: str) -> str | None:
    """A folder of the vault by its path, or None; "" is the vault itself."""
    plain = text.removeprefix("./").strip("/")
    if plain in ("", "."):
        return ""
    if any(path.startswith(f"{plain}/") for path in vault.files):
        return plain
    inside = _from_here(vault, text)
    return inside if (vault.root / inside).is_dir() and inside else None


def with_fragment(vault: Vault, text: str) -> Named:
    """`NOTE#Heading` or `NOTE#^block`; a file whose own name holds a `#` comes first."""
    if "#" not in text or text in vault.index or f"{text}.md" in vault.index:
        return Named(file_named(vault, text), None)
    name, _, fragment = text.partition("#")
    if not fragment.strip():
        raise UsageError(f"`{text}` names no heading", "write NOTE#Heading or NOTE#^block")
    return Named(note_named(vault, name), fragment.strip())


def _from_here(vault: Vault, text: str) -> str:
    """A path from the current folder as a path in the vault, "" when it lies outside."""
    place, root = Path(text).expanduser().resolve(), vault.root.resolve()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else ""


def folder_for(vault: Vault, text: str) -> str:
    """The path in the vault of a folder that is there or is to be made; "" is the vault itself.

    Raises UsageError where it would lie outside the vault, or in what Obsidian does not see.
    """
    known = folder_named(vault, text)
    plain = text.removeprefix("./").strip("/") if known is None else known
    if known is None and (Path(text).is_absolute() or ".." in plain.split("/")):
        raise UsageError(f"{text} lies outside the vault", "name a folder of the vault")
    parts = plain.split("/") if plain else []
    for number, part in enumerate(parts, 1):
        if problem := forbidden(part):
            raise UsageError(f"`{text}` cannot be a folder: {problem}", "choose another name")
        path = "/".join(parts[:number])
        if path in vault.index:
            raise UsageError(
                f"{path} is the name of a file, not of a folder",
                "to give a file another name: vaultkit rename",
            )
        if (vault.root / path).is_symlink():
            raise UsageError(
                f"{path} is a symbolic link", "name a folder that lies in the vault itself"
            )
    return plain


def place_for(vault: Vault, text: str, suffix: str) -> str:
    """The path in the vault of a file that is there or is to be made, with its extension.

    Raises UsageError where it would lie outside the vault or in what Obsidian does not see.
    """
    plain = text.removeprefix("./")
    if suffix == ".md" and "/" not in plain:
        found = vault.resolve(plain, "")
        if isinstance(found, Found) and found.path in vault.notes:
            return found.path
    extension = PurePosixPath(plain).suffix.lower()
    if plain in vault.index and extension != suffix:
        raise UsageError(f"{plain} is there, and no `{suffix}` file", "choose another name")
    if extension in _KNOWN and extension != suffix:
        raise UsageError(f"{text} does not end as its kind of file does", f"end it with `{suffix}`")
    folder, _, name = plain.rpartition("/")
    if Path(text).is_absolute() or ".." in plain.split("/"):
        raise UsageError(f"{text} lies outside the vault", "write a path in the vault")
    name = name if extension == suffix else name + suffix
    if problem := forbidden(name[: -len(suffix)]):
        raise UsageError(f"`{name}` cannot be a file's name: {problem}", "choose another name")
    home = folder_for(vault, folder) if folder else ""
    return f"{home}/{name}".lstrip("/")
