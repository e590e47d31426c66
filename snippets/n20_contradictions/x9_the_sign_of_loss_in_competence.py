# vaultkit: note="20_Contradictions/X9 The Sign of Loss in Competence.md" sha256=6c92f6164232942d102ef2e201673824e0c94544468d2a77a3ff008d6d8c348e
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X9 The Sign of Loss in Competence.md:43 · python {claims=X9} · sha256=6f55a7dbd5bf6037493efbe213a3226ad9d02d92d9179e48df47bbc469c83313
better, worse = (0.3, 0.8, 0.5), (3.5, 0.3, 2.0)


def weighted(loss, confidence, entropy):
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


def loss_itself(loss, confidence, entropy):
    return loss


def plain_sum(loss, confidence, entropy):
    return loss + confidence + entropy


assert weighted(*better) > weighted(*worse)
assert loss_itself(*better) < loss_itself(*worse)
assert plain_sum(*better) < plain_sum(*worse)
