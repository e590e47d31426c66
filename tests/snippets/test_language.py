import pytest

from vaultkit.snippets.language import Kind, kind_of, shell_line, statements


@pytest.mark.parametrize(
    "language",
    ["python", "py", "Python", "PYTHON", "python3", "py3", "python3.12", "{python}", "{.python}"],
)
def test_python_by_any_usual_name_is_ours(language: str) -> None:
    assert kind_of(language, "x = 1\n") is Kind.PYTHON


@pytest.mark.parametrize(
    "language", ["", "pythonic", "text", "js", "pytest", "markdown", "console"]
)
def test_what_does_not_look_like_python_has_no_kind(language: str) -> None:
    assert kind_of(language, "x = 1\n") is None


@pytest.mark.parametrize("language", ["python2", "cython", "ipython", "sage", "{python2}"])
def test_other_dialects_are_named_as_foreign(language: str) -> None:
    assert kind_of(language, "x = 1\n") is Kind.FOREIGN


def test_prompts_make_a_doctest_of_a_python_fence() -> None:
    assert kind_of("python", "\n>>> 1 + 1\n2\n") is Kind.DOCTEST
    assert kind_of("pycon", "anything") is Kind.DOCTEST
    assert kind_of("python", "x = '''\n>>> no\n'''\n") is Kind.PYTHON


def test_the_first_magic_line_is_found() -> None:
    assert shell_line("import os\n%matplotlib inline\n!pip install x\n") == 1
    assert shell_line("x = 5 \\\n % 3\n") is None


def test_statements_keep_their_lines() -> None:
    assert statements(">>> a = 1\n>>> for i in [a]:\n...     print(i)\n1\n") == (
        "a = 1\nfor i in [a]:\n    print(i)\n\n"
    )
