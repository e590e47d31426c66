# vaultkit: note="20_Contradictions/X4 Three Meanings of Focal Alpha.md" sha256=7d178f484c4a85bf34565d461176fc7c6de31d4b71ef61aeda8be9fcb9204465
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X4 Three Meanings of Focal Alpha.md:48 · python {claims=X4} · sha256=630c35bd8b4661c661efc895dfee4dd741aa0d0887bc244533fb72562fd0fc3d
import torch
import torch.nn.functional as F

z = torch.randn(1000, dtype=torch.float64)
y = (torch.rand(1000) < 0.1).double()
p_right = torch.where(y == 1, z, -z).sigmoid()
plain = (1 - p_right) ** 2 * F.binary_cross_entropy_with_logits(z, y, reduction="none")
constant = 0.25 * plain
published = torch.where(y == 1, 0.25, 0.75) * plain

assert torch.allclose(plain / constant, torch.full_like(z, 4))
ratio = constant / published
assert torch.allclose(ratio[y == 1], torch.ones_like(ratio[y == 1]))
assert torch.allclose(ratio[y == 0], torch.full_like(ratio[y == 0], 1 / 3))


def positive_share(loss):
    return (loss * y).sum() / loss.sum()


assert torch.allclose(positive_share(plain), positive_share(constant))
assert positive_share(published) < positive_share(plain)
