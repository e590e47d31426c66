from vaultkit.snippets.flow import Flow, Part, Stale, flow_of
from vaultkit.snippets.walk import names_of


def flows(*codes: str, setup: int = 0) -> dict[int, Flow]:
    return flow_of(
        [
            Part(number, f"section {number}", names_of(code), setup=number == setup)
            for number, code in enumerate(codes, 1)
        ]
    )


def test_a_block_depends_on_the_last_binder_of_each_name() -> None:
    made = flows("x = 1", "y = 2", "x = 3", "z = x + y", "def f(): return z")
    assert made[4].depends_on == (2, 3)
    assert made[5].depends_on == (4,)


def test_a_name_bound_on_one_path_keeps_the_older_binder() -> None:
    made = flows("x = 1", "if input():\n    x = 2", "print(x)")
    assert made[3].depends_on == (1, 2)


def test_uses_reach_through_functions_defined_above() -> None:
    made = flows("import math", "def area(r): return math.pi * r", "print(area(2))")
    assert made[3].uses == {"area", "math", "print"} - {"print"}


def test_alone_is_told_by_names() -> None:
    made = flows("import math", "def f(): return math.pi", "f()", "exec('f()')", "if 0: f()")
    assert [made[n].lone for n in range(1, 6)] == [True, True, False, None, None]


def test_setup_is_there_for_every_block_alone() -> None:
    assert flows("import math", "math.pi", setup=1)[2].lone is True


def test_a_rebound_name_read_by_an_unrelated_block_is_stale() -> None:
    made = flows("a = 1\nloss = a", "b = 2\nloss = b", "p = loss + 1")
    assert made[3].stale == (Stale("loss", 2),)


def test_what_is_carried_on_or_belongs_together_is_not_stale() -> None:
    carried = flows("x = 1", "x = x + 1", "print(x)")
    assert carried[3].stale == ()
    together = flows("data = 1\nn = 1", "data = 2\nn = 2", "print(data, n)")
    assert together[3].stale == ()
    assert flows("import a", "import a", "a.b")[3].stale == ()
    same = [Part(n, "s", names_of(c)) for n, c in ((1, "x = 1"), (2, "x = 2"), (3, "x"))]
    assert flow_of(same)[3].stale == ()


def test_a_name_bound_nowhere_is_told() -> None:
    made = flows("import torch", "def mix(): return np.random.beta(1, 1), torch")
    assert made[2].undefined == ("np",)
    assert flows("from numpy import *", "def mix(): return beta()")[2].undefined == ()


def test_rests_on_leaves_out_what_cannot_matter() -> None:
    made = flows("import math", "a = [1]", "b = math.pi", "a.append(2)", "print(a)")
    assert made[5].rests_on == (2, 4)
    assert made[3].rests_on == (1,)


def test_rests_on_sees_a_package_changed_in_place() -> None:
    made = flows("import torch", "import torch as t\nt.set_default_dtype(1)", "torch.zeros(3)")
    assert made[3].rests_on == (1, 2)


def test_rests_on_sees_through_an_alias() -> None:
    made = flows("x = []\ny = x", "y.append(1)", "print(x)")
    assert made[3].rests_on == (1, 2)


def test_rests_on_is_everything_where_names_cannot_tell() -> None:
    assert flows("a = 1", "exec('b = 2')", "c = 3")[3].rests_on == (1, 2)
