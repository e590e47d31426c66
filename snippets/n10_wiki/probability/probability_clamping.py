# vaultkit: note="10_Wiki/Probability/Probability Clamping.md" sha256=b06e76a88660285274912c93dfdfbf8a78764de38a5be02be4e59f57b333b6e5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Probability Clamping.md:72 · python · sha256=135fc2221e76b0701dab032124cdd4f6f7e4fe1b8a050f6e22af267bd18837a7
import torch


def clamp_probability(p, eps=1e-7):
    """p kept within [eps, 1 - eps]; refuses an eps that the type of p cannot hold."""
    top = torch.tensor(1 - eps, dtype=p.dtype)
    if not 0 < eps < 0.5 or top == 1 or torch.tensor(eps, dtype=p.dtype) == 0:
        raise ValueError(f"eps={eps} cannot be told from 0 or 1 in {p.dtype}")
    return p.clamp(eps, 1 - eps)


# %% [2] code-2 · 10_Wiki/Probability/Probability Clamping.md:86 · python {claims=2.14} · sha256=ec625ee0e1cb159ac03a2be83fcc24c6441535abff16fb2c385fe7435f993748
import math

p = torch.tensor([0.0, 1e-9, 0.3], dtype=torch.float64, requires_grad=True)
loss = -clamp_probability(p).log()
assert torch.isfinite(loss).all()
assert round(loss.max().item(), 2) == 16.12 == round(-math.log(1e-7), 2)
(slope,) = torch.autograd.grad(loss.sum(), p)
assert slope[1] == 0 and abs(slope[2] + 1 / 0.3) < 1e-12

for dtype, gap in [(torch.float16, 0.00049), (torch.bfloat16, 0.0039)]:
    one = torch.ones((), dtype=dtype)
    below = torch.nextafter(one, torch.zeros((), dtype=dtype))
    assert abs((one - below).item() / gap - 1) < 0.01
for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
    complement = 1 - torch.ones(1, dtype=dtype).clamp(1e-7, 1 - 1e-7)
    exists = dtype in (torch.float64, torch.float32)
    assert torch.isfinite(complement.log()).all() == exists


# %% [3] code-3 · 10_Wiki/Probability/Probability Clamping.md:108 · python · sha256=0a1e9dcf0f4717971d303ecdf81f527129a7c873c935168b6738c60be4137a42
import torch.nn.functional as F

z = torch.tensor([-30.0], dtype=torch.float64, requires_grad=True)
(clamped,) = torch.autograd.grad(-clamp_probability(z.sigmoid()).log().sum(), z)
(fused,) = torch.autograd.grad(-F.logsigmoid(z).sum(), z)
assert clamped == 0 and abs(fused.item() + 1) < 1e-12


# %% [4] anti-patterns-1 · 10_Wiki/Probability/Probability Clamping.md:146 · python {raises=ValueError} · not at import: raises ValueError · sha256=2fb3870f455430d87fb29de14bd16d36b5450e494cdaab022a2a287fdfe8cf00
#: clamp_probability(torch.ones(1).half())


# %% [5] anti-patterns-2 · 10_Wiki/Probability/Probability Clamping.md:150 · python · sha256=cd256f64c3d74e78aba4a43337153cf56af02f64a782ea97d083f4189751d291
assert -math.log(1.0 + 1e-7) < 0
