# vaultkit: note="10_Wiki/Probability/Expected Calibration Error.md" sha256=0f01d3a64beb746f99dbcff06b4aec165fd4b0555625e53c3f1e656df14f11bd
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Probability/Expected Calibration Error.md:66 · python {implements=ece fn=expected_calibration_error side=right} · sha256=da643a6719038c73bcd84dbd0576db7e48ec0de780e7e037429f730596ab7b46
import torch


def expected_calibration_error(logits, labels, n_bins=10, ignore_index=-100):
    """Top-label ECE over equal bins (lo, hi]; NaN when no row is left.

    logits (N, C), labels (N,). Returns a scalar tensor without gradient.
    """
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError("expected logits (N, C) and labels (N,)")
    keep = labels != ignore_index
    known = (labels[keep] >= 0) & (labels[keep] < logits.shape[1])
    if n_bins < 1 or not known.all():
        raise ValueError("n_bins must be positive and labels must be classes")
    confidence, predicted = logits.detach()[keep].double().softmax(dim=-1).max(dim=-1)
    gap = confidence - (predicted == labels[keep]).double()
    inner = torch.arange(1, n_bins, device=gap.device, dtype=torch.float64) / n_bins
    index = torch.bucketize(confidence, inner)  # (lo, hi]: an edge belongs to the left
    total = gap.new_zeros(n_bins).index_add_(0, index, gap)
    return total.abs().sum() / gap.numel()


# %% [2] code-2 · 10_Wiki/Probability/Expected Calibration Error.md:91 · python {claims=0.37} · sha256=e379f9c0c8c9a115fdb4919b12beffa7080c62f9806170889cc73333f0f226de
def rows_with(confidences):
    """Two-class logits whose larger probability is the given one, class 0 winning."""
    p = torch.tensor(confidences, dtype=torch.float64)
    return torch.stack([p.log(), (1 - p).log()], dim=-1)


three_of_four = torch.tensor([0, 0, 0, 1])
assert expected_calibration_error(rows_with([0.75] * 4), three_of_four) < 1e-12
by_hand = expected_calibration_error(rows_with([0.6, 0.65, 0.95, 0.95]), torch.tensor([0, 1, 0, 0]))
# 0.6 is alone in (0.5, 0.6], 0.65 alone in (0.6, 0.7], the two 0.95 share the last bin
assert abs(by_hand - (0.4 + 0.65 + 2 * 0.05) / 4) < 1e-12


# %% [3] code-3 · 10_Wiki/Probability/Expected Calibration Error.md:107 · python · sha256=6634452d5bbaede59ed2185af9e2f752389688e9edb9fa35ecf8e6414b64a142
for seed in range(50):
    torch.manual_seed(seed)
    logits = 3 * torch.randn(64, 5, dtype=torch.float64)
    labels = torch.randint(5, (64,))
    fine, coarse = (expected_calibration_error(logits, labels, n) for n in (20, 10))
    assert 0 <= coarse <= fine + 1e-12 <= 1


# %% [4] code-4 · 10_Wiki/Probability/Expected Calibration Error.md:118 · python · sha256=989d51cd3a7af2d1c3907dc2762a268896977ecd0be20cba09178a49bbe226bd
ties = torch.tensor([0.5] * 4 + [0.55] * 4, dtype=torch.float64)
right = torch.tensor([0.0] * 4 + [1.0] * 4, dtype=torch.float64)


def binned(index):
    gap = torch.zeros(10, dtype=torch.float64).index_add_(0, index, ties - right)
    return (gap.abs().sum() / 8).item()


inner = torch.arange(1, 10, dtype=torch.float64) / 10
assert abs(binned(torch.bucketize(ties, inner)) - 0.475) < 1e-12
assert abs(binned(torch.bucketize(ties, inner, right=True)) - 0.025) < 1e-12

assert inner[2] == 3 / 10 != 0.1 + 0.1 + 0.1
assert torch.linspace(0, 1, 11, dtype=torch.float64)[3] != 3 / 10


# %% [5] code-5 · 10_Wiki/Probability/Expected Calibration Error.md:138 · python · sha256=d58721f5da50057c5b5e41a0af2ced6396208ffdaefcdf17133f2c138c5dcdec
logits, labels = torch.randn(20, 4), torch.randint(4, (20,))
padded = torch.where(torch.arange(20) < 12, labels, -100)
assert torch.equal(
    expected_calibration_error(logits, padded),
    expected_calibration_error(logits[:12], labels[:12]),
)
assert expected_calibration_error(torch.empty(0, 4), torch.empty(0)).isnan()
assert expected_calibration_error(torch.full((2, 4), torch.nan), labels[:2]).isnan()
sure = torch.tensor([[1e4, 0.0, 0.0, 0.0]])
assert expected_calibration_error(sure, torch.tensor([0])) == 0
assert expected_calibration_error(sure, torch.tensor([1])) == 1
