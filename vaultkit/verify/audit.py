"""An oracle on trial: its laws, its limits, and the fused reference, under every convention.

Nothing here compares a definition with itself, so a definition with a mistake in it fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

import numpy as np

from vaultkit.verify.arrays import tensors, to_array
from vaultkit.verify.cases import edge_cases, regular_cases
from vaultkit.verify.concept import Case, Concept, DomainError, Invariant
from vaultkit.verify.laws import close

CELLS = 700
MOST_COMBINATIONS = 32


def combinations_of(concept: Concept) -> Iterator[dict[str, Any]]:
    """Conventions to try, the defaults first: all combinations, or pairs where there are many."""
    defaults = concept.defaults()
    choices = {c.keyword: c.values() for c in concept.conventions}
    total = int(np.prod([len(values) for values in choices.values()], dtype=np.int64))
    if total <= MOST_COMBINATIONS:
        drawn = (dict(zip(choices, pick, strict=True)) for pick in product(*choices.values()))
        yield from (how for how in drawn if not concept.excludes(how))
        return
    seen: list[dict[str, Any]] = []
    changes = [(key, value) for key, values in choices.items() for value in values]
    for changed in chain(((),), ((c,) for c in changes), combinations(changes, 2)):
        how = defaults | dict(changed)
        if how not in seen and not concept.excludes(how):
            seen.append(how)
            yield how


def audit(concept: Concept, seed: int = 0) -> Iterator[str]:
    """What is wrong with an oracle, one sentence each; nothing for a sound one."""
    with np.errstate(all="ignore"):
        for number, how in enumerate(combinations_of(concept)):
            settled = ", ".join(f"{key}={value}" for key, value in how.items())
            cases = regular_cases(concept, how, seed, most=CELLS)
            # The defaults meet the whole grid, every other combination a part of it.
            for index, case in enumerate(cases if number == 0 else cases[: len(cases) // 2]):
                # Limits hang on the shapes at most, so a few cases show them.
                laws = concept.invariants if index % 5 else concept.invariants + concept.limits
                said = _regular(concept, how, case, laws)
                yield from (f"{text} [{settled}; {case.name}]" for text in said)
            for case in _few(edge_cases(concept, how, seed), number == 0):
                yield from (
                    f"{text} [{settled}; {case.topic}]" for text in _edge(concept, how, case)
                )
            yield from (f"{text} [{settled}]" for text in _refusals(concept, how, seed))


def _few(cases: list[Case], everything: bool) -> Iterator[Case]:
    """All cases, or the first four of each topic."""
    seen: Counter[str | None] = Counter()
    for case in cases:
        seen[case.topic] += 1
        if everything or seen[case.topic] <= 4:
            yield case


def _regular(
    concept: Concept, how: dict[str, Any], case: Case, laws: tuple[Invariant, ...]
) -> Iterator[str]:
    try:
        value = concept.definition(**case.values, **how)
    except Exception as error:
        yield f"raised {error!r} on the regular domain"
        return
    yield from _against_reference(concept, how, case, value)
    for law in laws:
        try:
            held = law.check(concept.definition, case.values, how)
        except Exception as error:
            yield f"“{law.text}” raised {error!r}"
        else:
            if held is not None and not held:
                yield f"“{law.text}” does not hold"


def _edge(concept: Concept, how: dict[str, Any], case: Case) -> Iterator[str]:
    try:
        value = concept.definition(**case.values, **how)
    except DomainError:
        if not (case.refuses or _reference_fails(concept, how, case)):
            yield "refused inputs that the reference accepts"
    except Exception as error:
        yield f"raised {error!r}"
    else:
        if case.refuses:
            yield "gave a value outside its domain"
        elif case.topic not in concept.blind:
            yield from _against_reference(concept, how, case, value)


def _reference_fails(concept: Concept, how: dict[str, Any], case: Case) -> bool:
    try:
        arguments = concept.arguments(how)
        got = to_array(concept.reference(**tensors(arguments, case, "float64", "cpu"), **how))
    except Exception:
        return True
    return bool(np.isnan(got).any())


def _against_reference(
    concept: Concept, how: dict[str, Any], case: Case, value: Any
) -> Iterator[str]:
    arguments = concept.arguments(how)
    try:
        fused = to_array(concept.reference(**tensors(arguments, case, "float64", "cpu"), **how))
    except Exception as error:
        yield f"the reference raised {error!r}"
        return
    if not close(value, fused):
        yield f"gave {value!r}, the reference {fused!r}"


def _refusals(concept: Concept, how: dict[str, Any], seed: int) -> Iterator[str]:
    arguments = concept.arguments(how)
    cases = regular_cases(concept, how, seed, most=CELLS)[:4]
    for refusal in concept.refusals:
        for case in cases:
            changed = refusal.build(arguments, case.values, how)
            if changed is None:
                continue
            try:
                concept.definition(**changed, **how)
            except DomainError:
                continue
            except Exception as error:
                yield f"raised {error!r} for “{refusal.topic}”, not DomainError"
            else:
                yield f"gave a value for “{refusal.topic}”"
