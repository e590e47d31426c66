# vaultkit: note="10_Wiki/Probability/Softmax.md" sha256=87bdcc81e060de2fc3a9c8d1024658c3338b0d853cff9a5b4cc57411ac5350dc
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Softmax.md:66 · python · sha256=2bc735a1d764d39bbd6d75d0a2f0f696bc339cf1bd6a2941d1d28690e9ae769a
import torch


def softmax(scores, temperature=1.0):
    """Probabilities along the last axis; half precision is computed in float32."""
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = scores.to(torch.promote_types(scores.dtype, torch.float32)) / temperature
    powers = (z - z.amax(dim=-1, keepdim=True)).exp()
    return powers / powers.sum(dim=-1, keepdim=True)


# %% [2] code-2 · 10_Wiki/Probability/Softmax.md:79 · python · sha256=8e2b33a1e6aa76f10dc399fb31ad51e2962fcf1bad9bde46d48bd375956cc39c
z = torch.randn(5, 8, dtype=torch.float64)
q = softmax(z)
assert torch.allclose(q, z.softmax(-1))
assert torch.allclose(q.sum(-1), torch.ones(5, dtype=torch.float64))
assert torch.allclose(q, softmax(z + 1000))
assert torch.equal(q.argsort(-1), z.argsort(-1))

row = z[0]
jacobian = torch.autograd.functional.jacobian(softmax, row)
assert torch.allclose(jacobian, torch.diag(q[0]) - torch.outer(q[0], q[0]))
assert torch.allclose(softmax(torch.tensor([0.0, 1.3]))[1], torch.tensor(1.3).sigmoid())


# %% [3] code-3 · 10_Wiki/Probability/Softmax.md:95 · python {claims=2.12} · sha256=074ae677735f4d30d656c25e9d6f9a1105f4d82df18dde0177094b5eb4dce935
assert softmax(row, temperature=1e6).std() < 1e-6
assert softmax(row, temperature=1e-3).max() > 0.999
assert torch.equal(softmax(torch.tensor([1e4, -1e4])), torch.tensor([1.0, 0.0]))
assert torch.isfinite(softmax(torch.tensor([6e4, 5e4, -6e4]).half())).all()
naive = torch.tensor([1e4, -1e4]).exp()
assert (naive / naive.sum()).isnan().any()
assert softmax(torch.tensor([0.0, -torch.inf]))[1] == 0
assert softmax(torch.full((3,), -torch.inf)).isnan().all()


# %% [4] anti-patterns-1 · 10_Wiki/Probability/Softmax.md:139 · python · sha256=19c522efdbce27663d0d85efdc3a8ec417d86c9106ab90348ede68194aa89bca
batch = torch.randn(4, 3)
assert not torch.allclose(batch.softmax(dim=0).sum(-1), torch.ones(4))
