"""What the vault's own `.obsidian/app.json` says about how links are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, NamedTuple

LinkFormat = Literal["shortest", "relative", "absolute"]


class Settings(NamedTuple):
    """Obsidian's settings that concern links, with Obsidian's defaults.

    link_format:    how a new link names its file.
    markdown_links: whether new links are `[…](…)` and not `[[…]]`.
    excluded:       path prefixes, or `/regular expressions/`, hidden from search and graph;
                    files under them still resolve.
    problem:        why the file could not be used, or "".
    """

    link_format: LinkFormat = "shortest"
    markdown_links: bool = False
    excluded: tuple[str, ...] = ()
    problem: str = ""


def read_settings(root: Path) -> Settings:
    """The settings of the vault at `root`; a missing or broken file gives the defaults."""
    file = root / ".obsidian" / "app.json"
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except NotADirectoryError:
        return Settings()
    except OSError as error:
        return Settings(problem=error.strerror or str(error))
    except (ValueError, RecursionError) as error:
        return Settings(problem=f"not JSON: {error}")
    if not isinstance(value, dict):
        return Settings(problem="not a JSON object")
    style = value.get("newLinkFormat")
    filters = value.get("userIgnoreFilters")
    return Settings(
        link_format=style if style in ("shortest", "relative", "absolute") else "shortest",
        markdown_links=value.get("useMarkdownLinks") is True,
        excluded=tuple(item for item in filters if isinstance(item, str))
        if isinstance(filters, list)
        else (),
    )
