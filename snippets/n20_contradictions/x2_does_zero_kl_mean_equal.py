# vaultkit: note="20_Contradictions/X2 Does Zero KL Mean Equal.md" sha256=77e5b4477ac53f237e469c4b27ad122c8d5d5eb00e85862de46e5baa44f32a87
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X2 Does Zero KL Mean Equal.md:45 · python {claims=X2} · sha256=c52fab557e849466e228cd98b82fd051e635f62dc34a383fafa6ba726056869f
import torch
from torch.distributions import Dirichlet

p = Dirichlet(torch.ones(4, dtype=torch.float64)).sample((500,))
q = Dirichlet(torch.ones(4, dtype=torch.float64)).sample((500,))
divergence = (p * (p / q).log()).sum(-1)
distance = (p - q).abs().sum(-1)
assert (divergence >= 0.5 * distance**2).all()
assert (divergence[distance > 0.1] > 0.005).all()

target = torch.tensor([0.5, 0.5], dtype=torch.float64)
numbers = torch.tensor([0.25, 1.0], dtype=torch.float64)
assert numbers.sum() != 1
assert (target * (target / numbers).log()).sum().abs() < 1e-15
