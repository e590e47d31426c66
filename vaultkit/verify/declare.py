"""What a note declares about a function, read against the concept it names.

    implements=focal-loss fn=focal_loss alpha=scalar gamma=2

`implements` names the concept, `fn` the function. A convention of the concept, or a number for a
hyperparameter the function has fixed, goes by its own name. Beside these:

    args=labels,logits,_   what the function's parameters are, in their order; `_` is left alone
    backend=numpy          hand over NumPy arrays (or `python`: plain numbers and lists)
    returns=loss           which part of the result to judge: an index, a key or an attribute
    gradient=none          a metric, not a loss: no gradient is asked of it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.verify.catalogue import find
from vaultkit.verify.concept import Argument, Concept, Convention, Conventions

BACKENDS = ("torch", "numpy", "python")
OWN_KEYS = ("implements", "fn", "args", "backend", "returns", "gradient")
BLOCK_KEYS = ("skip", "raises", "xfail", "needs", "timeout", "session", "isolated", "setup")
LEFT_ALONE = "_"


@dataclass(frozen=True, slots=True)
class Settings:
    """A declaration that makes sense.

    conventions: all of the concept's, by the definition's keywords
    explicit:    keys the note states itself
    constants:   hyperparameters the note states as numbers
    order:       concept arguments in the order of the function's parameters, or () for the usual
    """

    concept: Concept
    function: str
    conventions: Conventions
    explicit: frozenset[str] = frozenset()
    constants: Mapping[str, float] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    backend: str = "torch"
    returns: str = ""
    gradient: bool = True

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return self.concept.arguments(self.conventions)


def keys_of(concept: Concept) -> tuple[str, ...]:
    """Every key a declaration of this concept may hold."""
    hyper = [a.name for a in concept.arguments(concept.defaults()) if not a.kind.tensor]
    return tuple(dict.fromkeys((*OWN_KEYS, *(c.key for c in concept.conventions), *hyper)))


def read(declaration: Mapping[str, Any], concepts: Mapping[str, Concept]) -> Settings:
    """The settings a note's attributes mean.

    Raises UsageError for an unknown concept, key or value, naming what would be right.
    """
    if "implements" not in declaration:
        raise UsageError("the declaration names no concept", "Say `implements=focal-loss`.")
    concept = find(str(declaration["implements"]), concepts)
    conventions = concept.defaults()
    constants: dict[str, float] = {}
    explicit: set[str] = set()
    by_key = {convention.key: convention for convention in concept.conventions}
    hyper = keys_of(concept)
    for key, value in declaration.items():
        if key in OWN_KEYS or key in BLOCK_KEYS:
            continue
        if key not in hyper:
            raise _unknown("key", key, hyper, concept)
        convention = by_key.get(key)
        if convention and (_accepts(convention, str(value)) or not _is_hyper(concept, key)):
            conventions[convention.keyword] = _choice(convention, str(value), concept)
            explicit.add(key)
        else:
            constants[key] = _number(key, value, concept)
    if reason := concept.excludes(conventions):
        raise UsageError(f"these conventions of {concept.id} do not go together: {reason}")
    return Settings(
        concept=concept,
        function=str(declaration.get("fn", "")),
        conventions=conventions,
        explicit=frozenset(explicit),
        constants=constants,
        order=_order(declaration.get("args"), concept, conventions),
        backend=_one_of("backend", declaration.get("backend", "torch"), BACKENDS),
        returns=str(declaration.get("returns", "")),
        gradient=_one_of("gradient", declaration.get("gradient", "yes"), ("yes", "none")) == "yes",
    )


def written(settings: Settings) -> str:
    """The declaration as it stands in a note, defaults left out."""
    parts = [f"implements={settings.concept.id}"]
    if settings.function:
        parts.append(f"fn={settings.function}")
    for convention in settings.concept.conventions:
        value = settings.conventions[convention.keyword]
        if value != convention.default:
            parts.append(f"{convention.key}={'none' if value is None else value}")
    parts += [f"{key}={value:g}" for key, value in settings.constants.items()]
    if settings.order:
        parts.append(f"args={','.join(settings.order)}")
    if settings.backend != "torch":
        parts.append(f"backend={settings.backend}")
    if settings.returns:
        parts.append(f"returns={settings.returns}")
    if not settings.gradient:
        parts.append("gradient=none")
    return " ".join(parts)


def _is_hyper(concept: Concept, key: str) -> bool:
    return any(a.name == key for a in concept.arguments(concept.defaults()) if not a.kind.tensor)


def _accepts(convention: Convention, value: str) -> bool:
    try:
        convention.parse(value)
    except ValueError:
        return False
    return True


def _number(key: str, value: Any, concept: Concept) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        kinds = [choice for c in concept.conventions if c.key == key for choice in c.choices]
        hint = f"`{key}` may be a number{' or: ' + ', '.join(kinds) if kinds else ''}."
        raise UsageError(f"`{key}={value}` of {concept.id} is no number", hint) from None


def _choice(convention: Convention, value: str, concept: Concept) -> Any:
    try:
        return convention.parse(value)
    except ValueError:
        allowed = ", ".join(convention.choices) + (" or an integer" if convention.number else "")
        raise UsageError(
            f"`{convention.key}={value}` is no convention of {concept.id}",
            f"`{convention.key}` may be: {allowed}.",
        ) from None


def _one_of(key: str, value: Any, allowed: tuple[str, ...]) -> str:
    if str(value) not in allowed:
        raise UsageError(f"`{key}={value}` is not known", f"`{key}` may be: {', '.join(allowed)}.")
    return str(value)


def _order(given: Any, concept: Concept, conventions: Conventions) -> tuple[str, ...]:
    if given is None:
        return ()
    order = tuple(part.strip() for part in str(given).split(","))
    names = [argument.name for argument in concept.arguments(conventions)]
    for name in order:
        if name != LEFT_ALONE and name not in names:
            raise _unknown("argument", name, names, concept)
    named = [name for name in order if name != LEFT_ALONE]
    if len(set(named)) < len(named):
        raise UsageError(f"`args={given}` names an argument twice")
    return order


def _unknown(what: str, name: str, known: Any, concept: Concept) -> UsageError:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f"Did you mean `{near[0]}`? " if near else ""
    return UsageError(
        f"`{name}` is no {what} of {concept.id}", f"{meant}Known: {', '.join(known)}."
    )
