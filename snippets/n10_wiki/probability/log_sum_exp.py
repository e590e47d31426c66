# vaultkit: note="10_Wiki/Probability/Log-Sum-Exp.md" sha256=43069dd096ba27f6b9478cd90904575c80d6157cce7c2cb3cb008f2666b8dd22
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Log-Sum-Exp.md:75 · python {implements=log-sum-exp fn=log_sum_exp} · sha256=2bc1045ec68f384c5da30f4d3cfc1d732068c43ee86fd563bd006d7f37a68669
import torch


def log_sum_exp(x):
    """log(sum(exp(x))) along the last axis; half precision is computed in float32."""
    x = x.to(torch.promote_types(x.dtype, torch.float32))
    top = x.detach().amax(dim=-1, keepdim=True)
    top = top.masked_fill(top.isinf(), 0.0)
    return (x - top).exp().sum(dim=-1).log() + top[..., 0]


# %% [2] code-2 · 10_Wiki/Probability/Log-Sum-Exp.md:89 · python {claims=2.10,2.11} · sha256=094a0a36c96006b378c5d1da1918206f5285384f9acaab13051d426c53951219
import math

x = torch.randn(100, 9, dtype=torch.float64)
assert torch.allclose(log_sum_exp(x), x.exp().sum(-1).log())
assert torch.allclose(log_sum_exp(x), log_sum_exp(x - 3.7) + 3.7)
assert (log_sum_exp(x) >= x.amax(-1)).all()
assert (log_sum_exp(x) <= x.amax(-1) + math.log(9)).all()

limits = {torch.float16: 11.09, torch.float32: 88.72, torch.float64: 709.78}
for dtype, limit in limits.items():
    assert round(math.log(torch.finfo(dtype).max), 2) == limit
    assert torch.isinf(torch.tensor(limit + 0.01, dtype=dtype).exp())
big = torch.tensor([89.0, 0.0])
assert torch.isinf(big.exp().sum().log()) and log_sum_exp(big) == 89


# %% [3] code-3 · 10_Wiki/Probability/Log-Sum-Exp.md:108 · python {claims=2.13} · sha256=1633982fec8c439d058dcc128520c967f564ddc6c95d272848bff3508f3ca88e
import torch.nn.functional as F
from scipy.special import log_softmax, logsumexp

scores = torch.tensor([[1e4, 0.0, -1e4]])
label = torch.tensor([2])
assert F.cross_entropy(scores, label) == 20_000
assert -log_softmax(scores.numpy(), axis=-1)[0, 2] == 20_000
assert logsumexp(scores.numpy(), axis=-1)[0] == log_sum_exp(scores)[0] == 1e4


def from_probabilities(values, label, eps=1e-7):
    """What a probability-based loss does by default: normalise, clip, take the log."""
    share = values / values.sum(-1, keepdim=True)
    return -share.clamp(eps, 1 - eps).log()[0, label]


logits = torch.tensor([[2.0, 1.0, 0.5]])
right = F.cross_entropy(logits, torch.tensor([0]))
assert abs(right - from_probabilities(logits.softmax(-1), 0)) < 1e-6
assert abs(right - from_probabilities(logits, 0)) > 0.09


# %% [4] code-4 · 10_Wiki/Probability/Log-Sum-Exp.md:133 · python · sha256=b556de3cd0707f45535c4447897dc4faef0d541696f77657fa4443fce68bacee
z = x.clone().requires_grad_()
log_sum_exp(z).sum().backward()
assert torch.allclose(z.grad, x.softmax(-1))
assert log_sum_exp(torch.tensor([-math.inf, -math.inf])) == -math.inf
assert log_sum_exp(torch.tensor([math.inf, 0.0])) == math.inf
assert log_sum_exp(torch.tensor([math.nan, 0.0])).isnan()
assert torch.isfinite(log_sum_exp(torch.full((4, 70_000), 30.0).half())).all()
assert log_sum_exp(torch.empty(0, 3)).shape == (0,)


# %% [5] anti-patterns-1 · 10_Wiki/Probability/Log-Sum-Exp.md:172 · python · sha256=26ff5e1c1f098579ce3ec3eb5fab4f49e83f59b3a44f1f2a7e177809a6b4ec33
batch = torch.tensor([[0.0, 1.0], [-200.0, -201.0]])
shared = (batch - batch.max()).exp().sum(-1).log() + batch.max()
assert torch.isinf(shared[1]) and torch.isfinite(log_sum_exp(batch)).all()
