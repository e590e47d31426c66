"""What an oracle says about itself, as text for a person."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import indent

from vaultkit.verify.concept import Concept


def listing(concepts: Mapping[str, Concept]) -> str:
    """One line per concept: its id, its title, its formula."""
    width = max((len(name) for name in concepts), default=0)
    return "\n".join(f"{c.id:<{width}}  {c.title}: {c.formula}" for c in concepts.values())


def describe(concept: Concept) -> str:
    """The whole page of a concept: definition, call, conventions, laws, edges."""
    parts = [f"{concept.id}: {concept.title}", indent(concept.about.strip(), "  "), _call(concept)]
    if concept.conventions:
        parts.append(_conventions(concept))
    parts.append(_section("What must hold", [law.text for law in concept.invariants]))
    parts.append(_section("Known values", [law.text for law in concept.limits]))
    parts.append(_section("Edge domain (decides robust)", _topics(concept)))
    refused = [edge.topic for edge in (*concept.edges, *concept.refusals) if edge.refuses]
    parts.append(_section("No value is defined for", refused))
    blind = [f"{topic}: {why}" for topic, why in concept.blind.items()]
    parts.append(_section("Where the fused reference is wrong itself", blind))
    return "\n\n".join(part for part in parts if part)


def _call(concept: Concept) -> str:
    arguments = concept.arguments(concept.defaults())
    shown = ", ".join(
        argument.name if argument.kind.tensor else f"{argument.name}={argument.default:g}"
        for argument in arguments
    )
    lines = [f"Called as ({shown})"]
    for argument in arguments:
        if argument.aliases:
            lines.append(f"  {argument.name} is also known as {', '.join(argument.aliases)}")
    gradient = {
        "required": "its gradient is checked",
        "optional": "its gradient is checked where it has one",
        "none": "it has no gradient",
    }[concept.gradient]
    return "\n".join([*lines, f"  {gradient}"])


def _conventions(concept: Concept) -> str:
    lines = ["Conventions (the first is the default)"]
    for convention in concept.conventions:
        for place, (value, meaning) in enumerate(convention.choices.items()):
            key = f"{convention.key}=" if place == 0 else " " * (len(convention.key) + 1)
            lines.append(f"  {key}{value}: {meaning}")
    return "\n".join(lines)


def _topics(concept: Concept) -> list[str]:
    return [edge.topic for edge in concept.edges if not edge.refuses]


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""
