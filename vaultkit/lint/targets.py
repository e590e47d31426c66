"""What kind of thing a link's target names, by its spelling alone."""

from __future__ import annotations

from vaultkit.names import heading_key
from vaultkit.note.formats import IMAGES, MEDIA
from vaultkit.vault import Vault


def is_media(path: str) -> bool:
    """Whether a file is an image, a sound, a film or a PDF, which live by being shown."""
    extension = path[path.rfind(".") + 1 :].lower()
    return extension in IMAGES or extension in MEDIA or extension == "pdf"


def is_block(fragment: str) -> bool:
    """Whether what stands after the `#` names a block and not a heading."""
    return fragment.rpartition("#")[2].strip().startswith("^")


def near_headings(vault: Vault, path: str, fragment: str) -> tuple[str, ...]:
    """Headings of a note that hold the words of a fragment, or are held by them."""
    note = vault.notes.get(path)
    wanted = heading_key(fragment.rpartition("#")[2].replace("-", " "))
    if note is None or not wanted:
        return ()
    near = (
        item.text
        for item in note.headings
        if (key := heading_key(item.text).replace("-", " ")) and (wanted in key or key in wanted)
    )
    return tuple(dict.fromkeys(near))[:3]
