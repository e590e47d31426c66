# vaultkit: note="20_Contradictions/X10 Where the ZPD Comes From.md" sha256=3fade290cb509cb183fda75cb2c76b34153f35ac8be33c397c456aba37be69b8
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X10 Where the ZPD Comes From.md:44 · python {claims=X10} · sha256=0f61d5d7228a89a6a70f4b901f891bff4583ae4dc5c2f7b8b2caf322eeb6d47f
import math


def window_of(loss):
    return 1.1 * math.exp(loss), 1.3 * math.exp(loss)


def index(loss, confidence, entropy):
    return 0.4 * (1 - loss) + 0.35 * confidence + 0.25 * (1 - entropy)


states = [(0.8, c / 10, h / 10) for c in range(1, 10) for h in range(15)]
indices = {round(index(*state), 6) for state in states}
windows = {window_of(state[0]) for state in states}
assert len(indices) > 50
assert len(windows) == 1
