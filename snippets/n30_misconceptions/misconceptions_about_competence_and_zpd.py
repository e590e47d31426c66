# vaultkit: note="30_Misconceptions/Misconceptions about Competence and ZPD.md" sha256=a8485865d81923571e16738aa53a9161c564a947f966d2603ad3bd629c8e921a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] the-loss-term-of-competence-lies-between-0-and-1-1 · 30_Misconceptions/Misconceptions about Competence and ZPD.md:37 · python {claims=1.13} · sha256=c01e1ee2ea47adabedd02efe64628fddbe55a0c343666a184c05e5e2a98acba7
import math


def competence(loss, confidence, entropy):
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


assert round(0.4 * (1 - 3.5), 2) == -1.00
assert round(competence(3.5, 1.0, 0.0), 2) == -0.40
ignorance = math.log(10_000)
assert round(competence(ignorance, 1e-4, ignorance), 2) == -5.34


# %% [2] one-minus-the-entropy-lies-between-0-and-1-1 · 30_Misconceptions/Misconceptions about Competence and ZPD.md:56 · python {claims=1.14} · sha256=1b5936a01c5c05dc0c7c4610d0fcde10f3f587e0cd0b660321016f8e469660dc
assert round(math.log(3), 3) == 1.099
assert 1 - math.log(2) > 0 > 1 - math.log(3)
assert 1 - math.log(3) / math.log(3) == 0  # after division by log K


# %% [3] the-window-adapts-to-the-skill-of-the-model-1 · 30_Misconceptions/Misconceptions about Competence and ZPD.md:67 · python {claims=1.17} · sha256=d6e45b50ce8e7700dc3b878b7d84712570c37936542a293a853a015be1b16982
for loss in (9.21, 3.5, 0.8, 0.3):
    low, high = 1.1 * math.exp(loss), 1.3 * math.exp(loss)
    assert round(math.log(high) - math.log(low), 4) == 0.1671
    assert low > math.exp(loss)


# %% [4] competence-equal-to-the-loss-or-to-a-sum-is-the-same-index-1 · 30_Misconceptions/Misconceptions about Competence and ZPD.md:79 · python {claims=1.21,1.22} · sha256=21f26a8fb17fdf9915ebf6a014e9d500c0f22de9fd5dc172ba1f15a827e12257
early, late = (3.5, 0.3, 2.5), (0.3, 0.85, 0.4)
assert competence(*early) < competence(*late)
assert early[0] > late[0] and sum(early) > sum(late)
