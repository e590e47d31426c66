"""What kind of thing a link's target names, by its spelling alone."""

from __future__ import annotations

import re

from vaultkit.note import Link
from vaultkit.repair.attachment import IMAGES, MEDIA, has_known_extension

_PATH_EXTENSION = re.compile(r"\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,8}\Z")


def is_attachment(link: Link) -> bool:
    """Whether a target names another file than a note.

    A dot is not an extension in `[[release v2.4 notes]]`; in a Markdown link, whose target is
    a path, any short word after the last dot is one.
    """
    if link.kind == "file":
        return not link.target.lower().endswith(".md")
    if link.target.lower().endswith(".md"):
        return False
    if has_known_extension(link.target):
        return True
    return link.kind == "markdown" and _PATH_EXTENSION.search(link.target) is not None


def is_media(path: str) -> bool:
    """Whether a file is an image, a sound, a film or a PDF, which live by being shown."""
    extension = path[path.rfind(".") + 1 :].lower()
    return extension in IMAGES or extension in MEDIA or extension == "pdf"


def is_block(fragment: str) -> bool:
    """Whether what stands after the `#` names a block and not a heading."""
    return fragment.rpartition("#")[2].strip().startswith("^")
