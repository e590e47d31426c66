"""Small mistakes put into the definitions, one at a time.

A mutant is the source of an oracle's module with one node changed in `define` or in a function it
calls. It counts as caught when the oracle's own audit (laws, known values, the fused reference)
finds something wrong. The unchanged definition is never consulted.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from vaultkit.verify.audit import audit
from vaultkit.verify.concept import Concept

SHARED = {
    "reduction": ("vaultkit.verify.reduction", ("reduce", "rows_of", "kept_rows", "at_label")),
    "signed": ("vaultkit.verify.signed", ("margins",)),
}
# Concepts whose audits stand in for a shared module.
USERS = {"reduction": ("cross_entropy", "class_weighted_cross_entropy"), "signed": ("hinge",)}

OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMES = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "argmax": "argmin",
    "any": "all",
    "maximum": "minimum",
    "minimum": "maximum",
    "ones": "zeros",
    "log": "log1p",
    "exp": "expm1",
    "log1p": "log",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed node: "define: c = a - b | a - b → Add", numbered where it occurs twice."""

    module: str
    change: str
    grow: Callable[[], ast.Module]


def _functions(
    module: ModuleType, tree: ast.Module, roots: tuple[str, ...]
) -> list[ast.FunctionDef]:
    """The functions reached from the roots inside one module."""
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached: dict[str, ast.FunctionDef] = {}
    waiting = [name for name in roots if name in found]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached[name] = found[name]
        for node in ast.walk(found[name]):
            if isinstance(node, ast.Name) and node.id in found:
                waiting.append(node.id)
    return list(reached.values())


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """(what it becomes, how) for one node; the change is made on a copy."""

    def operator(kind: type) -> Callable[[Any], Any]:
        def change(target: Any) -> Any:
            target.op = kind()
            return target

        return change

    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op):
            for kind in OPERATORS.get(type(op), ()):
                yield kind.__name__, operator(kind)
        case ast.Compare(ops=[op, *_]):
            for kind in OPERATORS.get(type(op), ()):
                yield kind.__name__, lambda n, k=kind: _set(n, ops=[k(), *n.ops[1:]])
            if len(node.ops) == 2:
                for kind in OPERATORS.get(type(node.ops[1]), ()):
                    yield f"second {kind.__name__}", lambda n, k=kind: _set(n, ops=[n.ops[0], k()])
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield "dropped sign", lambda n: n.operand
        case ast.Constant(value=bool()):
            yield "other truth", lambda n: _set(n, value=not n.value)
        case ast.Constant(value=int() | float()):
            yield "one more", lambda n: _set(n, value=n.value + 1)
            if node.value not in (0, 1):
                yield "one", lambda n: _set(n, value=1)
        case ast.Constant(value=str()):
            yield "other word", lambda n: _set(n, value=n.value + "?")
        case ast.IfExp():
            yield "swapped", lambda n: _set(n, body=n.orelse, orelse=n.body)
        case ast.If():
            yield "negated", lambda n: _set(n, test=ast.UnaryOp(ast.Not(), n.test))
        case ast.Raise():
            yield "no error", lambda n: ast.Pass()
        case ast.AugAssign() | ast.Assign():
            yield "deleted", lambda n: ast.Pass()
        case ast.Slice() if node.lower or node.upper:
            yield "whole", lambda n: ast.Slice(None, None, None)
        case ast.Attribute(attr=name) if name in NAMES:
            yield NAMES[name], lambda n: _set(n, attr=NAMES[n.attr])
        case ast.Call(func=ast.Attribute(attr="where"), args=[_, _, _]):
            yield "arms swapped", lambda n: _set(n, args=[n.args[0], n.args[2], n.args[1]])
        case ast.Call(args=[_, _, *_]):
            yield "arguments swapped", lambda n: _set(n, args=[n.args[1], n.args[0], *n.args[2:]])
        case ast.Call(args=[_]):
            yield "call dropped", lambda n: n.args[0]


def _set(node: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(node, name, value)
    return node


class _At(ast.NodeTransformer):
    """Applies a change to the node that was marked."""

    def __init__(self, change: Callable[[Any], Any]) -> None:
        self.change = change

    def visit(self, node: ast.AST) -> Any:
        if getattr(node, "marked", False):
            return self.change(node)
        return super().generic_visit(node)


def mutants(module_name: str, roots: tuple[str, ...] = ("define",)) -> Iterator[Mutant]:
    """Every mutant of a module's definition, in the order of its source."""
    module = importlib.import_module(module_name)
    tree = ast.parse(inspect.getsource(module))
    seen: dict[str, int] = {}
    for function in _functions(module, tree, roots):
        docstring = function.body[0] if ast.get_docstring(function) else None
        body = [part for part in function.body if part is not docstring]
        worded = _message_nodes(function)
        for part, node in [(outer, inner) for outer in body for inner in ast.walk(outer)]:
            if isinstance(node, ast.JoinedStr) or id(node) in worded:
                continue
            line = ast.unparse(part).splitlines()[0]
            text = " ".join(ast.unparse(node).split())[:60] if list(_changes(node)) else ""
            for label, change in _changes(node):
                key = f"{function.name}: {line} | {text} → {label}"
                seen[key] = seen.get(key, 0) + 1
                if seen[key] > 1:
                    key = f"{key} ({seen[key]})"
                yield Mutant(module_name.rpartition(".")[2], key, _grown(tree, node, change))


def _grown(tree: ast.Module, node: Any, change: Callable[[Any], Any]) -> Callable[[], ast.Module]:
    """The changed tree, made when it is asked for: copying one for every mutant takes long."""

    def grow() -> ast.Module:
        node.marked = True
        changed = copy.deepcopy(tree)
        node.marked = False
        return ast.fix_missing_locations(_At(change).visit(changed))

    return grow


def _message_nodes(function: ast.FunctionDef) -> set[int]:
    """Nodes that only word an error."""
    raises = [node for node in ast.walk(function) if isinstance(node, ast.Raise)]
    return {id(inner) for outer in raises for inner in ast.walk(outer) if inner is not outer}


def _executed(mutant: Mutant, name: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": f"mutant_{name}", "__doc__": "mutant"}
    exec(compile(mutant.grow(), f"<mutant of {name}>", "exec"), scope)
    return scope


def concepts_of(mutant: Mutant) -> list[Concept]:
    """The concept, or the concepts standing in for a shared module, with the mutant inside."""
    if mutant.module not in SHARED:
        return [_executed(mutant, mutant.module)["CONCEPT"]]
    scope = _executed(mutant, mutant.module)
    changed = {name: scope[name] for name in SHARED[mutant.module][1]}
    concepts = []
    for user in USERS[mutant.module]:
        module = importlib.import_module(f"vaultkit.verify.oracles.{user}")
        fresh: dict[str, Any] = {"__name__": f"mutant_{user}", "__doc__": "mutant"}
        exec(compile(inspect.getsource(module), f"<{user}>", "exec"), fresh)
        fresh.update(changed)
        concepts.append(fresh["CONCEPT"])
    return concepts


def caught(mutant: Mutant) -> str:
    """What the audit says first about a mutant, or "" where it finds nothing wrong."""
    return next((said for concept in concepts_of(mutant) for said in audit(concept)), "")
