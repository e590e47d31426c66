# vaultkit: note="10_Wiki/Probability/Entropy.md" sha256=afc8be06ad10a298f87271f905029be6d61e185ecf7436a1a530beba5837e5f2
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Entropy.md:68 · python {implements=entropy fn=entropy} · sha256=bae0bbb15008a669238068a0b26a520a36746554738338fc6eea0597825f8b8d
import torch


def entropy(p):
    """-sum p log p over the last axis in nats, mean over the leading axes."""
    p = p.to(torch.promote_types(p.dtype, torch.float32))
    return -(p * p.masked_fill(p == 0, 1.0).log()).sum(dim=-1).mean()


# %% [2] code-2 · 10_Wiki/Probability/Entropy.md:80 · python {claims=2.01,2.02} · sha256=9f793276e36b8c8c20953ad79de72ec3b95710f57482f9d18616cc11389fe612
import math

assert entropy(torch.tensor([0.0, 1.0, 0.0])) == 0
assert torch.isnan(-(torch.tensor([0.0]) * torch.tensor([0.0]).log()).sum())

uniform = torch.full((7,), 1 / 7, dtype=torch.float64)
assert abs(entropy(uniform) - math.log(7)) < 1e-12
assert round(math.log(7), 4) == 1.9459
ones = torch.ones(7, dtype=torch.float64)
draws = torch.distributions.Dirichlet(ones).sample((2000,))
assert max(entropy(row).item() for row in draws) < math.log(7)


# %% [3] code-3 · 10_Wiki/Probability/Entropy.md:96 · python {claims=4.02,4.03,4.04} · sha256=fb005bc6d31981c5de5f7ef648b270edf6acfc9acd8e6826bcd8403520e4941a
p = torch.linspace(0.01, 0.99, 99, dtype=torch.float64, requires_grad=True)
curve = torch.stack([entropy(torch.stack([x, 1 - x])) for x in p])
(slope,) = torch.autograd.grad(curve.sum(), p)
assert torch.allclose(slope, ((1 - p) / p).log().detach(), atol=1e-12)
assert (slope[:49] > 0).all() and (slope[50:] < 0).all()
assert abs(curve.max().item() - math.log(2)) < 1e-12
assert round(math.log(2), 4) == 0.6931

assert entropy(torch.tensor([1.0, 0.0])) == entropy(torch.tensor([0.0, 1.0])) == 0
sunrise = torch.tensor([0.9999999, 0.0000001], dtype=torch.float64)
assert round(entropy(sunrise).item(), 8) == 1.71e-06


# %% [4] code-4 · 10_Wiki/Probability/Entropy.md:112 · python · sha256=73be69af0016fcc2879529fd516b95408f045a7456b978791e247d306a4fe24d
assert entropy(torch.tensor([1.0, torch.nan])).isnan()
assert entropy(torch.empty(0, 3)).isnan()
wide = torch.full((4, 60_000), 1 / 60_000).half()
assert abs(entropy(wide) - math.log(60_000)) < 0.05


# %% [5] anti-patterns-1 · 10_Wiki/Probability/Entropy.md:150 · python · sha256=f06e28e744e87f676d8613fc2a4d8aeb428cad8ff63590943c9f31ebfe4a6b86
assert 1 - math.log(3) < 0
