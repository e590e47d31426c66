# vaultkit: note="20_Contradictions/X1 Is KL Divergence Symmetric.md" sha256=1c30b2dfedba5736239755022b51049a8c39e54436bfd87e01e69ecd1850f6cf
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X1 Is KL Divergence Symmetric.md:46 · python {claims=X1} · sha256=2c24d553dbe70e90c162d12f2751738275ca7588087df472319f17f654b12ada
import math

import torch


def kl(p, q):
    return (p * (p / q).log()).sum().item()


bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
assert round(kl(bag, guess), 4) == 0.8605
assert round(kl(guess, bag), 4) == 0.9364

middle = (bag + guess) / 2
jensen_shannon = (kl(bag, middle) + kl(guess, middle)) / 2
assert 0 < jensen_shannon < math.log(2)
