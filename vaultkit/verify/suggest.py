"""Which concept an undeclared function may implement. Only ever a suggestion, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import Concept
from vaultkit.verify.declare import Settings, read, written
from vaultkit.verify.explain import alternatives, fits, under
from vaultkit.verify.proposal import Suggestion

MOST = 3


def suggest(
    function: Callable[..., Any],
    name: str = "",
    *,
    concepts: Mapping[str, Concept] | None = None,
    seed: int = 0,
) -> tuple[Suggestion, ...]:
    """The likeliest declarations for a function, best first, at most three.

    The function is called on a few small inputs under each concept's usual conventions and the
    single changes of them. What agrees comes first; without any, what its name hints at.
    """
    name = name or getattr(function, "__name__", "function")
    known = catalogue() if concepts is None else concepts
    agreeing: list[tuple[tuple[bool, bool], Suggestion]] = []
    for concept in known.values():
        settings = read({"implements": concept.id, "fn": name}, known)
        for place, (meaning, candidate) in enumerate(_candidates(settings)):
            subject = under(function, candidate, seed)
            if subject is not None and fits(subject):
                why = f"agrees with {concept.title} on a trial run{meaning}"
                found = Suggestion(written(candidate), concept.id, True, why)
                agreeing.append(((not _hinted(name, concept), place > 0), found))
                break
    if agreeing:
        return tuple(s for _, s in sorted(agreeing, key=lambda pair: pair[0])[:MOST])
    hinted = [concept for concept in known.values() if _hinted(name, concept)]
    return tuple(
        Suggestion(
            f"implements={concept.id} fn={name}",
            concept.id,
            False,
            "by its name only: a trial run did not agree",
        )
        for concept in hinted[:MOST]
    )


def _candidates(settings: Settings) -> Iterator[tuple[str, Settings]]:
    yield "", settings
    for alternative in alternatives(settings, pairs=False):
        yield f", {alternative.meaning}", alternative.settings


def _hinted(name: str, concept: Concept) -> bool:
    """Whether a word of a name (`focal_loss`, `FocalLoss`, `ece`) hints at a concept."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    flat = "_".join(word.lower() for word in words)
    hints = (concept.id.replace("-", "_"), *concept.names)
    return any(re.search(rf"(^|_){re.escape(hint)}(_|$)", flat) for hint in hints)
