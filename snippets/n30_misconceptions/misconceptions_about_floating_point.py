# vaultkit: note="30_Misconceptions/Misconceptions about Floating Point.md" sha256=1563246f218dc1fd9a8468ef7c0cb82376dadbf12447ec0cb9230ca1313049db
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] log-softmax-is-softmax-followed-by-a-logarithm-1 · 30_Misconceptions/Misconceptions about Floating Point.md:38 · python {claims=3.07} · sha256=8074b5ff9744b3da84a0abe811e9f59c548b99b78ad5d298623aa9ddd748bbe8
import torch
import torch.nn.functional as F

small = torch.randn(100, 5, dtype=torch.float64)
assert torch.allclose(small.log_softmax(-1), small.softmax(-1).log())
large = torch.tensor([1e4, 0.0, -1e4])
assert torch.isinf(large.softmax(-1).log()[2])
assert large.log_softmax(-1)[2] == -20_000


# %% [2] nothing-may-be-applied-to-the-scores-before-the-fused-loss-1 · 30_Misconceptions/Misconceptions about Floating Point.md:54 · python {claims=3.08} · sha256=900b1365e9dc5964d120866e7c07a0a7fa43211ccbbbc87bcb419fa0ca9dbefe
perfect = 50 * torch.eye(10, dtype=torch.float64)[:1]
label = torch.tensor([0])
assert round(F.cross_entropy(perfect.softmax(-1), label).item(), 4) == 1.4612
assert F.cross_entropy(perfect, label) < 1e-12
twice = small.log_softmax(-1).log_softmax(-1)
assert torch.allclose(twice, small.log_softmax(-1), rtol=0, atol=1e-14)


# %% [3] terms-of-wrong-classes-are-zero-and-can-be-written-down-1 · 30_Misconceptions/Misconceptions about Floating Point.md:68 · python {claims=4.06} · sha256=5b6582f3e3ca53613a55234ce99415d7cc1a1c7c28a9df7d4707a5e9d68582e6
one_hot = torch.tensor([1.0, 0.0, 0.0])
prediction = torch.tensor([0.9, 0.1, 0.0])
assert (-(one_hot * prediction.log()).sum()).isnan()
chosen = -prediction[one_hot == 1].log().sum()
assert round(chosen.item(), 3) == 0.105
assert torch.special.xlogy(one_hot, prediction)[2] == 0


# %% [4] clamping-at-1e-7-is-safe-everywhere-1 · 30_Misconceptions/Misconceptions about Floating Point.md:82 · python {claims=2.14} · sha256=9f5355bff7f16103bd04d55cf7794d442cd332418902ac3682a9463d4c2cc8be
for dtype in (torch.float16, torch.bfloat16):
    bounded = torch.ones(1, dtype=dtype).clamp(1e-7, 1 - 1e-7)
    assert torch.isinf((1 - bounded).log())


# %% [5] the-built-in-loss-is-exact-in-every-precision-1 · 30_Misconceptions/Misconceptions about Floating Point.md:93 · python · sha256=22d6f51ffb415192c39cedcb90004362b0645a15f7a41eb15f753522b0dc4df8
wide = 3 * torch.randn(64, 1000)
rows = torch.zeros(64, dtype=torch.long)
assert -wide.log_softmax(-1).sum() > 65_504
assert torch.isinf(F.cross_entropy(wide.half(), rows, label_smoothing=0.1))
exact = F.cross_entropy(wide.half().double(), rows, label_smoothing=0.1)
by_float32 = F.cross_entropy(wide.half().float(), rows, label_smoothing=0.1)
assert (by_float32 / exact - 1).abs() < 1e-5
