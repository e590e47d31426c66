# vaultkit: note="20_Contradictions/X8 Smoothed Loss and Perplexity.md" sha256=2187aa067912f5d44e09848a19ac586a92056dedde2a73dbd97348f3d9054963
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X8 Smoothed Loss and Perplexity.md:45 · python {claims=X8} · sha256=bcca59e716ab4a0279de05ca71e4f687c39bbea42a5704b01d8f5dcfea0ade02
import math

import torch
import torch.nn.functional as F

labels = torch.arange(10)
target = 0.9 * torch.eye(10, dtype=torch.float64) + 0.01
best = F.cross_entropy(target.log(), labels, label_smoothing=0.1).item()
assert round(best, 4) == 0.5003
assert round(math.exp(best), 3) == 1.649

for sharpness in (1.0, 4.0, 4.5109, 8.0, 50.0):
    scores = sharpness * torch.eye(10, dtype=torch.float64)
    assert F.cross_entropy(scores, labels, label_smoothing=0.1) >= best - 1e-9
certain = 800 * torch.eye(10, dtype=torch.float64)
assert F.cross_entropy(certain, labels).exp() == 1
