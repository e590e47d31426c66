# vaultkit: note="10_Wiki/Losses/Mean Squared Error.md" sha256=cd360ec0b1de1eae1ac5ba0ea7f7e5522b866a8d43665250c8468099b0e44dce
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Mean Squared Error.md:67 · python {implements=mse fn=mean_squared_error} · sha256=f6d8d452974c1d5ef20b08f86557c582bbaa9bfd5f7939e6f5ac1270e559abd0
import torch
import torch.nn.functional as F


def mean_squared_error(prediction, target):
    """Mean over all entries of the squared difference. Both of one shape."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target must have the same shape")
    dtype = torch.promote_types(prediction.dtype, torch.float32)
    return (prediction.to(dtype) - target.to(dtype)).square().mean()


# %% [2] code-2 · 10_Wiki/Losses/Mean Squared Error.md:80 · python {claims=2.17} · sha256=52c10a65a5f86416c77b1ab8fb5922fe4dbf03f33588bc729b2ec2581ef4a99a
prediction = torch.randn(5, 3, dtype=torch.float64)
target = torch.randn(5, 3, dtype=torch.float64)
error = mean_squared_error(prediction, target)
assert torch.allclose(error, F.mse_loss(prediction, target))
assert torch.allclose(error, sum((prediction - target).flatten() ** 2) / 15)

values = torch.tensor([1.0, 2.0, 9.0])
guesses = torch.linspace(0, 10, 1001)
best = guesses[(guesses[:, None] - values).square().mean(-1).argmin()]
assert abs(best - values.mean()) < 0.01

assert mean_squared_error(torch.tensor([400.0]).half(), torch.zeros(1)) == 160_000
assert torch.isinf(torch.tensor(256.0).half() ** 2) and torch.finfo(torch.half).max == 65_504
assert mean_squared_error(torch.empty(0), torch.empty(0)).isnan()


# %% [3] code-3 · 10_Wiki/Losses/Mean Squared Error.md:99 · python {claims=2.20} · sha256=5dbdee4e4bcb3659a81969829524a2b850dbb29eccda6b101a76632d11896529
z = torch.linspace(-12, 12, 241, dtype=torch.float64, requires_grad=True)
p = z.sigmoid()
(squared,) = torch.autograd.grad(((p - 1) ** 2).sum(), z, retain_graph=True)
(entropic,) = torch.autograd.grad(-F.logsigmoid(z).sum(), z)
ratio = (entropic / squared).detach()
assert torch.allclose(ratio, (1 / (2 * p * (1 - p))).detach())
assert ratio.min() >= 2 - 1e-9
at_minus_ten = ratio[(z + 10).abs().argmin()]
assert round(at_minus_ten.item()) == 11014


# %% [4] anti-patterns-1 · 10_Wiki/Losses/Mean Squared Error.md:141 · python {raises=ValueError} · not at import: raises ValueError · sha256=92a00a8fbea8a90f9311c86d13bc713bed3475b66958f8cd7d25823d4987e797
#: mean_squared_error(torch.zeros(8), torch.zeros(8, 1))
