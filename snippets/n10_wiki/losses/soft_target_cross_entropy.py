# vaultkit: note="10_Wiki/Losses/Soft-Target Cross-Entropy.md" sha256=66f068faf50aafcd76cb5802d643e57f14bd744fa605f66ee98902e4847d2954
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Soft-Target Cross-Entropy.md:66 · python {implements=soft-cross-entropy fn=soft_cross_entropy} · sha256=96434671e2b89320dc02dd25a7b4ed6fdb856ef9916a074560dc3446dbb61d38
import torch
import torch.nn.functional as F


def soft_cross_entropy(logits, target_probs):
    """Mean over rows of -sum target * log softmax. Both (N, C), linear in target."""
    if logits.ndim != 2 or logits.shape != target_probs.shape:
        raise ValueError("expected logits and targets of one shape (N, C)")
    dtype = torch.promote_types(logits.dtype, torch.float32)
    target = target_probs.to(dtype)
    log_probs = logits.to(dtype).log_softmax(dim=-1).masked_fill(target == 0, 0.0)
    return -(target * log_probs).sum(dim=-1).mean()


# %% [2] code-2 · 10_Wiki/Losses/Soft-Target Cross-Entropy.md:83 · python {claims=0.24} · sha256=27f1c09a5c81ea17d93aae08e95702537a894e828b5e1ca555fe1ec5f341d57a
logits = torch.randn(12, 5, dtype=torch.float64)
target = torch.distributions.Dirichlet(torch.ones(5, dtype=torch.float64)).sample((12,))
ours = soft_cross_entropy(logits, target)
assert torch.allclose(ours, F.cross_entropy(logits, target))

labels = torch.randint(5, (12,))
one_hot = F.one_hot(labels, 5)
assert torch.allclose(soft_cross_entropy(logits, one_hot), F.cross_entropy(logits, labels))
floor = -(target * target.log()).sum(-1).mean()
assert torch.allclose(soft_cross_entropy(target.log(), target), floor)
assert ours > floor


# %% [3] code-3 · 10_Wiki/Losses/Soft-Target Cross-Entropy.md:99 · python · sha256=7f03e0b9dd89a8935b88f780614db2aa7e118ac9e73b072c2b3a235a2cdc974d
import math

z = torch.tensor([[1.0, 0.0, -math.inf]], requires_grad=True)
split = torch.tensor([[0.5, 0.5, 0.0]])
soft_cross_entropy(z, split).backward()
assert torch.isfinite(z.grad).all()
assert F.cross_entropy(z, split).isnan()
assert soft_cross_entropy(torch.empty(0, 3), torch.empty(0, 3)).isnan()
assert soft_cross_entropy(torch.full((1, 3), math.nan), split).isnan()
wide = torch.randn(9, 4000).half() * 9
assert torch.isfinite(soft_cross_entropy(wide, wide.softmax(-1)))


# %% [4] code-4 · 10_Wiki/Losses/Soft-Target Cross-Entropy.md:115 · python · sha256=7e639a3b8262d7052b8064493fc39841a66c3137332f67dd6690b4a9a9623289
assert torch.allclose(soft_cross_entropy(logits, 2 * target), 2 * ours)
assert soft_cross_entropy(4 * logits, 4 * logits) < 0


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Soft-Target Cross-Entropy.md:149 · python {raises=ValueError} · not at import: raises ValueError · sha256=47cbd0bcbcf64c529c555d6ade01b200de874bf913d4a44d3d3e3de11151ff4a
#: soft_cross_entropy(logits, target[0])
