"""A link written in the other style than the vault's: `[…](…)` among wikilinks, or the reverse.

Both lead to the same note, and Obsidian keeps both up to date; what one style gives is that a
search, a script or another program finds every link. The style is the one under *Use
[[Wikilinks]]* in the vault's settings, or `style = "wiki"` or `"markdown"` in the configuration.
Links that lead nowhere are left to other rules, and so are links inside canvases and properties.

The fix writes the same link in the vault's style. It is offered where the text shown stays the
same; a link with formatted text or a title in quotes is reported without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from vaultkit.lint.finding import Fix
from vaultkit.lint.rule import Example, Hit
from vaultkit.lint.view import Option, View
from vaultkit.note import Link, Note
from vaultkit.text import Edit
from vaultkit.vault import Found

FAMILY = "links"
SEVERITY = "info"
DEFAULT = False
SCOPE = "file"
OPTIONS = (Option("style", "", "`wiki` or `markdown`; empty for the vault's own setting"),)

# What a display text may hold and mean the same in both styles.
_PLAIN = re.compile(r"[^*_`\[\]|\\<>~=#$\r\n]+")
_PATH_SAFE = "/!$&'*+,;=:@-._~"


def check(view: View) -> Iterator[Hit]:
    """Every place the rule names."""
    style = view.context.option("foreign-link-style", OPTIONS[0])
    if not style:
        style = "markdown" if view.vault.settings.markdown_links else "wiki"
    for path, note in view.notes():
        for link in note.links:
            wiki = link.kind in ("wiki", "embed")
            if link.where not in ("body", "comment") or wiki == (style == "wiki"):
                continue
            if not link.target or not isinstance(view.vault.resolve(link.target, path), Found):
                continue
            new = _as_markdown(view, path, link) if wiki else _as_wikilink(view, note, link)
            title = f"write it as {new.decode()}" if new else ""
            fix = Fix(title, (Edit(link.span, new),)) if new else None
            name = "a wikilink" if wiki else "a Markdown link"
            yield Hit(path, link.span, f"{name} to `{link.target}`", (), fix)


def _as_wikilink(view: View, note: Note, link: Link) -> bytes | None:
    """`[text](a%20b.md#h)` as `[[a b#h|text]]`; None where something would be lost."""
    data, text = note.source.data, link.display or ""
    embed = data[link.span.start : link.span.start + 1] == b"!"
    # Only the closing bracket follows an address that has no title.
    if link.target_span.start == link.target_span.end or note.in_table(link.span.start):
        return None
    tail = data[link.target_span.end : link.span.end]
    if re.fullmatch(rb"(#[^\s)>]*)?>?\)", tail) is None or re.search(r"[\[\]|#^]", link.target):
        return None
    if (text and not _PLAIN.fullmatch(text)) or (embed and text and not text.isdigit()):
        return None
    target = link.target[:-3] if link.target[-3:].lower() == ".md" else link.target
    source = note.source.name
    if view.vault.resolve(target, source) != view.vault.resolve(link.target, source):
        return None
    inner = target if link.fragment is None else f"{target}#{link.fragment}"
    shown = f"|{text}" if text and text != inner else ""
    return f"{'!' if embed else ''}[[{inner}{shown}]]".encode()


def _as_markdown(view: View, path: str, link: Link) -> bytes | None:
    """`[[a b#h|text]]` as `[text](a%20b.md#h)`; None where something would be lost."""
    text = link.display
    if text is None:
        text = link.target if link.fragment is None else f"{link.target} > {link.fragment}"
    if not _PLAIN.fullmatch(text):
        return None
    found = view.vault.resolve(link.target, path)
    assert isinstance(found, Found)
    target = link.target
    if found.path[-3:].lower() == ".md" and target[-3:].lower() != ".md":
        target += ".md"
    if view.vault.resolve(target, path) != found:
        return None
    fragment = f"#{quote(link.fragment, safe=_PATH_SAFE + '#^')}" if link.fragment else ""
    if link.kind == "embed":
        text = link.display if link.display and link.display.isdigit() else ""
        if link.display and not text:
            return None
        return f"![{text}]({quote(target, safe=_PATH_SAFE)}{fragment})".encode()
    return f"[{text}]({quote(target, safe=_PATH_SAFE)}{fragment})".encode()


_MARKDOWN = {".obsidian/app.json": '{"useMarkdownLinks": true}'}
BAD = (
    Example(
        {
            "A.md": "«[the law](My%20Laws.md#One)» and «![100](x.png)»\n",
            "My Laws.md": "# One\n",
            "x.png": "",
        },
        {"A.md": "[[My Laws#One|the law]] and ![[x.png|100]]\n"},
    ),
    Example(
        {"A.md": '«[*bold*](B.md)» and «[b](B.md "a title")»\n', "B.md": ""},
        why="Formatting and titles would be lost, so there is no fix.",
    ),
    Example(
        {"A.md": "«[[My Laws]]» and «[[My Laws|x]]»\n", "My Laws.md": "", **_MARKDOWN},
        {"A.md": "[My Laws](My%20Laws.md) and [x](My%20Laws.md)\n"},
    ),
)
GOOD = (
    Example({"A.md": "[[B]] and [site](https://example.org)\n", "B.md": ""}),
    Example({"A.md": "[b](B.md)\n", "B.md": "", **_MARKDOWN}),
)
