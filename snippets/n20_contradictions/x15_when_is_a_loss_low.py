# vaultkit: note="20_Contradictions/X15 When Is a Loss Low.md" sha256=e33389ea2b07bfdb71428e1c8ce9111928f2f2a0b9c27e4e46010f077489d7cb
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X15 When Is a Loss Low.md:40 · python {claims=X15} · sha256=d08b8887d6d21d76c5c9f0ebb094ae1a14fd33031c6d0d101b723d816b25a598
import math

assert round(math.exp(-0.105), 2) == 0.90
assert round(math.exp(-0.3), 3) == 0.741

# The same loss as a share of what knowing nothing costs:
assert round(0.3 / math.log(2), 2) == 0.43
assert round(0.3 / math.log(10_000), 2) == 0.03
