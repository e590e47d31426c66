# vaultkit: note="10_Wiki/Losses/Cross-Entropy Loss.md" sha256=bdc6f4f6622ba6657ca1a29ea9f3369aeb7c1a1275766166f991f0339b6f43db
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Cross-Entropy Loss.md:93 · python {implements=cross-entropy fn=cross_entropy} · sha256=09231b91c586371207f5f75bd1f61fb7b0eeddbc106530fdfe750a05970df80f
import torch


def cross_entropy(logits, labels, ignore_index=-100):
    """Mean -log p(label) in nats. logits (N, C) raw scores, labels (N,) integers."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    keep = labels != ignore_index
    scores = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    log_probs = scores.log_softmax(dim=-1)
    return -log_probs.gather(-1, labels[keep].long()[:, None]).mean()


# %% [2] code-2 · 10_Wiki/Losses/Cross-Entropy Loss.md:109 · python {claims=1.03,1.04,1.05,1.06,4.08} · sha256=13ea0f1cf912c3743f23cc29b233bfc3971e82620899f680a5ee4bcfac4d5b15
import math

for probability, loss in [(0.9, 0.105), (0.4, 0.916), (0.1, 2.303)]:
    assert round(-math.log(probability), 3) == loss

q = torch.linspace(0.05, 1.0, 20, dtype=torch.float64, requires_grad=True)
losses = -q.log()
losses.sum().backward()
assert (losses.diff() < 0).all()
assert torch.allclose(q.grad, -1 / q.detach())


# %% [3] code-3 · 10_Wiki/Losses/Cross-Entropy Loss.md:124 · python {claims=0.01,3.01} · sha256=b7c504dad1f10371ce9e9b988415c006817e2a6a9a2b483100e118dbc7c4155e
bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
for shares in (bag, guess):
    assert abs(shares.sum().item() - 1) < 1e-12

surprise = -(bag * guess.log()).sum().item()
assert round(surprise, 6) == 1.499577  # nats
assert round(surprise / math.log(2), 6) == 2.163432  # bits

truth, model = (torch.distributions.Categorical(shares) for shares in (bag, guess))
parts = truth.entropy() + torch.distributions.kl_divergence(truth, model)
assert abs(surprise - parts.item()) < 1e-12


# %% [4] code-4 · 10_Wiki/Losses/Cross-Entropy Loss.md:141 · python {claims=0.03,0.13,0.20,1.09,2.09,3.06} · sha256=4c37a3dff59dff9eb0e2620555fbde01973d4ac2b040e94b730301b55303947b
import torch.nn.functional as F

logits = torch.randn(6, 4, dtype=torch.float64, requires_grad=True)
labels = torch.tensor([0, 3, 1, 2, 2, 0])
one_hot = F.one_hot(labels, 4).double()

fused = F.cross_entropy(logits, labels)
two_steps = F.nll_loss(logits.log_softmax(-1), labels)
assert torch.equal(fused, two_steps)
assert torch.allclose(fused, F.cross_entropy(logits, one_hot))
assert torch.allclose(fused, -(one_hot * logits.log_softmax(-1)).sum(-1).mean())
assert torch.allclose(fused, cross_entropy(logits, labels))

(gradient,) = torch.autograd.grad(cross_entropy(logits, labels), logits)
assert torch.allclose(gradient, (logits.softmax(-1) - one_hot) / 6)
assert torch.autograd.gradcheck(lambda z: cross_entropy(z, labels), logits)


# %% [5] code-5 · 10_Wiki/Losses/Cross-Entropy Loss.md:162 · python {claims=0.12} · sha256=735c7327ad4dfec037bc41b96d75679c3b9edbf43c1fe4101b4f8b0855355524
huge = torch.tensor([[1e4, -1e4, 0.0]])
assert cross_entropy(huge, torch.tensor([1])) == 20_000
assert torch.isinf(-huge.softmax(-1).log()[0, 1])
assert torch.isinf(torch.tensor(89.0).exp())
assert torch.tensor(1e-45) > 0 == torch.tensor(1e-46)

with_padding = torch.cat([labels, torch.tensor([-100, -100])])
padded = torch.cat([logits.detach(), torch.full((2, 4), 50.0, dtype=torch.float64)])
assert torch.allclose(cross_entropy(padded, with_padding), fused)

masked = torch.tensor([[2.0, 1.0, -math.inf]], requires_grad=True)
cross_entropy(masked, torch.tensor([0])).backward()
assert torch.isfinite(masked.grad).all()

assert torch.isfinite(cross_entropy(torch.randn(64, 5000).half() * 8, torch.zeros(64)))
assert torch.isnan(cross_entropy(torch.empty(0, 4), torch.empty(0)))


# %% [6] anti-patterns-1 · 10_Wiki/Losses/Cross-Entropy Loss.md:220 · python {raises=ValueError} · not at import: raises ValueError · sha256=030a63304fdb761e9e0e266941eef03df465f17a7680bcb8470472d82cde3b57
#: cross_entropy(torch.randn(2, 3, 3), torch.zeros(2, 3))
