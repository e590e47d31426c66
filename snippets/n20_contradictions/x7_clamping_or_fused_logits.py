# vaultkit: note="20_Contradictions/X7 Clamping or Fused Logits.md" sha256=4443e7a5af7eb7df3e940659703bd6fd9b6bb9be5934312d0720b815147da7db
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X7 Clamping or Fused Logits.md:46 · python {claims=X7} · sha256=416687caf704fdb9109e76022a67a2e74b817fce0e2983ca105018b1d757ca1a
import torch
import torch.nn.functional as F

z = torch.tensor([-5.0, -20.0, -40.0], dtype=torch.float64, requires_grad=True)
clamped = -z.sigmoid().clamp(1e-7, 1 - 1e-7).log()
fused = -F.logsigmoid(z)
(dead,) = torch.autograd.grad(clamped.sum(), z)
(alive,) = torch.autograd.grad(fused.sum(), z)
assert dead[0] < -0.99 and dead[1] == dead[2] == 0
assert (alive < -0.99).all()
assert round(clamped[2].item(), 2) == 16.12 and fused[2] > 39.9
