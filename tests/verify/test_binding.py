"""Functions take a concept's arguments by position, by usual names, or as the note says."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from vaultkit.verify.binding import BindingError, bind, fixed
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.declare import read


def slots(function, concept: str, **more: str) -> list[tuple[str, str, bool]]:
    settings = read({"implements": concept, "fn": "f", **more}, catalogue())
    return [(s.parameter, s.source, s.by_keyword) for s in bind(function, settings).call]


def test_tensors_by_position_whatever_their_names() -> None:
    assert slots(lambda a, b: 0, "cross-entropy") == [
        ("a", "logits", False),
        ("b", "labels", False),
    ]


def test_hyperparameters_by_name_wherever_they_stand() -> None:
    found = slots(lambda x, y, alpha=0.25, gamma=2: 0, "focal-loss")
    assert found[2:] == [("alpha", "alpha", False), ("gamma", "gamma", False)]
    renamed = slots(lambda s, t, y, alpha=0.7, temperature=4.0: 0, "distillation")
    assert renamed[4] == ("temperature", "T", False)


def test_a_required_parameter_left_over_takes_the_next_hyperparameter() -> None:
    assert slots(lambda z, a, b, mix: 0, "mixup-loss")[3] == ("mix", "lam", False)


def test_an_optional_parameter_of_another_name_is_left_alone() -> None:
    found = slots(lambda x, y, eps=1e-8, *, smoothing=0.1: 0, "label-smoothing")
    assert [source for _, source, _ in found] == ["logits", "labels", "smoothing"]
    assert found[2][2] is True


def test_weights_do_not_land_in_an_optional_parameter_before_them() -> None:
    def weighted(logits, labels, eps=1e-8, weight=None):
        return 0

    assert slots(weighted, "class-weighted-cross-entropy")[2] == ("weight", "weight", True)


def test_the_note_maps_another_order() -> None:
    found = slots(lambda y, x, k, g=2: 0, "focal-loss", args="labels,logits,alpha,gamma")
    assert [source for _, source, _ in found] == ["labels", "logits", "alpha", "gamma"]
    skipped = slots(lambda x, eps=0, y=None: 0, "cross-entropy", args="logits,_,labels")
    assert skipped == [("x", "logits", False), ("y", "labels", True)]


def test_the_number_of_classes_and_a_model_are_known() -> None:
    found = slots(lambda x, y, num_classes: 0, "label-smoothing")
    assert found[2] == ("num_classes", "num_classes", False)
    assert slots(lambda model, ids: 0, "next-token-loss") == [
        ("model", "model", False),
        ("ids", "input_ids", False),
    ]


def test_a_convention_that_is_a_parameter_is_passed_when_stated() -> None:
    def ce(logits, labels, reduction="mean"):
        return 0

    assert len(slots(ce, "cross-entropy")) == 2
    assert slots(ce, "cross-entropy", reduction="sum")[2] == ("reduction", "reduction", False)


def test_star_arguments_take_the_rest() -> None:
    assert len(slots(lambda *args, **kwargs: 0, "mixup-loss")) == 3


def test_a_class_is_built_and_called() -> None:
    class Focal(nn.Module):
        def __init__(self, gamma=2.0, alpha=0.25):
            super().__init__()

        def forward(self, x, y):
            return torch.zeros(())

    binding = bind(Focal, read({"implements": "focal-loss"}, catalogue()))
    assert [slot.source for slot in binding.build] == ["gamma", "alpha"]
    assert [slot.source for slot in binding.call] == ["logits", "labels"]


def test_what_no_parameter_takes_is_fixed() -> None:
    settings = read({"implements": "focal-loss", "gamma": "5"}, catalogue())
    binding = bind(lambda x, y, alpha=0.25: 0, settings)
    assert fixed(binding, settings) == {"gamma": 5.0}


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: 0, "takes no labels"),
        (lambda x, y, z: 0, "needs `z`"),
        (type("Plain", (), {}), "cannot be called"),
    ],
)
def test_a_function_that_cannot_be_matched_says_what_is_missing(function, message) -> None:
    settings = read({"implements": "cross-entropy", "fn": "f"}, catalogue())
    with pytest.raises(BindingError) as caught:
        bind(function, settings)
    assert message in caught.value.message
    assert caught.value.hint or "cannot be called" in message
