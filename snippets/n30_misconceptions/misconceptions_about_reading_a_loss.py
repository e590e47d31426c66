# vaultkit: note="30_Misconceptions/Misconceptions about Reading a Loss.md" sha256=8da02595f7ab283a05c67c5dcf617caa9244f9b5dc7503d76b492679d2648f58
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] a-lower-loss-means-a-more-accurate-model-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:34 · python {claims=1.01} · sha256=37ae6398082f763107fd1e90a4b51114d582a8b6cadc5b73ff1d6ab2eeac5231
import math

always = [0.51] * 10
mostly = [0.99] * 9 + [0.01]


def loss(probabilities):
    return -sum(math.log(p) for p in probabilities) / len(probabilities)


def accuracy(probabilities):
    return sum(p > 0.5 for p in probabilities) / len(probabilities)


assert round(loss(always), 3) == 0.673 and accuracy(always) == 1.0
assert round(loss(mostly), 3) == 0.470 and accuracy(mostly) == 0.9


# %% [2] a-loss-near-zero-is-the-mark-of-a-perfect-model-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:58 · python {claims=1.07} · sha256=f0a494c561af5d1b8adac249434d8638508e79a7efae9e94932a8567956af51d
def entropy(distribution):
    return -sum(p * math.log(p) for p in distribution if p)


assert entropy([0, 1, 0]) == 0
assert round(entropy([0.8, 0.1, 0.1]), 4) == 0.6390
assert round(entropy([0.91] + [0.01] * 9), 4) == 0.5003


# %% [3] the-logarithm-makes-the-step-from-0-9-to-0-99-a-big-one-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:73 · python {claims=1.08} · sha256=b83439202cc697b574dc3583b8ff7920e0f22f9cb8fa2655f16a6ea25da10d6a
assert round(math.log(0.9) / math.log(0.99), 2) == 10.48
assert round(math.log(0.99) - math.log(0.9), 4) == 0.0953
assert [round(1 / p, 2) for p in (0.1, 0.9, 0.99)] == [10.0, 1.11, 1.01]


# %% [4] a-loss-of-0-3-is-almost-perfect-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:84 · python {claims=1.19} · sha256=2c55c816902b28e6fb681b40bd9fe56d20fef00eacef7958bea8d2388015eda3
assert round(math.exp(-0.3), 3) == 0.741
assert round(math.exp(-0.105), 2) == 0.90


# %% [5] a-loss-of-3-5-at-step-0-is-an-ignorant-model-with-10-000-wor-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:94 · python {claims=1.20} · sha256=39e81a9dc532a1826647d6a5f284b13e7a917938239445869bb8c2518f6397b9
assert round(math.log(10_000), 2) == 9.21
assert round(math.exp(3.5)) == 33
