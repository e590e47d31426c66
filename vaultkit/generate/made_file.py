"""Whole files that vaultkit makes and makes again: never over a person's changes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from vaultkit.errors import ConflictError, UsageError
from vaultkit.names.forbidden import forbidden
from vaultkit.plan.plan import Create, Plan, Write
from vaultkit.repair.standing import Standing
from vaultkit.text import Edit, Span
from vaultkit.vault import Vault

_BASE_SEAL = re.compile(rb"\A# vaultkit:digest=([0-9a-f]{16})\n")


def sealed_base(body: str) -> bytes:
    """A base with a comment that tells whether anyone changed it; Obsidian drops the comment
    when it saves the file, and the file is then a person's."""
    return f"# vaultkit:digest={_digest(body.encode())}\n{body}".encode()


def is_sealed_base(data: bytes) -> bool:
    """Whether a base is byte for byte as vaultkit made it."""
    found = _BASE_SEAL.match(data)
    return found is not None and _digest(data[found.end() :]).encode() == found[1]


def sealed_canvas(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> bytes:
    """A canvas whose first node's id is the digest of all the rest: a seal within the format.

    Written as Obsidian writes canvases, so that opening and saving it changes nothing.
    """
    first = {"id": _canvas_digest(nodes, edges), **nodes[0]}
    rows = [
        '{\n\t"nodes":[',
        ",\n".join("\t\t" + _compact(node) for node in [first, *nodes[1:]]),
        '\t],\n\t"edges":[',
        ",\n".join("\t\t" + _compact(edge) for edge in edges),
        "\t]\n}",
    ]
    return "\n".join(row for row in rows if row).encode()


def is_sealed_canvas(data: bytes) -> bool:
    """Whether a canvas says what vaultkit made it say, however it is laid out in the file."""
    try:
        canvas = json.loads(data)
        first, *rest = canvas["nodes"]
        nodes = [{key: value for key, value in first.items() if key != "id"}, *rest]
        return bool(first["id"] == _canvas_digest(nodes, canvas["edges"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _canvas_digest(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
    return _digest(json.dumps([nodes, edges], sort_keys=True).encode())


def _compact(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def put(vault: Vault, path: str, content: bytes, sealed: Callable[[bytes], bool], why: str) -> Plan:
    """The plan that makes a file, or brings one that vaultkit made up to date.

    Raises ConflictError where a person has changed it, UsageError where its name cannot be.
    """
    name = path[path.rfind("/") + 1 : path.rfind(".")]
    if problem := forbidden(name):
        raise UsageError(f"`{name}` cannot be a file's name: {problem}", "choose another name")
    where = PurePosixPath(path)
    if path in vault.boards or path in vault.notes:
        source = vault.page(path).source
        if source.data == content:
            return Plan(why)
        if not sealed(source.data):
            raise ConflictError(
                f"{path} was changed by hand, or not made by vaultkit; nothing was written",
                "name another file with --to, or take this one away first",
            )
        return Plan(
            why, (Write(where, source.digest, (Edit(Span(0, len(source.data)), content),)),)
        )
    Standing(vault.files).refuse(path)
    return Plan(why, (Create(where, content),))
