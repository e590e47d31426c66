"""The function that a block declares, judged in the process that ran the block."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.verify.job import Block
from vaultkit.verify.outcome import Failure


class Judged(NamedTuple):
    """level: the ladder's word; told: the whole verdict as plain JSON values."""

    level: str
    told: dict[str, Any]
    failure: Failure | None


def judged_on(device: str) -> tuple[str, ...]:
    """The devices that a job on one device judges.

    A job for the CPU sees no GPU, so each device's job judges its own; where there is no GPU
    at all, the CPU's job asks for one too, and the verdict has it as a skipped cell.
    """
    from vaultkit.verify.environment import gpu  # the warm parent has no use for it

    return (device,) if device != "cpu" or gpu() else ("cpu", "cuda")


def judge_block(
    block: Block, space: Mapping[str, Any], device: str, oracles: tuple[str, ...] = ()
) -> Judged | None:
    """What the judge says of the function a block declares; None where it declares none."""
    if not block.declares:
        return None
    from vaultkit.verify.catalogue import catalogue
    from vaultkit.verify.judge import judge
    from vaultkit.verify.verdict import Level, Verdict, told

    stated = dict(block.declares)
    name = stated.get("fn", "")
    try:
        name = name or _only_function(block, space)
        function = _looked_up(name, space)
        verdict = judge(
            function,
            {**stated, "fn": name},
            devices=judged_on(device),
            seed=block.seed,
            concepts=catalogue(map(Path, oracles)),
        )
    except UsageError as error:
        refused = Failure("Declaration", _sentence(error), block.line - 1)
        verdict = Verdict(
            name or "?", stated["implements"], Level.EXECUTED, explanation=refused.message
        )
        return Judged("executed", _value(verdict), refused)
    level = str(verdict.level)
    failure = None
    if verdict.level < Level.AGREES:
        kind = "Diverges" if verdict.level is Level.DIVERGES else "NotJudged"
        failure = Failure(kind, told(verdict), block.line - 1)
    return Judged(level, _value(verdict), failure)


def _value(verdict: Any) -> dict[str, Any]:
    from vaultkit.verify.verdict import told

    made: dict[str, Any] = plain({**asdict(verdict), "text": told(verdict)})
    return made


def propose(
    block: Block, space: Mapping[str, Any], oracles: tuple[str, ...] = ()
) -> list[dict[str, Any]] | None:
    """Declarations for the functions a block was asked about; None where it was asked nothing.

    Each function is called on a few inputs of each concept, here inside the walls.
    """
    if not block.asks:
        return None
    from vaultkit.verify.catalogue import catalogue
    from vaultkit.verify.suggest import suggest

    concepts = catalogue(map(Path, oracles))
    return [
        {
            "function": name,
            "suggestions": [
                asdict(one)
                for one in suggest(space[name], name, concepts=concepts, seed=block.seed)
            ],
        }
        for name in block.asks
        if callable(space.get(name))
    ]


def _only_function(block: Block, space: Mapping[str, Any]) -> str:
    names = [
        name
        for name, _ in block.binds
        if isinstance(space.get(name), FunctionType) and not name.startswith("_")
    ]
    if len(names) == 1:
        return names[0]
    found = ", ".join(names) if names else "none"
    raise UsageError(
        f"the block declares a concept and binds {len(names)} functions ({found})",
        "say which one is meant: fn=NAME",
    )


def _looked_up(name: str, space: Mapping[str, Any]) -> Any:
    first, *rest = name.split(".")
    if first not in space:
        raise UsageError(f"fn={name}: the note binds no such name", "name a function of the block")
    value = space[first]
    for part in rest:
        value = getattr(value, part, None)
    if not callable(value):
        raise UsageError(f"fn={name} is not a function", "name a function of the block")
    return value


def _sentence(error: UsageError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message


def plain(value: Any) -> Any:
    """The value as JSON can hold it: enums as their words, what is not finite as text."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
