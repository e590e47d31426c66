# vaultkit: note="10_Wiki/Losses/Mixup.md" sha256=9d7759a53c152312bb8adadb28909136d3f9f3242356f37b59e01149e981f89a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Mixup.md:69 · python {implements=mixup-loss fn=mixup_loss} · sha256=dec472678e2c258d84b0a958f75d6da98655fdc4aecbcce9bf2df7852add162a
import torch
import torch.nn.functional as F


def mixup_loss(logits, y_a, y_b, lam):
    """lam * CE(logits, y_a) + (1 - lam) * CE(logits, y_b), for lam in [0, 1]."""
    if logits.ndim != 2 or not y_a.shape == y_b.shape == logits.shape[:1]:
        raise ValueError("expected logits (N, C) and two label vectors (N,)")
    if not 0 <= lam <= 1:
        raise ValueError("lam must lie in [0, 1]")
    scores = logits.to(torch.promote_types(logits.dtype, torch.float32))
    first = F.cross_entropy(scores, y_a.long())
    second = F.cross_entropy(scores, y_b.long())
    if lam in (0, 1):
        return first if lam else second
    return lam * first + (1 - lam) * second


# %% [2] code-2 · 10_Wiki/Losses/Mixup.md:90 · python {claims=0.25} · sha256=75aa4fc58c52285d84bdfafd72c333fcfc01a1f0cf343f9cd8a47b0569183b52
import numpy as np


def mixup(x, y, rng, alpha=0.2):
    """Return (mixed inputs, labels, partner labels, lam); alpha <= 0 mixes nothing."""
    lam = float(rng.beta(alpha, alpha)) if alpha > 0 else 1.0
    partner = torch.from_numpy(rng.permutation(len(x))).to(x.device)
    return lam * x + (1 - lam) * x[partner], y, y[partner], lam


x, y = torch.randn(8, 3, dtype=torch.float64), torch.randint(4, (8,))
logits = torch.randn(8, 4, dtype=torch.float64)
mixed, y_a, y_b, lam = mixup(x, y, np.random.default_rng(1))
blend = lam * F.one_hot(y_a, 4).double() + (1 - lam) * F.one_hot(y_b, 4).double()
assert torch.allclose(mixup_loss(logits, y_a, y_b, lam), F.cross_entropy(logits, blend))

again = mixup(x, y, np.random.default_rng(1))
assert torch.equal(mixed, again[0]) and lam == again[3]
assert mixup(x, y, np.random.default_rng(1), alpha=0)[3] == 1


# %% [3] code-3 · 10_Wiki/Losses/Mixup.md:114 · python · sha256=1b9b71d811280920a85097b5e9646470a55c3e0c6101af5efbbbae6bea51ee06
assert torch.equal(mixup_loss(logits, y_a, y_b, 1.0), F.cross_entropy(logits, y_a))
assert torch.allclose(mixup_loss(logits, y_a, y_b, 0.3), mixup_loss(logits, y_b, y_a, 0.7))
masked = torch.tensor([[0.0, -torch.inf]])
zero, one = torch.tensor([0]), torch.tensor([1])
assert mixup_loss(masked, zero, one, 1.0) == 0
assert torch.isinf(mixup_loss(masked, zero, one, 0.5))
assert mixup_loss(torch.empty(0, 3), zero[:0], zero[:0], 0.5).isnan()


# %% [4] code-4 · 10_Wiki/Losses/Mixup.md:126 · python · sha256=ed3981e103ec0d4b6e3a50539ad40fd6da2482852a23e4a87fcc513b38dde3cd
shares = np.random.default_rng(0).beta(0.2, 0.2, size=20_000)
mostly_one = np.maximum(shares, 1 - shares) > 0.95
assert abs(mostly_one.mean() - 0.58) < 0.01


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Mixup.md:163 · python {raises=NameError} · not at import: raises NameError · sha256=83009d4c61bdfd93f3fc8df334b5e209fb242ebdb573d4505ad0f3ddeefdcbdf
#: def broken_mixup(x, alpha=0.2):
#:     lam = nump.random.beta(alpha, alpha)
#:     return lam * x
#:
#:
#: broken_mixup(x)
