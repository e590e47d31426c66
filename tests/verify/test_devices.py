from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.snippets.collect import collect
from vaultkit.vault import read_vault
from vaultkit.verify.devices import asks_for_device, difference, encode
from vaultkit.verify.outcome import Outcome
from vaultkit.verify.row import Row
from vaultkit.verify.rows import compared
from vaultkit.verify.run import Options, verify

WHERE = ("cpu", "cuda")


def differ(one: object, other: object) -> str:
    return difference("x", encode("x", one), encode("x", other), WHERE)


@pytest.mark.parametrize(
    "code",
    [
        "device = os.environ['VAULTKIT_DEVICE']",
        "x = x.to('cuda')",
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
        "def test_it(device): pass",
    ],
)
def test_code_that_looks_at_its_device(code: str) -> None:
    assert asks_for_device(code)
    assert not asks_for_device("x = 1\ndef test_it(devices): pass")


@pytest.mark.parametrize(
    "value", [1, 1.5, True, "a", None, [1, 2.0], (1, [2]), {"a": 1}, float("inf"), float("nan")]
)
def test_equal_values_agree(value: object) -> None:
    assert differ(value, value) == ""


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (1, 2, "x differs: 1 on cpu, 2 on cuda"),
        (1.0, 1.001, "x differs: 1.0 on cpu, 1.001 on cuda"),
        (1, 1.0, "is int on cpu, float on cuda"),
        ([1, 2], [1, 3], "x[1] differs"),
        ([1], [1, 2], "1 items on cpu, 2 on cuda"),
        ({"a": 1}, {"a": 2}, "x[a] differs"),
        (float("nan"), 1.0, "'nan' on cpu"),
        (True, False, "True on cpu"),
    ],
)
def test_a_difference_is_told(one: object, other: object, says: str) -> None:
    assert says in differ(one, other)


def test_floats_may_differ_as_devices_do() -> None:
    assert differ(2.3025851, 2.3025853) == ""


def test_arrays_and_tensors() -> None:
    torch = pytest.importorskip("torch")
    one = torch.arange(6.0).reshape(2, 3)
    assert differ(one, one + 1e-7) == ""
    assert differ(one, one + 1e-3).startswith("x differs at 0: ")
    assert "shape [2, 3] on cpu, [6]" in differ(one, one.flatten())
    assert "float32 on cpu, float64" in differ(one, one.double())
    assert differ(one.bfloat16(), one.bfloat16() * 1.01) == ""
    assert differ(one.to(torch.complex64), one.to(torch.complex64)) == ""
    assert differ(one.numpy(), one.numpy()) == ""
    assert differ(one.int(), one.int() + 1) != ""


def test_what_cannot_be_compared_says_so() -> None:
    with pytest.raises(TypeError, match="result=x is a object"):
        encode("x", object())
    numpy = pytest.importorskip("numpy")
    with pytest.raises(ValueError, match="something smaller"):
        encode("x", numpy.zeros(100_001))


def row(device: str) -> Row:
    return Row("N.md", 3, 1, "a-1", "python", "ran", device, 1, verdict="passed", passed=True)


@pytest.mark.parametrize(("value", "verdict"), [(2.0, "passed"), (2.1, "failed")])
def test_a_row_of_the_gpu_is_held_against_the_cpus(value: float, verdict: str) -> None:
    results = {
        (1, "cpu"): Outcome(1, "passed", result=(("loss", encode("loss", 2.0)),)),
        (1, "cuda"): Outcome(1, "passed", result=(("loss", encode("loss", value)),)),
    }
    assert compared(row("cpu"), results).verdict == "passed"
    made = compared(row("cuda"), results)
    assert made.verdict == verdict
    if verdict == "failed":
        assert made.error is not None and made.error.type == "DeviceMismatch"


def test_both_runs_are_made_and_compared_where_a_gpu_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No GPU is used: the code asks for its device by name only. What is left is the real way."""
    monkeypatch.setattr("vaultkit.verify.run.gpu", lambda: "a GPU that is only said to be there")
    asked = "import os\ndevice = os.environ['VAULTKIT_DEVICE']\n"
    notes = {
        "Same.md": f"```python {{result=x}}\n{asked}x = 1.0 + (device == 'cuda') * 1e-9\n```\n",
        "Other.md": f"```python {{result=x}}\n{asked}x = 1.0 + (device == 'cuda')\n```\n",
        "There.md": f"```python {{needs=cuda}}\n{asked}assert device == 'cuda'\n```\n",
        "Test.md": "```python\ndef test_it(device):\n    import os\n"
        "    assert os.environ['VAULTKIT_DEVICE'] == device\n```\n",
        "Plain.md": "```python\nx = 1\n```\n",
    }
    for name, text in notes.items():
        (tmp_path / name).write_text(text)
    made = verify(tmp_path, read_vault(tmp_path).notes, collect, Options(jobs=1))
    seen = [(row.note, row.device, row.verdict) for row in made.rows]
    assert seen == [
        ("Other.md", "cpu", "passed"), ("Other.md", "cuda", "failed"),
        ("Plain.md", "cpu", "passed"),
        ("Same.md", "cpu", "passed"), ("Same.md", "cuda", "passed"),
        ("Test.md", "cpu", "passed"), ("Test.md", "cuda", "passed"),
        ("There.md", "cuda", "passed"),
    ]  # fmt: skip
    error = made.rows[1].error
    assert error is not None and error.type == "DeviceMismatch"
    assert "x" in error.message and "cuda" in error.message


@pytest.mark.cuda
def test_a_note_runs_on_both_devices(tmp_path: object) -> None:
    """The whole way on a machine with a GPU: the same block on both, and compared."""
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    root = Path(str(tmp_path))
    code = (
        "import os\nimport torch\ndevice = os.environ['VAULTKIT_DEVICE']\n"
        "x = torch.arange(12.0, device=device).reshape(3, 4)\nloss = (x @ x.T).sum()\n"
    )
    (root / "N.md").write_text(f"```python {{result=loss}}\n{code}```\n")
    made = verify(root, read_vault(root).notes, collect, Options())
    assert [(r.device, r.verdict) for r in made.rows] == [("cpu", "passed"), ("cuda", "passed")]
