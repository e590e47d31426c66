# vaultkit: note="20_Contradictions/X14 Log of a Probability at One.md" sha256=c65fd1fe9571819a3ef4b168241d6743973cb049abfce19937654d5c218dd8e8
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X14 Log of a Probability at One.md:44 · python {claims=4.07,X14} · sha256=2d1e27de33c49b645f69c982751cd7319c7668554744aeae88d44a4d9456687d
import torch

p = torch.rand(1000, dtype=torch.float64).clamp(min=1e-12)
assert (p.log() <= 0).all() and (-p.log() >= 0).all()
assert torch.tensor(1.0).log() == 0

sure = torch.tensor([40.0, 0.0]).softmax(-1)[0]
assert sure == 1 and -sure.log() == 0
