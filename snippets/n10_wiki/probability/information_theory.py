# vaultkit: note="10_Wiki/Probability/Information Theory.md" sha256=36438ce65e20320a9d4f68517186f6105475fec54d987387f8d672d466552bdc
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Information Theory.md:68 · python · sha256=de01c3bf9f8cb48977dc56aa509f1dbc274b942012152c4fffc5e5a98e994c13
import torch


def mutual_information(joint):
    """Nats shared by rows and columns of a joint probability table (A, B)."""
    joint = joint.double()
    apart = joint.sum(1, keepdim=True) * joint.sum(0, keepdim=True)
    seen = joint > 0
    return (joint[seen] * (joint[seen] / apart[seen]).log()).sum()


# %% [2] code-2 · 10_Wiki/Probability/Information Theory.md:80 · python · sha256=1a6d3dfd12299fef5cd7eb04b66753a7e111f62a27763a59e8eddebfc3c082ef
import math

assert abs(-math.log2(0.5) - 1) < 1e-15  # a fair coin: one bit
assert abs(-math.log(0.9 * 0.4) - (-math.log(0.9) - math.log(0.4))) < 1e-15

independent = torch.outer(torch.tensor([0.3, 0.7]), torch.tensor([0.2, 0.8]))
assert mutual_information(independent).abs() < 1e-6
copy = torch.diag(torch.full((4,), 0.25))
assert abs(mutual_information(copy) - math.log(4)) < 1e-12


# %% [3] code-3 · 10_Wiki/Probability/Information Theory.md:94 · python · sha256=1e133bd621b66c5e8fcb6b2b2bbc29eb5c222712695c55081be67709f11a6cea
p = torch.tensor([0.5, 0.25, 0.125, 0.125])
lengths = torch.tensor([1.0, 2.0, 3.0, 3.0])  # the words 0, 10, 110, 111
assert torch.equal(lengths, -p.log2())
assert (p * lengths).sum() == 1.75
uniform_code = torch.full((4,), 2.0)
assert (p * uniform_code).sum() - 1.75 == 0.25  # the divergence from uniform, in bits


# %% [4] code-4 · 10_Wiki/Probability/Information Theory.md:105 · python · sha256=231b6cac9e3418b2ca16722343ef5e98264c55b9d6b0f8b6e0858ac170d58f1c
def estimate(samples):
    x, y = torch.randint(4, (samples,)), torch.randint(4, (samples,))
    counts = torch.bincount(4 * x + y, minlength=16).view(4, 4)
    return mutual_information(counts / samples)


few = sum(estimate(30) for _ in range(50)) / 50
many = sum(estimate(30_000) for _ in range(5)) / 5
assert few > 0.05 and many < 0.002
