"""What kind of thing a link's target names, by its spelling alone."""

from __future__ import annotations

from vaultkit.note.formats import IMAGES, MEDIA, is_attachment

__all__ = ["is_attachment", "is_block", "is_media"]


def is_media(path: str) -> bool:
    """Whether a file is an image, a sound, a film or a PDF, which live by being shown."""
    extension = path[path.rfind(".") + 1 :].lower()
    return extension in IMAGES or extension in MEDIA or extension == "pdf"


def is_block(fragment: str) -> bool:
    """Whether what stands after the `#` names a block and not a heading."""
    return fragment.rpartition("#")[2].strip().startswith("^")
