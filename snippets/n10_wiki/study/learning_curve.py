# vaultkit: note="10_Wiki/Study/Learning Curve.md" sha256=092bc0d6a3249ade605a39e3645360e31b05d4f2ffa49c63a1849d84d421bb06
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Study/Learning Curve.md:69 · python {claims=1.18} · sha256=764f2fef6d08eb425041c301b5b1c88ec2d70f56ece344824be45bdf07109237
import math
from itertools import pairwise

losses = [3.5, 2.1, 0.8, 0.3]
assert all(earlier > later for earlier, later in pairwise(losses))
assert [round(math.exp(x), 2) for x in losses] == [33.12, 8.17, 2.23, 1.35]
assert [round(math.exp(-x), 3) for x in losses] == [0.030, 0.122, 0.449, 0.741]


# %% [2] code-2 · 10_Wiki/Study/Learning Curve.md:81 · python · sha256=86b53efce3bb36e119a53cfef49a8766d3b2221c61c07ff1d456ff5c44d5c9c2
import numpy as np


def fit_power_law(t, loss):
    """(floor, a, b) of floor + a t^-b, least squares in log space over a grid."""
    best = None
    for floor in np.linspace(0, loss.min() * 0.999, 400):
        slope, intercept = np.polyfit(np.log(t), np.log(loss - floor), 1)
        fitted = floor + np.exp(intercept) * t**slope
        error = ((np.log(fitted) - np.log(loss)) ** 2).sum()
        if best is None or error < best[0]:
            best = error, floor, np.exp(intercept), -slope
    return best[1:]


rng = np.random.default_rng(0)
t = np.geomspace(100, 100_000, 60)
observed = (1.7 + 20 * t**-0.5) * np.exp(0.002 * rng.standard_normal(60))
floor, a, b = fit_power_law(t, observed)
assert abs(floor - 1.7) < 0.02 and abs(b - 0.5) < 0.05
