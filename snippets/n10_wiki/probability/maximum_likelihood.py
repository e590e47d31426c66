# vaultkit: note="10_Wiki/Probability/Maximum Likelihood.md" sha256=03afc73eac85151ef37442f8ddd48e8b67e32342cb0385ef4cb0aa6394e8c2e1
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Maximum Likelihood.md:70 · python {claims=3.10} · sha256=b2eaede85bb5b6faab3e437015fe3398763710053768e3af287eb2f049c226d6
import torch

x = 2.0 + 0.5 * torch.randn(400, dtype=torch.float64)
mean = x.mean().requires_grad_()
variance = x.var(correction=0).requires_grad_()
model = torch.distributions.Normal(mean, variance.sqrt())
log_densities = model.log_prob(x)
product = log_densities[:20].exp().prod()
assert torch.allclose(product.log(), log_densities[:20].sum())
slopes = torch.autograd.grad(log_densities.mean(), (mean, variance))
assert max(s.abs().item() for s in slopes) < 1e-12

for nearby in (mean.detach() - 0.01, mean.detach() + 0.01):
    other = torch.distributions.Normal(nearby, variance.detach().sqrt())
    assert other.log_prob(x).sum() < log_densities.sum()


# %% [2] code-2 · 10_Wiki/Probability/Maximum Likelihood.md:90 · python · sha256=60b78e8aeea7e3c99013bc8ffd93daca7c9fed871018bae36e88c9ba9c363b85
labels = torch.tensor([0, 0, 0, 1, 1, 2, 0, 2, 0, 0])
frequency = torch.bincount(labels).double() / len(labels)
assert frequency.tolist() == [0.6, 0.2, 0.2]


def mean_log_likelihood(q):
    return q.log()[labels].mean()


entropy = -(frequency * frequency.log()).sum()
assert torch.allclose(mean_log_likelihood(frequency), -entropy)
for _ in range(100):
    q = torch.distributions.Dirichlet(torch.ones(3, dtype=torch.float64)).sample()
    gap = mean_log_likelihood(frequency) - mean_log_likelihood(q)
    divergence = (frequency * (frequency / q).log()).sum()
    assert gap > 0 and torch.allclose(gap, divergence)


# %% [3] anti-patterns-1 · 10_Wiki/Probability/Maximum Likelihood.md:137 · python · sha256=8e7bbd032c965a6f84518e192a2b5cf5ea72792e2b1c4636851db3f007f3574c
biased = torch.randn(20_000, 5).var(dim=1, correction=0).mean()
assert abs(biased - 0.8) < 0.02  # (5 - 1) / 5 of the true variance 1
