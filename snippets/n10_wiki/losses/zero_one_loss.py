# vaultkit: note="10_Wiki/Losses/Zero-One Loss.md" sha256=f0dabbacd39e8000cfdbb95f248b9995a4c344af02e2122c637956d17d5c58b5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Zero-One Loss.md:68 · python {implements=zero-one fn=zero_one_loss} · sha256=a8242fd5d67c58f00aa765816236a47c1186172c9d9d019f0510b24e515103c9
import torch


def zero_one_loss(scores, labels):
    """Share of label * score <= 0. labels are -1 or +1; NaN scores give NaN."""
    if scores.shape != labels.shape:
        raise ValueError("scores and labels must have the same shape")
    if not ((labels == 1) | (labels == -1)).all():
        raise ValueError("labels must be -1 or +1; map {0, 1} by 2 * y - 1")
    s = scores.to(torch.promote_types(scores.dtype, torch.float32))
    wrong = (labels.to(s.dtype) * s <= 0).to(s.dtype)
    return wrong.masked_fill(s.isnan(), torch.nan).mean()


# %% [2] code-2 · 10_Wiki/Losses/Zero-One Loss.md:85 · python {implements=zero-one fn=error_rate form=argmax} · sha256=b3920ac00124baf432e72a017d6f9d37a13ca9d3a7590e54cd95fff1fa13cc21
def error_rate(logits, labels, ignore_index=-100):
    """Share of rows whose largest score is not the label's; NaN rows give NaN."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    keep = labels != ignore_index
    if not ((labels[keep] >= 0) & (labels[keep] < logits.shape[1])).all():
        raise ValueError("labels must be classes")
    scores = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    wrong = (scores.argmax(dim=-1) != labels[keep]).to(scores.dtype)
    return wrong.masked_fill(scores.isnan().any(dim=-1), torch.nan).mean()


# %% [3] code-3 · 10_Wiki/Losses/Zero-One Loss.md:98 · python · sha256=26dbc6028c9e2b85e712e1175368ff47f0f135bce406ef850a6d1f2c98511d45
margins = torch.tensor([2.0, -0.5, 0.0])
assert torch.isclose(zero_one_loss(margins, torch.ones(3)), torch.tensor(2 / 3))

logits = torch.tensor([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0], [0.0, 1.0]])
labels = torch.tensor([0, 1, 1, -100])
assert torch.isclose(error_rate(logits, labels), torch.tensor(1 / 3))
accuracy = (logits[:3].argmax(-1) == labels[:3]).float().mean()
assert torch.isclose(error_rate(logits, labels), 1 - accuracy)
tie = torch.zeros(1, 2)  # the first of equal scores wins
assert error_rate(tie, torch.tensor([0])) == 0 and error_rate(tie, torch.tensor([1])) == 1
assert error_rate(logits[:0], labels[:0]).isnan()
assert error_rate(torch.full((1, 2), torch.nan), labels[:1]).isnan()


# %% [4] code-4 · 10_Wiki/Losses/Zero-One Loss.md:115 · python · sha256=9a8c5130bf9c8f9ee5bb128ecabf9b937cc75d3f1352fed409343ac6e16241e8
import math

m = torch.linspace(-5, 5, 1001, dtype=torch.float64)
step = (m <= 0).double()
hinge = (1 - m).clamp(min=0)
exponential = (-m).exp()
logistic_bits = torch.nn.functional.softplus(-m) / math.log(2)
for stand_in in (hinge, exponential, logistic_bits):
    assert (stand_in >= step - 1e-12).all()
