# vaultkit: note="10_Wiki/Learning/Image Classification.md" sha256=936eabcc04a71dabb7fbd508999848c9a79667dd1067c5527c2336a618f3d02a
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Image Classification.md:71 · python · sha256=6fb38619c662423dbde2b2e12378ce640345d2e35694c2196d184b6455af58a0
import torch
import torch.nn.functional as F


def bars(n):
    """(n, 1, 12, 12) noisy images; label 0 is a horizontal bar, 1 a vertical one."""
    images, labels = 0.3 * torch.randn(n, 1, 12, 12), torch.randint(2, (n,))
    for image, label in zip(images, labels, strict=True):
        place = torch.randint(12, (1,)).item()
        stripe = image[0, place] if label == 0 else image[0, :, place]
        stripe += 1.0
    return images, labels


torch.manual_seed(0)
net = torch.nn.Sequential(
    torch.nn.Conv2d(1, 8, 5, padding=2),
    torch.nn.ReLU(),
    torch.nn.AdaptiveMaxPool2d(1),
    torch.nn.Flatten(),
    torch.nn.Linear(8, 2),
)
optimiser = torch.optim.Adam(net.parameters(), lr=0.02)
for _ in range(120):
    x, y = bars(64)
    optimiser.zero_grad()
    F.cross_entropy(net(x), y).backward()
    optimiser.step()

x, y = bars(500)
with torch.no_grad():
    accuracy = (net(x).argmax(-1) == y).float().mean()
assert accuracy > 0.95


# %% [2] code-2 · 10_Wiki/Learning/Image Classification.md:109 · python · sha256=5d8bfe580b149376d39ff547b2bce7181db553ffcba6970bdae356e632a4f15b
def top_k_accuracy(logits, labels, k):
    return (logits.topk(k, dim=-1).indices == labels[:, None]).any(-1).float().mean()


logits, labels = torch.randn(300, 10), torch.randint(10, (300,))
curve = [top_k_accuracy(logits, labels, k) for k in range(1, 11)]
assert curve == sorted(curve) and curve[-1] == 1
assert curve[0] == (logits.argmax(-1) == labels).float().mean()
