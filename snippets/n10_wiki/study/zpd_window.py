# vaultkit: note="10_Wiki/Study/ZPD Window.md" sha256=82bce1778357c7ebd39ed43e782507522c68c77a0c6640c40f951cf469048d45
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 10_Wiki/Study/ZPD Window.md:59 · python {implements=zpd-window fn=zpd_window} · sha256=caf844c12579d08ebdd97c1426a41062ecbec1cfa093e32b7fa9403b470d3690
def zpd_window(ppl):
    """Lower and upper perplexity of the window: 1.1 and 1.3 times the model's own."""
    if ppl < 1:
        raise ValueError("a perplexity is at least 1")
    return 1.1 * ppl, 1.3 * ppl


# %% [2] code-2 · 10_Wiki/Study/ZPD Window.md:67 · python {claims=1.17} · sha256=377b5d0bb908d1893dcdff3b24a25073517fc4395764fa8cdb496e8c4bcf58aa
import math

for loss in (3.5, 2.1, 0.8, 0.3):
    own = math.exp(loss)
    low, high = zpd_window(own)
    assert low < high
    assert round(math.log(low) - loss, 4) == 0.0953
    assert round(math.log(high) - loss, 4) == 0.2624
    assert not low <= own <= high


# %% [3] code-3 · 10_Wiki/Study/ZPD Window.md:81 · python · sha256=2ba57b5f961758f5e85c0cac7519652757b6cee2c1394717bf9b99e5dc6709b5
import torch


def quantile_window(losses, low=0.6, high=0.8):
    """Mask of the examples whose loss lies between two quantiles."""
    edges = torch.quantile(losses, torch.tensor([low, high], dtype=losses.dtype))
    return (losses >= edges[0]) & (losses <= edges[1])


narrow = 2.1 + 0.05 * torch.randn(1000)
broad = 2.1 + 1.50 * torch.randn(1000)
for losses in (narrow, broad):
    assert 190 <= quantile_window(losses).sum() <= 210
    in_band = ((losses >= 2.1953) & (losses <= 2.3624)).sum()
    assert in_band < 80  # the fixed band misses most of either set
