# vaultkit: note="10_Wiki/Learning/Deep Learning.md" sha256=05b5dbd9c83c3443abc0f8950c0e59c56bf4b80bdeafb23549ee964f8b48a2fa
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Deep Learning.md:69 · python · sha256=85a3225f4633906955f4eca984753adcd5d2e49a89db37e455e1eadf9e6b7625
import torch
import torch.nn.functional as F

x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([0, 1, 1, 0])  # exclusive or
torch.manual_seed(0)
hidden, out = torch.nn.Linear(2, 16), torch.nn.Linear(16, 2)
parameters = [*hidden.parameters(), *out.parameters()]
optimiser = torch.optim.SGD(parameters, lr=0.5)
for _ in range(600):
    optimiser.zero_grad()
    loss = F.cross_entropy(out(torch.tanh(hidden(x))), y)
    loss.backward()
    optimiser.step()
assert loss < 0.05
assert torch.equal(out(torch.tanh(hidden(x))).argmax(-1), y)

optimiser.zero_grad()
activity = torch.tanh(hidden(x))
scores = out(activity)
F.cross_entropy(scores, y).backward()
signal = (scores.softmax(-1) - F.one_hot(y, 2)) / 4
assert torch.allclose(out.weight.grad, signal.T @ activity, atol=1e-6)
below = (1 - activity**2) * (signal @ out.weight)
assert torch.allclose(hidden.weight.grad, below.T @ x, atol=1e-6)


# %% [2] code-2 · 10_Wiki/Learning/Deep Learning.md:99 · python · sha256=f86e6aeb06c983d928bce3fa24366757dcd86d6d351154e896c13eec25b5c15f
linear = torch.nn.Linear(2, 2)
optimiser = torch.optim.SGD(linear.parameters(), lr=0.5)
for _ in range(600):
    optimiser.zero_grad()
    loss = F.cross_entropy(linear(x), y)
    loss.backward()
    optimiser.step()
assert abs(loss.item() - 0.6931) < 1e-3  # log 2


# %% [3] anti-patterns-1 · 10_Wiki/Learning/Deep Learning.md:139 · python · sha256=300edf1cb3689991fdadd41a2e7c74797ea326feadc8113a79cc7cd66a291e57
twins, head = torch.nn.Linear(2, 3), torch.nn.Linear(3, 2)
for layer in (twins, head):
    torch.nn.init.constant_(layer.weight, 0.1)
F.cross_entropy(head(torch.tanh(twins(x))), y).backward()
assert torch.allclose(twins.weight.grad, twins.weight.grad[:1].expand(3, 2))
