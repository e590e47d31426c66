"""Why a function differs: the convention, argument order or constant factor that makes it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any, NamedTuple

import numpy as np

from vaultkit.errors import VaultkitError
from vaultkit.verify.binding import bind
from vaultkit.verify.concept import Case, Convention
from vaultkit.verify.declare import BACKENDS, Settings
from vaultkit.verify.domain import Choice, Labels
from vaultkit.verify.subject import Subject
from vaultkit.verify.trial import Trial, attempt

FEW = 12
CELLS = 700


class Alternative(NamedTuple):
    """Another declaration: what it is in words, and what to declare."""

    meaning: str
    declare: str
    settings: Settings


def alternatives(
    settings: Settings, left_over: tuple[str, ...] = (), *, pairs: bool = True
) -> Iterator[Alternative]:
    """Other declarations for the same function, the nearest first.

    left_over: hyperparameters no parameter of the function takes
    pairs:     two conventions changed at once, too
    """
    singles = list(_conventions(settings))
    yield from singles
    yield from _constants(settings, left_over)
    yield from _orders(settings)
    for backend in BACKENDS:
        if backend != settings.backend:
            kind = {"numpy": "NumPy arrays", "python": "plain numbers", "torch": "tensors"}[backend]
            yield Alternative(
                f"called with {kind}", f"backend={backend}", replace(settings, backend=backend)
            )
    for first, second in combinations(singles, 2) if pairs else ():
        changed = dict(settings.conventions)
        pair = [_difference(settings, alternative) for alternative in (first, second)]
        if pair[0][0] == pair[1][0]:
            continue
        changed.update(pair)
        if not settings.concept.excludes(changed):
            yield Alternative(
                f"{first.meaning} and {second.meaning}",
                f"{first.declare} {second.declare}",
                replace(settings, conventions=changed),
            )


def _difference(settings: Settings, alternative: Alternative) -> tuple[str, Any]:
    changed = alternative.settings.conventions
    return next((k, v) for k, v in changed.items() if v != settings.conventions[k])


def _conventions(settings: Settings) -> Iterator[Alternative]:
    for convention in settings.concept.conventions:
        current = settings.conventions[convention.keyword]
        for value, meaning in _choices(convention):
            changed = dict(settings.conventions) | {convention.keyword: value}
            if value == current or settings.concept.excludes(changed):
                continue
            shown = "none" if value is None else value
            before = "none" if current is None else current
            yield Alternative(
                f"with {convention.key} = {shown} ({meaning}), not {before}",
                f"{convention.key}={shown}",
                replace(settings, conventions=changed),
            )


def _choices(convention: Convention) -> Iterator[tuple[Any, str]]:
    for choice, meaning in convention.choices.items():
        yield convention.parse(choice), meaning
    if convention.number:
        yield None, "off"
        yield 0, "0 is the value"


def _constants(settings: Settings, left_over: tuple[str, ...]) -> Iterator[Alternative]:
    for argument in settings.arguments:
        if argument.name not in left_over or not isinstance(argument.kind, Choice):
            continue
        current = settings.constants.get(argument.name, argument.default)
        for value in argument.kind.options:
            if value != current:
                constants = dict(settings.constants) | {argument.name: value}
                yield Alternative(
                    f"with {argument.name} fixed at {value:g}, not {current:g}",
                    f"{argument.name}={value:g}",
                    replace(settings, constants=constants),
                )


def _orders(settings: Settings) -> Iterator[Alternative]:
    if settings.order:
        return
    names = [argument.name for argument in settings.arguments if argument.kind.tensor]
    for order in permutations(names):
        if list(order) != names:
            shown = ", ".join(order)
            yield Alternative(
                f"called as ({shown})", f"args={','.join(order)}", replace(settings, order=order)
            )


def explain(subject: Subject, trials: list[Trial]) -> str:
    """One sentence on the regular domain's divergence, or "" where no simple cause is known."""
    settings = subject.settings
    if fits(subject):
        return _factor(trials)  # these inputs cannot tell one cause from another
    left_over = tuple(subject.only)
    for alternative in alternatives(settings, left_over):
        other = under(subject.function, alternative.settings, subject.seed)
        if other is not None and fits(other):
            return (
                f"matches {settings.concept.id} {alternative.meaning}:"
                f" declare `{alternative.declare}`"
            )
    return _factor(trials)


def explain_edge(subject: Subject, topic: str) -> str:
    """One sentence on a divergence of the edge domain: the convention under which it is right.

    "" where no simple cause is known, or where float64 is right and only another dtype is not.
    """
    cases = _about(subject, topic)
    if _passes(subject, cases):
        return ""
    for alternative in _conventions(subject.settings):
        other = under(subject.function, alternative.settings, subject.seed)
        others = _about(other, topic) if other is not None else []
        if other is not None and others and _passes(other, others) and fits(other):
            return f"right {alternative.meaning}: declare `{alternative.declare}`"
    trials = [attempt(subject, case, "float64") for case in cases]
    return (_counted(subject, trials) if topic == "ignore_index" else "") or _factor(trials)


def under(function: Callable[..., Any], settings: Settings, seed: int) -> Subject | None:
    """A function under another declaration, or None where it cannot be called so."""
    try:
        return Subject(function, bind(function, settings), settings, seed)
    except VaultkitError:
        return None


def _about(subject: Subject, topic: str) -> list[Case]:
    return [case for case in subject.edges() if case.topic == topic]


def fits(subject: Subject) -> bool:
    """Whether the function agrees on the small cases of the regular grid."""
    return _passes(subject, subject.regular(most=FEW)) and _passes(
        subject, subject.regular(most=CELLS)
    )


def _passes(subject: Subject, cases: list[Case]) -> bool:
    return all(attempt(subject, case, "float64").right for case in cases)


def _counted(subject: Subject, trials: list[Trial]) -> str:
    """The usual slip: ignored rows cost nothing and are divided by all the same."""
    index = subject.settings.conventions["ignore_index"]
    name = next(a.name for a in subject.settings.arguments if isinstance(a.kind, Labels))
    for trial in trials:
        value = trial.answer.value
        if value is None or trial.want is None or value.shape != trial.want.shape:
            return ""
        kept = float(np.mean(trial.case.values[name] != index))
        if not np.allclose(value, trial.want * kept, rtol=1e-6):
            return ""
    return "ignored rows stay in the mean: with half of them ignored the loss is halved"


def _factor(trials: list[Trial]) -> str:
    """ "0.25 times the definition", where that holds on every case."""
    ratios: list[float] = []
    for trial in trials:
        value = trial.answer.value
        if value is None or trial.want is None or value.shape != trial.want.shape:
            return ""
        finite = np.isfinite(value) & np.isfinite(trial.want) & (np.abs(trial.want) > 1e-6)
        ratios.extend(value[finite] / trial.want[finite])
    if len(ratios) < 2 or not np.allclose(ratios, ratios[0], rtol=1e-5):
        return ""
    factor = ratios[0]
    if factor == 0 or np.isclose(factor, 1.0):
        return ""
    return f"always {factor:.6g} times the definition"
