# vaultkit: note="10_Wiki/Study/Loss-Only Ablation.md" sha256=86e53ef00bc21b5b51e58fb5103b01dad1b1615b385c544acb557afebadc4e47
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Study/Loss-Only Ablation.md:63 · python {claims=1.21,1.22} · sha256=5eca23b606d62848105831e3c3837a2a7d0c455c539c7c524c313ca91a90b26c
losses = [3.5, 2.1, 0.8, 0.3]
confidence = [0.30, 0.45, 0.70, 0.85]
entropy = [2.5, 1.6, 0.9, 0.4]


def order(scores):
    return sorted(range(len(scores)), key=scores.__getitem__)


index = [
    0.4 * (1 - a) + 0.35 * b + 0.25 * (1 - c)
    for a, b, c in zip(losses, confidence, entropy, strict=True)
]
loss_only = [1 - a for a in losses]
as_written = losses  # "competence = loss"
summed = [a + b + c for a, b, c in zip(losses, confidence, entropy, strict=True)]

assert order(index) == order(loss_only) == [0, 1, 2, 3]
assert order(as_written) == order(summed) == [3, 2, 1, 0]


# %% [2] code-2 · 10_Wiki/Study/Loss-Only Ablation.md:87 · python {claims=1.23} · sha256=0d2b258a6459ec7c50edc354204c5fc8981cff0990a38477f62bb6c107a3d747
import math


def window(loss):
    return 1.1 * math.exp(loss), 1.3 * math.exp(loss)


def composite(loss, confidence, entropy):
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


calm, sure = (0.8, 0.5, 1.2), (0.8, 0.9, 0.3)
assert composite(*calm) < composite(*sure)
assert window(calm[0]) == window(sure[0])


# %% [3] code-3 · 10_Wiki/Study/Loss-Only Ablation.md:106 · python · sha256=ee210c4ee2b203319e5c1aae3e8ab26e1c0fc625320fd069ca5f4eb870cfac1d
careful, boastful = (1.0, 0.40, 1.0), (1.2, 0.90, 0.2)
assert careful[0] < boastful[0]
assert composite(*careful) < composite(*boastful)
