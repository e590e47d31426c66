# vaultkit: note="10_Wiki/Losses/Label Smoothing.md" sha256=e898e737bbca6dd5ef1d8cf9ed26700239b1ec3a8775bc4ae8aeeed49e160f3f
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Label Smoothing.md:79 · python {implements=label-smoothing fn=smoothed_cross_entropy} · sha256=7068c54a9d40174e2da1d00cad2af01f72933a6c37b82942263170a298612b7c
import torch
import torch.nn.functional as F


def smoothed_cross_entropy(logits, labels, smoothing=0.1, ignore_index=-100):
    """Cross-entropy against (1 - s) one-hot + s / C, mean over rows not ignored."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    if not 0 <= smoothing <= 1:
        raise ValueError("smoothing must lie in [0, 1]")
    keep = labels != ignore_index
    scores = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    surprise = -scores.log_softmax(dim=-1)
    right = surprise.gather(-1, labels[keep].long()[:, None])[:, 0]
    if smoothing == 0:
        return right.mean()
    if smoothing == 1:
        return surprise.mean()
    return ((1 - smoothing) * right + smoothing * surprise.mean(dim=-1)).mean()


# %% [2] code-2 · 10_Wiki/Losses/Label Smoothing.md:103 · python {claims=0.14,0.21,2.15} · sha256=cc891541ca51f521b94206a6c36527ceaf898d5166020ed20b77e5acf9cd0aba
import inspect

logits = torch.randn(40, 10, dtype=torch.float64)
labels = torch.randint(10, (40,))
target = 0.9 * F.one_hot(labels, 10).double() + 0.1 / 10
assert torch.allclose(target.sum(-1), torch.ones(40, dtype=torch.float64))

ours = smoothed_cross_entropy(logits, labels)
assert torch.allclose(ours, F.cross_entropy(logits, labels, label_smoothing=0.1))
assert torch.allclose(ours, F.cross_entropy(logits, target))
assert "label_smoothing" in inspect.signature(F.cross_entropy).parameters
assert tuple(int(part) for part in torch.__version__.split(".")[:2]) >= (1, 10)


# %% [3] code-3 · 10_Wiki/Losses/Label Smoothing.md:120 · python {claims=0.10} · sha256=622ef17d9cab49571b1f81a42610d0772a34ccc8107d4ac1d395dd87555ed4b9
import math

lead = math.log(1 + 10 * 0.9 / 0.1)
assert round(lead, 4) == 4.5109
z = torch.zeros(1, 10, dtype=torch.float64)
z[0, 3] = lead
z.requires_grad_()
at_optimum = smoothed_cross_entropy(z, torch.tensor([3]))
(gradient,) = torch.autograd.grad(at_optimum, z)
assert gradient.abs().max() < 1e-12
assert round(at_optimum.item(), 4) == 0.5003
assert round(z.softmax(-1)[0, 3].item(), 2) == 0.91

(hard,) = torch.autograd.grad(F.cross_entropy(z, torch.tensor([3])), z)
assert hard[0, 3] < -0.08  # an unsmoothed loss still pushes outwards here


# %% [4] code-4 · 10_Wiki/Losses/Label Smoothing.md:140 · python · sha256=29adfbd49521cbaf26c78be720bb47f83fd01c5240df3b49fb304015896890bd
some_ignored = torch.where(torch.arange(40) % 2 == 0, labels, -100)
assert torch.allclose(
    smoothed_cross_entropy(logits, some_ignored),
    F.cross_entropy(logits, some_ignored, label_smoothing=0.1),
)
masked = torch.tensor([[2.0, 1.0, -math.inf]])
assert torch.isinf(smoothed_cross_entropy(masked, torch.tensor([0])))
assert torch.isfinite(smoothed_cross_entropy(masked, torch.tensor([0]), smoothing=0))

wide = torch.randn(64, 1000).half()
rows = torch.zeros(64, dtype=torch.long)
assert torch.isinf(F.cross_entropy(wide, rows, label_smoothing=0.1))
assert -wide.float().log_softmax(-1).sum() > 65_504
assert torch.isfinite(smoothed_cross_entropy(wide, rows))
assert torch.isnan(smoothed_cross_entropy(torch.empty(0, 3), torch.empty(0)))


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Label Smoothing.md:191 · python {raises=ValueError} · not at import: raises ValueError · sha256=838b908ac9f649cc5b1c3174f02f7a2545686cc363fcd06f260f527bcd540817
#: smoothed_cross_entropy(logits, labels, smoothing=1.5)
