# vaultkit: note="10_Wiki/Losses/Focal Loss.md" sha256=675e24ac7fc9b105ac87a2f883b4287669cddbc94d6315c56ea8c8ee9a304132
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Focal Loss.md:79 · python {implements=focal-loss fn=focal_loss alpha=scalar} · sha256=313a77fab1d4ccf4d54f9fa5266fa5f121c85ab04911bcdd6df8da137240a3a6
import torch
import torch.nn.functional as F


def focal_loss(logits, labels, gamma=2.0, alpha=0.25, ignore_index=-100):
    """Multi-class focal loss with one constant alpha, mean over rows not ignored.

    logits (N, C), labels (N,). alpha scales the value and cannot rebalance classes.
    """
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    if gamma < 0:
        raise ValueError("gamma must not be negative")
    keep = labels != ignore_index
    z = logits[keep].to(torch.promote_types(logits.dtype, torch.float32))
    target = labels[keep].long()[:, None]
    own = z.gather(-1, target)[:, 0]
    rivals = z.scatter(-1, target, -torch.inf)
    alone = (rivals == -torch.inf).all(dim=-1) & (own > -torch.inf)  # p_t = 1, loss 0
    margin = own - rivals.masked_fill(alone[:, None], 0.0).logsumexp(dim=-1)
    impossible = margin == -torch.inf  # the label itself is masked: weight 1, loss inf
    fade = (gamma * F.logsigmoid(-margin.masked_fill(impossible, 0.0))).exp()
    fade = fade.masked_fill(impossible, 1.0)
    loss = (-F.logsigmoid(margin) * fade).masked_fill(alone, 0.0)
    return alpha * loss.mean()


# %% [2] code-2 · 10_Wiki/Losses/Focal Loss.md:109 · python {claims=0.08,0.18,0.33,1.26,2.19} · sha256=924463cb036735d0298460d6f621b6f4f61d331332d1196c455d34c7fdb8f28e
logits = 3 * torch.randn(50, 7, dtype=torch.float64)
labels = torch.randint(7, (50,))
ce = F.cross_entropy(logits, labels, reduction="none")
pt = logits.softmax(-1).gather(-1, labels[:, None])[:, 0]
assert torch.allclose((-ce).exp(), pt)

assert torch.allclose(focal_loss(logits, labels, gamma=0, alpha=1), ce.mean())
assert torch.allclose(focal_loss(logits, labels), 0.25 * ((1 - pt) ** 2 * ce).mean())

weight = (1 - torch.tensor([0.1, 0.5, 0.9], dtype=torch.float64)) ** 2
assert (weight.diff() < 0).all()
assert abs(weight[0] / weight[2] - 81) < 1e-9


# %% [3] code-3 · 10_Wiki/Losses/Focal Loss.md:126 · python · sha256=828672c44a244fb230acf86867604db062ea9e48fb848c806cb1e2fd2791b99c
for margin in (0.0, 5.0, 20.0, 40.0, 1e4):
    z = torch.tensor([[margin, 0.0]], requires_grad=True)
    focal_loss(z, torch.tensor([0]), gamma=0.5).backward()
    assert torch.isfinite(z.grad).all()


def textbook(margin, gamma, dtype=torch.float32):
    z = torch.tensor([[margin, 0.0]], dtype=dtype, requires_grad=True)
    loss = F.cross_entropy(z, torch.tensor([0]))
    return (1 - (-loss).exp()) ** gamma * loss, z


loss, z = textbook(40.0, gamma=0.5)
loss.backward()
assert z.grad.isnan().all()

for margin, error in [(12.0, 0.027), (20.0, -1.0)]:
    single, exact = (textbook(margin, 2, dtype)[0] for dtype in (torch.float32, torch.float64))
    assert abs((single / exact - 1).item() - error) < 0.001
    ours = focal_loss(torch.tensor([[margin, 0.0]]), torch.tensor([0]), alpha=1)
    assert abs((ours / exact - 1).item()) < 1e-5


# %% [4] code-4 · 10_Wiki/Losses/Focal Loss.md:152 · python · sha256=4fdaea8d0369e328dba16ac50eebfaf37950b84f69278f59df86f56e2582ca1c
half_ignored = torch.where(torch.arange(50) < 25, labels, -100)
assert torch.allclose(focal_loss(logits, half_ignored), focal_loss(logits[:25], labels[:25]))
z = torch.tensor([[1.0, -torch.inf, 0.0], [-torch.inf, 2.0, 1.0]], requires_grad=True)
focal_loss(z, torch.tensor([0, 0])).backward()
assert torch.isfinite(z.grad[0]).all() and not z.grad.isnan().any()
assert focal_loss(torch.randn(3, 1), torch.zeros(3)) == 0
assert torch.isnan(focal_loss(torch.empty(0, 3), torch.empty(0)))
assert torch.isfinite(focal_loss(torch.randn(8, 2000).half() * 10, torch.zeros(8)))


# %% [5] code-5 · 10_Wiki/Losses/Focal Loss.md:165 · python {implements=focal-loss fn=binary_focal_loss alpha=alpha_t form=sigmoid reduction=none} · sha256=7d0f08274ad85e4769d2f1f001a5166b32fb7db56e91e1074d6347c76e247e40
def binary_focal_loss(logits, labels, gamma=2.0, alpha=0.25):
    """One loss per entry, alpha_t by label. Both of one shape, labels 0 or 1."""
    if logits.shape != labels.shape:
        raise ValueError("logits and labels must have the same shape")
    if gamma < 0 or not ((labels == 0) | (labels == 1)).all():
        raise ValueError("gamma must not be negative and labels must be 0 or 1")
    z = logits.to(torch.promote_types(logits.dtype, torch.float32))
    positive = (labels == 1).to(z.dtype)
    margin = (2 * positive - 1) * z
    balance = alpha * positive + (1 - alpha) * (1 - positive)
    return -balance * (gamma * F.logsigmoid(-margin)).exp() * F.logsigmoid(margin)


# %% [6] code-6 · 10_Wiki/Losses/Focal Loss.md:179 · python {claims=0.36} · sha256=37a590984f586848d687af7756377cb20357313178b1fe5fa51ea0082561070c
z = torch.randn(6, dtype=torch.float64)
y = torch.tensor([1, 0, 1, 0, 0, 1])
published = binary_focal_loss(z, y)
pairs = torch.stack([torch.zeros_like(z), z], dim=-1)
constant = torch.stack([focal_loss(pairs[i : i + 1], y[i : i + 1]) for i in range(6)])
ratio = constant / published
assert torch.allclose(ratio[y == 1], torch.ones(3, dtype=torch.float64))
assert torch.allclose(ratio[y == 0], torch.full((3,), 1 / 3, dtype=torch.float64))
