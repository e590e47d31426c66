"""Drawing and shrinking inputs: the same seed draws the same, whatever else is loaded."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from vaultkit.verify.cases import edge_cases, regular_cases
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import Case
from vaultkit.verify.search import find, inputs, reduced

CE = catalogue()["cross-entropy"]

DRAWS = """
import sys
{before}
import numpy as np
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.search import find, inputs
ce = catalogue()["cross-entropy"]
seen = []
find(inputs(ce, ce.defaults()), lambda v: seen.append(v["logits"].tolist()) or False, 3, 30)
print(seen)
"""


def test_what_is_drawn_does_not_hang_on_the_modules_loaded(tmp_path) -> None:
    """Hypothesis mixes constants of local modules into its numbers."""
    local = tmp_path / "local_constants.py"
    local.write_text("A = (3, 5, 7, 11, 13, 2.5, 7.25)\n", encoding="utf-8")
    before = f"sys.path.insert(0, {str(tmp_path)!r}); import local_constants"
    plain, with_module = (
        subprocess.run(
            [sys.executable, "-c", DRAWS.format(before=text)],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
        ).stdout
        for text in ("", before)
    )
    assert plain == with_module
    assert len(plain) > 500


def test_find_shrinks_to_the_simplest_inputs() -> None:
    strategy = inputs(CE, CE.defaults())
    found = find(strategy, lambda v: len(v["labels"]) >= 2, 0, 200)
    assert found["logits"].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert found["labels"].tolist() == [0, 0]
    assert find(strategy, lambda v: False, 0, 20) is None


def test_a_grid_case_is_reduced_while_it_fails() -> None:
    rng = np.random.default_rng(0)
    case = Case("big", {"logits": rng.normal(size=(64, 1000)), "labels": rng.integers(0, 3, 64)})

    def fails(values):
        return values["logits"].shape[1] >= 3 and values["logits"].max() > 1

    values = reduced(CE.arguments(CE.defaults()), case, fails).values
    assert values["logits"].shape == (1, 3)
    assert np.count_nonzero(values["logits"]) == 1
    assert fails(values)


def test_reducing_leaves_a_fixed_setting_alone() -> None:
    smooth = catalogue()["label-smoothing"]
    arguments = smooth.arguments(smooth.defaults())
    values = {"logits": np.ones((1, 2)), "labels": np.array([1]), "smoothing": 0.2}
    case = Case("fixed", values)
    assert reduced(arguments, case, lambda v: True).values["smoothing"] == 0.1
    kept = reduced(arguments, case, lambda v: True, fixed={"smoothing"}).values
    assert kept["smoothing"] == 0.2
    assert kept["logits"].tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("name", catalogue())
def test_a_seed_names_the_grid(name: str) -> None:
    concept = catalogue()[name]
    how = concept.defaults()
    for cases in (regular_cases, edge_cases):
        first, again = cases(concept, how, 1), cases(concept, how, 1)
        assert [c.name for c in first] == [c.name for c in again]
        for one, two in zip(first, again, strict=True):
            for key, value in one.values.items():
                np.testing.assert_array_equal(value, two.values[key])
    assert len(regular_cases(concept, how, 1)) >= 10


@pytest.mark.parametrize("name", catalogue())
def test_every_setting_of_the_hyperparameters_is_on_the_grid(name: str) -> None:
    concept = catalogue()[name]
    arguments = concept.arguments(concept.defaults())
    cases = regular_cases(concept, concept.defaults(), 0)
    for argument in arguments:
        if not argument.kind.tensor:
            assert {c.values[argument.name] for c in cases} == set(argument.kind.options)
            fixed = regular_cases(concept, concept.defaults(), 0, only={argument.name: 3})
            assert {c.values[argument.name] for c in fixed} == {3}
