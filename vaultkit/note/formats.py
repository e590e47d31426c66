"""Whether a target names another file than a note, by its spelling alone."""

from __future__ import annotations

import re

from vaultkit.note.model import Link

# The formats Obsidian accepts in a vault, and documents that people keep beside their notes.
IMAGES = {"avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"}
MEDIA = {"3gp", "flac", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "ogv", "opus", "wav", "webm"}
_TEXTS = {"doc", "docx", "epub", "htm", "html", "odp", "ods", "odt", "pdf", "ppt", "pptx", "txt"}
_DATA = {"csv", "gz", "ipynb", "json", "tar", "tsv", "xls", "xlsx", "zip"}
_BOARDS = {"base", "canvas", "drawio", "excalidraw"}
_EXTENSIONS = frozenset(IMAGES | MEDIA | _TEXTS | _DATA | _BOARDS)
_PATH_EXTENSION = re.compile(r"\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,8}\Z")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,12})\Z")


def has_known_extension(target: str) -> bool:
    """Whether a target ends like a file that is no note; `release v2.4` and `Node.js` do not."""
    match = _EXTENSION.search(target)
    return match is not None and match[1].lower() in _EXTENSIONS


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
