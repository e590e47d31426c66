# vaultkit: note="30_Misconceptions/Misconceptions about Reading a Loss.md" sha256=9d732d4ba8136558e81523586ba03784d3baff41fcbf1a183b63c68757fdcff8
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] a-lower-loss-means-a-more-accurate-model-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:37 · python {claims=1.01} · sha256=37ae6398082f763107fd1e90a4b51114d582a8b6cadc5b73ff1d6ab2eeac5231
import math

always = [0.51] * 10
mostly = [0.99] * 9 + [0.01]


def loss(probabilities):
    return -sum(math.log(p) for p in probabilities) / len(probabilities)


def accuracy(probabilities):
    return sum(p > 0.5 for p in probabilities) / len(probabilities)


assert round(loss(always), 3) == 0.673 and accuracy(always) == 1.0
assert round(loss(mostly), 3) == 0.470 and accuracy(mostly) == 0.9


# %% [2] a-loss-near-zero-is-the-mark-of-a-perfect-model-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:61 · python {claims=1.07} · sha256=f0a494c561af5d1b8adac249434d8638508e79a7efae9e94932a8567956af51d
def entropy(distribution):
    return -sum(p * math.log(p) for p in distribution if p)


assert entropy([0, 1, 0]) == 0
assert round(entropy([0.8, 0.1, 0.1]), 4) == 0.6390
assert round(entropy([0.91] + [0.01] * 9), 4) == 0.5003


# %% [3] the-logarithm-makes-the-step-from-0-9-to-0-99-a-big-one-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:76 · python {claims=1.08} · sha256=b83439202cc697b574dc3583b8ff7920e0f22f9cb8fa2655f16a6ea25da10d6a
assert round(math.log(0.9) / math.log(0.99), 2) == 10.48
assert round(math.log(0.99) - math.log(0.9), 4) == 0.0953
assert [round(1 / p, 2) for p in (0.1, 0.9, 0.99)] == [10.0, 1.11, 1.01]


# %% [4] a-loss-of-0-3-is-almost-perfect-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:87 · python {claims=1.19} · sha256=38d26533cab7e266e7c480d5325bde030547ac77318fa204aafad552eba9c956
assert round(math.exp(-0.3), 3) == 0.741
assert round(math.exp(-0.105), 3) == 0.900


# %% [5] a-loss-of-3-5-at-step-0-is-an-ignorant-model-with-10-000-wor-1 · 30_Misconceptions/Misconceptions about Reading a Loss.md:97 · python {claims=1.20} · sha256=77bce15672b6747c71c5a9e5d1abfe72ec6b4361d2c9d9aea001399f779af2d3
assert round(math.log(10_000), 4) == 9.2103
assert round(math.exp(3.5), 2) == 33.12
