# vaultkit: note="10_Wiki/Losses/Negative Log-Likelihood.md" sha256=de2998166e587ca8c8fa6259d9160b28058fa3ec468b54725720932ae9ffa462
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Negative Log-Likelihood.md:67 · python {implements=nll fn=nll_loss} · sha256=f83cc63ca616837e7d015502231e0e8b1421411c34f150eabde317c03f6b9ac1
import torch
import torch.nn.functional as F


def nll_loss(log_probs, labels, ignore_index=-100):
    """Mean of -log_probs[i, labels[i]] over rows not ignored. log_probs (N, C)."""
    if log_probs.ndim != 2 or labels.shape != log_probs.shape[:1]:
        raise ValueError("expected log_probs (N, C) and labels (N,)")
    keep = labels != ignore_index
    rows = log_probs[keep].to(torch.promote_types(log_probs.dtype, torch.float32))
    return -rows.gather(-1, labels[keep].long()[:, None]).mean()


# %% [2] code-2 · 10_Wiki/Losses/Negative Log-Likelihood.md:83 · python {claims=3.09} · sha256=7f2a92791c1a39813fe5765986a6efb2dd56206fb10958d6fdaa8f80d3061651
logits = torch.randn(10, 4, dtype=torch.float64)
labels = torch.randint(4, (10,))
log_probs = logits.log_softmax(-1)
assert torch.allclose(nll_loss(log_probs, labels), F.nll_loss(log_probs, labels))
assert torch.allclose(nll_loss(log_probs, labels), F.cross_entropy(logits, labels))

p = logits.softmax(-1)
picked = p.gather(-1, labels[:, None]).mean()
assert torch.allclose(F.nll_loss(p, labels), -picked)
assert nll_loss(p, labels) < 0


# %% [3] code-3 · 10_Wiki/Losses/Negative Log-Likelihood.md:98 · python · sha256=e4258b2b0fcc19118d8aa63f82ff94a4e064c98cda07663ad6ed25fd85597cbc
import math

factors = torch.full((1000,), 0.4, dtype=torch.float64)
assert factors.prod() == 0
assert round(factors.log().sum().item()) == -916
assert round(factors.log10().sum().item()) == -398

padded = torch.where(torch.arange(10) < 5, labels, -100)
assert torch.allclose(nll_loss(log_probs, padded), nll_loss(log_probs[:5], labels[:5]))
assert nll_loss(log_probs[:0], labels[:0]).isnan()
masked = torch.tensor([[0.0, -math.inf]])
assert nll_loss(masked, torch.tensor([0])) == 0
assert torch.isinf(nll_loss(masked, torch.tensor([1])))


# %% [4] anti-patterns-1 · 10_Wiki/Losses/Negative Log-Likelihood.md:145 · python · sha256=d773d428e9e35304e5faf0d670d0e889fab6a60ec671e181c9656b81458aef15
narrow = torch.distributions.Normal(0.0, 0.01)
assert -narrow.log_prob(torch.tensor(0.0)) < 0
