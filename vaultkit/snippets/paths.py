"""Which parts of a block certainly run, and whether it does anything at all."""

# ruff: noqa: N802, N815 (the method names are those of ast.NodeVisitor)

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from vaultkit.snippets.scope import Binder

_LITERAL = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp)
_DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def defines_only(tree: ast.Module) -> bool:
    """True when running the code proves nothing: definitions, imports, constants, docstrings."""

    def idle(node: ast.stmt) -> bool:
        if isinstance(node, (*_DEFINITION, ast.Import, ast.ImportFrom, ast.Pass)):
            return True
        if isinstance(node, ast.Expr):
            return isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            return node.value is None or _is_literal(node.value)
        return type(node).__name__ == "TypeAlias"

    defines = any(isinstance(node, _DEFINITION) for node in tree.body)
    return defines and all(idle(node) for node in tree.body)


def _is_literal(node: ast.expr) -> bool:
    allowed = (*_LITERAL, ast.expr_context, ast.operator, ast.unaryop)
    return all(isinstance(inner, allowed) for inner in ast.walk(node))


def is_main_guard(test: ast.expr) -> bool:
    """True for the test of `if __name__ == "__main__":`."""
    return ast.unparse(test).replace('"', "'") in (
        "__name__ == '__main__'",
        "'__main__' == __name__",
    )


def runs_once(iterable: ast.expr) -> bool:
    """True when a loop over this expression certainly runs at least once."""
    if isinstance(iterable, ast.List | ast.Tuple | ast.Set):
        return bool(iterable.elts)
    if isinstance(iterable, ast.Constant):
        return isinstance(iterable.value, str | bytes) and bool(iterable.value)
    if not (isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name)):
        return False
    if iterable.func.id in ("enumerate", "reversed", "sorted", "zip") and iterable.args:
        return all(runs_once(argument) for argument in iterable.args)
    if iterable.func.id == "range" and all(isinstance(a, ast.Constant) for a in iterable.args):
        try:
            return bool(range(*(a.value for a in iterable.args)))  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            return False
    return False


class Paths(Binder):
    """Visits branches and loops, and knows at each point whether the code certainly runs."""

    def __init__(self) -> None:
        self.doubt = 0  # above 0: this code may not run

    @abstractmethod
    def target(self, node: ast.expr) -> None:
        """An assignment's target: bound or changed here."""

    @contextmanager
    def doubtful(self, doubtful: bool = True) -> Iterator[None]:
        """What is visited inside may not run."""
        self.doubt += doubtful
        yield
        self.doubt -= doubtful

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        main = is_main_guard(node.test)
        with self.doubtful(not main):
            for statement in node.body:
                self.visit(statement)
        with self.doubtful():
            for statement in node.orelse:
                self.visit(statement)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        with self.doubtful():
            self.visit(node.body)
            self.visit(node.orelse)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        with self.doubtful():
            for value in node.values[1:]:
                self.visit(value)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        certain = isinstance(node.test, ast.Constant) and bool(node.test.value)
        with self.doubtful(not certain):
            for statement in node.body:
                self.visit(statement)
        with self.doubtful():
            for statement in node.orelse:
                self.visit(statement)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        with self.doubtful(not runs_once(node.iter)):
            self.target(node.target)
            for statement in node.body:
                self.visit(statement)
        with self.doubtful():
            for statement in node.orelse:
                self.visit(statement)

    visit_AsyncFor = visit_For

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                self.target(item.optional_vars)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncWith = visit_With

    def visit_Try(self, node: ast.Try) -> None:
        with self.doubtful():
            for statement in (*node.body, *node.handlers, *node.orelse):
                self.visit(statement)
        for statement in node.finalbody:
            self.visit(statement)

    def visit_TryStar(self, node: ast.TryStar) -> None:
        self.visit_Try(node)  # type: ignore[arg-type]  # the same fields

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        with self.doubtful():
            for case in node.cases:
                self.visit(case)
