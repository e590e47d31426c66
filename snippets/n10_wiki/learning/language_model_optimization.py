# vaultkit: note="10_Wiki/Learning/Language Model Optimization.md" sha256=65cc8e88b8477ddc6596b28f0c3912807021ff1423fbba0b09c2a521ed50be40
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Language Model Optimization.md:71 · python · sha256=0cabdbcf964fa4fb31df10077520c994a8c63b03fee97ffc3e1c436c0809efd2
def training_flops(parameters, tokens):
    """Floating-point operations of one pass, forward and backward."""
    return 6 * parameters * tokens


def cache_bytes(tokens, layers, kv_heads, head_size, bytes_per_value=2):
    """Memory of keys and values for one sequence."""
    return 2 * tokens * layers * kv_heads * head_size * bytes_per_value


seven_billion = 7_000_000_000
assert training_flops(seven_billion, 20 * seven_billion) == 5.88e21
assert seven_billion * 4 / 8 / 1e9 == 3.5  # GB at four bits
assert cache_bytes(8192, 32, 8, 128) == 2**30  # one GiB


# %% [2] code-2 · 10_Wiki/Learning/Language Model Optimization.md:90 · python · sha256=7908559728d1d45464a9fbcd32ad76678baafa8ffad194a5e49bb2fe556b636b
import torch


def quantised(weights, dim):
    """Weights after rounding to signed 8 bits with one scale per slice along dim."""
    scale = weights.abs().amax(dim=dim, keepdim=True) / 127
    return (weights / scale).round().clamp(-127, 127) * scale


weights = torch.randn(64, 256)
weights[3, 17] = 100.0
shared_error = (quantised(weights, (0, 1)) - weights).square().mean()
row_error = (quantised(weights, 1) - weights).square().mean()
assert row_error < shared_error / 20


# %% [3] code-3 · 10_Wiki/Learning/Language Model Optimization.md:109 · python · sha256=f928ee029cfa9a1701aa4e5b06fd2e93644505b6cae9ca381c003233a1b7a88f
size, rank = 512, 8
base = torch.randn(size, size)
down, up = torch.randn(rank, size) / size**0.5, torch.zeros(size, rank)
assert torch.equal(base + up @ down, base)
assert (down.numel() + up.numel()) / base.numel() == 2 * rank / size < 0.04


# %% [4] anti-patterns-1 · 10_Wiki/Learning/Language Model Optimization.md:146 · python · sha256=71db5fe8db11e9c0d49ea5996692390d6a4e14071a9272e7830abfd04f984bfe
weights_at_16_bits = 2 * seven_billion
assert cache_bytes(131_072, 32, 8, 128) > weights_at_16_bits
