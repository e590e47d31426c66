# vaultkit: note="10_Wiki/Learning/Cognitive Biases.md" sha256=042c077adc028d0fcdd0022d41d10c538393d2cade7646bde5d864c89c7b036a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Cognitive Biases.md:71 · python · sha256=5da2dc13719be0af73125b03ba5fef776be328275145905dd47831b45f7131b2
def posterior(prior, hit_rate, false_alarm_rate):
    """P(condition | positive) by Bayes' rule."""
    flagged = hit_rate * prior + false_alarm_rate * (1 - prior)
    return hit_rate * prior / flagged


assert round(100 * posterior(0.001, 0.99, 0.05), 1) == 1.9
assert posterior(0.5, 0.99, 0.05) > 0.95  # the answer most people give


# %% [2] code-2 · 10_Wiki/Learning/Cognitive Biases.md:84 · python · sha256=f49ce898181c065b3bb560bb95604f598ec836c8edbb72f1aee7e29ecebb28e6
import math

import numpy as np


def price(confidence, accuracy):
    """Extra log loss per question of stating `confidence` at frequency `accuracy`."""
    a, c = accuracy, confidence
    return a * math.log(a / c) + (1 - a) * math.log((1 - a) / (1 - c))


assert round(price(0.98, 0.80), 3) == 0.298
assert price(0.80, 0.80) == 0

rng = np.random.default_rng(0)
right = rng.random(200_000) < 0.8
loss = {c: -np.where(right, math.log(c), math.log(1 - c)).mean() for c in (0.8, 0.98)}
assert abs((loss[0.98] - loss[0.8]) - price(0.98, 0.80)) < 0.01
