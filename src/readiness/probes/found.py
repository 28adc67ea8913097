"""Finding the forms of a `python` probe in a module."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from readiness.probes.decisions import compares
from readiness.probes.forms import Header, PythonProbe
from readiness.probes.names import Found, fits, matches
from readiness.probes.syntax import Module

QUIET_DECORATORS = frozenset("staticmethod classmethod property override abstractmethod cached_property wraps".split())


def find(probe: PythonProbe, module: Module) -> tuple[Found, ...]:
    """Every place in the module that is what the form asks, looked for once."""
    known: tuple[Found, ...] | None = module.kept.get(id(probe))
    if known is None:
        every = FINDERS[probe.subject](probe, module)
        known = module.kept[id(probe)] = tuple(each for each in every if _in_place(probe, module, each.unit))
    return known


def _in_place(probe: PythonProbe, module: Module, unit: int) -> bool:
    if probe.in_ is None and probe.not_in is None:
        return True
    names = []
    while (node := module.units[unit].node) is not None:
        names.append(node.name)
        unit = module.units[unit].parent
    names = names or ["<module>"]
    if probe.in_ is not None and not any(matches(probe.in_, name) for name in names):
        return False
    return probe.not_in is None or not any(matches(probe.not_in, name) for name in names)


def _calls(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for names, calls in module.called().items():
        name = fits(probe.names, names)
        for node, unit in calls if name is not None else ():
            if _args_fit(probe, node, module) and (
                probe.unless is None or not matches(probe.unless, module.text(node))
            ):
                yield Found(node, unit, f"calls {name}")


def _uses(probe: PythonProbe, module: Module) -> Iterator[Found]:
    wanted = probe.names
    if probe.subject == "imports":
        wanted = tuple(each for name in wanted for each in (name, f"{name}.*"))
    for names, uses in module.used().items():
        name = fits(wanted, names)
        for node, unit in uses if name is not None else ():
            if probe.subject == "uses" or _root(node) in module.imports or module.stars:
                yield Found(node, unit, f"uses {name}")


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _decorators(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for node, unit in module.every(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        for decorator in node.decorator_list:
            name = fits(probe.names, module.names(decorator))
            if name is None or not _args_fit(probe, decorator, module):
                continue
            if header_fits(probe.header, node, module) is not None:
                yield Found(decorator, unit, f"@{name} on {node.name}")


def _bases(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for node, unit in module.every(ast.ClassDef):
        named = (fits(probe.names, module.names(base)) for base in node.bases)
        name = next((each for each in named if each is not None), None)
        needs = header_fits(probe.header, node, module)
        if name is None or needs is None:
            continue
        if probe.fields is None or any(matches(probe.fields, module.text(each)) for each in node.body[:500]):
            yield Found(node, unit, f"class {node.name}({name})", needs)


def _raises(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for node, unit in module.every(ast.Raise):
        names = module.names(node.exc) if node.exc is not None else ("",)
        name = fits(probe.names, names)
        if name is not None and _args_fit(probe, node.exc, module):
            yield Found(node, unit, f"raises {name}".rstrip())


def _defines(probe: PythonProbe, module: Module) -> Iterator[Found]:
    kinds: dict[str, tuple[type[ast.AST], ...]] = {
        "class": (ast.ClassDef,),
        "function": (ast.FunctionDef, ast.AsyncFunctionDef),
    }
    for node, unit in module.every(*kinds.get(probe.kind, (*kinds["class"], *kinds["function"]))):
        if matches(probe.pattern or "", node.name):
            needs = header_fits(probe.header, node, module)
            if needs is not None:
                word = "class" if isinstance(node, ast.ClassDef) else "def"
                yield Found(node, unit, f"{word} {node.name}", needs)


def _asserts(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for node, unit in module.every(ast.Assert):
        said = module.text(node.test)
        constant = isinstance(node.test, ast.Constant)
        if not constant and matches(probe.pattern or "", said) and not (probe.unless and matches(probe.unless, said)):
            yield Found(node, unit, f"assert {said}")


def _assigns(probe: PythonProbe, module: Module) -> Iterator[Found]:
    for node, unit in module.every(ast.Assign, ast.AnnAssign):
        if node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if not any(matches(probe.pattern or "", module.text(target)) for target in targets):
            continue
        value = module.text(node.value)
        if (probe.value is None or matches(probe.value, value)) and not (probe.unless and matches(probe.unless, value)):
            yield Found(node, unit, f"{module.text(targets[0])} = {value}")


def _args_fit(probe: PythonProbe, call: ast.AST | None, module: Module) -> bool:
    if not (probe.args or probe.args_not or probe.string_args):
        return True
    if not isinstance(call, ast.Call):
        return False
    if not all(_argument(call, key, pattern, module) for key, pattern in probe.args):
        return False
    if any(_argument(call, key, pattern, module) for key, pattern in probe.args_not):
        return False
    wanted = probe.string_args
    return wanted is None or any(matches(wanted, value) for value in _strings(call, module))


def _argument(call: ast.Call, key: str, pattern: str, module: Module) -> bool:
    """Whether one of the arguments that `key` names (`a|b`, a position, `*`) matches."""
    for name in key.split("|"):
        values = [k.value for k in call.keywords if k.arg == name or (name == "*" and k.arg)]
        if name == "*":
            values += call.args
        elif name.isdigit() and int(name) < len(call.args):
            values.append(call.args[int(name)])
        for value in values:
            constant = module.constants.get(module.text(value)) if isinstance(value, ast.Name | ast.Attribute) else None
            if matches(pattern, module.text(value)) or (
                constant is not None and matches(pattern, module.text(constant))
            ):
                return True
    return False


def _strings(call: ast.Call, module: Module) -> Iterator[str]:
    """Every literal string in a call's arguments, constants of the file by name too."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if isinstance(node, ast.Name | ast.Attribute):
                held = module.constants.get(module.text(node))
                parts: list[ast.AST] = list(ast.walk(held)) if held is not None else []
            else:
                parts = [node]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def header_fits(header: Header, node: Any, module: Module) -> str | None:
    """None where a function's or class's head is not as asked; else the name that code elsewhere
    must use, empty where that is not asked or seen already."""
    if header.name is not None and not matches(header.name, node.name):
        return None
    if header.decorated and not any(fits(header.decorated, module.names(d)) for d in node.decorator_list):
        return None
    if isinstance(node, ast.ClassDef):
        if header.params is not None or header.returns is not None:
            return None
    elif not _signature_fits(header, node, module):
        return None
    if not header.called or module.referenced(node.name, node):
        return ""
    registered = any(module.name(d).rpartition(".")[2] not in QUIET_DECORATORS for d in node.decorator_list)
    return "" if registered else str(node.name)


def _signature_fits(header: Header, node: Any, module: Module) -> bool:
    if header.returns is not None and not matches(header.returns, module.text(node.returns)):
        return False
    if header.params is None:
        return True
    given = node.args
    listed = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    defaults = [None] * (len(given.posonlyargs) + len(given.args) - len(given.defaults))
    values = [*defaults, *given.defaults, *given.kw_defaults]
    return any(
        matches(header.params, module.text(p) + (f" = {module.text(v)}" if v is not None else ""))
        for p, v in zip(listed, values, strict=True)
        if p.arg not in ("self", "cls")
    )


FINDERS: dict[str, Callable[[PythonProbe, Module], Iterator[Found]]] = {
    "calls": _calls,
    "uses": _uses,
    "imports": _uses,
    "decorators": _decorators,
    "bases": _bases,
    "raises": _raises,
    "defines": _defines,
    "compares": compares,
    "asserts": _asserts,
    "assigns": _assigns,
}
