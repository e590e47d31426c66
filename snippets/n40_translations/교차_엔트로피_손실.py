# vaultkit: note="40_Translations/교차 엔트로피 손실.md" sha256=101a878892e7a300a9f97dd54356b6925e51fef4aeaf54e028c5623b9f8fa621
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] 코드-1 · 40_Translations/교차 엔트로피 손실.md:96 · python · sha256=605c768957846b5f670cdeaadedfebcc7a46d68bb5fe475ae24c37b6d26a88ca
import math

import torch
import torch.nn.functional as F

for probability, loss in [(0.9, 0.105), (0.4, 0.916), (0.1, 2.303)]:
    assert round(-math.log(probability), 3) == loss

logits = torch.randn(4, 3, dtype=torch.float64, requires_grad=True)
labels = torch.tensor([0, 2, 1, 1])
loss = F.cross_entropy(logits, labels)
by_hand = -logits.log_softmax(-1)[torch.arange(4), labels].mean()
assert torch.allclose(loss, by_hand)

(gradient,) = torch.autograd.grad(loss, logits)
one_hot = F.one_hot(labels, 3)
assert torch.allclose(gradient, (logits.softmax(-1) - one_hot).detach() / 4)

large = torch.tensor([[1e4, -1e4]])
assert F.cross_entropy(large, torch.tensor([1])) == 20_000
assert torch.isinf(-large.softmax(-1).log()[0, 1])


# %% [2] 코드-2 · 40_Translations/교차 엔트로피 손실.md:122 · python · sha256=5cb2f1e97bfabd6f3c40f6d2e5cd550224e594e3cb800c068cfe17ae85a18cc3
bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)
assert round(-(bag * bag.log()).sum().item(), 6) == 0.639032  # 엔트로피
assert round(-(bag * guess.log()).sum().item(), 6) == 1.499577  # 교차 엔트로피
assert round((bag * (bag / guess).log()).sum().item(), 6) == 0.860545  # KL 발산


# %% [3] 흔한-실수-1 · 40_Translations/교차 엔트로피 손실.md:150 · python · sha256=4f586ed6428604f179fe84644a6858e460feaa48c56b4025fbacf1e952f12c33
perfect = 50 * torch.eye(10, dtype=torch.float64)[:1]
doubled = F.cross_entropy(perfect.softmax(-1), torch.tensor([0]))
assert round(doubled.item(), 4) == 1.4612
