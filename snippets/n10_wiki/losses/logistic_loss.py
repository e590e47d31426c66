# vaultkit: note="10_Wiki/Losses/Logistic Loss.md" sha256=66907773329a01daef601622539519a2f89e561f3988745c7612e6b300c53d92
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Logistic Loss.md:66 · python {implements=logistic fn=logistic_loss} · sha256=62e6f23f2f43d8d9634c0fe37a5ee9c2e76490b74367d62abb45a876fa232373
import torch
import torch.nn.functional as F


def logistic_loss(scores, labels):
    """Mean of log(1 + exp(-label * score)). labels are -1 or +1."""
    if scores.shape != labels.shape:
        raise ValueError("scores and labels must have the same shape")
    if not ((labels == 1) | (labels == -1)).all():
        raise ValueError("labels must be -1 or +1; map {0, 1} by 2 * y - 1")
    s = scores.to(torch.promote_types(scores.dtype, torch.float32))
    return -F.logsigmoid(labels.to(s.dtype) * s).mean()


# %% [2] code-2 · 10_Wiki/Losses/Logistic Loss.md:83 · python {claims=3.11} · sha256=6c2b2736487e6bd0ba87b56dea4553745f925c5267bfae1baeb9bc62afb42f43
s = 5 * torch.randn(200, dtype=torch.float64)
t = torch.randint(2, (200,)).double()
margin_form = logistic_loss(s, 2 * t - 1)
probabilistic_form = F.binary_cross_entropy_with_logits(s, t)
assert abs(margin_form - probabilistic_form) < 1e-14


# %% [3] code-3 · 10_Wiki/Losses/Logistic Loss.md:93 · python · sha256=1f065473fb201033a6080570004987241d1a9e12fd1b050f392196f9e1b46745
import math

m = torch.linspace(-30, 30, 601, dtype=torch.float64)
loss = -F.logsigmoid(m)
assert (loss / math.log(2) >= (m <= 0).double() - 1e-12).all()
assert abs(loss[0] - 30) < 1e-12
assert abs(loss[-1] / math.exp(-30) - 1) < 1e-12

one = torch.ones(1)
assert logistic_loss(torch.tensor([-1e4]), one) == 1e4
assert logistic_loss(torch.tensor([20.0]), one) > 0
assert torch.isinf((1 + torch.tensor([100.0]).exp()).log())
assert logistic_loss(torch.empty(0), torch.empty(0)).isnan()
