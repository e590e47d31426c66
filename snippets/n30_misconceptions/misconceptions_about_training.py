# vaultkit: note="30_Misconceptions/Misconceptions about Training.md" sha256=a59556979b4f16772d40a4b2c2476d252a1aedb8833cee44075d33a82febd645
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] forward-backward-step-and-repeat-that-loop-trains-1 · 30_Misconceptions/Misconceptions about Training.md:38 · python {claims=1.10} · sha256=041855e8df0c170fb28260315f2fd34260af25b4ba2292b21d71c17d995ab811
import torch
import torch.nn.functional as F

x = torch.randn(200, 5)
y = (x @ torch.randn(5, 3) + 3 * torch.randn(200, 3)).argmax(-1)


def train(clear):
    model = torch.nn.Linear(5, 3)
    for parameter in model.parameters():
        torch.nn.init.zeros_(parameter)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(300):
        if clear:
            optimiser.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimiser.step()
        history.append(loss.item())
    return history


cleared, piled_up = train(True), train(False)
assert max(cleared[-100:]) - min(cleared[-100:]) < 0.01
assert max(piled_up[-100:]) - min(piled_up[-100:]) > 0.05
assert cleared[-1] < min(piled_up[-100:])


# %% [2] backward-computes-the-direction-that-lowers-the-loss-1 · 30_Misconceptions/Misconceptions about Training.md:73 · python {claims=1.11} · sha256=6c8afc8c2571d2383dfdb6bb8b64111bd2490715c4d0f2914be9d47bf2df8f97
w = torch.zeros(5, 3, requires_grad=True)
loss = F.cross_entropy(x @ w, y)
(gradient,) = torch.autograd.grad(loss, w)
assert F.cross_entropy(x @ (w + 0.1 * gradient), y) > loss
assert F.cross_entropy(x @ (w - 0.1 * gradient), y) < loss


# %% [3] range-10000-reaches-step-10000-1 · 30_Misconceptions/Misconceptions about Training.md:86 · python {claims=1.24} · sha256=0c980accbbf24b99cfdb3dc3c47e60e784ad97650f34917a56ac76dbd442fd5f
assert max(range(10000)) == 9999 and 10000 not in range(10000)


# %% [4] only-the-score-of-the-true-class-matters-1 · 30_Misconceptions/Misconceptions about Training.md:95 · python {claims=3.05} · sha256=59008894f8b2b0655286d0f7103160a04b02bfb26d116296bd6e6748ca9b1022
z = torch.tensor([0.2, 1.5, 2.6, 0.5, -0.9], dtype=torch.float64, requires_grad=True)
loss = F.cross_entropy(z[None], torch.tensor([0]))
(by_score,) = torch.autograd.grad(loss, z)
assert torch.allclose(by_score[1:], z.softmax(-1)[1:].detach())
assert (by_score[1:] > 0).all()

p = z.softmax(-1).detach().requires_grad_()
(by_probability,) = torch.autograd.grad(-p.log()[0], p)
assert torch.equal(by_probability[1:], torch.zeros(4).double())


# %% [5] a-more-certain-label-is-fitted-harder-1 · 30_Misconceptions/Misconceptions about Training.md:112 · python {claims=4.11} · sha256=05e0af8cde8eac91cf37ee132a4a3a64a14aa7c1db5040e64594478edd659874
def divergence(label, prediction):
    a = torch.tensor([label, 1 - label], dtype=torch.float64)
    b = torch.tensor([prediction, 1 - prediction], dtype=torch.float64)
    return (a * (a / b).log()).sum().item()


assert round(divergence(0.99, 0.98), 4) == 0.0031
assert round(divergence(0.60, 0.20), 4) == 0.3819


def slope(label):
    z = torch.tensor(0.4, dtype=torch.float64, requires_grad=True)
    q = z.sigmoid()
    value = label * (label / q).log() + (1 - label) * ((1 - label) / (1 - q)).log()
    return torch.autograd.grad(value, z)[0].item(), q.item()


for certainty in (0.6, 0.99):
    found, q = slope(torch.tensor(certainty, dtype=torch.float64))
    assert abs(found - (q - certainty)) < 1e-12


# %% [6] neither-the-labels-nor-the-predictions-depend-on-the-weights-1 · 30_Misconceptions/Misconceptions about Training.md:140 · python {claims=4.18} · sha256=08a519aa8f13f7c2ddcead3f9e1fb3bc91b3fdeec59ecc299589662c6bf449d0
weight = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
label = torch.tensor(0.9, dtype=torch.float64)
prediction = (weight * 2.0).sigmoid()
(moved,) = torch.autograd.grad(prediction, weight)
assert moved > 0.2
loss = -(label * prediction.detach().log())
assert not loss.requires_grad


# %% [7] training-with-kl-divergence-and-with-cross-entropy-is-the-sa-1 · 30_Misconceptions/Misconceptions about Training.md:155 · python {claims=4.19} · sha256=32bbd0d9ce0e0264446098251f22b44435eeacf6639b0ebb0733fa76b915ab3b
fixed = torch.tensor([0.8, 0.2], dtype=torch.float64)
z = torch.tensor([0.3, -0.4], dtype=torch.float64, requires_grad=True)


def both(target):
    cross = -(target * z.log_softmax(-1)).sum()
    return cross, cross + (target * target.log()).sum()


cross, kl = both(fixed)
assert round((cross - kl).item(), 4) == 0.5004
first, second = (torch.autograd.grad(v, z, retain_graph=True)[0] for v in (cross, kl))
assert torch.equal(first, second)

moving = (2 * z).softmax(-1)  # a target that shares the weights
first, second = (torch.autograd.grad(v, z, retain_graph=True)[0] for v in both(moving))
assert (first - second).abs().max() > 0.1
