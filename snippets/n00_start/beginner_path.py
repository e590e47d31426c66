# vaultkit: note="00_Start/Beginner Path.md" sha256=c648b2c03ceb12c484e5c3851699ed10839bc52cf0ff2566e9c4d9decb3e430a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] step-2-confident-or-unsure-1 · 00_Start/Beginner Path.md:59 · python {claims=1.02} · sha256=5098c1a27cc485cf9997428e7f7c72d595f0c65221e8ec5ffbde473ebbe20970
A = {"school": 0.90, "market": 0.05, "bed": 0.05}
B = {"school": 0.40, "market": 0.35, "bed": 0.25}
for model in (A, B):
    assert abs(sum(model.values()) - 1) < 1e-12
    assert max(model, key=model.get) == "school"


# %% [2] step-3-the-price-of-surprise-1 · 00_Start/Beginner Path.md:73 · python · sha256=099b87cb2befa4eecb2609892336f82082e111fb2593f62ea78c0d667731b143
import math


def price(probability):
    return -math.log(probability)


assert price(1.0) == 0
assert round(price(A["school"]), 3) == 0.105
assert round(price(B["school"]), 3) == 0.916
assert round(price(0.10), 3) == 2.303


# %% [3] step-3-the-price-of-surprise-2 · 00_Start/Beginner Path.md:89 · python · sha256=530e5b003c793ddbbf31ac1bd5983691503dde5c607de5141938296c407a3164
assert round(price(A["bed"]), 3) == 2.996
assert round(price(B["bed"]), 3) == 1.386


# %% [4] step-4-the-average-1 · 00_Start/Beginner Path.md:98 · python · sha256=0a1a6c9a822292ad12cfc4fe8392762f392f7f9035c0dcc7486c1985df4100de
truth = {"school": 0.8, "market": 0.1, "bed": 0.1}


def average_price(model):
    return sum(share * price(model[word]) for word, share in truth.items())


assert round(average_price(A), 3) == 0.683
assert round(average_price(B), 3) == 0.977
assert round(average_price(truth), 3) == 0.639


# %% [5] step-5-as-a-number-of-choices-1 · 00_Start/Beginner Path.md:115 · python · sha256=1658c2bf4c5742d68150d8d2c30d253a75f965f3456b0f4bbd266a2599f17b66
choices = {name: math.exp(average_price(m)) for name, m in [("A", A), ("B", B)]}
assert round(choices["A"], 2) == 1.98
assert round(choices["B"], 2) == 2.66


# %% [6] step-6-learning-1 · 00_Start/Beginner Path.md:125 · python · sha256=c3d50edacae064bd3bbdd54007477b67d03b105a5e634bbbe75a38b19533f31b
import torch

scores = torch.tensor([0.40, 0.35, 0.25]).log().requires_grad_()
loss = torch.nn.functional.cross_entropy(scores[None], torch.tensor([0]))
loss.backward()
assert torch.allclose(scores.grad, torch.tensor([-0.60, 0.35, 0.25]))
