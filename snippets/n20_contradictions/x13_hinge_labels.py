# vaultkit: note="20_Contradictions/X13 Hinge Labels.md" sha256=dc216fe2ef1426ffab2c949572f4bad2c67acd5131bbe457803eb58a6547cbe5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X13 Hinge Labels.md:44 · python {claims=X13} · sha256=41ebcc77281d436ba85d8d2a43244a1cf48107650fae515810e196e3b8674f77
import torch

x = torch.cat([torch.randn(200) + 2, torch.randn(200) - 2])
zero_one = torch.cat([torch.ones(200), torch.zeros(200)])


def negatives_found(labels):
    w = torch.zeros(2, requires_grad=True)
    for _ in range(200):
        loss = (1 - labels * (w[0] * x + w[1])).clamp(min=0).mean()
        (gradient,) = torch.autograd.grad(loss, w)
        w = (w - 0.5 * gradient).detach().requires_grad_()
    return ((w[0] * x + w[1])[200:] < 0).float().mean().item()


assert negatives_found(2 * zero_one - 1) > 0.9
assert negatives_found(zero_one) < 0.8
