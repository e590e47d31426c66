"""Knowledge distillation: learn the teacher's softened scores and the labels together.

    L = α · T² · mean_i KL( softmax(v_i/T) ‖ softmax(z_i/T) ) + (1 − α) · CE(z, y)

z are the student's scores, v the teacher's. T² keeps the soft part's gradient at the same size
for every T: it is α·T·(softmax(z/T) − softmax(v/T))/B. The teacher gets no gradient.

Shapes: student_logits, teacher_logits (B, C) or (B, L, C), labels (B) or (B, L) → a number.
Sequences count as B·L samples.
Units: nats.
Errors: DomainError for T ≤ 0 or a label outside 0 … C−1.
Source: Hinton, Vinyals, Dean, Distilling the Knowledge in a Neural Network, 2015, section 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import log_softmax, softmax

from vaultkit.verify import edges
from vaultkit.verify.concept import (
    Argument,
    Concept,
    Convention,
    Conventions,
    DomainError,
    Edge,
    Invariant,
    Values,
)
from vaultkit.verify.domain import Choice, Labels, Logits
from vaultkit.verify.laws import close, permuted_rows, same_after, shifted, slope
from vaultkit.verify.oracles import cross_entropy, kl_divergence
from vaultkit.verify.reduction import EMPTY, at_label, kept_rows, reduce

T_SQUARED = Convention(
    "t_squared", {"yes": "the soft part is multiplied by T²", "no": "it is not: it fades as 1/T²"}
)
AVERAGE = Convention(
    "kl",
    {
        "batchmean": "the divergence is summed over the classes, averaged over the samples",
        "elements": "it is averaged over samples and classes alike: 1/C of it (reduction='mean')",
    },
)
ALPHA = Convention(
    "alpha",
    {"soft": "α weighs the soft part, 1 − α the labels", "hard": "α weighs the labels"},
    name="alpha_on",
)
SOFT = Convention(
    "soft",
    {
        "kl": "the soft part is a KL divergence, 0 where student and teacher agree",
        "cross-entropy": "it is a cross-entropy: the same gradient, T²·H(teacher) more",
    },
)
WHO = ("teacher", "student")
DIRECTION = Convention(
    "direction", {"forward": "KL(teacher ‖ student)", "reverse": "KL(student ‖ teacher)"}
)


def define(
    student_logits: Any,
    teacher_logits: Any,
    labels: Any,
    T: float,  # noqa: N803
    alpha: float,
    *,
    t_squared: str,
    kl: str,
    alpha_on: str,
    soft: str,
    direction: str,
    empty: str,
) -> Any:
    if T <= 0:
        raise DomainError("T ≤ 0")
    classes = student_logits.shape[-1]
    flat = labels.ravel()
    kept, picked = kept_rows(flat, classes, None)
    student = student_logits.reshape(len(flat), classes)
    teacher = teacher_logits.reshape(len(flat), classes)
    hard = reduce(-at_label(log_softmax(student, axis=1), picked), kept, "mean", empty)
    given, learned = log_softmax(teacher / T, axis=1), log_softmax(student / T, axis=1)
    if direction == "reverse":
        given, learned = learned, given
    costs = -np.exp(given) * learned
    if soft == "kl":
        costs = costs + np.exp(given) * given
    # A class of probability 0 on the given side costs nothing, also where both are masked.
    costs = np.where(np.exp(given) == 0, 0.0, costs).sum(axis=1)
    if kl == "elements":
        costs = costs / classes
    softened = reduce(costs, kept, "mean", empty)
    if t_squared == "yes":
        softened = softened * T**2
    share = alpha if alpha_on == "soft" else 1.0 - alpha
    return _weighed(share, softened) + _weighed(1.0 - share, hard)


def _weighed(share: float, value: Any) -> Any:
    """A part without weight is not there, even where it is infinite."""
    return share * value if share != 0 else np.where(np.isnan(value), value, 0.0)


def reference(
    student_logits: Any,
    teacher_logits: Any,
    labels: Any,
    T: float,  # noqa: N803
    alpha: float,
    *,
    t_squared: str,
    kl: str,
    alpha_on: str,
    soft: str,
    direction: str,
    empty: str,
) -> Any:
    """F.kl_div and F.cross_entropy, the teacher detached."""
    from torch.nn import functional

    classes = student_logits.shape[-1]
    student, labels = student_logits.reshape(-1, classes), labels.reshape(-1)
    teacher = teacher_logits.detach().reshape(-1, classes)
    if empty == "zero" and not len(labels):
        return student.sum()
    given = functional.log_softmax(teacher / T, dim=-1)
    learned = functional.log_softmax(student / T, dim=-1)
    if direction == "reverse":
        given, learned = learned, given
    if soft == "kl":
        softened = functional.kl_div(learned, given.exp(), reduction="sum") / len(labels)
    else:
        softened = -(given.exp() * learned).sum() / len(labels)
    if kl == "elements":
        softened = softened / classes
    if t_squared == "yes":
        softened = softened * T**2
    share = alpha if alpha_on == "soft" else 1 - alpha
    hard = functional.cross_entropy(student, labels)
    if share in (0, 1):
        return softened if share else hard
    return share * softened + (1 - share) * hard


def _largest_term(values: Values) -> float:
    """T²·p·log p of the likeliest classes: the sum over them cancels down to a divergence."""
    temperature = values["T"]
    if temperature <= 0 or not values["labels"].size:
        return 1.0
    logs = [log_softmax(values[f"{who}_logits"] / temperature, axis=-1) for who in WHO]
    terms = [np.exp(p) * q for p in logs for q in logs]
    finite = [np.abs(t[np.isfinite(t)]).max(initial=0.0) for t in terms]
    return float(temperature**2 * max(finite))


def _share(alpha_on: str, soft_part: float) -> float:
    return soft_part if alpha_on == "soft" else 1.0 - soft_part


def _hard_only(define: Any, values: Values, how: Conventions) -> bool:
    alone = values | {"alpha": _share(how["alpha_on"], 0.0)}
    expected = cross_entropy.define(
        values["student_logits"],
        values["labels"],
        reduction="mean",
        ignore_index=None,
        base="e",
        empty=how["empty"],
    )
    return close(define(**alone, **how), expected)


def _soft_only(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["soft"] != "kl" or how["direction"] != "forward":
        return None
    p, q = (softmax(values[f"{who}_logits"], axis=1) for who in WHO)
    if min(p.min(), q.min()) < 1e-250:
        return None
    alone = values | {"alpha": _share(how["alpha_on"], 1.0), "T": 1.0}
    expected = kl_divergence.define(
        p,
        q,
        reduction="elements" if how["kl"] == "elements" else "mean",
        base="e",
        shape="rows",
        given="probabilities",
        empty="nan",
    )
    return close(define(**alone, **how), expected, 1e-7)


def _equal_is_zero(define: Any, values: Values, how: Conventions) -> bool | None:
    if how["soft"] != "kl":
        return None
    alike = values | {
        "teacher_logits": values["student_logits"],
        "alpha": _share(how["alpha_on"], 1.0),
    }
    return close(define(**alike, **how), 0.0)


def _soft_gradient(define: Any, values: Values, how: Conventions) -> bool | None:
    student, temperature = values["student_logits"], values["T"]
    if student.size > 12 or how["direction"] != "forward" or np.abs(student).max() > 10:
        return None
    alone = values | {"alpha": _share(how["alpha_on"], 1.0)}
    p, q = (
        softmax(values[f"{who}_logits"] / temperature, axis=1) for who in ("teacher", "student")
    )
    scale = (temperature if how["t_squared"] == "yes" else 1 / temperature) / len(student)
    if how["kl"] == "elements":
        scale /= student.shape[1]
    return close(slope(define, alone, how, "student_logits"), scale * (q - p), 1e-6)


def _reversed(define: Any, values: Values, how: Conventions) -> bool:
    """Turning the direction is swapping student and teacher, as far as the soft part goes."""
    alone = values | {"alpha": _share(how["alpha_on"], 1.0)}
    swapped = alone | {
        "student_logits": values["teacher_logits"],
        "teacher_logits": values["student_logits"],
    }
    other = {"forward": "reverse", "reverse": "forward"}[how["direction"]]
    return close(define(**alone, **how), define(**swapped, **how | {"direction": other}))


def _hot(define: Any, values: Values, how: Conventions) -> bool:
    """As T grows the soft gradient becomes (z − v)/(C·B) for centred scores."""
    student, teacher = np.array([[1.0, -1.0, 0.0]]), np.array([[0.5, 0.5, -1.0]])
    hot = {
        "student_logits": student,
        "teacher_logits": teacher,
        "labels": np.array([0]),
        "T": 1024.0,
        "alpha": _share(how["alpha_on"], 1.0),
    }
    plain = dict(how) | {"t_squared": "yes", "kl": "batchmean", "direction": "forward"}
    found = slope(define, hot, plain, "student_logits", step=1e-2)
    return close(found, (student - teacher) / 3, 5e-3)


CONCEPT = Concept(
    id="distillation",
    title="Knowledge distillation",
    formula="α·T²·mean_i KL(softmax(teacher_i/T) ‖ softmax(student_i/T)) + (1 − α)·CE(student, y)",
    about=__doc__,
    definition=define,
    reference=reference,
    arguments=lambda how: (
        Argument("student_logits", Logits(("B", "C")), gradient="flows"),
        Argument("teacher_logits", Logits(("B", "C")), gradient="stops"),
        Argument("labels", Labels()),
        Argument("T", Choice((4.0, 1.0, 0.5, 2.0)), ("temperature", "temp", "tau"), 4.0),
        Argument("alpha", Choice((0.7, 0.0, 1.0, 0.5)), ("weight", "lambda_"), 0.7),
    ),
    conventions=(T_SQUARED, AVERAGE, ALPHA, SOFT, DIRECTION, EMPTY),
    edges=(
        *edges.ROWS,
        *edges.CLASSES,
        edges.MASKED_LABEL,
        edges.OUTSIDE,
        edges.SEQUENCE,
        edges.SEQUENCE_PAIR,
        Edge("T = 100", edges.setting("T", 100.0)),
        Edge("T = 0", edges.setting("T", 0.0), refuses=True),
        Edge("T = −1", edges.setting("T", -1.0), refuses=True),
    ),
    invariants=(
        Invariant("no weight on the soft part gives cross-entropy", _hard_only),
        Invariant("all weight on it and T = 1 give KL(teacher ‖ student)", _soft_only),
        Invariant("student and teacher alike: the soft part is 0", _equal_is_zero),
        Invariant("the soft gradient is T·(softmax(z/T) − softmax(v/T))/B", _soft_gradient),
        Invariant("the other direction is student and teacher swapped", _reversed),
        same_after(
            "a constant added to a student's row changes nothing", shifted("student_logits")
        ),
        same_after(
            "a constant added to a teacher's row changes nothing", shifted("teacher_logits")
        ),
        same_after(
            "the order of the samples does not matter",
            permuted_rows("student_logits", "teacher_logits", "labels"),
        ),
    ),
    scale=_largest_term,
    limits=(Invariant("the gradient tends to (z − v)/(C·B) as T grows", _hot),),
    blind={"−inf mask": "F.kl_div multiplies 0 by −inf and answers NaN where both are masked"},
    names=("distill", "kd", "student", "teacher"),
)
