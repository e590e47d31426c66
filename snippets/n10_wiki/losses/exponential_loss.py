# vaultkit: note="10_Wiki/Losses/Exponential Loss.md" sha256=fe016c0f6390b62367eb64be387083f0ff735f5670d4995e01f399601277d86b
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Exponential Loss.md:67 · python {implements=exponential fn=exponential_loss} · sha256=ee774669b553bdf98a6226ca3f43b1a753dce6574fc7e96253d6e6da562102a7
import torch


def exponential_loss(scores, labels):
    """Mean of exp(-label * score). labels are -1 or +1, of the scores' shape."""
    if scores.shape != labels.shape:
        raise ValueError("scores and labels must have the same shape")
    if not ((labels == 1) | (labels == -1)).all():
        raise ValueError("labels must be -1 or +1; map {0, 1} by 2 * y - 1")
    s = scores.to(torch.promote_types(scores.dtype, torch.float32))
    return (-labels.to(s.dtype) * s).exp().mean()


# %% [2] code-2 · 10_Wiki/Losses/Exponential Loss.md:81 · python · sha256=7ad41e86c138f3dd6c93869d5964c2757ebae715ba1da90e9d255891b09cd84e
import math

one = torch.ones(1, dtype=torch.float64)
assert exponential_loss(0 * one, one) == 1
assert abs(exponential_loss(-one, one).item() - math.e) < 1e-12

p = 0.8
grid = torch.linspace(-3, 3, 6001, dtype=torch.float64)
expected = p * (-grid).exp() + (1 - p) * grid.exp()
best = grid[expected.argmin()].item()
assert abs(best - 0.5 * math.log(p / (1 - p))) < 1e-3

scores, labels = torch.tensor([100.0, 2.0]), torch.tensor([-1.0, 1.0])
assert torch.isinf(exponential_loss(scores, labels))
assert 1e43 < math.exp(100) < 1e44
log_mean = (-labels * scores).logsumexp(0) - math.log(2)  # of the same two examples
assert abs(log_mean.item() - (100 - math.log(2))) < 1e-4
assert exponential_loss(torch.empty(0), torch.empty(0)).isnan()


# %% [3] code-3 · 10_Wiki/Losses/Exponential Loss.md:104 · python · sha256=5cbb7c53d7f0ae759e0cbc4825f6e2bf01e3acd02197c4a56520080e4664b2ec
scores = torch.full((1001,), 3.0, dtype=torch.float64)
labels = torch.ones(1001, dtype=torch.float64)
scores[0] = -12.0
costs = (-labels * scores).exp()
assert costs[0] > 3000 * costs[1:].sum() / 1000
assert costs[0] / costs.sum() > 0.99
log_costs = torch.nn.functional.softplus(-labels * scores)
assert log_costs[0] / log_costs.sum() < 0.3


# %% [4] anti-patterns-1 · 10_Wiki/Losses/Exponential Loss.md:143 · python · sha256=5566b71997096da0ea67530ea9c0d794ad24eafbded042b7514c496ba5907332
assert (-torch.zeros(3) * torch.tensor([-9.0, 0.0, 9.0])).exp().eq(1).all()
