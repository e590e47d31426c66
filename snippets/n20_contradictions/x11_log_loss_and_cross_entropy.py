# vaultkit: note="20_Contradictions/X11 Log Loss and Cross-Entropy.md" sha256=b488ea49b12d03a025ace72d50818bb91e7543897157a9f910ba1d2637dfd086
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X11 Log Loss and Cross-Entropy.md:45 · python {claims=X11} · sha256=ed90ee07501e0654202a1a84746d87ec301a2c1194861865e58a8106432fb49f
import torch
import torch.nn.functional as F

s = 6 * torch.randn(1000, dtype=torch.float64)
t = torch.randint(2, (1000,)).double()
sign = 2 * t - 1
on_the_margin = torch.logaddexp(torch.zeros_like(s), -sign * s)
on_the_probability = F.binary_cross_entropy_with_logits(s, t, reduction="none")
assert (on_the_margin - on_the_probability).abs().max() < 1e-14
