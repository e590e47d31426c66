# vaultkit: note="30_Misconceptions/Misconceptions about Verified Code.md" sha256=439bc4f9e3bb7d9c31b9f895bcbc298f6e23e5e441044a4d24c8d29766aae702
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] marked-as-verified-means-that-it-runs-1 · 30_Misconceptions/Misconceptions about Verified Code.md:38 · python {claims=0.32} · sha256=bcadca8f9c0fcc406a5c3de6be13bad5e85745f0f1983dc9f3e1f6786d183bb8
head = "import torch\nimport torch.nn.functional as F\n"
cells = [
    head + "F.binary_cross_entropy_with_logits(torch.randn(8), torch.ones(8))",
    "logits, y = torch.randn(8, 10), torch.arange(8)\nF.cross_entropy(logits, y)",
    "w = torch.tensor([1.0, 5.0, 2.0])\nF.cross_entropy(logits, y, weight=w)",
    "def focal(c):\n    return (1 - torch.exp(-c)) ** 2 * c",
    "loss = F.cross_entropy(logits, y, label_smoothing=0.1)",
    "def shifted(z, ids):\n    return F.cross_entropy(z[:-1], ids[1:])\n"
    "perplexity = torch.exp(loss)",
    "def soft(student, teacher):\n    return F.kl_div(student, teacher)",
    "def bins(confidence):\n    return torch.ceil(confidence * 10)",
    "def soft_ce(z, t):\n    return -(t * F.log_softmax(z, -1)).sum(-1).mean()",
    "def mix(x, a=0.2):\n    share = np.random.beta(a, a)\n    return share * x",
]


def failures(fresh):
    session, failed = {}, {}
    for number, code in enumerate(cells, start=1):
        if fresh:
            session = {}
        try:
            exec(code, session)
        except Exception as error:
            failed[number] = type(error).__name__
    return failed, session


in_order, session = failures(fresh=False)
alone, _ = failures(fresh=True)
assert in_order == {3: "RuntimeError"}
assert set(alone.values()) == {"NameError"} and sorted(alone) == [2, 3, 5, 6]
vacuous = [n for n, code in enumerate(cells, 1) if code.startswith("def") and n != 6]
assert vacuous == [4, 7, 8, 9, 10]


# %% [2] three-weights-fit-the-running-example-1 · 30_Misconceptions/Misconceptions about Verified Code.md:80 · python {raises=RuntimeError claims=0.17} · not at import: raises RuntimeError · sha256=fae0d9dc0b7369d26c954ef12e20eb8e195c45488c82739b15bb3e720a3dbafb
#: import torch
#: import torch.nn.functional as F
#:
#: F.cross_entropy(torch.randn(8, 10), torch.randint(10, (8,)), weight=torch.tensor([1.0, 5.0, 2.0]))


# %% [3] a-function-that-was-defined-without-an-error-works-1 · 30_Misconceptions/Misconceptions about Verified Code.md:92 · python {raises=NameError claims=0.26} · not at import: raises NameError · sha256=3b7c2552c9865204e6c1c7cb2ca7e1b9013cf4e6ddfb9b245d7713d9880eb0fc
#: session["mix"](torch.randn(4))


# %% [4] the-exponential-of-the-loss-is-the-perplexity-1 · 30_Misconceptions/Misconceptions about Verified Code.md:101 · python {claims=0.15} · sha256=5b3e09d25230004367a0af9f2e9bd098bdb1162de1706157904e6aa1ae41ca8b
import inspect

printed = session["perplexity"]
plain = F.cross_entropy(session["logits"], session["y"]).exp()
assert printed == session["loss"].exp()
assert (printed - plain).abs() > 1e-3
assert "label_smoothing" in cells[4] and "perplexity" in cells[5]
assert list(inspect.signature(session["shifted"]).parameters) == ["z", "ids"]


# %% [5] a-constant-0-25-is-the-alpha-of-the-focal-loss-paper-1 · 30_Misconceptions/Misconceptions about Verified Code.md:117 · python {claims=0.36} · sha256=88b9c5698f49fcd86f5e606b4066efbffe6e3852e89b2e08092e3688633d359c
z = torch.randn(40, dtype=torch.float64)
y = torch.arange(40) % 2
p = torch.where(y == 1, z.sigmoid(), 1 - z.sigmoid())
focal = -((1 - p) ** 2) * p.log()
ratio = (0.25 * focal) / (torch.where(y == 1, 0.25, 0.75) * focal)
assert torch.allclose(ratio[1::2], torch.ones(20).double())
assert torch.allclose(ratio[0::2], torch.full((20,), 1 / 3).double())
