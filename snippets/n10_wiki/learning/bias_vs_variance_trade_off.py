# vaultkit: note="10_Wiki/Learning/Bias vs Variance Trade-off.md" sha256=2f008976e6333a5bbc2ca5b36058bca1c1b55b58953eb660b0196f8c52dfdfa5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Bias vs Variance Trade-off.md:63 · python · sha256=c1e02c21066f828791c4f21df81c09980a832ce65bbbae503d5ba04430b9fc9f
import numpy as np

rng = np.random.default_rng(0)
x = np.linspace(0, 1, 15)
truth = np.sin(2 * np.pi * x)
noise = 0.3


def parts(degree, repeats=400):
    """(squared bias, variance, measured error on fresh targets), averaged over x."""
    fits, errors = [], []
    for _ in range(repeats):
        sample = truth + noise * rng.standard_normal(x.size)
        fit = np.polyval(np.polyfit(x, sample, degree), x)
        fresh = truth + noise * rng.standard_normal(x.size)
        fits.append(fit)
        errors.append((fresh - fit) ** 2)
    fits = np.array(fits)
    bias = ((fits.mean(0) - truth) ** 2).mean()
    return bias, fits.var(0).mean(), np.mean(errors)


stiff, fitting, wild = parts(1), parts(4), parts(11)
assert stiff[0] > 10 * fitting[0]
assert wild[1] > 2 * fitting[1]
assert fitting[2] < min(stiff[2], wild[2])
for bias, variance, error in (stiff, fitting, wild):
    assert abs(bias + variance + noise**2 - error) < 0.01


# %% [2] code-2 · 10_Wiki/Learning/Bias vs Variance Trade-off.md:96 · python · sha256=ca6ecf7748ce09dad85938b3a1badc5674b534bfadb1c557c2a7eb2e0616282d
for degree, (_, variance, _) in [(1, stiff), (4, fitting), (11, wild)]:
    assert abs(variance / (noise**2 * (degree + 1) / x.size) - 1) < 0.1
