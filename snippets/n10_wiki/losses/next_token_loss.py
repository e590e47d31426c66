# vaultkit: note="10_Wiki/Losses/Next-Token Loss.md" sha256=7eacb60b282513059ad23f5848b1142701a9f5046a6b041b9766117504ada86f
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Losses/Next-Token Loss.md:62 · python {implements=next-token-loss fn=next_token_loss} · sha256=7e86e409ca75d4cfbcdc37c99a7d05a25d08b3de8475f37e26b934d5b1ad90e7
import torch
import torch.nn.functional as F


def next_token_loss(logits, input_ids, ignore_index=-100):
    """Mean over positions 1..T-1 whose target is not ignored.

    logits (B, T, V), input_ids (B, T). NaN when no position is left.
    """
    if logits.ndim != 3 or input_ids.shape != logits.shape[:2]:
        raise ValueError("expected logits (B, T, V) and input_ids (B, T)")
    target = input_ids[:, 1:].flatten()
    keep = target != ignore_index
    scores = logits[:, :-1].flatten(0, 1)[keep]
    scores = scores.to(torch.promote_types(scores.dtype, torch.float32))
    return F.cross_entropy(scores, target[keep].long())


# %% [2] code-2 · 10_Wiki/Losses/Next-Token Loss.md:83 · python {claims=0.34} · sha256=284d2f7afad4f5c59afe44efaa7989fb477979650986e0e93511bc73a8a3b1a7
B, T, V = 3, 6, 11
logits = torch.randn(B, T, V, dtype=torch.float64)
ids = torch.randint(V, (B, T))


def by_loops(ids):
    costs = [
        -logits[b, t].log_softmax(-1)[ids[b, t + 1]]
        for b in range(B)
        for t in range(T - 1)
        if ids[b, t + 1] != -100
    ]
    return torch.stack(costs).mean()


assert torch.allclose(next_token_loss(logits, ids), by_loops(ids))
padded = ids.clone()
padded[0, 3:] = -100
assert torch.allclose(next_token_loss(logits, padded), by_loops(padded))
counted = next_token_loss(logits, padded.clamp(min=0))
assert (counted - by_loops(padded)).abs() > 1e-3


# %% [3] code-3 · 10_Wiki/Losses/Next-Token Loss.md:109 · python · sha256=1376dcb1c4706402efe850a19e9eb6e53887035c2f5de33e08f84ef76bd1fa2e
changed = logits.clone()
changed[:, -1] += 100 * torch.randn(B, V)
assert torch.equal(next_token_loss(changed, ids), next_token_loss(logits, ids))


# %% [4] code-4 · 10_Wiki/Losses/Next-Token Loss.md:117 · python · sha256=90039f3e4eb89362c182edc3b692f9b13ea5badfb0f77763ba5635b3d9c02f2d
assert next_token_loss(logits[:, :1], ids[:, :1]).isnan()
assert next_token_loss(logits[:0], ids[:0]).isnan()
masked = logits.index_fill(-1, torch.tensor([V - 1]), -torch.inf)
assert torch.isfinite(next_token_loss(masked, ids.clamp(max=V - 2)))


ids50k = torch.arange(8)[None]
wide = [torch.randn(1, 8, 50_000).bfloat16() for _ in range(4)]


def worst(loss):
    exact = [next_token_loss(z.double(), ids50k) for z in wide]
    return max(abs(loss(z).item() / e.item() - 1) for z, e in zip(wide, exact, strict=True))


assert worst(lambda z: next_token_loss(z, ids50k)) < 1e-6
assert worst(lambda z: F.cross_entropy(z[0, :-1], ids50k[0, 1:])) > 2e-4


# %% [5] anti-patterns-1 · 10_Wiki/Losses/Next-Token Loss.md:167 · python · sha256=fd0c1473f341320a9f0cb48f278c1f3d47c4eab35c94b21fab1baf996d15c927
copying = F.one_hot(ids, V).double() * 50  # position t points at token t
assert next_token_loss(copying, ids) > 1
unshifted = F.cross_entropy(copying.flatten(0, 1), ids.flatten())
assert unshifted < 1e-12  # the forgotten shift rewards copying
