# vaultkit: note="10_Wiki/Probability/Calibration.md" sha256=c153afa68cb1ec6b02287abef260374329b80e2f9ad2364ddd38bdeabb399474
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Calibration.md:71 · python · sha256=67b38384e004d7d7fc74aa9acd45baf98fb9a256350be7a6fc1992e22efc5893
import torch
import torch.nn.functional as F


def fit_temperature(logits, labels, steps=100):
    """The positive T that minimises the cross-entropy of logits / T."""
    logits = logits.detach().double()
    log_t = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], max_iter=steps, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return log_t.exp().item()


# %% [2] code-2 · 10_Wiki/Probability/Calibration.md:94 · python · sha256=b6d51c8820e8c1458588d5a16effcd308c9f5d713b5ca7703298ae81025465ee
true_logits = 1.5 * torch.randn(4000, 5, dtype=torch.float64)
labels = torch.distributions.Categorical(logits=true_logits).sample()
boastful = 3 * true_logits
T = fit_temperature(boastful, labels)
assert 2.7 < T < 3.3
assert torch.equal((boastful / T).argmax(-1), boastful.argmax(-1))

confidence = boastful.softmax(-1).amax(-1).mean()
accuracy = (boastful.argmax(-1) == labels).double().mean()
assert confidence - accuracy > 0.15
calmer = (boastful / T).softmax(-1).amax(-1).mean()
assert abs(calmer - accuracy) < 0.03


# %% [3] code-3 · 10_Wiki/Probability/Calibration.md:111 · python · sha256=7aedbc9301c55797ef0c4e7e71bd3d84d9d4a75398c696b77df74073c05b54a7
forecast = torch.tensor([0.2] * 50 + [0.8] * 50, dtype=torch.float64)
outcome = torch.tensor(([1.0] * 15 + [0.0] * 35) + ([1.0] * 35 + [0.0] * 15)).double()
base = outcome.mean()
reliability = resolution = 0.0
for value in (0.2, 0.8):
    group = outcome[forecast == value]
    reliability += len(group) / 100 * (value - group.mean()) ** 2
    resolution += len(group) / 100 * (group.mean() - base) ** 2
brier = (forecast - outcome).square().mean()
assert torch.allclose(brier, reliability - resolution + base * (1 - base))

idle = torch.full((100,), base.item(), dtype=torch.float64)
assert abs(idle.mean() - outcome.mean()) < 1e-12
assert (idle - outcome).square().mean() > brier
