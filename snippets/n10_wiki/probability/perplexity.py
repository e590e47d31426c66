# vaultkit: note="10_Wiki/Probability/Perplexity.md" sha256=9028c41e6a24ef9a139143292b986e01431a6c58a00dfa7c2273435749f3d1e5
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Perplexity.md:63 · python {implements=perplexity fn=perplexity} · sha256=297e46872eb06654014a91f6eb6ba8582b383714ec74c9b3f276e0ac586abeed
import torch
import torch.nn.functional as F


def perplexity(logits, input_ids, ignore_index=-100):
    """exp(mean next-token loss) as float64. logits (B, T, V), input_ids (B, T)."""
    if logits.ndim != 3 or input_ids.shape != logits.shape[:2]:
        raise ValueError("expected logits (B, T, V) and input_ids (B, T)")
    target = input_ids[:, 1:].flatten()
    keep = target != ignore_index
    scores = logits[:, :-1].flatten(0, 1)[keep]
    scores = scores.to(torch.promote_types(scores.dtype, torch.float32))
    return F.cross_entropy(scores, target[keep].long()).double().exp()


# %% [2] code-2 · 10_Wiki/Probability/Perplexity.md:79 · python {claims=0.15,1.16} · sha256=2d2ae2cfa61f667c1500b495a566def88502a374a73264d3eecc092555c740cb
import math

for loss, value in [(3.5, 33.12), (2.1, 8.17), (0.8, 2.23), (0.3, 1.35)]:
    assert round(math.exp(loss), 2) == value

ids = torch.randint(50, (2, 12))
assert abs(perplexity(torch.zeros(2, 12, 50), ids) - 50) < 1e-4
knowing = 60.0 * F.one_hot(ids.roll(-1, dims=1), 50)
assert abs(perplexity(knowing, ids) - 1) < 1e-12

logits = torch.randn(2, 12, 50, dtype=torch.float64)
picked = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])
geometric_mean = picked.log().mean().exp()
assert torch.allclose(perplexity(logits, ids), 1 / geometric_mean)


# %% [3] code-3 · 10_Wiki/Probability/Perplexity.md:96 · python · sha256=9f96208b312062d5c5e13cae875569dd01fbbd6410456d2edd012979a6073ae5
assert round(math.exp((1 + 3) / 2), 2) == 7.39
assert round((math.exp(1) + math.exp(3)) / 2, 2) == 11.40

padded = ids.clone()
padded[1, 5:] = -100
assert perplexity(logits, padded).isfinite()
assert perplexity(logits[:, :1], ids[:, :1]).isnan()
for dtype, limit in [(torch.float32, 88.7), (torch.float16, 11.1)]:
    assert round(math.log(torch.finfo(dtype).max), 1) == limit
far_off = torch.zeros(1, 2, 3)
far_off[0, 0, 0] = 300.0
assert perplexity(far_off, torch.tensor([[0, 1]])).isfinite()  # e^300


# %% [4] anti-patterns-1 · 10_Wiki/Probability/Perplexity.md:143 · python · sha256=866e0d23a0aa7dc22e159c94ade3cf8ff6e8885458b068c163b5b200505c7407
torch.manual_seed(0)
class_logits, class_labels = torch.randn(32, 10), torch.randint(10, (32,))
loss = F.cross_entropy(class_logits, class_labels, label_smoothing=0.1)
accident = loss.exp()
honest = F.cross_entropy(class_logits, class_labels).exp()
assert 1 < accident < 50 and (accident - honest).abs() > 0.01
