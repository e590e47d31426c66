"""A declaration is read strictly, and every mistake in it names what would be right."""

from __future__ import annotations

import pytest

from vaultkit.errors import UsageError
from vaultkit.verify.catalogue import catalogue
from vaultkit.verify.declare import keys_of, read, written


def settings_of(**declaration: str):
    return read(declaration, catalogue())


def test_defaults_of_the_conventions() -> None:
    for concept in catalogue().values():
        settings = settings_of(implements=concept.id, fn="f")
        assert settings.conventions == concept.defaults()
        assert settings.explicit == frozenset()
    assert settings_of(implements="label-smoothing").conventions["spread"] == "all"
    assert settings_of(implements="kl-divergence").conventions["reduction"] == "mean"
    assert settings_of(implements="distillation").conventions["t_squared"] == "yes"
    assert settings_of(implements="ece").conventions["side"] == "right"


def test_one_word_is_a_convention_and_a_number_a_hyperparameter() -> None:
    """`alpha` of focal loss is both: which α it is, and how much."""
    kind = settings_of(implements="focal-loss", alpha="scalar")
    assert kind.conventions["alpha_kind"] == "scalar"
    assert kind.constants == {}
    amount = settings_of(implements="focal-loss", alpha="0.5", gamma="2")
    assert amount.conventions["alpha_kind"] == "alpha_t"
    assert amount.constants == {"alpha": 0.5, "gamma": 2.0}


def test_ignore_index_is_any_integer_or_none() -> None:
    assert settings_of(implements="cross-entropy").conventions["ignore_index"] == -100
    declared = settings_of(implements="cross-entropy", ignore_index="0")
    assert declared.conventions["ignore_index"] == 0
    assert declared.explicit == {"ignore_index"}
    off = settings_of(implements="cross-entropy", ignore_index="none")
    assert off.conventions["ignore_index"] is None


def test_keys_of_the_block_are_left_alone() -> None:
    declared = {"implements": "ece", "fn": "f", "needs": "cuda", "timeout": "5", "setup": True}
    assert read(declared, catalogue()).constants == {}


@pytest.mark.parametrize(
    ("declaration", "message", "hint"),
    [
        ({}, "names no concept", "implements="),
        ({"implements": "focal-los"}, "no oracle for `focal-los`", "`focal-loss`"),
        ({"implements": "zzz"}, "no oracle for `zzz`", "cross-entropy"),
        ({"implements": "focal-loss", "gama": "2"}, "`gama` is no key", "Did you mean `gamma`?"),
        ({"implements": "ece", "side": "up"}, "`side=up` is no convention", "right, left"),
        ({"implements": "ece", "n_bins": "ten"}, "is no number", "may be a number"),
        ({"implements": "focal-loss", "alpha": "vector"}, "is no number", "alpha_t, scalar"),
        ({"implements": "cross-entropy", "ignore_index": "x"}, "is no convention", "an integer"),
        ({"implements": "ece", "backend": "jax"}, "`backend=jax`", "torch, numpy, python"),
        ({"implements": "ece", "args": "labels,logit"}, "`logit` is no argument", "`logits`"),
        ({"implements": "ece", "args": "labels,labels"}, "twice", ""),
        (
            {"implements": "focal-loss", "form": "sigmoid", "alpha": "classes"},
            "do not go together",
            "",
        ),
    ],
)
def test_a_declaration_that_makes_no_sense(
    declaration: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(declaration, catalogue())
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_declaration_is_written_as_it_is_read() -> None:
    declared = {
        "implements": "focal-loss",
        "fn": "f",
        "alpha": "scalar",
        "reduction": "sum",
        "gamma": "2",
        "args": "labels,logits",
        "backend": "numpy",
        "returns": "0",
        "gradient": "none",
    }
    text = written(read(declared, catalogue()))
    again = dict(part.split("=") for part in text.split())
    assert again == declared
    assert written(settings_of(implements="ece", fn="f")) == "implements=ece fn=f"


def test_known_keys_are_listed() -> None:
    keys = keys_of(catalogue()["focal-loss"])
    assert {"implements", "fn", "alpha", "gamma", "form", "reduction", "args"} <= set(keys)
    assert len(set(keys)) == len(keys)
