import ast
import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.snippets.names import Bound
from vaultkit.snippets.walk import names_of


@pytest.mark.parametrize(
    ("code", "eager", "maybe", "deferred"),
    [
        ("y = x + 1\nx = 2", "x", "", ""),
        ("x += 1", "x", "", ""),
        ("a.b = c", "a c", "", ""),
        ("del a", "a", "", ""),
        ("[i * k for i in range(3)]", "k", "", ""),
        ("[i * k for i in data]", "data", "k", ""),
        ("any(k for _ in range(3))", "", "k", ""),
        ("for i in range(0): k", "", "k", ""),
        ("for i in [1]: k\nelse: e", "k", "e", ""),
        ("while True:\n    k\n    break", "k", "", ""),
        ("if a:\n    b\nelse:\n    c", "a", "b c", ""),
        ("if __name__ == '__main__':\n    main()", "main", "", ""),
        ("try:\n    a\nexcept E:\n    b\nfinally:\n    c", "c", "a b E", ""),
        ("a and b", "a", "b", ""),
        ("a if b else c", "b", "a c", ""),
        ("with p as f: use(f)", "p use", "", ""),
        ("match v:\n    case [a, *b]: a", "v", "a", ""),
        ("def f(a, b=d): return g(a, b)", "d", "", "g"),
        ("def f(): return g()\nf()", "", "g", ""),
        ("def f(): return h()\ndef h(): return g()\nf()", "", "g", ""),
        ("def f(x: T) -> R: pass", "T R", "", ""),
        ("from __future__ import annotations\ndef f(x: T) -> R: pass", "", "", ""),
        ("f = lambda q: q + z", "", "", "z"),
        ("@wrap\ndef f(): pass", "wrap", "", ""),
        (
            "class A(B, metaclass=M):\n    z = 1\n    w = z + q\n    def m(self): return np, z",
            "B M q",
            "",
            "np z",
        ),
        ("def test_it(): assert foo", "", "foo", ""),
        ("[y := f(x) for x in [1]]\ny", "f", "", ""),
        ("def f():\n    def g(): return a\n    a = 1\n    return b", "", "", "b"),
        ("def f():\n    global n\n    n = 1", "", "", ""),
        ("import numpy as np\nnp.zeros(n)", "n", "", ""),
        ("print(len([]), __name__)", "", "", ""),
    ],
)
def test_reads(code: str, eager: str, maybe: str, deferred: str) -> None:
    names = names_of(code)
    assert names.problem is None
    found = (set(names.eager), names.maybe - set(names.binds), names.deferred - set(names.binds))
    wanted = (set(eager.split()), set(maybe.split()) - set(names.binds), set(deferred.split()))
    assert found == wanted


def test_bindings_know_how_and_where() -> None:
    names = names_of("import os.path as p\ndef f():\n    return q\nx = 1\nif x:\n    y = 2\n")
    assert {n: (b.how, b.line, b.sure) for n, b in names.binds.items()} == {
        "p": (Bound.IMPORT, 1, True),
        "f": (Bound.DEFINITION, 3, True),
        "x": (Bound.VALUE, 4, True),
        "y": (Bound.VALUE, 6, False),
    }
    assert names.binds["p"].origin == "os"
    assert names.binds["f"].needs == {"q"}


def test_an_exception_name_is_gone_after_its_handler() -> None:
    names = names_of("try:\n    pass\nexcept E as e:\n    print(e)\nprint(e)")
    assert "e" not in names.binds
    assert "e" in names.eager


def test_changes_in_plain_sight() -> None:
    names = names_of("np.random.seed(0)\nos.environ['a'] = 'b'\nprint(1)\nx = np.zeros(3)")
    assert names.changes == {"np", "os"}


@pytest.mark.parametrize("code", ["exec('x = 1')", "from os import *", "globals()['x'] = 1"])
def test_what_names_cannot_tell(code: str) -> None:
    assert names_of(code).dynamic
    assert not names_of("vars(thing)").dynamic


@pytest.mark.parametrize(
    ("code", "idle"),
    [
        ("def f(): pass", True),
        ("import a\nK = -3\nclass A: pass", True),
        ("'''doc'''\ndef f(): pass", True),
        ("import a", False),
        ("def f(): pass\nf()", False),
        ("def f(): pass\nx = f", False),
        ("def test_f(): pass", False),
    ],
)
def test_defines_only(code: str, idle: bool) -> None:
    assert names_of(code).defines_only is idle


def test_a_syntax_error_is_a_problem_with_a_line() -> None:
    problem = names_of("x = 1\nx = = 2\n").problem
    assert problem is not None
    assert problem.line == 2


def test_code_that_does_not_compile_still_shows_what_it_meant_to_bind() -> None:
    names = names_of("import numpy as np\nmodel = Net(\ndef f(x):\nx == 3\nfrom a import b\n")
    assert set(names.binds) == {"np", "model", "f", "b"}


_SNIPPETS = st.lists(
    st.sampled_from(
        ["a = b", "b = 1", "c = a + b", "def f(): return c", "f()", "del a", "import os as a"]
    ),
    min_size=1,
    max_size=6,
)


@given(_SNIPPETS)
def test_straight_line_code_without_free_names_never_raises_nameerror(lines: list[str]) -> None:
    names = names_of("\n".join(lines))
    space: dict[str, object] = {}
    try:
        exec(compile(ast.parse("\n".join(lines)), "x", "exec"), space)
    except NameError as error:
        assert error.name in names.eager or error.name in names.maybe
    except TypeError:
        pass
    else:
        assert not set(names.eager) - set(dir(builtins))
        assert set(names.binds) == set(space) - {"__builtins__"}
