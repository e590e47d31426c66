# vaultkit: note="20_Contradictions/X15 When Is a Loss Low.md" sha256=5a7aa2607edd480a4617cc6f9198b73b3fd5146f549519233b3d115e83662b5c
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X15 When Is a Loss Low.md:43 · python {claims=X15} · sha256=83a1ae77887810baf9d17af3b4fd7f60457c549d921bf429063e907fecbb07b4
import math

assert round(math.exp(-0.105), 3) == 0.900
assert round(math.exp(-0.3), 3) == 0.741

# The same loss as a share of what knowing nothing costs:
assert round(0.3 / math.log(2), 3) == 0.433
assert round(0.3 / math.log(10_000), 4) == 0.0326
