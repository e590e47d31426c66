# vaultkit: note="10_Wiki/Losses/KL Divergence.md" sha256=f7fb48068e7cc0ec85bfc41cb70f945b887637f0e45b44d3b732053cd550ecbf
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/KL Divergence.md:77 · python {implements=kl-divergence fn=kl_divergence} · sha256=a6352d8da319fe1b47658bfe3c7d93aad55517ccc07d94964fdbd24721da23bf
import torch


def kl_divergence(p, q):
    """Sum over the last axis of p log(p / q) in nats, mean over the leading axes."""
    if p.shape != q.shape:
        raise ValueError("p and q must have the same shape")
    dtype = torch.promote_types(torch.promote_types(p.dtype, q.dtype), torch.float32)
    p, q = p.to(dtype), q.to(dtype)
    absent = p == 0
    ratio = p.masked_fill(absent, 1.0).log() - q.masked_fill(absent, 1.0).log()
    return (p * ratio).sum(dim=-1).mean()


# %% [2] code-2 · 10_Wiki/Losses/KL Divergence.md:94 · python {claims=0.06,2.03,2.04,2.05,4.09,4.14} · sha256=9ecbaa140d16709bdf520ef0ccecac80b0a7790a41830fe642e472013eeae4b2
from torch.distributions import Dirichlet

ones = torch.ones(6, dtype=torch.float64)
p, q = Dirichlet(ones).sample((500,)), Dirichlet(ones).sample((500,))
kl = torch.stack([kl_divergence(a, b) for a, b in zip(p, q, strict=True)])
cross = -(p * q.log()).sum(-1)
entropy = -(p * p.log()).sum(-1)

assert torch.allclose(cross, entropy + kl)
assert torch.allclose(kl, (p * p.log()).sum(-1) - (p * q.log()).sum(-1))
assert (kl > 0).all()
assert (kl >= 0.5 * (p - q).abs().sum(-1) ** 2).all()
assert kl_divergence(p, p) == 0
swapped = (q * (q / p).log()).sum(-1)
assert (kl - swapped).abs().max() > 0.1


# %% [3] code-3 · 10_Wiki/Losses/KL Divergence.md:114 · python {claims=3.02} · sha256=0273997f25a9439f50ae8b1f222a2e3e7cbbb46742fef53a6c4cf0341f617f44
import math

bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)


def shannon(p, q):
    return -(p * q.log()).sum().item()


assert round(shannon(bag, bag), 6) == 0.639032
assert round(shannon(bag, bag) / math.log(2), 6) == 0.921928
assert round(shannon(bag, guess), 6) == 1.499577
assert round(shannon(bag, guess) / math.log(2), 6) == 2.163432
assert round(shannon(guess, bag), 6) == 1.886697
assert round(shannon(guess, guess), 6) == 0.950271
assert round(kl_divergence(bag, guess).item(), 6) == 0.860545
assert round(kl_divergence(guess, bag).item(), 6) == 0.936426


# %% [4] code-4 · 10_Wiki/Losses/KL Divergence.md:137 · python {claims=0.07,2.06,4.10,4.12,4.13,4.17} · sha256=0bb82239f8de17ef4edb87258a4aab9b7d5c0bc17369776dbbe1e81b610ec216
z = torch.randn(2, dtype=torch.float64, requires_grad=True)


def both(target):
    prediction = z.softmax(-1)
    cross = -(target * z.log_softmax(-1)).sum()
    return kl_divergence(target, prediction), cross


soft = torch.tensor([0.8, 0.2], dtype=torch.float64)
hard = torch.tensor([1.0, 0.0], dtype=torch.float64)
for target in (soft, hard):
    gradients = [torch.autograd.grad(value, z)[0] for value in both(target)]
    assert torch.allclose(*gradients, atol=1e-15)

kl, cross = both(hard)
assert torch.allclose(kl, cross)
kl, cross = both(soft)
assert round((cross - kl).item(), 4) == 0.5004  # the entropy of (0.8, 0.2)
at_the_target = -(soft * soft.log().log_softmax(-1)).sum()  # prediction = target
assert round(at_the_target.item(), 4) == 0.5004


# %% [5] code-5 · 10_Wiki/Losses/KL Divergence.md:163 · python · sha256=4f6fe72f4d6620c8a364ed30452ae8ca5cd0840a8cfaa6d01bf2249b5e16e456
assert kl_divergence(torch.tensor([1.0, 0.0]), torch.tensor([1.0, 0.0])) == 0
assert torch.isinf(kl_divergence(torch.tensor([0.5, 0.5]), torch.tensor([1.0, 0.0])))
half = torch.tensor([0.5, 0.5])
assert torch.isnan(kl_divergence(torch.tensor([torch.nan, 1.0]), half))
assert torch.isnan(kl_divergence(torch.empty(0, 3), torch.empty(0, 3)))

steps = [torch.tensor(row, dtype=torch.float64) for row in ([0.5, 0.5], [0.25, 0.75], [0.1, 0.9])]
first, second = kl_divergence(*steps[:2]), kl_divergence(*steps[1:])
assert kl_divergence(steps[0], steps[2]) > 2 * (first + second)  # no triangle inequality

q = torch.tensor([0.7, 0.3], requires_grad=True)
kl_divergence(torch.tensor([1.0, 0.0]), q).backward()
assert torch.isfinite(q.grad).all()


# %% [6] anti-patterns-1 · 10_Wiki/Losses/KL Divergence.md:210 · python · sha256=a88e3272b9fc9acd7681998a5ad1bb0ae51fa98983d8e8a399244bd609325749
import torch.nn.functional as F

rows_p, rows_q = Dirichlet(ones).sample((8,)), Dirichlet(ones).sample((8,))
right = F.kl_div(rows_q.log(), rows_p, reduction="batchmean")
assert torch.allclose(right, kl_divergence(rows_p, rows_q))
per_entry = F.kl_div(rows_q.log(), rows_p, reduction="none").mean()
assert torch.allclose(per_entry * 6, right)
