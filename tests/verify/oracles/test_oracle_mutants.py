"""The oracles under mutation: laws, known values and the fused reference catch every mistake."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from zlib import crc32

import pytest
from equivalent_mutants import EQUIVALENT
from mutation import SHARED, Mutant, caught, mutants

from vaultkit.verify import oracles
from vaultkit.verify.oracles import hinge

MODULES = [info.name for info in pkgutil.iter_modules(oracles.__path__)] + list(SHARED)
SAMPLE = 17


def all_mutants(module: str) -> list[Mutant]:
    if module in SHARED:
        return list(mutants(*SHARED[module]))
    return list(mutants(f"{oracles.__name__}.{module}"))


def survivors(chosen: list[Mutant]) -> set[tuple[str, str]]:
    return {(m.module, m.change) for m in chosen if not caught(m)}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("module", MODULES)
def test_a_sample_of_the_mutants_is_caught(module: str) -> None:
    """Every seventeenth by a checksum of its description, and at least one of each module."""
    every = all_mutants(module)
    chosen = [m for m in every if crc32(m.change.encode()) % SAMPLE == 0] or every[:1]
    assert survivors(chosen) <= EQUIVALENT.keys()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("module", MODULES)
def test_every_mutant_is_caught_but_the_equivalent_ones(module: str) -> None:
    listed = {entry for entry in EQUIVALENT if entry[0] == module}
    assert survivors(all_mutants(module)) == listed


def test_the_list_of_equivalent_mutants_is_not_stale() -> None:
    existing = {(m.module, m.change) for module in MODULES for m in all_mutants(module)}
    assert EQUIVALENT.keys() <= existing
    assert len(existing) > 700


def test_an_unchanged_definition_is_not_caught() -> None:
    """The audit catches mistakes, not the rewriting of a module's source."""
    first = all_mutants("hinge")[0]
    same = Mutant("hinge", "nothing", _unchanged)
    assert caught(first)
    assert not caught(same)


def _unchanged() -> ast.Module:
    return ast.parse(inspect.getsource(hinge))
