"""Plans as JSON files: what `--save` writes, a person reviews, and `apply FILE` carries out."""

from __future__ import annotations

import base64
import binascii
import json
import re
from pathlib import PurePosixPath
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.plan.plan import Action, Create, Move, Plan, Remove, Write
from vaultkit.text import Edit, Span

FORMAT = "vaultkit-plan"
VERSION = 1

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def encode(plan: Plan) -> bytes:
    """A plan as JSON in UTF-8, the same bytes for the same plan.

    Bytes that are UTF-8 stand as text (`new`, `content`), others as `new_base64`,
    `content_base64`; nothing is normalised either way.
    """
    value = {
        "format": FORMAT,
        "version": VERSION,
        "why": plan.why,
        "actions": [_action_value(action) for action in plan.actions],
    }
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    # File names that are not Unicode carry lone surrogates, which UTF-8 does not.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode("utf-8")


def decode(data: bytes, where: str) -> Plan:
    """The plan in a file's bytes; UsageError, naming `where` and the place inside, if none is."""
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
        fields = _fields(value, "the file", {"format", "version", "why", "actions"})
        if fields["format"] != FORMAT:
            raise _MalformedError("format", f"expected {FORMAT!r}", fields["format"])
        if fields["version"] != VERSION or isinstance(fields["version"], bool):
            raise _MalformedError("version", f"this vaultkit reads {VERSION}", fields["version"])
        actions = _list(fields["actions"], "actions")
        return Plan(
            _text(fields["why"], "why"),
            tuple(_action(item, f"actions[{index}]") for index, item in enumerate(actions)),
        )
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
    except json.JSONDecodeError as error:
        message = f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        message = "nested too deeply"
    except ValueError as error:
        message = str(error)
    raise UsageError(
        f"{where} is not a saved plan: {message}", "make it anew with `vaultkit reconcile --save`"
    )


class _MalformedError(ValueError):
    def __init__(self, place: str, expected: str, value: object) -> None:
        shown = repr(value)
        super().__init__(f"{place}: {expected}, got {shown[:60]}{'…' * (len(shown) > 60)}")


def _action_value(action: Action) -> dict[str, Any]:
    match action:
        case Write(path=path, before=before, edits=edits):
            items = [
                {"start": span.start, "end": span.end, **_bytes_value("new", new)}
                for span, new in edits
            ]
            return {"action": "write", "path": str(path), "before": before, "edits": items}
        case Create(path=path, content=content):
            return {"action": "create", "path": str(path), **_bytes_value("content", content)}
        case Move(path=path, to=to, before=before):
            return {"action": "move", "path": str(path), "to": str(to), "before": before}
        case Remove(path=path, before=before):
            return {"action": "remove", "path": str(path), "before": before}


def _action(value: object, place: str) -> Action:
    kind = value.get("action") if isinstance(value, dict) else None
    match kind:
        case "write":
            item = _fields(value, place, {"action", "path", "before", "edits"})
            edits = _list(item["edits"], f"{place}.edits")
            return Write(
                _path(item["path"], f"{place}.path"),
                _digest(item["before"], f"{place}.before"),
                tuple(_edit(edit, f"{place}.edits[{n}]") for n, edit in enumerate(edits)),
            )
        case "create":
            item = _fields(value, place, {"action", "path"}, "content")
            return Create(_path(item["path"], f"{place}.path"), _bytes(item, "content", place))
        case "move":
            item = _fields(value, place, {"action", "path", "to", "before"})
            return Move(
                _path(item["path"], f"{place}.path"),
                _path(item["to"], f"{place}.to"),
                _digest(item["before"], f"{place}.before"),
            )
        case "remove":
            item = _fields(value, place, {"action", "path", "before"})
            path = _path(item["path"], f"{place}.path")
            return Remove(path, _digest(item["before"], f"{place}.before"))
    raise _MalformedError(place, "expected a write, create, move or remove", value)


def _edit(value: object, place: str) -> Edit:
    item = _fields(value, place, {"start", "end"}, "new")
    start, end = (_offset(item[key], f"{place}.{key}") for key in ("start", "end"))
    if end < start:
        raise _MalformedError(f"{place}.end", f"expected {start} or more", end)
    return Edit(Span(start, end), _bytes(item, "new", place))


def _bytes_value(key: str, data: bytes) -> dict[str, str]:
    try:
        return {key: data.decode("utf-8")}
    except UnicodeDecodeError:
        return {f"{key}_base64": base64.b64encode(data).decode("ascii")}


def _bytes(item: dict[str, Any], key: str, place: str) -> bytes:
    if key in item:
        try:
            return _text(item[key], f"{place}.{key}").encode("utf-8")
        except UnicodeEncodeError:
            raise _MalformedError(f"{place}.{key}", "expected Unicode text", item[key]) from None
    coded = _text(item[f"{key}_base64"], f"{place}.{key}_base64")
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        raise _MalformedError(f"{place}.{key}_base64", "expected base64", coded) from None


def _fields(value: object, place: str, keys: set[str], content: str = "") -> dict[str, Any]:
    """An object with exactly these keys, and `content` in one of its two codings if named."""
    if not isinstance(value, dict):
        raise _MalformedError(place, "expected an object", value)
    either = {content, f"{content}_base64"} if content else set()
    found = set(value)
    if missing := sorted(keys - found):
        raise ValueError(f"{place}: lacks {', '.join(missing)}")
    if unknown := sorted(found - keys - either):
        raise ValueError(f"{place}: unknown {', '.join(unknown)[:60]}")
    if either and len(found & either) != 1:
        raise ValueError(f"{place}: needs one of {content} and {content}_base64")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{twice!r} stands twice in one object")
    return item


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _MalformedError(place, "expected a list", value)
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _MalformedError(place, "expected text", value)
    return value


def _path(value: object, place: str) -> PurePosixPath:
    return PurePosixPath(_text(value, place))


def _digest(value: object, place: str) -> str:
    text = _text(value, place)
    if not _DIGEST.fullmatch(text):
        raise _MalformedError(place, "expected a SHA-256 digest in hexadecimal digits", text)
    return text


def _offset(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _MalformedError(place, "expected a byte offset", value)
    return value
