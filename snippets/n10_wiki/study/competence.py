# vaultkit: note="10_Wiki/Study/Competence.md" sha256=ab97bb7afa76727ca9608f3a224cdea51bcec2618cd63a1e6a32d935f81638d6
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Study/Competence.md:66 · python {implements=competence fn=competence} · sha256=477fb7dcbf80acd376be8cc8f4a5f645d2eec7b2eb2433f9c4a42f2c078fbca3
import torch


def competence(loss, confidence, entropy):
    """0.4 (1 - loss) + 0.35 confidence + 0.25 (1 - entropy); unbounded below."""

    def wide(value):
        if not isinstance(value, torch.Tensor):
            return value
        return value.to(torch.promote_types(value.dtype, torch.float32))

    if loss < 0 or entropy < 0 or confidence < 0 or confidence > 1:
        raise ValueError("loss and entropy must be >= 0, confidence in [0, 1]")
    loss, confidence, entropy = wide(loss), wide(confidence), wide(entropy)
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


# %% [2] code-2 · 10_Wiki/Study/Competence.md:84 · python {claims=1.12,1.15} · sha256=245d4b1d6671eda3dd0c0dd305edaa0092a76c49edce2a04b6dfad822bfe51b6
import math

assert math.isclose(0.4 + 0.35 + 0.25, 1.0)
loss = torch.tensor(0.8, dtype=torch.float64, requires_grad=True)
(slope,) = torch.autograd.grad(competence(loss, 0.5, 0.9), loss)
assert abs(slope.item() + 0.4) < 1e-12
assert competence(0.3, 0.7, 0.5) > competence(0.8, 0.7, 0.5)
assert math.isclose(competence(0.0, 1.0, 0.0), 1.0)


# %% [3] code-3 · 10_Wiki/Study/Competence.md:97 · python · sha256=80ba8c60c8bc280e3b43f6e54097405f345c6f8141a23e9e2f07105f1508918d
def bounded_competence(loss, confidence, entropy, choices):
    """The index with every term in [0, 1]; loss and entropy in nats."""
    certainty = 1 - entropy / math.log(choices)
    return 0.4 * math.exp(-loss) + 0.35 * confidence + 0.25 * certainty


words = 10_000
ignorant = bounded_competence(math.log(words), 1 / words, math.log(words), words)
assert 0 < ignorant < 0.001
assert math.isclose(bounded_competence(0, 1, 0, words), 1.0)
assert round(competence(math.log(words), 1 / words, math.log(words)), 2) == -5.34
assert round(competence(3.5, 1.0, 0.0), 2) == -0.40


# %% [4] anti-patterns-1 · 10_Wiki/Study/Competence.md:142 · python · sha256=3aae8eabbf9d90dbd966e222902803f88487e30096644602e2322db1c9ec2d96
right = bounded_competence(loss=0.05, confidence=0.95, entropy=0.2, choices=4)
wrong = bounded_competence(loss=3.0, confidence=0.95, entropy=0.2, choices=4)
assert wrong > 0.5 and right - wrong < 0.4
