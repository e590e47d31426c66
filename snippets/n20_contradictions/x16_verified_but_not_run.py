# vaultkit: note="20_Contradictions/X16 Verified but Not Run.md" sha256=30aaea7c871bb5f0baed97c2c905f24e6a1863df379df7012c78c97a6744ae86
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] code-1 · 20_Contradictions/X16 Verified but Not Run.md:46 · python {claims=X16} · sha256=fb699fb4f789489ca29d4b9f395d3a3b748e6cb1dcda1f6a3d85c29af739449b
cells = {
    "weights": "import torch\nw = torch.ones(3)\n"
    "torch.nn.functional.cross_entropy(torch.zeros(2, 10), torch.tensor([0, 1]), w)",
    "definition": "def share(a):\n    return numpy.random.default_rng(0).beta(a, a)",
    "smoothed": "import torch\nloss = torch.nn.functional.cross_entropy("
    "torch.eye(10), torch.arange(10), label_smoothing=0.1)",
    "reader": "perplexity = loss.exp()",
}
session, raised = {}, []
for name, code in cells.items():
    try:
        exec(code, session)
    except RuntimeError:
        raised.append(name)
assert raised == ["weights"]  # the only one that running the note would show

complaint = ""
try:
    session["share"](0.2)
except NameError as error:
    complaint = str(error)
assert "numpy" in complaint  # defined without complaint, broken when called


# %% [2] code-2 · 20_Contradictions/X16 Verified but Not Run.md:71 · python · sha256=c18f5c370d079c84f3263d2cb9089643a2e74469fc0e6b24d4fab94e08b95a8f
import torch

unsmoothed = torch.nn.functional.cross_entropy(torch.eye(10), torch.arange(10)).exp()
assert (session["perplexity"] - unsmoothed).abs() > 0.1  # a stale name, a wrong number
