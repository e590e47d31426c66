# vaultkit: note="10_Wiki/Losses/Class-Weighted Cross-Entropy.md" sha256=6c58b133a09145d21684c71b1fb15eb050fc16483f1e4d696a004704216b495f
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Class-Weighted Cross-Entropy.md:69 · python {implements=class-weighted-cross-entropy fn=weighted_cross_entropy} · sha256=6935f8ffc9429cc932bafe7b539628dd22b76b1c9f8d2a8b56322ffc64482dd8
import torch
import torch.nn.functional as F


def weighted_cross_entropy(logits, labels, weight, ignore_index=-100):
    """sum(w_y loss) / sum(w_y) over rows not ignored. weight (C,), logits (N, C)."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    if weight.shape != logits.shape[1:]:
        raise ValueError(f"expected one weight for each of {logits.shape[1]} classes")
    if (weight < 0).any():
        raise ValueError("weights must not be negative")
    keep = labels != ignore_index
    scores = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    target = labels[keep].long()
    share = weight.to(scores.dtype)[target]
    loss = -scores.log_softmax(dim=-1).gather(-1, target[:, None])[:, 0]
    return (share * loss.masked_fill(share == 0, 0.0)).sum() / share.sum()


# %% [2] code-2 · 10_Wiki/Losses/Class-Weighted Cross-Entropy.md:92 · python {claims=0.16} · sha256=53d4d87287cd7b0739e792ab874e0ced6794b6ddee1ca5c107f52abdbe621343
import math

weight = torch.tensor([1.0, 5.0, 2.0], dtype=torch.float64)
logits = torch.zeros(2, 3, dtype=torch.float64, requires_grad=True)
weighted_cross_entropy(logits, torch.tensor([0, 1]), weight).backward()
norms = logits.grad.norm(dim=-1)
assert abs(norms[1] / norms[0] - 5) < 1e-12

alone = weighted_cross_entropy(torch.zeros(4, 3), torch.ones(4), weight)
assert abs(alone.item() - math.log(3)) < 1e-6  # 1.0986, as without weights


# %% [3] code-3 · 10_Wiki/Losses/Class-Weighted Cross-Entropy.md:107 · python {claims=0.30} · sha256=b21745c2b980b93e835229e0f64fc1fc353ae6ea34c63e4b001b7d4768d18592
labels = torch.tensor([0] * 90 + [1] * 10)


def majority_share(weight):
    z = torch.zeros(100, 2, dtype=torch.float64, requires_grad=True)
    weighted_cross_entropy(z, labels, weight).backward()
    pull = z.grad.norm(dim=-1)
    return (pull[:90].sum() / pull.sum()).item()


assert abs(majority_share(torch.ones(2)) - 0.9) < 1e-6
assert abs(majority_share(1 / torch.tensor([90.0, 10.0])) - 0.5) < 1e-6


# %% [4] code-4 · 10_Wiki/Losses/Class-Weighted Cross-Entropy.md:124 · python · sha256=ca45944de3c04bcb30ddede41f4d2be3a2c0a02e5deaab9f47b198c2b918d479
logits = torch.randn(30, 3, dtype=torch.float64)
labels = torch.randint(3, (30,))
ours = weighted_cross_entropy(logits, labels, weight)
assert torch.allclose(ours, F.cross_entropy(logits, labels, weight=weight))
assert torch.allclose(ours, weighted_cross_entropy(logits, labels, 7 * weight))

half = torch.where(torch.arange(30) < 15, labels, -100)
assert torch.allclose(
    weighted_cross_entropy(logits, half, weight),
    weighted_cross_entropy(logits[:15], labels[:15], weight),
)
ruled_out = torch.tensor([[-math.inf, 1.0, 0.0], [0.0, 1.0, 2.0]])
no_first = torch.tensor([0.0, 1.0, 1.0])
assert torch.isfinite(weighted_cross_entropy(ruled_out, torch.tensor([0, 1]), no_first))
assert weighted_cross_entropy(logits[:0], labels[:0], weight).isnan()


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Class-Weighted Cross-Entropy.md:173 · python {raises=ValueError} · not at import: raises ValueError · sha256=60fde06f2e4c20a0c841cc369f2da924cf021982153817c74bc9e1a961f4fe66
#: weighted_cross_entropy(torch.zeros(4, 10), torch.zeros(4), torch.ones(3))
