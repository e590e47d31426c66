# vaultkit: note="10_Wiki/Losses/Binary Cross-Entropy.md" sha256=64b28d49525e5fc6e29af5876e25b0291efe9ad77fd3399307ff9cd013c6d7d6
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Binary Cross-Entropy.md:75 · python {implements=binary-cross-entropy fn=binary_cross_entropy} · sha256=a9a5ea3836e30f745a3163de1b9a67a2388f0017079bae684728c3a5c946f7d9
import torch
import torch.nn.functional as F


def binary_cross_entropy(logits, labels):
    """Mean over all entries. logits and labels have one shape; labels in [0, 1]."""
    if logits.shape != labels.shape:
        raise ValueError("logits and labels must have the same shape")
    if ((labels < 0) | (labels > 1)).any():
        raise ValueError("labels must lie in [0, 1]")
    z = logits.to(torch.promote_types(logits.dtype, torch.float32))
    y = labels.to(z.dtype)
    positive = torch.where(y != 0, y * F.logsigmoid(z), 0.0)
    negative = torch.where(y != 1, (1 - y) * F.logsigmoid(-z), 0.0)
    return -(positive + negative).mean()


# %% [2] code-2 · 10_Wiki/Losses/Binary Cross-Entropy.md:95 · python {claims=0.02,1.25,2.07,2.08} · sha256=7722e7e2313942d57d680d3bf504b53ff7a18e0859e32204aba96f1059d6dc8b
z = torch.randn(32, dtype=torch.float64, requires_grad=True)
y = torch.rand(32, dtype=torch.float64)
loss = binary_cross_entropy(z, y)
p = z.sigmoid()

assert torch.allclose(loss, F.binary_cross_entropy_with_logits(z, y))
assert torch.allclose(loss, -(y * p.log() + (1 - y) * (1 - p).log()).mean())

two_scores = torch.stack([torch.zeros_like(z), z], dim=-1)
two_targets = torch.stack([1 - y, y], dim=-1)
assert torch.allclose(loss, F.cross_entropy(two_scores, two_targets))

(slope,) = torch.autograd.grad(loss, z)
assert torch.allclose(slope, (p - y).detach() / 32)


# %% [3] code-3 · 10_Wiki/Losses/Binary Cross-Entropy.md:114 · python {claims=0.05} · sha256=d80c5e641186c40e9530bbedb9a57cc9143264537ccae9cd21db517d61573d60
grid = torch.tensor([-2.0, 0.0, 2.0], dtype=torch.float64, requires_grad=True)
negatives = torch.zeros(3, dtype=torch.float64)
total = F.binary_cross_entropy_with_logits(grid, negatives, reduction="sum")
(slope,) = torch.autograd.grad(total, grid, create_graph=True)
(curvature,) = torch.autograd.grad(slope.sum(), grid)
probability = grid.sigmoid().detach()
assert torch.allclose(slope, probability - negatives)  # linear in the error
assert torch.allclose(curvature, probability * (1 - probability))
assert curvature.max() - curvature.min() > 0.1  # constant if it were linear in z
assert slope.abs().max() < 1


# %% [4] code-4 · 10_Wiki/Losses/Binary Cross-Entropy.md:129 · python {claims=0.19} · sha256=b38fa8e6114d286d8f496fabed07b8b8245691a9ea202a42b8c12d1854336f1d
for size in (1e4, 1e30):
    score, label = torch.tensor([-size]), torch.tensor([1.0])
    assert binary_cross_entropy(score, label) == torch.tensor(size)
    assert F.binary_cross_entropy(score.sigmoid(), label) == 100

ruled_out = torch.tensor([-torch.inf, 3.0], requires_grad=True)
binary_cross_entropy(ruled_out, torch.tensor([0.0, 1.0])).backward()
assert torch.isfinite(ruled_out.grad).all()
assert binary_cross_entropy(torch.tensor([300.0]).half(), torch.zeros(1)) == 300
assert torch.isnan(binary_cross_entropy(torch.empty(0), torch.empty(0)))
assert torch.isnan(binary_cross_entropy(torch.tensor([torch.nan]), torch.ones(1)))


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Binary Cross-Entropy.md:175 · python {claims=0.04} · sha256=ef08b8d22d58901d5181b071c03e9a60561094d4aaa366930ecb9ace8ae524db
lost = torch.tensor(-20.0, dtype=torch.float64, requires_grad=True)
(squared,) = torch.autograd.grad((lost.sigmoid() - 1) ** 2, lost)
(entropic,) = torch.autograd.grad(binary_cross_entropy(lost[None], torch.ones(1)), lost)
assert -4.2e-9 < squared.item() < -4.0e-9
assert abs(entropic.item() + 1) < 1e-8
