"""The syntax of one Python file or notebook, its names resolved through imports and aliases."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from readiness.probes.base import Source
from readiness.probes.notebook import read_notebook, statements
from readiness.tuples import NamedTuple

MODULE = 0
"""The unit of code that stands in no function."""
SELF = ("self", "cls")
FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
LEAVES = frozenset(
    "ctx op ops id attr name names arg kind module level asname rest is_async conversion "
    "simple type_comment type_ignores".split()
)


def _children() -> dict[type[ast.AST], tuple[str, ...]]:
    """The fields of each kind of node that can hold nodes, last first."""
    kinds = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
    made = {kind: tuple(f for f in reversed(kind._fields) if f not in LEAVES) for kind in kinds}
    made[ast.Constant] = made[ast.Global] = made[ast.Nonlocal] = made[ast.MatchSingleton] = ()
    return made


CHILDREN = _children()


class Unit(NamedTuple):
    """A function (or the module, whose `node` is None), and the unit around it."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | None
    parent: int


class Module:
    """Every node of a file with the function that it stands in, and what its names stand for."""

    def __init__(self, body: list[ast.stmt], lines: tuple[int, ...] | None) -> None:
        self._lines = lines
        self.units: list[Unit] = [Unit(None, MODULE)]
        self.nodes: dict[type[ast.AST], list[tuple[Any, int]]] = {}
        self.inner: set[int] = set()
        self.imports: dict[str, str] = {}
        self.stars: list[str] = []
        self.types: dict[str, str] = {}
        self.constants: dict[str, ast.expr] = {}
        self._called: dict[tuple[str, ...], list[tuple[Any, int]]] | None = None
        self._used: dict[tuple[str, ...], list[tuple[Any, int]]] | None = None
        self.kept: dict[Any, Any] = {}
        self._texts: dict[int, str] = {}
        self._references: dict[str, set[int]] | None = None
        self._collect(body)
        self._read_imports()
        self._read_types()

    def _collect(self, body: list[ast.stmt]) -> None:
        waiting: list[tuple[Any, int]] = [(node, MODULE) for node in reversed(body)]
        pop, push = waiting.pop, waiting.append
        while waiting:
            node, unit = pop()
            kind = node.__class__
            kept = self.nodes.get(kind)
            if kept is None:
                kept = self.nodes[kind] = []
            kept.append((node, unit))
            outer = unit
            if kind in FUNCTIONS:
                self.units.append(Unit(node, unit))
                unit = len(self.units) - 1
            elif kind is ast.Attribute:
                self.inner.add(id(node.value))
            for field in CHILDREN[kind]:
                value = getattr(node, field)
                if value.__class__ is list:
                    inside = outer if field == "decorator_list" else unit
                    for child in reversed(value):
                        if isinstance(child, ast.AST):
                            push((child, inside))
                elif value is not None:
                    push((value, unit))

    def text(self, node: ast.AST | None) -> str:
        """`text` of a node of this module, worked out once."""
        found = self._texts.get(id(node))
        if found is None:
            found = self._texts[id(node)] = text(node)
        return found

    def around(self, unit: int) -> tuple[int, ...]:
        """A unit and every function around it; the module alone for its own statements."""
        found = [unit]
        while unit != MODULE:
            unit = self.units[unit].parent
            if unit != MODULE:
                found.append(unit)
        return tuple(found)

    def every(self, *kinds: type[ast.AST]) -> Iterator[tuple[Any, int]]:
        """The nodes of some kinds, each with its unit."""
        for kind in kinds:
            yield from self.nodes.get(kind, ())

    def line(self, node: ast.AST) -> int:
        """The line of the file on which a node begins."""
        number: int = getattr(node, "lineno", 1)
        if self._lines is None:
            return number
        return self._lines[min(number, len(self._lines)) - 1] if self._lines else 1

    def _read_imports(self) -> None:
        for node, _ in self.every(ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                self.imports[alias.asname or top] = alias.name if alias.asname else top
        for node, _ in self.every(ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            joint = "" if base.endswith(".") else "."
            for alias in node.names:
                if alias.name == "*":
                    self.stars.append(base)
                else:
                    self.imports[alias.asname or alias.name] = f"{base}{joint}{alias.name}"

    def _read_types(self) -> None:
        """What variables hold that are made by calling something imported, or annotated with it."""
        for node, _ in self.every(ast.Assign, ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                self._note(target, node.value)
                if isinstance(node, ast.AnnAssign):
                    self._note(target, node.annotation, annotation=True)
        for node, _ in self.every(ast.With, ast.AsyncWith):
            for item in node.items:
                self._note(item.optional_vars, item.context_expr)
        for node, _ in self.every(ast.arg):
            if node.annotation is not None and node.arg not in self.types:
                self._note(ast.Name(node.arg), node.annotation, annotation=True)

    def _note(self, target: ast.AST | None, value: ast.expr | None, *, annotation: bool = False) -> None:
        key = _key(target)
        if key is None or value is None:
            return
        if isinstance(value, ast.Await):
            value = value.value
        if isinstance(value, ast.Constant | ast.JoinedStr) and not annotation:
            self.constants[key] = value
        called = value if annotation else value.func if isinstance(value, ast.Call) else None
        if called is None or key in self.types:
            return
        if isinstance(called, ast.BinOp):
            called = called.left
        name = self.name(called)
        if name.partition(".")[0] not in (*SELF, "?", key):
            self.types[key] = name

    def name(self, node: ast.AST) -> str:
        """The dotted full name of an expression, through imports, aliases and known types; `?`
        stands for what has no name."""
        parts: list[str] = []
        while True:
            if isinstance(node, ast.Attribute):
                parts.append(node.attr)
                node = node.value
            elif isinstance(node, ast.Call):
                node = node.func
            elif isinstance(node, ast.Subscript | ast.Await | ast.Starred):
                node = node.value
            else:
                break
        base = node.id if isinstance(node, ast.Name) else "?"
        parts.reverse()
        if base in SELF and parts and (known := self.types.get(f"{base}.{parts[0]}")):
            return ".".join((known, *parts[1:]))
        return ".".join((self.imports.get(base) or self.types.get(base) or base, *parts))

    def names(self, node: ast.AST) -> tuple[str, ...]:
        """`name`, and what it could be through `from module import *`."""
        name = self.name(node)
        return (name, *(f"{star}.{name}" for star in self.stars)) if self.stars else (name,)

    def called(self) -> dict[tuple[str, ...], list[tuple[Any, int]]]:
        """Every call by the names that it may have."""
        if self._called is None:
            self._called = {}
            for node, unit in self.every(ast.Call):
                self._called.setdefault(self.names(node.func), []).append((node, unit))
        return self._called

    def used(self) -> dict[tuple[str, ...], list[tuple[Any, int]]]:
        """Every use of a name, as long as its dots go, by the names that it may have."""
        if self._used is None:
            self._used = {}
            for node, unit in self.every(ast.Name, ast.Attribute):
                if id(node) not in self.inner and isinstance(node.ctx, ast.Load):
                    self._used.setdefault(self.names(node), []).append((node, unit))
        return self._used

    def referenced(self, name: str, definition: ast.AST | None = None) -> bool:
        """Whether code of this file uses a name outside the definition that bears it."""
        if self._references is None:
            self._references = {}
            for node, _ in self.every(ast.Name, ast.Attribute):
                if isinstance(node.ctx, ast.Load):
                    used = node.id if isinstance(node, ast.Name) else node.attr
                    self._references.setdefault(used, set()).add(node.lineno)
        found = self._references.get(name, set())
        if definition is None:
            return bool(found)
        first, last = getattr(definition, "lineno", 0), getattr(definition, "end_lineno", 0)
        return any(not first <= line <= last for line in found)


def _key(target: ast.AST | None) -> str | None:
    """How a variable is known in `types`: its name, or `self.name`."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in SELF:
        return f"{target.value.id}.{target.attr}"
    return None


def text(node: ast.AST | None) -> str:
    """An expression as Python would print it; the content of a plain string."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError, AttributeError):
        return ""


def parse(source: Source) -> Module | None:
    """The syntax of a Python file or of a notebook's code cells; None where it does not parse,
    which is noted."""
    if not source.whole:
        return None
    try:
        if source.path.endswith(".ipynb"):
            return Module(*read_notebook(source.raw))
        return Module(statements(source.raw), None)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        source.faults.append(f"does not parse as Python: {type(error).__name__}")
        return None
