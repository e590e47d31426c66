# vaultkit: note="30_Misconceptions/Misconceptions about Label Smoothing.md" sha256=96199e62b7f02c6d02a23973aab8560f86df1514be34db7c2f3a30400dacb9e6
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] smoothing-by-0-1-turns-a-one-hot-row-into-0-9-and-0-025-1 · 30_Misconceptions/Misconceptions about Label Smoothing.md:38 · python {claims=0.09} · sha256=0c509ed3a5ec154328ea48e4c21ad9f127bdda9fd08a427048d944b630e36fe9
def over_all(amount, classes):
    return 1 - amount + amount / classes, amount / classes


right, rest = over_all(0.1, 10)
assert abs(right - 0.91) < 1e-12 and abs(rest - 0.01) < 1e-12
right, rest = over_all(0.1, 5)
assert abs(right - 0.92) < 1e-12 and abs(rest - 0.02) < 1e-12
assert abs(over_all(0.125, 5)[0] - 0.9) < 1e-12
assert abs(0.9 + 9 * 0.025 - 1.125) < 1e-12
fitting = [k for k in range(2, 1000) if abs(0.9 + (k - 1) * 0.025 - 1) < 1e-9]
assert fitting == [5]


# %% [2] smoothing-improves-calibration-1 · 30_Misconceptions/Misconceptions about Label Smoothing.md:58 · python {claims=0.11,2.16} · sha256=ed11871056fc6efa1a6eba5c9eb822dfa201caad51315e0c425c5deead1eba6e
import torch
import torch.nn.functional as F


def calibration_gap(logits, labels):
    """All rows share one confidence here, so one bin is enough."""
    confidence, predicted = logits.softmax(-1).max(-1)
    return (confidence.mean() - (predicted == labels).double().mean()).abs().item()


n, K = 100_000, 10
clean = torch.randint(K, (n,))
optimum = (0.9 * F.one_hot(clean, K).double() + 0.01).log()
assert optimum.amax(-1).exp().max() < 0.911  # over-confidence is bounded
assert abs(calibration_gap(optimum, clean) - 0.09) < 1e-9

redraw = torch.rand(n) < 0.1
noisy = torch.where(redraw, torch.randint(K, (n,)), clean)
assert calibration_gap(optimum, noisy) < 0.005
certain = 50 * F.one_hot(clean, K).double()
assert calibration_gap(certain, clean) < 1e-9 < 0.08 < calibration_gap(certain, noisy)


# %% [3] if-a-little-smoothing-is-good-more-is-better-1 · 30_Misconceptions/Misconceptions about Label Smoothing.md:87 · python {claims=0.31} · sha256=b688290e01f1a2e85d7e8d7c5212ff4eaf2ecf1c5f2ce54229e80b60ed08a79a
for amount, gap in [(0.1, 0.09), (0.3, 0.27)]:
    best = ((1 - amount) * F.one_hot(clean[:100], K).double() + amount / K).log()
    assert abs(calibration_gap(best, clean[:100]) - gap) < 1e-9


# %% [4] cross-entropy-with-smoothing-0-1-is-the-default-for-everythi-1 · 30_Misconceptions/Misconceptions about Label Smoothing.md:98 · python {claims=0.27} · sha256=77333bcb0dc98d615c4f885a563fa1c2e10346246451ea05473a9ee4c2569f1a
target = 0.9 * torch.eye(K, dtype=torch.float64) + 0.01
floor = F.cross_entropy(target.log(), torch.arange(K), label_smoothing=0.1)
assert round(floor.item(), 4) == 0.5003
assert round(floor.exp().item(), 3) == 1.649


# %% [5] the-function-needs-the-number-of-classes-as-a-parameter-1 · 30_Misconceptions/Misconceptions about Label Smoothing.md:110 · python {claims=0.35} · sha256=fe6ab811b86d014c1858ff2feb86d43675727edc1ff5ca12e39934099e0cdb78
def smoothed_with_a_dead_argument(logits, labels, num_classes, amount=0.1):
    log_probs = logits.log_softmax(-1)
    right = log_probs.gather(-1, labels[:, None])[:, 0]
    return -((1 - amount) * right + amount * log_probs.mean(-1)).mean()


logits, labels = torch.randn(7, 10), torch.randint(10, (7,))
assert torch.equal(
    smoothed_with_a_dead_argument(logits, labels, 10),
    smoothed_with_a_dead_argument(logits, labels, 99_999),
)
