# vaultkit: note="10_Wiki/Decisions/Which Loss When.md" sha256=52b9556b68bf150b56ccf86d7b0d886ce186909958991c15fc2f2dbde9acadfd
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Decisions/Which Loss When.md:65 · python · sha256=5dab1e29188255c42e6b3f6e6c43e79d9c77e7732ca3822d60d53eb02bfefebd
import torch
import torch.nn.functional as F

torch.manual_seed(0)
n = 6000
y = (torch.rand(n) < 0.05).long()
x = torch.randn(n, 2, dtype=torch.float64) + 1.2 * y[:, None]


def fit(weight):
    """Logistic regression by full-batch LBFGS under class weights."""
    layer = torch.nn.Linear(2, 2).double()
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = F.cross_entropy(layer(x), y, weight=weight)
        loss.backward()
        return loss

    optimiser.step(closure)
    return layer(x).detach()


def recall(logits):
    return (logits.argmax(-1)[y == 1] == 1).double().mean().item()


weight = torch.tensor([1.0, 19.0], dtype=torch.float64)
plain, weighted = fit(None), fit(weight)
assert recall(plain) < 0.4 < 0.7 < recall(weighted)
assert abs(plain.softmax(-1)[:, 1].mean().item() - y.double().mean().item()) < 1e-3
assert weighted.softmax(-1)[:, 1].mean() > 0.2  # no longer the base rate

shifted = plain + weight.log()
assert abs(recall(shifted) - recall(weighted)) < 0.03
restored = (weighted - weight.log()).softmax(-1)[:, 1].mean().item()
assert abs(restored - y.double().mean().item()) < 0.01


# %% [2] code-2 · 10_Wiki/Decisions/Which Loss When.md:108 · python {claims=0.28} · sha256=f851ab63d7e763db16f17c8789c7cc386d5be596aaf0b43205b16a191f94dbf3
relevance = torch.tensor([[3.0, 1.0, 0.0, 2.0]], dtype=torch.float64)
scores = torch.randn(1, 4, dtype=torch.float64)
top_one = relevance.exp() / relevance.exp().sum(-1, keepdim=True)
model = scores.exp() / scores.exp().sum(-1, keepdim=True)
list_net = -(top_one * model.log()).sum()
soft_ce = F.cross_entropy(scores, relevance.softmax(-1))
assert torch.allclose(list_net, soft_ce)

# What is rightly advised against: treating the best document as the only right class.
per_item = F.cross_entropy(scores, relevance.argmax(-1))
assert (per_item - list_net).abs() > 1e-3
