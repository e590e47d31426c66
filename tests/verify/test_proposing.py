"""`--suggest` asks undeclared functions inside the walls, writes nothing, and survives each."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.snippets.collect import collect
from vaultkit.vault import read_vault
from vaultkit.verify.job import Limits
from vaultkit.verify.proposal import Proposal
from vaultkit.verify.proposing import proposals
from vaultkit.verify.run import Options

NOTE = """# Losses

```python
import torch
import torch.nn.functional as F

def focal(logits, labels, gamma=2.0, alpha=0.25):
    costs = F.cross_entropy(logits, labels, reduction="none")
    return (alpha * (1 - torch.exp(-costs)) ** gamma * costs).mean()

def _hidden(logits, labels):
    return F.cross_entropy(logits, labels)

def test_focal():
    assert focal(torch.zeros(1, 2), torch.tensor([0])) > 0
```

```python
def perplexity(loss):
    return loss * 2

def shout(text):
    return text.upper()

class Smoothed(torch.nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing

    def forward(self, x, y):
        return F.cross_entropy(x, y, label_smoothing=self.smoothing)
```

```python
def ece(logits, labels):
    while True:
        pass
```

```python
1 / 0
def nll(x):
    return x
```

```python {implements=cross-entropy}
def cost(x, y):
    return F.cross_entropy(x, y)
```

```python {raises=ZeroDivisionError}
def division():
    pass
1 / 0
```

```python
import os
def leaves(a, b):
    os._exit(0)
```
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Proposal]:
    pytest.importorskip("torch")
    root = tmp_path_factory.mktemp("vault")
    (root / "Losses.md").write_text(NOTE)
    options = Options(jobs=2, limits=Limits(block=2.5, note=60.0))
    made = proposals(root, read_vault(root).notes, collect, options)
    assert (root / "Losses.md").read_text() == NOTE
    assert sorted(path.name for path in root.iterdir()) == ["Losses.md"]
    assert len({one.function for one in made}) == len(made)
    return {one.function: one for one in made}


def test_only_what_declares_nothing_is_asked(found: dict[str, Proposal]) -> None:
    assert list(found) == ["focal", "perplexity", "shout", "Smoothed", "ece", "nll", "leaves"]
    assert [one.index for one in found.values()] == [1, 2, 2, 2, 3, 4, 7]
    assert found["focal"].line == 4


def test_what_agrees_is_proposed_with_its_conventions(found: dict[str, Proposal]) -> None:
    (focal,) = found["focal"].suggestions
    assert focal.declaration == "implements=focal-loss fn=focal alpha=scalar"
    assert focal.agrees
    (smoothed,) = found["Smoothed"].suggestions
    assert smoothed.declaration == "implements=label-smoothing fn=Smoothed"


def test_a_name_alone_is_said_to_be_a_name_alone(found: dict[str, Proposal]) -> None:
    (named,) = found["perplexity"].suggestions
    assert (named.concept, named.agrees) == ("perplexity", False)


def test_what_fits_nothing_has_no_suggestion_and_no_problem(found: dict[str, Proposal]) -> None:
    assert found["shout"].suggestions == ()
    assert found["shout"].problem == ""


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        ("ece", "Timeout: ran for more than 10 s"),
        ("nll", "ZeroDivisionError: division by zero"),
        ("leaves", "ProcessExit"),
    ],
)
def test_what_ends_badly_ends_itself_alone(
    found: dict[str, Proposal], function: str, problem: str
) -> None:
    assert found[function].suggestions == ()
    assert found[function].problem.startswith(problem)


def test_a_trial_happens_inside_the_walls(tmp_path: Path) -> None:
    """What a tried function does to files is done to a folder of its own, or refused."""
    pytest.importorskip("torch")
    mark = tmp_path / "mark"
    code = f"def spill(a, b):\n    open({str(mark)!r}, 'w').write('x')\n    return 1.0\n"
    (tmp_path / "N.md").write_text(f"```python\n{code}```\n")
    options = Options(jobs=1)
    (one,) = proposals(tmp_path, read_vault(tmp_path).notes, collect, options)
    from vaultkit.verify.runner import Runner

    with Runner(tmp_path, jobs=1) as runner:
        level = runner.ready.walls.level
    assert one.function == "spill"
    if level == "limits":
        pytest.skip("no walls around files here: only limits")
    assert not mark.exists()
