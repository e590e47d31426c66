# vaultkit: note="10_Wiki/Learning/Loss Function.md" sha256=c317c1a91bf838de48b418b1b1c5255dec79c20b59e2df0a3479e56f8af1d86e
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Learning/Loss Function.md:70 · python · sha256=3b21e55cf0262d6700bd9ecbb1994238b671137485ec43197283d485c7503950
import torch

y = torch.tensor([0.0, 0.0, 1.0, 2.0, 7.0], dtype=torch.float64)
guesses = torch.linspace(-1, 8, 9001, dtype=torch.float64)[:, None]


def best(loss):
    return guesses[loss(guesses, y).mean(dim=-1).argmin()].item()


assert abs(best(lambda f, t: (f - t) ** 2) - 2.0) < 1e-3  # mean
assert abs(best(lambda f, t: (f - t).abs()) - 1.0) < 1e-3  # median
assert abs(best(lambda f, t: ((f - t).abs() > 1e-9).double()) - 0.0) < 1e-9  # mode


# %% [2] code-2 · 10_Wiki/Learning/Loss Function.md:88 · python · sha256=f8b7f68112f088c8452a374aba9d8224953bfee0116b1b60aba2db842e95434e
p = torch.linspace(0.001, 0.999, 999, dtype=torch.float64)


def expected(loss_if_yes, loss_if_no):
    return 0.7 * loss_if_yes + 0.3 * loss_if_no


log_loss = expected(-p.log(), -(1 - p).log())
squared = expected((1 - p) ** 2, p**2)
absolute = expected(1 - p, p)
assert abs(p[log_loss.argmin()] - 0.7) < 1e-9
assert abs(p[squared.argmin()] - 0.7) < 1e-9
assert p[absolute.argmin()] == p[-1]
