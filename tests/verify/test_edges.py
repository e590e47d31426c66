"""The edge domain: each topic is what it says, and nothing else about the inputs changes."""

from __future__ import annotations

import numpy as np
import pytest

from vaultkit.verify import edges
from vaultkit.verify.cases import edge_cases
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.concept import DomainError

CE = catalogue()["cross-entropy"]


def cases_of(name: str, **how: object):
    concept = catalogue()[name]
    return concept, edge_cases(concept, concept.defaults() | how, 0)


def about(topic: str, name: str = "cross-entropy", **how: object):
    return [case.values for case in cases_of(name, **how)[1] if case.topic == topic]


def test_topics_are_what_they_say() -> None:
    assert all(len(v["labels"]) == 0 for v in about("empty batch"))
    assert all(v["logits"].shape[1] == 1 for v in about("one class"))
    assert all(np.abs(v["logits"]).max() == pytest.approx(1e4) for v in about("scores of ±1e4"))
    for values in about("−inf mask"):
        assert np.isneginf(values["logits"][:, -1]).all()
        assert (values["labels"] < values["logits"].shape[1] - 1).all()
    for values in about("−inf at the label"):
        assert np.isneginf(values["logits"][0, values["labels"][0]])
        assert np.isneginf(values["logits"]).sum() == 1
    assert all(np.isneginf(v["logits"][0]).all() for v in about("a row of −inf"))
    assert all(np.isnan(v["logits"]).sum() == 1 for v in about("NaN"))
    assert all((v["labels"] == -100).all() for v in about("all ignored"))
    for values in about("ignore_index"):
        assert 0 < (values["labels"] == -100).sum() < len(values["labels"])
    assert all(v["labels"].max() == v["logits"].shape[1] for v in about("label out of range"))


def test_extra_axes_keep_rows_and_labels_together() -> None:
    for topic, shape in (("extra axis (B, C, C)", (2, 3, 3)), ("extra axis (B, C, 2)", (2, 3, 2))):
        assert shape in [values["logits"].shape for values in about(topic)]
    for values in about("sequence (B, 2, C)", "distillation"):
        assert values["student_logits"].shape[:2] == values["labels"].shape


def test_a_masked_class_has_no_share_of_the_target() -> None:
    for values in about("−inf mask", "soft-cross-entropy"):
        assert (values["target_probs"][:, -1] == 0).all()
        np.testing.assert_allclose(values["target_probs"].sum(axis=1), 1)
    for values in about("−inf mask", "distillation"):
        masks = [np.isneginf(values[f"{who}_logits"]) for who in ("student", "teacher")]
        np.testing.assert_array_equal(*masks)


def test_without_ignored_labels_nothing_is_ignored() -> None:
    assert about("ignore_index", ignore_index=None) == []
    assert about("all ignored", ignore_index=None) == []
    assert all((v["labels"] == 0).all() for v in about("all ignored", ignore_index=0))


@pytest.mark.parametrize("name", catalogue())
def test_what_refuses_has_no_value_and_the_rest_has(name: str) -> None:
    concept, cases = cases_of(name)
    assert {case.topic for case in cases} <= {edge.topic for edge in concept.edges}
    assert len(cases) >= len(concept.edges) / 2
    for case in cases:
        with np.errstate(all="ignore"):
            if case.refuses:
                with pytest.raises(DomainError):
                    concept.definition(**case.values, **concept.defaults())
            else:
                concept.definition(**case.values, **concept.defaults())


def test_a_fixed_hyperparameter_is_not_moved_to_its_edge() -> None:
    concept = catalogue()["label-smoothing"]
    topics = {c.topic for c in edge_cases(concept, concept.defaults(), 0, only={"smoothing": 0.2})}
    assert "smoothing > 1" not in topics
    assert "ignore_index" in topics


def test_only_asks_under_one_convention() -> None:
    edge = edges.only(edges.LARGE, "base", "2")
    arguments = CE.arguments(CE.defaults())
    values = about("non-contiguous")[0]
    assert edge.build(arguments, values, CE.defaults()) is None
    assert edge.build(arguments, values, CE.defaults() | {"base": "2"}) is not None
