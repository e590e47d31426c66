# vaultkit: note="10_Wiki/Probability/One-Hot Encoding.md" sha256=87408198475c7f5201395bbc01999d158547377bb6d594a98341d27ce6200391
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/One-Hot Encoding.md:62 · python · sha256=1558ed5cb31a77be1ece69fb82bac65662ef8857b7a9b0ab13983ad0727df26d
import torch
import torch.nn.functional as F


def one_hot(labels, num_classes):
    """(N,) class numbers to (N, K) float rows; raises on a label outside 0..K-1."""
    if labels.numel() and not 0 <= labels.min() <= labels.max() < num_classes:
        raise ValueError(f"labels must lie in 0..{num_classes - 1}")
    return (labels[:, None] == torch.arange(num_classes, device=labels.device)).float()


# %% [2] code-2 · 10_Wiki/Probability/One-Hot Encoding.md:74 · python {claims=4.01} · sha256=19786f84ec9de5d3f7c04e4fb24e1e31f2b4750c25c338ec1173fc702bb487cf
animals = ["cat", "dog", "monkey"]
rows = one_hot(torch.tensor([0, 1, 2]), 3)
assert rows[animals.index("dog")].tolist() == [0, 1, 0]
assert torch.equal(rows, F.one_hot(torch.arange(3)).float())
assert F.one_hot(torch.arange(3)).dtype == torch.int64
assert torch.equal(rows.sum(-1), torch.ones(3))
assert torch.equal(rows.argmax(-1), torch.arange(3))
assert torch.allclose(torch.cdist(rows, rows), (2**0.5) * (1 - torch.eye(3)), atol=1e-6)


# %% [3] code-3 · 10_Wiki/Probability/One-Hot Encoding.md:87 · python · sha256=824fb28057e17c9f4e262ef11b062a2cebff338a569a63ee912be2efb69a8378
table = torch.randn(3, 5)
assert torch.allclose(one_hot(torch.tensor([2]), 3) @ table, table[2:])

sure = torch.tensor([[1.0, 0.0, 0.0]])
target = one_hot(torch.tensor([0]), 3)
assert (-(target * sure.log()).sum()).isnan()
assert -sure.log()[0, 0] == 0
assert one_hot(torch.empty(0, dtype=torch.long), 3).shape == (0, 3)


# %% [4] anti-patterns-1 · 10_Wiki/Probability/One-Hot Encoding.md:126 · python {raises=ValueError} · not at import: raises ValueError · sha256=e31f4bc56e41ac3a3071b12879e2a492cd1db57279a14ac6b49e139289d1f2b1
#: one_hot(torch.tensor([0, 3]), 3)
