# vaultkit: note="10_Wiki/Probability/Likelihood.md" sha256=1035f8fac726b330b9b30960d3c5bacfc49fbbd5bfd11ae29e74edf6b559d363
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Likelihood.md:70 · python · sha256=8d065340c0baf0db4571e9511ac0ae0bf6e8d52cbe6ad51b8da855e3c4ffb775
import torch


def log_likelihood(log_probs):
    """Sum of the log-probabilities of independent observations, in float32 or wider."""
    return log_probs.to(torch.promote_types(log_probs.dtype, torch.float32)).sum()


# %% [2] code-2 · 10_Wiki/Probability/Likelihood.md:81 · python {claims=3.04} · sha256=92a279db912642b147a449b6647d44f6eeecd134b958ec4bdb10950c27fba94e
import math

p = torch.rand(20, dtype=torch.float64)
assert torch.allclose(p.prod().log(), log_likelihood(p.log()))


def coin(heads, tails, theta):
    return heads * math.log(theta) + tails * math.log(1 - theta)


ratio = math.exp(coin(7, 3, 0.7) - coin(7, 3, 0.5))
assert round(ratio, 2) == 2.28


# %% [3] code-3 · 10_Wiki/Probability/Likelihood.md:98 · python · sha256=a133222f4099e644f360ccc3a0f4bda2a705c634e987cee0458f7f6aec4f92cc
grid = torch.linspace(0.0005, 0.9995, 1000, dtype=torch.float64)
area = (grid**7 * (1 - grid) ** 3).mean()
assert abs(area - math.factorial(7) * math.factorial(3) / math.factorial(11)) < 1e-6
assert log_likelihood(torch.full((70_000,), -1.0).half()) == -70_000


# %% [4] anti-patterns-1 · 10_Wiki/Probability/Likelihood.md:132 · python · sha256=ef7c13d01504ba3ac4bcb5114dd0480f5ec61e3b7bf7498723f47e43952f4f7c
in_metres = torch.distributions.Normal(1.7, 0.1).log_prob(torch.tensor(1.8))
in_centimetres = torch.distributions.Normal(170.0, 10.0).log_prob(torch.tensor(180.0))
assert abs((in_metres - in_centimetres).item() - math.log(100)) < 1e-4
