"""A block's top level, walked in the order in which Python runs it."""

# ruff: noqa: N802, N815 (the method names are those of ast.NodeVisitor)

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from vaultkit.snippets.names import Binding, Bound, Names, SyntaxProblem
from vaultkit.snippets.paths import Paths, defines_only, runs_once
from vaultkit.snippets.scope import (
    FunctionNode,
    free_names,
    global_names,
    outer_parts,
    signature,
    type_parameters,
)

_ALWAYS = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "__builtins__", "__spec__"}
_MEANT = re.compile(
    r"^(?:(?:async )?def (\w+)|class (\w+)|(\w+) *(?::[^=\n]+)?=(?!=)|import (\w+) *$"
    r"|(?:import|from) .* as (\w+) *$|from [\w.]+ import (\w+) *$)",
    re.MULTILINE,
)
_DYNAMIC = frozenset({"exec", "eval", "globals", "locals", "vars"})


@lru_cache(maxsize=4096)
def names_of(code: str, postponed: bool = False) -> Names:
    """The names of a block of Python; of code that does not compile, only
    what it plainly means to bind, and the problem.

    postponed: `from __future__ import annotations` holds from an earlier block.
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        message = getattr(error, "msg", None) or str(error) or type(error).__name__
        return _refused(code, SyntaxProblem(message, line))
    return _walk(tree, postponed, _ALWAYS)


def _refused(code: str, problem: SyntaxProblem) -> Names:
    """The names of code that Python refuses: only what its lines plainly mean to bind."""
    none: frozenset[str] = frozenset()
    binds = {
        name: Binding(name, 1, Bound.VALUE, True)
        for match in _MEANT.finditer(code)
        for name in match.groups()
        if name
    }
    return Names(binds, {}, none, none, none, (), (), False, False, problem)


def _walk(tree: ast.Module, postponed: bool, always: frozenset[str]) -> Names:
    walker = _TopLevel(postponed, always)
    for statement in tree.body:
        walker.end = statement.end_lineno or statement.lineno
        walker.visit(statement)
    own = {name: bound for name, bound in walker.binds.items() if bound.needs}
    through = _reachable(walker.binds, walker.tests) - set(walker.binds)
    eager = {n: line for n, line in walker.eager.items() if n not in always}
    maybe = frozenset(walker.maybe | through) - always - set(eager)
    late = frozenset(n for bound in own.values() for n in bound.needs)
    deferred = (late | frozenset(walker.late)) - set(walker.binds) - always - set(eager) - maybe
    return Names(
        binds=walker.binds,
        eager=eager,
        maybe=maybe,
        deferred=deferred,
        changes=frozenset(walker.changes),
        calls=tuple(walker.tests),
        modules=tuple(dict.fromkeys(walker.modules)),
        dynamic=walker.dynamic,
        defines_only=defines_only(tree) and not walker.tests,
    )


def _reachable(binds: Mapping[str, Binding], used: Iterable[str]) -> frozenset[str]:
    """What the block's own definitions read once those in use are called, through each other."""
    found: set[str] = set()
    queue = [name for name in used if name in binds]
    seen = set(queue)
    while queue:
        needs = binds[queue.pop()].needs
        found |= needs
        fresh = [name for name in needs if name in binds and name not in seen]
        seen.update(fresh)
        queue += fresh
    return frozenset(found)


