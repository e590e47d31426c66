"""Intended writes as a value, and the one door that carries them out."""

from vaultkit.plan.plan import (
    Action,
    Conflict,
    Create,
    Move,
    Plan,
    Receipt,
    Remove,
    Write,
)

__all__ = ["Action", "Conflict", "Create", "Move", "Plan", "Receipt", "Remove", "Write"]
