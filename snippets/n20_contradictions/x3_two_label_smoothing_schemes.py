# vaultkit: note="20_Contradictions/X3 Two Label Smoothing Schemes.md" sha256=06f99722d1131863ac183eda4dccfa1066fa371e55abf9dd4278af79c2e7fdf8
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X3 Two Label Smoothing Schemes.md:45 · python {claims=X3} · sha256=f64fc424945e00e844dc03e629db1acd055d6c4f558ce2e90c8f8c408455fd76
import torch
import torch.nn.functional as F


def over_all(amount, classes):
    return 1 - amount + amount / classes, amount / classes


def over_others(amount, classes):
    return 1 - amount, amount / (classes - 1)


def close(pair, expected):
    return all(abs(a - b) < 1e-12 for a, b in zip(pair, expected, strict=True))


assert close(over_others(0.1, 5), (0.9, 0.025))
assert close(over_all(0.125, 5), (0.9, 0.025))
assert close(over_all(0.1, 5), (0.92, 0.02))
assert close(over_all(0.1, 10), (0.91, 0.01))
assert abs(0.9 + 9 * 0.025 - 1.125) < 1e-12

logits, label = torch.randn(1, 5, dtype=torch.float64), torch.tensor([2])
right, rest = over_all(0.1, 5)
target = torch.full((1, 5), rest, dtype=torch.float64)
target[0, 2] = right
built_in = F.cross_entropy(logits, label, label_smoothing=0.1)
assert torch.allclose(built_in, F.cross_entropy(logits, target))
