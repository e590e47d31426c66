# vaultkit: note="20_Contradictions/X5 Which Letter Is the Truth.md" sha256=2c97cfda8860441c904a1865718082f6a225e52cdfb5bf8a3abc9e99e0ec222c
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X5 Which Letter Is the Truth.md:46 · python {claims=3.03,X5} · sha256=59cfa78bf7667cb7f1a9b2201a251d834ddbd586783bd999587cc7b09aee64a4
import torch
from torch.nn.functional import kl_div

bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
truth_first = -(bag * guess.log()).sum().item()
swapped = -(guess * bag.log()).sum().item()
assert round(truth_first, 4) == 1.4996
assert round(swapped, 4) == 1.8867

library = kl_div(guess.log(), bag, reduction="sum").item()  # here the model comes first
entropy = -(bag * bag.log()).sum().item()
assert abs(library - (truth_first - entropy)) < 1e-12
