"""Which names a function body takes from outside: Python's scoping rules, on the syntax tree."""

# ruff: noqa: N815 (the method names are those of ast.NodeVisitor)

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterable

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def free_names(node: FunctionNode) -> frozenset[str]:
    """Names that a function reads, when called, and does not bind itself.

    Names it declares `global` count as read: the function needs them or makes them.
    Decorators, defaults and annotations are not part of the body.
    """
    scope = _Body()
    for name in parameters(node.args):
        scope.bound.add(name)
    for statement in node.body if isinstance(node.body, list) else [node.body]:
        scope.visit(statement)
    return frozenset((scope.reads - (scope.bound - scope.declared)) | scope.declared)


def global_names(node: ast.AST) -> frozenset[str]:
    """Names that functions inside a node declare `global` and so may bind in the module."""
    return frozenset(
        name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names
    )


def parameters(arguments: ast.arguments) -> Iterable[str]:
    """The names of a function's parameters."""
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield one.arg
    for star in (arguments.vararg, arguments.kwarg):
        if star is not None:
            yield star.arg


def outer_parts(node: FunctionNode) -> Iterable[ast.expr]:
    """The expressions of a function that run where it is defined: decorators and defaults."""
    if not isinstance(node, ast.Lambda):
        yield from node.decorator_list
    yield from node.args.defaults
    yield from (default for default in node.args.kw_defaults if default is not None)


def signature(node: FunctionNode) -> Iterable[ast.expr]:
    """A function's annotations, which run at its definition unless the module postpones them."""
    arguments = node.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    for one in (*every, arguments.vararg, arguments.kwarg):
        if one is not None and one.annotation is not None:
            yield one.annotation
    if not isinstance(node, ast.Lambda) and node.returns is not None:
        yield node.returns


class Binder(ast.NodeVisitor, ABC):
    """Visits the places where imports and patterns bind names; `bind` says what to do with one."""

    @abstractmethod
    def bind(self, name: str, origin: str = "") -> None:
        """A name is bound here; origin: the top-level package it was imported from, or ""."""

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            origin = alias.name.partition(".")[0]
            self.bind(alias.asname or origin, origin)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                self.bind(alias.asname or alias.name, (node.module or ".").partition(".")[0] or ".")

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.pattern is not None:
            self.visit(node.pattern)
        if node.name:
            self.bind(node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest)


class _Body(Binder):
    """Collects what one function scope reads and binds; order does not matter inside a function."""

    def __init__(self) -> None:
        self.reads: set[str] = set()
        self.bound: set[str] = set()
        self.declared: set[str] = set()

    def bind(self, name: str, origin: str = "") -> None:
        self.bound.add(name)

    def visit_Name(self, node: ast.Name) -> None:
        (self.reads if isinstance(node.ctx, ast.Load) else self.bound).add(node.id)

    def visit_Global(self, node: ast.Global) -> None:
        self.declared.update(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.reads.update(node.names)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.bound.add(node.name)
        self._function(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node)

    def _function(self, node: FunctionNode) -> None:
        for part in (*outer_parts(node), *signature(node)):
            self.visit(part)
        self.reads |= free_names(node) - type_parameters(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bound.add(node.name)
        for part in (*node.decorator_list, *node.bases, *(k.value for k in node.keywords)):
            self.visit(part)
        inner = _Body()
        for statement in node.body:
            inner.visit(statement)
        # A class body falls back to the outer name where its own is not bound yet; its
        # methods never see its names. Both err on the side of a name too many.
        self.reads |= inner.reads - type_parameters(node)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> None:
        inner = _Body()
        for child in ast.iter_child_nodes(node):
            inner.visit(child)
        walrus = {n.target.id for n in ast.walk(node) if isinstance(n, ast.NamedExpr)}
        self.bound |= walrus
        self.reads |= inner.reads - (inner.bound - walrus)

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.bound.add(node.name)
        self.generic_visit(node)


def type_parameters(node: ast.AST) -> set[str]:
    """The names of `def f[T]` and `class C[T]` (Python 3.12 and later)."""
    return {parameter.name for parameter in getattr(node, "type_params", ())}
