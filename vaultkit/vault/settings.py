"""What the vault's own `.obsidian/` says: how links are written, what properties are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

LinkFormat = Literal["shortest", "relative", "absolute"]
# The core plugin and the community's Templater: file, key of the folder.
_TEMPLATE_FOLDERS = (
    ("templates.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
)


class Settings(NamedTuple):
    """Obsidian's settings that concern a vault's notes, with Obsidian's defaults.

    link_format:    how a new link names its file.
    markdown_links: whether new links are `[…](…)` and not `[[…]]`.
    excluded:       path prefixes, or `/regular expressions/`, hidden from search and graph;
                    files under them still resolve.
    problem:        why `app.json` could not be used, or "".
    types:          property -> type, as `types.json` assigns them.
    templates:      the folders of templates, as the plugins for them say.
    """

    link_format: LinkFormat = "shortest"
    markdown_links: bool = False
    excluded: tuple[str, ...] = ()
    problem: str = ""
    types: Mapping[str, str] = {}
    templates: tuple[str, ...] = ()


def read_settings(root: Path) -> Settings:
    """The settings of the vault at `root`; a missing or broken file gives the defaults."""
    folder = root / ".obsidian"
    value, problem = _load(folder / "app.json")
    style = value.get("newLinkFormat")
    filters = value.get("userIgnoreFilters")
    types = _load(folder / "types.json")[0].get("types")
    templates = (_load(folder / name)[0].get(key) for name, key in _TEMPLATE_FOLDERS)
    return Settings(
        link_format=style if style in ("shortest", "relative", "absolute") else "shortest",
        markdown_links=value.get("useMarkdownLinks") is True,
        excluded=_texts(filters),
        problem=problem,
        types={key: item for key, item in types.items() if isinstance(item, str)}
        if isinstance(types, dict)
        else {},
        templates=tuple(item.strip("/") for item in _texts(list(templates)) if item.strip("/")),
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _load(file: Path) -> tuple[dict[str, Any], str]:
    """A JSON object, or an empty one and the reason."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}, ""
    except OSError as error:
        return {}, error.strerror or str(error)
    except (ValueError, RecursionError) as error:
        return {}, f"not JSON: {error}"
    return (value, "") if isinstance(value, dict) else ({}, "not a JSON object")
