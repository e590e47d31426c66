# vaultkit: note="30_Misconceptions/Misconceptions about Names.md" sha256=f13e43923113b6ba540c0979dc056dc72cf0f55ced0da4270d7de4c246fea6a4
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] negative-log-likelihood-is-another-name-for-cross-entropy-1 · 30_Misconceptions/Misconceptions about Names.md:38 · python {claims=1.28} · sha256=a90fc8cf9d7105972544dcac511940794bd63064e8741fe45394f1915d38214e
import torch
import torch.nn.functional as F

logits = torch.randn(5, 3, dtype=torch.float64)
labels = torch.randint(3, (5,))
log_probs = logits.log_softmax(-1)
assert torch.allclose(F.nll_loss(log_probs, labels), F.cross_entropy(logits, labels))

soft = torch.full((5, 3), 1 / 3, dtype=torch.float64)
assert torch.isfinite(F.cross_entropy(logits, soft))
refused = False
try:
    F.nll_loss(log_probs, soft)
except (RuntimeError, ValueError):
    refused = True
assert refused


# %% [2] pytorch-s-cross-entropy-class-is-not-a-log-likelihood-model-1 · 30_Misconceptions/Misconceptions about Names.md:62 · python {claims=3.12} · sha256=ae89f314476c4a7af97f96f0c61d11d1b510830c67fd8528f90fb7e54de317eb
model = torch.distributions.Categorical(logits=logits)
by_class = torch.nn.CrossEntropyLoss()(logits, labels)
assert torch.allclose(by_class, -model.log_prob(labels).mean())


# %% [3] log-loss-belongs-to-the-margin-cross-entropy-to-probability-1 · 30_Misconceptions/Misconceptions about Names.md:73 · python {claims=3.11} · sha256=77274b88ead3dea46691b7e4ae17badf5b62c5561f0a3f0e8e7709522f621e2c
score, truth = torch.randn(50).double(), torch.randint(2, (50,)).double()
margin = (2 * truth - 1) * score
by_margin = (1 + (-margin).exp()).log().mean()
assert torch.allclose(by_margin, F.binary_cross_entropy_with_logits(score, truth))


# %% [4] the-l1-loss-is-the-mean-absolute-error-1 · 30_Misconceptions/Misconceptions about Names.md:85 · python {claims=4.05} · sha256=2e8cf652267543915a32bbc2ff5171076e7d9f4aa90e9d2c00e81d7144186994
bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
assert abs(F.l1_loss(guess, bag).item() - 0.4) < 1e-12
assert abs(torch.dist(guess, bag, p=1).item() - 1.2) < 1e-12


# %% [5] hinge-loss-works-with-labels-0-and-1-1 · 30_Misconceptions/Misconceptions about Names.md:97 · python {claims=2.18} · sha256=d226852bd060aa42a72576368e3d359e07df05b4d9ebbb009f8ded23892c26e5
s = torch.linspace(-3, 3, 7, requires_grad=True)
costs = (1 - 0 * s).clamp(min=0)
costs.sum().backward()
assert costs.eq(1).all() and s.grad.eq(0).all()
