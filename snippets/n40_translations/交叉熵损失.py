# vaultkit: note="40_Translations/交叉熵损失.md" sha256=c424df399d1ec320a1d532cf83a07da559374ccdef138add1f4724510beb55af
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] 代码-1 · 40_Translations/交叉熵损失.md:96 · python · sha256=e179de8e403ac13e65d886c24232384338fc62ace410c9a458660d1bf37b298b
import math

import torch
import torch.nn.functional as F

for probability, loss in [(0.9, 0.105), (0.4, 0.916), (0.1, 2.303)]:
    assert round(-math.log(probability), 3) == loss

logits = torch.randn(5, 4, dtype=torch.float64, requires_grad=True)
labels = torch.tensor([3, 0, 2, 2, 1])
loss = F.cross_entropy(logits, labels)
picked = logits.softmax(-1).gather(-1, labels[:, None])
assert torch.allclose(loss, -picked.log().mean())

(gradient,) = torch.autograd.grad(loss, logits)
target = F.one_hot(labels, 4)
assert torch.allclose(gradient, (logits.softmax(-1) - target).detach() / 5)

extreme = torch.tensor([[-1e4, 1e4]])
assert F.cross_entropy(extreme, torch.tensor([0])) == 20_000
assert torch.isinf(-extreme.softmax(-1).log()[0, 0])


# %% [2] 代码-2 · 40_Translations/交叉熵损失.md:122 · python · sha256=4afeea57a874935cd5bc624c2715d66ea95627f9725301cc60bee9e33d5d409e
bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
entropy = -(bag * bag.log()).sum().item()
cross_entropy = -(bag * guess.log()).sum().item()
assert round(entropy, 6) == 0.639032
assert round(cross_entropy, 6) == 1.499577
assert round(cross_entropy - entropy, 6) == 0.860545  # KL 散度


# %% [3] 常见错误-1 · 40_Translations/交叉熵损失.md:152 · python · sha256=43237fa574a5ec7fb3ea7fca31d035c89abc5cb405d262fa2f31f74bd278a860
perfect = 50 * torch.eye(10, dtype=torch.float64)[:1]
twice = F.cross_entropy(perfect.softmax(-1), torch.tensor([0]))
assert round(twice.item(), 4) == 1.4612
