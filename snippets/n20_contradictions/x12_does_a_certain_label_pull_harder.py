# vaultkit: note="20_Contradictions/X12 Does a Certain Label Pull Harder.md" sha256=8ed59bd4ad5d9810babb73ea29d338f8556fdac630f36e3c7e68bd11ae3ba5ce
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X12 Does a Certain Label Pull Harder.md:45 · python {claims=X12} · sha256=3efdcf2d188eced83c6bd2e7783ced972b4c09aa9ff979c501f3f16dd95a7ce1
import math

import torch


def two_class_kl(label, prediction):
    a, b = label, prediction
    return a * math.log(a / b) + (1 - a) * math.log((1 - a) / (1 - b))


assert round(two_class_kl(0.99, 0.98), 4) == 0.0031
assert round(two_class_kl(0.60, 0.20), 4) == 0.3819

for label in (0.6, 0.8, 0.99):
    z = torch.tensor(0.4, dtype=torch.float64, requires_grad=True)
    q = z.sigmoid()
    cross = -(label * q.log() + (1 - label) * (1 - q).log())
    entropy = -(label * math.log(label) + (1 - label) * math.log(1 - label))
    (of_cross,) = torch.autograd.grad(cross, z, retain_graph=True)
    (of_divergence,) = torch.autograd.grad(cross - entropy, z)
    assert of_cross == of_divergence
    assert abs(of_cross.item() - (q.item() - label)) < 1e-12
