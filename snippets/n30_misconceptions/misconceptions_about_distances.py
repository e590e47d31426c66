# vaultkit: note="30_Misconceptions/Misconceptions about Distances.md" sha256=9fc712d20c89fcdf6efbd10f0c2f72c63ff63af5a7e601f2068f1cd5473a43f0
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] cross-entropy-is-the-distance-between-prediction-and-truth-1 · 30_Misconceptions/Misconceptions about Distances.md:38 · python {claims=0.29} · sha256=24c57d8d334df239edfb0373fbb065538f1e630c678534358838b2e01f9e7a0d
import torch

bag = torch.tensor([0.8, 0.1, 0.1], dtype=torch.float64)
guess = torch.tensor([0.2, 0.2, 0.6], dtype=torch.float64)


def cross_entropy(p, q):
    return -(p * q.log()).sum().item()


assert round(cross_entropy(bag, guess), 4) == 1.4996
assert round(cross_entropy(guess, bag), 4) == 1.8867
assert round(cross_entropy(bag, bag), 4) == 0.6390


# %% [2] cross-entropy-measures-the-difference-of-two-distributions-1 · 30_Misconceptions/Misconceptions about Distances.md:60 · python {claims=1.29,3.13} · sha256=943f0352f616dfddb27801283beb3508747f490d2047ed254d56ea1386a7cb6a
closer = 0.5 * bag + 0.5 * guess
assert cross_entropy(bag, closer) < cross_entropy(bag, guess)

fair = torch.full((3,), 1 / 3, dtype=torch.float64)
assert cross_entropy(fair, fair) > cross_entropy(bag, closer)  # equal, yet larger
excess = cross_entropy(bag, guess) - cross_entropy(bag, bag)
assert round(excess, 6) == 0.860545


# %% [3] kl-divergence-is-like-cross-entropy-only-symmetric-1 · 30_Misconceptions/Misconceptions about Distances.md:75 · python {claims=1.27} · sha256=727c4fb20edb60fe95babd266b9c8acaaabc1597de7bd1f85da88258002ed39e
from torch.distributions import Dirichlet

ones = torch.ones(5, dtype=torch.float64)
p, q = Dirichlet(ones).sample((500,)), Dirichlet(ones).sample((500,))
one_way = (p * (p / q).log()).sum(-1)
other_way = (q * (q / p).log()).sum(-1)
assert ((one_way - other_way).abs() > 1e-9).all()
assert (one_way - other_way).abs().max() > 0.5


# %% [4] a-divergence-of-zero-does-not-yet-mean-equal-1 · 30_Misconceptions/Misconceptions about Distances.md:91 · python {claims=4.15} · sha256=6d12ecd37f73f589726506bed8c412b22e54d396a9a65e11ec7d5715372e9ebe
squared_distance = (p - q).abs().sum(-1) ** 2
assert (one_way / squared_distance).min() >= 0.5

target = torch.tensor([0.5, 0.5], dtype=torch.float64)
not_a_distribution = torch.tensor([0.25, 1.0], dtype=torch.float64)
assert (target * (target / not_a_distribution).log()).sum().abs() < 1e-15


# %% [5] kl-divergence-leaves-the-variance-free-1 · 30_Misconceptions/Misconceptions about Distances.md:105 · python {claims=4.16} · sha256=ad2b4284b6003dd60d68df9d2a5c7394e1286759ef8637a7f965934dca55f692
values = torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64)
narrow = torch.tensor([0.1, 0.8, 0.1], dtype=torch.float64)
broad = torch.tensor([0.4, 0.2, 0.4], dtype=torch.float64)
assert (narrow * values).sum() == (broad * values).sum() == 0
assert (narrow * values**2).sum() < (broad * values**2).sum()
assert (narrow * (narrow / broad).log()).sum() > 0.8


# %% [6] the-divergence-is-y-log-y-minus-y-log-of-the-prediction-1 · 30_Misconceptions/Misconceptions about Distances.md:119 · python {claims=4.21} · sha256=420e245cfcdbf69da948b35d5558d0477e26961572ab916628878a07e05f294b
entries = bag * bag.log() - bag * guess.log()
assert entries.shape == (3,) and entries.min() < 0
assert round(entries.sum().item(), 6) == 0.860545
