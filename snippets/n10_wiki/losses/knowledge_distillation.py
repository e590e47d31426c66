# vaultkit: note="10_Wiki/Losses/Knowledge Distillation.md" sha256=1f6d6604f78a921cc99fa9a0f1b1a725aa79e62a78ce83121a2d8eb40bb0be21
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Knowledge Distillation.md:74 · python {implements=distillation fn=distillation_loss} · sha256=7ef0a75f288174f2845fe78f6bbae94392f3d04b66d08e5d5269d84baa4a8dbb
import torch
import torch.nn.functional as F


def distillation_loss(student_logits, teacher_logits, labels, T=4.0, alpha=0.7, ignore_index=-100):
    """alpha T^2 KL(teacher || student) + (1 - alpha) CE, means over rows not ignored.

    Both logits (N, C); labels (N,). Flatten (batch, time, C) before calling.
    """
    if student_logits.ndim != 2 or student_logits.shape != teacher_logits.shape:
        raise ValueError("expected student and teacher logits of one shape (N, C)")
    if labels.shape != student_logits.shape[:1]:
        raise ValueError("expected labels (N,)")
    if not T > 0:
        raise ValueError("the temperature must be positive")
    keep = labels != ignore_index
    dtype = torch.promote_types(student_logits.dtype, torch.float32)
    student = student_logits[keep].to(dtype)
    teacher = teacher_logits[keep].to(dtype).detach()

    hard = F.cross_entropy(student, labels[keep].long())
    if alpha == 0:
        return hard
    teacher_log = (teacher / T).log_softmax(dim=-1)
    weight = teacher_log.exp()
    absent = weight == 0
    gap = teacher_log.masked_fill(absent, 0.0) - (student / T).log_softmax(dim=-1).masked_fill(
        absent, 0.0
    )
    soft = T * T * (weight * gap).sum(dim=-1).mean()
    return soft if alpha == 1 else alpha * soft + (1 - alpha) * hard


# %% [2] code-2 · 10_Wiki/Losses/Knowledge Distillation.md:110 · python {claims=0.22} · sha256=1fa2fea8204d21fad58b4bd8ce36a9250b252e3addadadf6eca6b70816781e7e
student = torch.randn(16, 10, dtype=torch.float64)
teacher = torch.randn(16, 10, dtype=torch.float64)
labels = torch.randint(10, (16,))

ce = F.cross_entropy(student, labels)
assert torch.allclose(distillation_loss(student, teacher, labels, alpha=0.0), ce)
t, s = teacher.softmax(-1), student.softmax(-1)
kl = (t * (t / s).log()).sum(-1).mean()
assert torch.allclose(distillation_loss(student, teacher, labels, T=1, alpha=1), kl)
assert distillation_loss(teacher, teacher, labels, alpha=1).abs() < 1e-12

t, s = (teacher / 4).softmax(-1), (student / 4).softmax(-1)
blend = 0.7 * 16 * (t * (t / s).log()).sum(-1).mean() + 0.3 * ce
assert torch.allclose(distillation_loss(student, teacher, labels), blend)


# %% [3] code-3 · 10_Wiki/Losses/Knowledge Distillation.md:129 · python {claims=0.23} · sha256=d0bdcf302e839de136fb7b7151f0185772145a9dc800c5215c7fe4123937cfff
def soft_gradient(T):
    z = student.clone().requires_grad_()
    loss = distillation_loss(z, teacher, labels, T=T, alpha=1)
    return torch.autograd.grad(loss, z)[0]


for T in (1.0, 4.0, 1024.0):
    closed_form = T * ((student / T).softmax(-1) - (teacher / T).softmax(-1)) / 16
    assert torch.allclose(soft_gradient(T), closed_form)
assert 0.5 < soft_gradient(4.0).norm() / soft_gradient(1024.0).norm() < 2
assert soft_gradient(1024.0).norm() / 1024**2 < 1e-6  # without the factor

centred = (student - student.mean(-1, keepdim=True)) - (teacher - teacher.mean(-1, keepdim=True))
assert (soft_gradient(1e5) - centred / (10 * 16)).norm() < 1e-4


# %% [4] code-4 · 10_Wiki/Losses/Knowledge Distillation.md:148 · python · sha256=d238aae3de996c3c5975791a1852d77473762f5fa429467670cbb32c888eb48c
import math

mask = torch.zeros(10, dtype=torch.float64).index_fill(0, torch.tensor([9]), -math.inf)
z = (student + mask).requires_grad_()
loss = distillation_loss(z, teacher + mask, labels.clamp(max=8))
loss.backward()
assert torch.isfinite(loss) and torch.isfinite(z.grad).all()
ours, theirs = (z / 4).log_softmax(-1), ((teacher + mask) / 4).log_softmax(-1)
assert F.kl_div(ours, theirs.exp(), reduction="batchmean").isnan()
assert F.kl_div(ours, theirs, reduction="batchmean", log_target=True).isnan()

padded = torch.where(torch.arange(16) < 8, labels, -100)
assert torch.allclose(
    distillation_loss(student, teacher, padded),
    distillation_loss(student[:8], teacher[:8], labels[:8]),
)
free_teacher = teacher.clone().requires_grad_()
distillation_loss(student.clone().requires_grad_(), free_teacher, labels).backward()
assert free_teacher.grad is None
assert torch.isnan(distillation_loss(student[:0], teacher[:0], labels[:0]))


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Knowledge Distillation.md:203 · python {raises=ValueError} · not at import: raises ValueError · sha256=6a8b3f48d32f18e7299baf93c8cf3aac07f65e0ee3277b8f57e9163c8729731d
#: distillation_loss(student[None], teacher[None], labels[None])
