# vaultkit: note="10_Wiki/Losses/Hinge Loss.md" sha256=e499a9212ef22dee90c00ca0f2796c9701154c59c6358f34f5baa80225814cde
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Hinge Loss.md:63 · python {implements=hinge fn=hinge_loss} · sha256=d54358051eda36326281453db63cd923579003b33ad673f80d94607c1830f127
import torch


def hinge_loss(scores, labels):
    """Mean of max(0, 1 - label * score). labels are -1 or +1, of the scores' shape."""
    if scores.shape != labels.shape:
        raise ValueError("scores and labels must have the same shape")
    if not ((labels == 1) | (labels == -1)).all():
        raise ValueError("labels must be -1 or +1; map {0, 1} by 2 * y - 1")
    s = scores.to(torch.promote_types(scores.dtype, torch.float32))
    return (1 - labels.to(s.dtype) * s).clamp(min=0).mean()


# %% [2] code-2 · 10_Wiki/Losses/Hinge Loss.md:77 · python · sha256=b9970fc9d4d237b906e8623cad0fd5bf010e7e15af6daa7d37184b11aceb46a7
s = torch.tensor([2.0, 0.5, -1.0], requires_grad=True)
y = torch.tensor([1.0, 1.0, 1.0])
loss = hinge_loss(s, y)
assert torch.allclose(loss, torch.tensor((0 + 0.5 + 2.0) / 3))
loss.backward()
assert torch.allclose(s.grad, torch.tensor([0.0, -1.0, -1.0]) / 3)
assert hinge_loss(-s, -y) == loss
corner = torch.tensor([1.0], requires_grad=True)
assert torch.autograd.grad(hinge_loss(corner, torch.ones(1)), corner)[0] == -1
assert hinge_loss(torch.empty(0), torch.empty(0)).isnan()
assert hinge_loss(torch.tensor([torch.nan]), torch.ones(1)).isnan()


# %% [3] code-3 · 10_Wiki/Losses/Hinge Loss.md:93 · python {claims=2.18} · sha256=40c94812a2e395d9a048f72422419cd2e0ab303dfe32af22f3cbca5bf532b09a
s = torch.tensor([-3.0, 0.0, 3.0], requires_grad=True)
zeros = torch.zeros(3)
wrong = (1 - zeros * s).clamp(min=0)
assert torch.equal(wrong, torch.ones(3))
(slope,) = torch.autograd.grad(wrong.sum(), s)
assert torch.equal(slope, torch.zeros(3))

(mended,) = torch.autograd.grad(hinge_loss(s, 2 * zeros - 1), s)
assert torch.allclose(mended, torch.tensor([0.0, 1.0, 1.0]) / 3)


# %% [4] anti-patterns-1 · 10_Wiki/Losses/Hinge Loss.md:135 · python {raises=ValueError} · not at import: raises ValueError · sha256=79124f38145644ee300c119f86d84acb682bdb20dc7649c46ea89fd6ea1392f7
#: hinge_loss(torch.zeros(2), torch.tensor([0.0, 1.0]))
