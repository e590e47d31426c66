# vaultkit: note="20_Contradictions/X6 Is NLL Cross-Entropy.md" sha256=0fa61bd8f011ac2184cbd3159d3e21ec772802b458e668baef859babc7bc8c5a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X6 Is NLL Cross-Entropy.md:45 · python {claims=3.12,X6} · sha256=65fb42b887c22898f763929d3a9a2e445e1675142491482216cfdb007aa4ed6c
import torch
import torch.nn.functional as F

scores = torch.randn(9, 4, dtype=torch.float64, requires_grad=True)
labels = torch.randint(4, (9,))
one_hot = F.one_hot(labels, 4).double()
likelihood = -scores.log_softmax(-1).gather(-1, labels[:, None]).mean()
cross_entropy = -(one_hot * scores.log_softmax(-1)).sum(-1).mean()
assert torch.allclose(likelihood, cross_entropy)
slopes = [torch.autograd.grad(loss, scores)[0] for loss in (likelihood, cross_entropy)]
assert torch.allclose(*slopes)

as_classes = torch.nn.NLLLoss()(scores, labels)  # raw scores into the wrong class
assert (as_classes - cross_entropy).abs() > 0.1
