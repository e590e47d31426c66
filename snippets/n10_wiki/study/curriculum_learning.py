# vaultkit: note="10_Wiki/Study/Curriculum Learning.md" sha256=eeafcdafff37aa5a3ef9981a689b78d716c39e261a4b6c3be48eafc50ba49735
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Study/Curriculum Learning.md:64 · python · sha256=b46a3b347ade7328d9be81ea7b649ae9d84ede772cb1848c6e61fa86193d4505
import math


def open_share(step, total, start=0.1):
    """Share of the data, easiest first, that is open at a step (root schedule)."""
    if not 0 < start <= 1 or total <= 0:
        raise ValueError("start must lie in (0, 1] and total must be positive")
    return min(1.0, math.sqrt(start**2 + (1 - start**2) * step / total))


shares = [open_share(t, 1000) for t in range(0, 1201, 100)]
assert shares == sorted(shares)
assert shares[0] == 0.1 and shares[10] == shares[12] == 1.0
early, late = shares[1] - shares[0], shares[10] - shares[9]
assert early > 4 * late


# %% [2] code-2 · 10_Wiki/Study/Curriculum Learning.md:84 · python · sha256=8ac9449994a2b391dc9eac9ebb0e358d88ab53613508cf7b4d98aabb5b07d238
import torch


def within(losses, low, high):
    """Indices of the examples whose loss lies in [low, high], in their given order."""
    return torch.nonzero((losses >= low) & (losses <= high)).flatten()


losses = torch.tensor([0.1, 2.5, 1.0, 0.7, 4.0])
assert within(losses, 0.5, 2.6).tolist() == [1, 2, 3]
assert within(losses, 5.0, 6.0).numel() == 0