class _TopLevel(Paths):
    def __init__(self, postponed: bool, always: frozenset[str]) -> None:
        super().__init__()
        self.postponed, self.always = postponed, always
        self.binds: dict[str, Binding] = {}
        self.live: set[str] = set()  # bound at this point, on some path
        self.eager: dict[str, int] = {}
        self.maybe: set[str] = set()
        self.late: set[str] = set()  # read by lambdas and functions that no name holds
        self.changes: set[str] = set()
        self.tests: list[str] = []
        self.modules: list[str] = []
        self.dynamic = False
        self.end = 0
        self.hidden: list[set[str]] = []  # names of comprehensions and class bodies around us

    def _bind(
        self, name: str, how: Bound, needs: frozenset[str] = frozenset(), origin: str = ""
    ) -> None:
        if self.hidden:
            self.hidden[-1].add(name)
            self.late |= needs
            return
        before = self.binds.get(name)
        sure = self.doubt == 0 or (before is not None and before.sure)
        self.binds[name] = Binding(name, self.end, how, sure, needs, origin)
        self.live.add(name)

    def bind(self, name: str, origin: str = "") -> None:
        self._bind(name, Bound.IMPORT if origin else Bound.VALUE, origin=origin)

    def _read(self, name: str, line: int) -> None:
        if any(name in names for names in self.hidden):
            return
        if name in self.live:
            if not self.binds[name].sure:
                self.maybe.add(name)
            if self.binds[name].needs:  # it may be called now, with what is bound by now
                self.maybe |= _reachable(self.binds, [name]) - self.live
        elif self.doubt:
            self.maybe.add(name)
        else:
            self.eager.setdefault(name, line)
        if name in _DYNAMIC and name not in self.live:
            self.dynamic = True

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._read(node.id, node.lineno)
        elif isinstance(node.ctx, ast.Store):
            self._bind(node.id, Bound.VALUE)
        else:
            self._read(node.id, node.lineno)
            if not self.doubt:
                self.live.discard(node.id)
                self.binds.pop(node.id, None)

    # -- statements whose parts run in another order than they are written

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.target(target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
        if not self.postponed:
            self.visit(node.annotation)
        if node.value is not None or not isinstance(node.target, ast.Name):
            self.target(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._read(node.target.id, node.lineno)
        self.visit(node.value)
        self.target(node.target)

    def target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Attribute | ast.Subscript):
            self._note_change(target)
        self.visit(target)

    def _note_change(self, node: ast.expr) -> None:
        while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
            node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Name):
            self.changes.add(node.id)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "vars" and node.args:
            for part in (*node.args, *node.keywords):  # of an object, not of the namespace
                self.visit(part)
        else:
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            self._note_change(node.value.func)
        self.visit(node.value)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.target(target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        hidden, self.hidden = self.hidden, []  # a walrus binds outside its comprehension
        self._bind(node.target.id, Bound.VALUE)
        self.hidden = hidden

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.visit(node.type)
        had = node.name in self.binds
        if node.name:
            self._bind(node.name, Bound.VALUE)
        for statement in node.body:
            self.visit(statement)
        if node.name and not had and not self.hidden:  # Python deletes it again
            self.binds.pop(node.name, None)
            self.live.discard(node.name)

    # -- definitions and inner scopes

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        needs = self._function(node)
        if node.name.startswith("test_") and not self.hidden and not self.doubt:
            self.tests.append(node.name)
        self._bind(node.name, Bound.DEFINITION, needs)
        for name in global_names(node):
            with self.doubtful():
                self._bind(name, Bound.VALUE)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.late |= self._function(node)

    def _function(self, node: FunctionNode) -> frozenset[str]:
        parts = [*outer_parts(node)]
        if not self.postponed and not type_parameters(node):
            parts += signature(node)
        for part in parts:
            self.visit(part)
        return free_names(node) - type_parameters(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *(k.value for k in node.keywords)):
            self.visit(part)
        self.hidden.append(set(type_parameters(node)))
        needs: set[str] = set()
        for statement in node.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                needs |= self._function(statement)
                self.hidden[-1].add(statement.name)
            else:
                self.visit(statement)
        self.hidden.pop()
        self._bind(node.name, Bound.DEFINITION, frozenset(needs))

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> None:
        first = node.generators[0].iter
        self.visit(first)
        certain = len(node.generators) == 1 and not node.generators[0].ifs and runs_once(first)
        self.hidden.append(set())
        with self.doubtful(not certain or isinstance(node, ast.GeneratorExp)):
            for number, generator in enumerate(node.generators):
                if number:
                    self.visit(generator.iter)
                self.target(generator.target)
                for test in generator.ifs:
                    self.visit(test)
            values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            for value in values:
                self.visit(value)
        self.hidden.pop()

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    def visit_Import(self, node: ast.Import) -> None:
        self.modules += [alias.name for alias in node.names]
        super().visit_Import(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module == "__future__":
            self.postponed |= any(alias.name == "annotations" for alias in node.names)
            return
        if node.module and not node.level:
            self.modules.append(node.module)
        self.dynamic |= any(alias.name == "*" for alias in node.names)
        super().visit_ImportFrom(node)
