# vaultkit: note="10_Wiki/Decisions/Loss Anti-Patterns.md" sha256=99ffa06fe29e39d5cbfb2cc9c177404fa18c4aa7d5314f2f1fa2d13f4447808d
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Decisions/Loss Anti-Patterns.md:69 · python · sha256=2d25427c47506b4a5be2ca09fbce3c133d0713d81da02bf54659c1c2ba057d8d
import math

import torch
import torch.nn.functional as F


def smells(loss):
    """Names of the basic checks that a mean classification loss fails."""
    z = torch.randn(6, 10, dtype=torch.float64)
    y = torch.randint(10, (6,))
    sure = 1e4 * F.one_hot(y, 10).double()
    checks = {
        "uniform": abs(loss(0 * z, y) - math.log(10)) < 1e-9,
        "perfect": loss(sure, y) < 1e-9,
        "shift": abs(loss(z + 1000, y) - loss(z, y)) < 1e-9,
        "doubling": abs(loss(z.repeat(2, 1), y.repeat(2)) - loss(z, y)) < 1e-9,
        "margin": abs(loss(sure, (y + 1) % 10) - 1e4) < 1e-6,
    }
    return [name for name, passed in checks.items() if not passed]


assert smells(F.cross_entropy) == []


# %% [2] code-2 · 10_Wiki/Decisions/Loss Anti-Patterns.md:96 · python · sha256=52716a219fe4c3adeea48f52f7bba5a651f48c87c9191da00f9123d8f1bf9324
assert "perfect" in smells(lambda z, y: F.cross_entropy(z.softmax(-1), y))
assert "margin" in smells(lambda z, y: F.nll_loss(z.softmax(-1).log(), y))
assert "doubling" in smells(lambda z, y: F.cross_entropy(z, y, reduction="sum"))


def squared(z, y):
    return F.mse_loss(z.softmax(-1), F.one_hot(y, 10).double())


assert "uniform" in smells(squared)

floor = F.cross_entropy(torch.eye(10)[:1], torch.tensor([0]))
assert round(floor.item(), 4) == 1.4612
assert round(math.e / (math.e + 9), 3) == 0.232


# %% [3] code-3 · 10_Wiki/Decisions/Loss Anti-Patterns.md:115 · python · sha256=e4731e25b85ba4800efa4e92428f0f150a69ba4a30eba51284049d0ea9369e70
x = torch.tensor([[-2.0], [-1.0], [1.0], [2.0]], dtype=torch.float64)
y = torch.tensor([0, 0, 1, 1])


def train(steps, smoothing):
    w = torch.zeros(1, 2, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=1.0)
    for _ in range(steps):
        optimiser.zero_grad()
        F.cross_entropy(x @ w, y, label_smoothing=smoothing).backward()
        optimiser.step()
    return (w[0, 1] - w[0, 0]).item()


assert train(1000, 0.0) > train(100, 0.0) + 1
assert abs(train(1000, 0.1) - train(100, 0.1)) < 1e-3


# %% [4] anti-patterns-1 · 10_Wiki/Decisions/Loss Anti-Patterns.md:161 · python {raises=RuntimeError} · not at import: raises RuntimeError · sha256=98f82500e6161dcfe88cdc00730288ff593d41f43c89c6e9074294628bf6bc4c
#: F.cross_entropy(torch.randn(4, 10), torch.zeros(4).long(), weight=torch.ones(3))
