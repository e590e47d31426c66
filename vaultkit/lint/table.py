"""What every rule's module says of it, so that only the rules that run are imported.

Written by `scripts/rule_pages.py`, which makes the pages of the rules too.
"""

from __future__ import annotations

from collections.abc import Mapping

from vaultkit.lint.stated import Stated

TABLE: Mapping[str, Stated] = {
    "alias-collision": Stated("notes", "warning", scope="front", marks=(b"alias",), in_front=True),
    "alias-only-link": Stated("links", "warning", scope="file"),
    "ambiguous-link": Stated("links", "warning", scope="file"),
    "broken-block": Stated("links", "error", scope="file"),
    "broken-heading": Stated("links", "error", scope="file"),
    "broken-link": Stated("links", "error", scope="file"),
    "canonical-mismatch": Stated(
        "front-matter",
        "error",
        scope="front",
        marks=(b"canonical_id", b"duplicate_of"),
        in_front=True,
    ),
    "case-twins": Stated("notes", "error", scope="front", known_by="message"),
    "code-without-language": Stated(
        "knowledge", "info", default=False, scope="note", marks=(b"```", b"~~~")
    ),
    "decomposed-name": Stated("notes", "info", default=False, scope="front", known_by="message"),
    "deprecated-key": Stated(
        "front-matter",
        "warning",
        scope="note",
        marks=(b"tag", b"alias", b"css", b"\\"),
        in_front=True,
    ),
    "duplicate-block-id": Stated("notes", "error", scope="note", marks=(b"^",)),
    "duplicate-heading": Stated("notes", "info", default=False, scope="note"),
    "duplicate-key": Stated("front-matter", "error", scope="note"),
    "duplicate-title": Stated("notes", "warning", scope="front", marks=(b"title",), in_front=True),
    "embed-cycle": Stated("links", "error", scope="front", leans=True, marks=(b"![",)),
    "empty-note": Stated("notes", "info", scope="note", known_by="message"),
    "excluded-link": Stated("links", "info", default=False, scope="file"),
    "foreign-link-style": Stated("links", "info", default=False, scope="file"),
    "invalid-front-matter": Stated("front-matter", "error", scope="note"),
    "isolated-note": Stated("notes", "info", default=False, known_by="message"),
    "missing-attachment": Stated("links", "error", scope="file"),
    "missing-section": Stated("knowledge", "warning", scope="note", known_by="message"),
    "nested-property": Stated("front-matter", "info", scope="note"),
    "no-incoming": Stated("notes", "info", default=False, known_by="message"),
    "outgrown-stamp": Stated(
        "knowledge", "info", scope="file", marks=(b"verified_with",), in_front=True
    ),
    "parent-cycle": Stated("knowledge", "error", default=False),
    "relation-without-inverse": Stated("knowledge", "info", default=False),
    "schema-violation": Stated("front-matter", "error", scope="front", known_by="message"),
    "self-link": Stated("links", "info", default=False, scope="file"),
    "stale-note": Stated("knowledge", "info", default=False, scope="note", dated=True),
    "stale-translation": Stated(
        "knowledge", "warning", scope="front", leans=True, marks=(b"translation_of",), in_front=True
    ),
    "template-left-in": Stated(
        "front-matter", "warning", scope="note", marks=(b"{{", b"<%"), in_front=True
    ),
    "title-mismatch": Stated("notes", "info", default=False, scope="note"),
    "unbalanced-math": Stated("knowledge", "error", scope="note", marks=(b"$",)),
    "unclosed-comment": Stated("notes", "error", scope="note", marks=(b"%%", b"<!--")),
    "unclosed-fence": Stated("notes", "error", scope="note", marks=(b"```", b"~~~")),
    "unearned-status": Stated(
        "knowledge", "warning", scope="file", marks=(b"verification_status",), in_front=True
    ),
    "unknown-math-command": Stated(
        "knowledge", "warning", scope="file", leans=True, marks=(b"$", b"\\")
    ),
    "unlinkable-name": Stated("notes", "warning", scope="note", known_by="message"),
    "unlinked-mention": Stated("links", "info", default=False),
    "unportable-name": Stated("notes", "warning", scope="front", known_by="message"),
    "unquoted-property-link": Stated(
        "links", "warning", scope="note", marks=(b"[[",), in_front=True
    ),
    "unreadable-note": Stated("notes", "error", scope="front", known_by="message", leans=True),
    "unused-attachment": Stated("links", "info", default=False, known_by="message"),
    "useless-suppression": Stated("notes", "warning", scope="front", marks=(b"vaultkit-disable",)),
    "variant-link": Stated("links", "warning", scope="file"),
    "wrong-property-type": Stated("front-matter", "warning", scope="note"),
}
