# vaultkit: note="10_Wiki/Losses/Mean Absolute Error.md" sha256=0e5f4c890dc79a1308ad3c71d8469a47fa3440b0dad20b02c42563ac8bf3a8b5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Mean Absolute Error.md:63 · python {implements=mae fn=mean_absolute_error} · sha256=667455d6cd4f6f8a05bf23d5823b9fb16f749b731689b9b9c7c3a5fcce4f0b0d
import torch
import torch.nn.functional as F


def mean_absolute_error(prediction, target):
    """Mean over all entries of the absolute difference. Both of one shape."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target must have the same shape")
    dtype = torch.promote_types(prediction.dtype, torch.float32)
    return (prediction.to(dtype) - target.to(dtype)).abs().mean()


# %% [2] code-2 · 10_Wiki/Losses/Mean Absolute Error.md:78 · python {claims=4.05} · sha256=7275c722232d85d02851a2a21ccd0dd1a5e0ec9b91e734ec3fa7535995bb86ad
truth = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
distance = (truth - guess).abs().sum()
assert torch.allclose(distance, torch.tensor(1.2, dtype=torch.float64))
assert torch.allclose(mean_absolute_error(guess, truth), distance / 3)
assert torch.allclose(mean_absolute_error(guess, truth), F.l1_loss(guess, truth))

values = torch.tensor([1.0, 2.0, 90.0])
guesses = torch.linspace(0, 100, 1001)
best = guesses[(guesses[:, None] - values).abs().mean(-1).argmin()]
assert abs(best - values.median()) < 0.06


# %% [3] code-3 · 10_Wiki/Losses/Mean Absolute Error.md:92 · python · sha256=621f193a422a23756973b86e9b86f39bce315837e57e882a2d0ddfd6208e328e
x = torch.zeros(3, requires_grad=True)
mean_absolute_error(x, torch.tensor([-5.0, 0.0, 5000.0])).backward()
assert torch.allclose(x.grad, torch.tensor([1.0, 0.0, -1.0]) / 3)
assert mean_absolute_error(torch.empty(0), torch.empty(0)).isnan()
assert mean_absolute_error(torch.tensor([torch.nan]), torch.zeros(1)).isnan()
