# vaultkit: note="10_Wiki/Learning/Gradient Descent.md" sha256=876847579606e8482331454c8f18a4bbb1f7ce96f155b2b6366ab6e645451e56
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Gradient Descent.md:68 · python {claims=4.20} · sha256=245029e0be6683ddd4c0216d6951c0be1673e8fff803ca954c0cbd0da47ccc2d
import torch
import torch.nn.functional as F

x, y = torch.randn(32, 4), torch.randint(3, (32,))
weight = torch.randn(4, 3, requires_grad=True)
(gradient,) = torch.autograd.grad(F.cross_entropy(x @ weight, y), weight)
expected = weight.detach() - 0.1 * gradient

optimiser = torch.optim.SGD([weight], lr=0.1)
optimiser.zero_grad()
F.cross_entropy(x @ weight, y).backward()
optimiser.step()
assert torch.allclose(weight.detach(), expected)


# %% [2] code-2 · 10_Wiki/Learning/Gradient Descent.md:86 · python {claims=1.11} · sha256=20d8344ba378b5a5b552f8b2be0ed32a6812e2dda63d3f307a2ec0cc90a24354
start = torch.randn(4, 3, dtype=torch.float64, requires_grad=True)
x64 = x.double()


def loss_at(w):
    return F.cross_entropy(x64 @ w, y)


(uphill,) = torch.autograd.grad(loss_at(start), start)
assert loss_at(start + 1e-3 * uphill) > loss_at(start) > loss_at(start - 1e-3 * uphill)


# %% [3] code-3 · 10_Wiki/Learning/Gradient Descent.md:101 · python · sha256=8b0115f201e989bb4f53f31e3e68900ba5b1d84263d42029c5ae8a1c1e2e398d
def descend(step, start=1.0, steps=100):
    w = start
    for _ in range(steps):
        w -= step * 4.0 * w
    return abs(w)


assert descend(0.49) < 1 < descend(0.51)
assert descend(0.25) == 0  # one step, exactly at the bottom
