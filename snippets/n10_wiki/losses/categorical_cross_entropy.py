# vaultkit: note="10_Wiki/Losses/Categorical Cross-Entropy.md" sha256=74057385a10db30094c2f6ed119d850f2690d94cad736e926726a4803f0e51be
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Categorical Cross-Entropy.md:72 · python {implements=cross-entropy fn=categorical_cross_entropy} · sha256=2cbc4b08b687ceb5025da84f1c8fdc7c032435e4c9a8dd7af0bbaba348fbf351
import torch
import torch.nn.functional as F


def categorical_cross_entropy(logits, labels, ignore_index=-100):
    """Mean over rows not ignored, by a sum over one-hot rows. logits (N, C)."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    keep = labels != ignore_index
    scores = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    target = F.one_hot(labels[keep].long(), logits.shape[1])
    log_probs = scores.log_softmax(dim=-1).masked_fill(target == 0, 0.0)
    return -log_probs.sum(dim=-1).mean()


# %% [2] code-2 · 10_Wiki/Losses/Categorical Cross-Entropy.md:90 · python · sha256=4e5ab83abed345753cf27e544594f83560213e4b13bcb99c88a486de4af2bb83
import math

logits = torch.randn(20, 6, dtype=torch.float64)
labels = torch.randint(6, (20,))
assert torch.allclose(categorical_cross_entropy(logits, labels), F.cross_entropy(logits, labels))
for classes, start in [(10, 2.303), (1000, 6.908)]:
    loss = categorical_cross_entropy(torch.zeros(4, classes), torch.arange(4))
    assert round(loss.item(), 3) == start == round(math.log(classes), 3)

masked = torch.tensor([[0.5, -math.inf, 1.0]])
assert torch.isfinite(categorical_cross_entropy(masked, torch.tensor([2])))
assert categorical_cross_entropy(torch.empty(0, 3), torch.empty(0)).isnan()


# %% [3] anti-patterns-1 · 10_Wiki/Losses/Categorical Cross-Entropy.md:133 · python {raises=RuntimeError} · not at import: raises RuntimeError · sha256=2c411539edde583df7c1667cf65cbb10f94add4876268e4f52aed94be5d2c078
#: categorical_cross_entropy(torch.zeros(1, 3), torch.tensor([3]))
