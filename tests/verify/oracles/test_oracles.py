"""Every oracle: sound, documented, independent of torch, and found by its file's name."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkit.verify.audit import audit
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import Concept
from vaultkit.verify.describe import describe, listing
from vaultkit.verify.search import inputs

CONCEPTS = list(catalogue().values())
EXPECTED = [
    "binary-cross-entropy",
    "class-weighted-cross-entropy",
    "competence",
    "cross-entropy",
    "distillation",
    "ece",
    "entropy",
    "exponential",
    "focal-loss",
    "hinge",
    "kl-divergence",
    "label-smoothing",
    "log-sum-exp",
    "logistic",
    "mae",
    "mixup-loss",
    "mse",
    "next-token-loss",
    "nll",
    "perplexity",
    "soft-cross-entropy",
    "zero-one",
    "zpd-window",
]
SIGNATURES = {
    "cross-entropy": "logits labels",
    "binary-cross-entropy": "logits labels",
    "class-weighted-cross-entropy": "logits labels weight",
    "focal-loss": "logits labels gamma=2.0 alpha=0.25",
    "label-smoothing": "logits labels smoothing=0.1",
    "soft-cross-entropy": "logits target_probs",
    "distillation": "student_logits teacher_logits labels T=4.0 alpha=0.7",
    "mixup-loss": "logits y_a y_b lam=0.3",
    "next-token-loss": "logits input_ids",
    "perplexity": "logits input_ids",
    "ece": "logits labels n_bins=10",
    "competence": "loss confidence entropy",
    "zpd-window": "ppl",
}


def by_id(concept: Concept) -> str:
    return concept.id


def test_the_concepts_are_these() -> None:
    assert list(catalogue()) == EXPECTED


@pytest.mark.parametrize("concept", CONCEPTS, ids=by_id)
def test_an_oracle_passes_its_own_audit(concept: Concept) -> None:
    assert list(audit(concept)) == []


@pytest.mark.parametrize(("name", "expected"), SIGNATURES.items())
def test_functions_are_called_in_the_usual_order(name: str, expected: str) -> None:
    arguments = catalogue()[name].arguments(catalogue()[name].defaults())
    shown = [a.name if a.default is None else f"{a.name}={a.default}" for a in arguments]
    assert " ".join(shown) == expected


@pytest.mark.parametrize("concept", CONCEPTS, ids=by_id)
def test_an_oracle_says_what_it_is(concept: Concept) -> None:
    module = inspect.getmodule(concept.definition)
    assert module is not None
    assert module.__name__.rpartition(".")[2].replace("_", "-") == concept.id
    for word in ("Shapes:", "Units:", "Errors:", "Source:"):
        assert word in concept.about, f"{concept.id} lacks {word}"
    assert concept.invariants
    page = describe(concept)
    for convention in concept.conventions:
        for choice, meaning in convention.choices.items():
            assert f"{choice}: {meaning}" in page
    for law in concept.invariants:
        assert law.text in page
    assert concept.id in listing(catalogue())


@pytest.mark.parametrize("concept", CONCEPTS, ids=by_id)
def test_a_definition_never_meets_torch(concept: Concept) -> None:
    """torch is imported inside `reference` and nowhere else."""
    module = inspect.getmodule(concept.definition)
    tree = ast.parse(inspect.getsource(module))
    for node in tree.body:
        names = {
            alias.name if isinstance(inner, ast.Import) else inner.module or ""
            for inner in ast.walk(node)
            if isinstance(inner, ast.Import | ast.ImportFrom)
            for alias in inner.names
        }
        if any(name.split(".")[0] == "torch" for name in names):
            assert isinstance(node, ast.FunctionDef)
            assert node.name == "reference"


def test_loading_the_oracles_loads_no_torch() -> None:
    code = (
        "import sys\n"
        "from vaultkit.verify.catalogue import catalogue\n"
        "catalogue()\n"
        "assert not {'torch', 'hypothesis'} & set(sys.modules), 'heavy'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("concept", CONCEPTS, ids=by_id)
def test_what_the_strategies_draw_lies_in_the_domain(concept: Concept) -> None:
    @settings(
        max_examples=25, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def drawn_values_have_a_value(data: st.DataObject) -> None:
        how = concept.defaults()
        values = data.draw(inputs(concept, how))
        assert values.keys() == {a.name for a in concept.arguments(how)}
        result = np.asarray(concept.definition(**values, **how))
        assert np.isfinite(result).all()

    drawn_values_have_a_value()
