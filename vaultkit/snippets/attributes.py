"""What a fence says about its code: ``python {raises=ValueError needs=cuda}``.

Keys inside the braces are ours, and an unknown one is an error with a suggestion.
Anything outside the braces belongs to other tools and is left alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_FLAGS = ("skip", "xfail", "isolated", "setup")
_VALUES = ("raises", "needs", "timeout", "session", "result", "implements", "fn", "claims")
KEYS = (*_FLAGS, *_VALUES)

# key, key=word, key="several words"
_ITEM = re.compile(
    r"""([A-Za-z_][\w.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+)))?(?=\s|\Z)"""
)
_NAME = re.compile(r"[^\W\d]\w*\Z")


class AttributesError(ValueError):
    """Braces that cannot be read; the text says what and suggests what was meant."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the braces say; everything left out keeps its default.

    skip:       "" to run, else why not ("skip" where no reason is given).
    raises:     the name of the exception the block must raise, or "".
    xfail:      the block must fail.
    needs:      what must be there, else the block is skipped: `cuda`, or importable modules.
    timeout:    seconds, or None for the default.
    session:    blocks of one name share a namespace; "" is the note's own session.
    isolated:   the block has a session to itself.
    setup:      the block runs first in every session of the note that begins below it.
    result:     names whose values are compared between devices.
    implements: the concept the block's function implements, or "".
    fn:         that function's name, or "" to find it.
    claims:     ids of the statements the block settles, for a table of what is proven where.
    convention: the concept's own keys and their values, as written, in order.
    """

    skip: str = ""
    raises: str = ""
    xfail: bool = False
    needs: tuple[str, ...] = ()
    timeout: float | None = None
    session: str = ""
    isolated: bool = False
    setup: bool = False
    result: tuple[str, ...] = ()
    implements: str = ""
    fn: str = ""
    claims: tuple[str, ...] = ()
    convention: tuple[tuple[str, str], ...] = ()


def braces(attributes: str) -> str:
    """The text inside the first `{…}` of what follows a fence's language, or ""."""
    match = re.search(r"\{([^{}]*)\}", attributes)
    return match[1].strip() if match else ""


def parse(text: str, defaults: Mapping[str, str] = MappingProxyType({})) -> Attributes:
    """The attributes that the text between the braces states.

    defaults: the note's own keys, as `pairs` gives them; the block's keys win.
    Raises AttributesError.
    """
    stated = dict(defaults)
    for key, value in pairs(text):
        stated[key] = value
    _check_keys(stated)
    made = Attributes(
        skip=_reason(stated.get("skip")),
        raises=_dotted(stated, "raises"),
        xfail=_flag(stated, "xfail"),
        needs=_list(stated, "needs"),
        timeout=_seconds(stated),
        session=_word(stated, "session"),
        isolated=_flag(stated, "isolated"),
        setup=_flag(stated, "setup"),
        result=_list(stated, "result"),
        implements=_word(stated, "implements"),
        fn=_dotted(stated, "fn"),
        claims=tuple(filter(None, _word(stated, "claims").split(","))),
        convention=tuple((k, v) for k, v in stated.items() if k not in KEYS),
    )
    _check_coherent(made)
    return made


def written(made: Attributes) -> str:
    """Attributes as braces hold them, in one fixed order; `parse` reads them back the same."""
    said: list[tuple[str, str]] = []
    if made.skip:
        said.append(("skip", "" if made.skip == "skip" else made.skip))
    said += [(key, "") for key in ("xfail", "isolated", "setup") if getattr(made, key)]
    if made.timeout is not None:
        said.append(("timeout", f"{made.timeout:g}"))
    for key in ("raises", "session", "implements", "fn"):
        said.append((key, getattr(made, key) or "-"))
    for key in ("needs", "result", "claims"):
        said.append((key, ",".join(getattr(made, key)) or "-"))
    said += [(key, "" if value == "true" else value) for key, value in made.convention]
    kept = ((key, value) for key, value in said if value != "-")
    return " ".join(f"{key}={_quoted(value)}" if value else key for key, value in kept)


def _quoted(value: str) -> str:
    if re.fullmatch(r"""[^\s"'{}]+""", value):
        return value
    return f"'{value}'" if '"' in value else f'"{value}"'


def pairs(text: str) -> Iterable[tuple[str, str]]:
    """Key and value of each item, in order; a key alone has the value "true".

    Raises AttributesError for what is neither, and for a key said twice.
    """
    seen: set[str] = set()
    position = 0
    while position < len(text):
        if text[position].isspace() or text[position] == ",":
            position += 1
            continue
        match = _ITEM.match(text, position)
        if match is None:
            rest = text[position:].split(maxsplit=1)[0]
            raise AttributesError(f"{rest!r} is neither a key nor key=value")
        key = match[1]
        if key in seen:
            raise AttributesError(f"the key {key!r} is said twice")
        seen.add(key)
        yield key, next((g for g in match.groups()[1:] if g is not None), "true")
        position = match.end()


def as_text(value: object) -> str:
    """A YAML or TOML value as attributes write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    return str(value)


def _check_keys(stated: Mapping[str, str]) -> None:
    if "implements" in stated:
        return  # the concept's own conventions are judged by the concept
    for key in stated:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.6)
            meant = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(KEYS)}"
            raise AttributesError(f"unknown key {key!r}; {meant}")


def _reason(value: str | None) -> str:
    if value is None or value.lower() in ("false", "no"):
        return ""
    return "skip" if value.lower() in ("true", "yes", "") else value


def _flag(stated: Mapping[str, str], key: str) -> bool:
    value = stated.get(key, "false").lower()
    if value not in ("true", "yes", "false", "no"):
        raise AttributesError(f"{key} is a flag: it takes no value {value!r}")
    return value in ("true", "yes")


def _word(stated: Mapping[str, str], key: str) -> str:
    if stated.get(key) in ("true", ""):
        raise AttributesError(f"{key} wants a value: {key}=…")
    return stated.get(key, "")


def _dotted(stated: Mapping[str, str], key: str) -> str:
    names = _list(stated, key)
    if len(names) > 1:
        raise AttributesError(f"{key} takes one name, not {stated[key]!r}")
    return names[0] if names else ""


def _list(stated: Mapping[str, str], key: str) -> tuple[str, ...]:
    value = stated.get(key)
    if value is None:
        return ()
    if value in ("true", ""):
        raise AttributesError(f"{key} wants a value: {key}=…")
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    for name in names:
        if not all(_NAME.match(part) for part in name.split(".")):
            raise AttributesError(f"{key}={name} is not a name")
    return names


def _seconds(stated: Mapping[str, str]) -> float | None:
    if "timeout" not in stated:
        return None
    try:
        seconds = float(stated["timeout"])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise AttributesError(f"timeout={stated['timeout']} is not a number of seconds above 0")
    return seconds


def _check_coherent(made: Attributes) -> None:
    if made.raises and made.xfail:
        raise AttributesError("raises= and xfail exclude each other: raises= already expects it")
    if made.isolated and made.session:
        raise AttributesError("isolated and session= exclude each other")
    if made.isolated and made.setup:
        raise AttributesError("isolated and setup exclude each other")
    if made.fn and not made.implements:
        raise AttributesError(
            "fn= says which function implements a concept; implements= is missing"
        )
