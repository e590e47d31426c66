"""Which notes are templates, and what in a note only a template may hold."""

from __future__ import annotations

import re

from vaultkit.vault import Settings

# A folder of templates by its name, in the languages that corpora were seen to use.
_FOLDER = re.compile(
    r"template|templat|vorlage|plantilla|modèle|шаблон|템플릿|模板|テンプレ", re.IGNORECASE
)
PLACE_HOLDER = re.compile(rb"\{\{[^{}\r\n]*\}\}|<%[^\r\n]*?%>")


def is_template_place(path: str, settings: Settings) -> bool:
    """Whether a note lies where templates do: by the plugins' settings, or by a name.

    A note itself called `… template` counts too.
    """
    if any(path.startswith(f"{folder}/") for folder in settings.templates):
        return True
    return _FOLDER.search(path) is not None


def place_holder_in_line(data: bytes, offset: int) -> bool:
    """Whether the line of a byte holds a place holder such as `{{date}}` or `<% … %>`."""
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    ends = [end for end in (data.find(b"\n", offset), data.find(b"\r", offset)) if end >= 0]
    return PLACE_HOLDER.search(data, start, min(ends, default=len(data))) is not None
