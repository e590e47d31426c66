# vaultkit: note="10_Wiki/Learning/Best-of-N Sampling.md" sha256=85dd8c1fb01effedd6dc2087c73cc75f6f1315c95e31ec1546ad65c1a9d25d5b
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Best-of-N Sampling.md:70 · python · sha256=8f212a2a0e86209dc40c3fbfda6dda156f6c74bb7890971a1bbc717fd70c70ec
import math


def success(p, n):
    """Chance that at least one of n independent tries succeeds."""
    return -math.expm1(n * math.log1p(-p)) if p < 1 else 1.0


def divergence(n):
    """Nats between the best of n draws and a single draw, for continuous scores."""
    return math.log(n) - (n - 1) / n


assert abs(success(0.3, 4) - (1 - 0.7**4)) < 1e-15
assert abs(success(1e-12, 10) / 1e-11 - 1) < 1e-9
assert [round(divergence(n), 3) for n in (1, 4, 16, 64)] == [0, 0.636, 1.835, 3.175]


# %% [2] code-2 · 10_Wiki/Learning/Best-of-N Sampling.md:91 · python · sha256=63714d41be823fcb6b28bcb27b2b6c42e35ca338ddcf1f07e3003a6392a87ce5
import numpy as np

rng = np.random.default_rng(0)
for n in (4, 16):
    best_rank = rng.random((200_000, n)).max(axis=1)
    log_density = math.log(n) + (n - 1) * np.log(best_rank)
    assert abs(log_density.mean() - divergence(n)) < 0.01


# %% [3] code-3 · 10_Wiki/Learning/Best-of-N Sampling.md:103 · python · sha256=c34bbaff7c5195672ca186a761d9ad87f43ddb01b3b084f1324fd5b100a8de7e
quality = rng.standard_normal((50_000, 64))
score = quality + rng.standard_normal((50_000, 64))
chosen = np.take_along_axis(quality, score.argmax(1)[:, None], 1).mean()
seen = score.max(1).mean()
assert abs(chosen / seen - 0.5) < 0.02  # half of the apparent gain is noise
assert quality.max(1).mean() > 1.3 * chosen
