# vaultkit: note="10_Wiki/Learning/Bias Correction.md" sha256=2a0159a45f5c892841c62edef6dd4dc391bd5f8d4489760afc27855d74e31c5a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Bias Correction.md:67 · python · sha256=330044b4f7867d68ac5e89a38bf0bc68e1297ef2a263ea35b76d8e66ba55efb9
import torch


class RunningMean:
    """Exponential running mean, bias-corrected; `value` is NaN before an update."""

    def __init__(self, decay):
        if not 0 <= decay < 1:
            raise ValueError("decay must lie in [0, 1)")
        self.decay, self.total, self.weight = decay, 0.0, 0.0

    def update(self, x):
        self.total = self.decay * self.total + (1 - self.decay) * x
        self.weight = self.decay * self.weight + (1 - self.decay)

    @property
    def value(self):
        return self.total / self.weight if self.weight else float("nan")


# %% [2] code-2 · 10_Wiki/Learning/Bias Correction.md:90 · python · sha256=3c99613768f376f92199a2ac1f131ff86f21f467cc63ffbb548902c3f38a6a57
mean = RunningMean(0.99)
assert mean.value != mean.value
for step in range(1, 11):
    mean.update(5.0)
    assert abs(mean.value - 5.0) < 1e-12
    assert abs(mean.weight - (1 - 0.99**step)) < 1e-12
assert mean.total < 0.5  # without correction: a tenth of the truth


# %% [3] code-3 · 10_Wiki/Learning/Bias Correction.md:102 · python · sha256=117536eecb62cd912fce1880575854f4a9a23f3d3b7315bf7b5530079203d320
w = torch.tensor([3.0, -2.0], dtype=torch.float64)
theirs = w.clone().requires_grad_()
optimiser = torch.optim.Adam([theirs], lr=0.1)
first, second = RunningMean(0.9), RunningMean(0.999)
for _ in range(50):
    gradient = 2 * w
    first.update(gradient)
    second.update(gradient**2)
    w = w - 0.1 * first.value / (second.value**0.5 + 1e-8)
    optimiser.zero_grad()
    (theirs**2).sum().backward()
    optimiser.step()
    assert torch.allclose(w, theirs.detach())

uncorrected = (1 - 0.9) / (1 - 0.999) ** 0.5
assert round(uncorrected, 2) == 3.16


# %% [4] anti-patterns-1 · 10_Wiki/Learning/Bias Correction.md:146 · python {raises=ValueError} · not at import: raises ValueError · sha256=54df0151c47f1c093acf737ac9f90a40521eb687487f88df97d1d59ef84ac8f3
#: RunningMean(1.0)
