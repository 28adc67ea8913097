"""The `compares` form: a comparison that decides what happens."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from readiness.probes.forms import PythonProbe
from readiness.probes.names import Found, fits, matches
from readiness.probes.syntax import Module
from readiness.tuples import NamedTuple

Kept = dict[tuple[int, str], list[ast.expr]]

STOPS = ("sys.exit", "exit", "quit", "os._exit", "os.abort", "pytest.fail", "*.exit", "typer.Exit", "click.Abort")
"""Calls that end a run."""
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Decision(NamedTuple):
    """A place where comparisons decide: its node, unit, the comparisons, and every node of the
    branches."""

    node: ast.AST
    unit: int
    compares: tuple[ast.Compare, ...]
    branches: tuple[ast.AST, ...]


def compares(probe: PythonProbe, module: Module) -> Iterator[Found]:
    """Every decision by a comparison that is as asked."""
    for decision in _decisions(module):
        for compare in decision.compares:
            if _compare_fits(probe, compare, module) and _then_fits(probe, decision, module):
                yield Found(decision.node, decision.unit, f"compares {module.text(compare)}")
                break


def _decisions(module: Module) -> tuple[Decision, ...]:
    """The decisions of a module, worked out once."""
    if "decisions" not in module.kept:
        known = _kept_comparisons(module)
        made = (
            Decision(node, unit, found, tuple(each for statement in branches for each in ast.walk(statement)))
            for node, unit, test, branches in _tests(module)
            if (found := tuple(_comparisons(test, known, unit, module)))
        )
        module.kept["decisions"] = tuple(made)
    decisions: tuple[Decision, ...] = module.kept["decisions"]
    return decisions


def _tests(module: Module) -> Iterator[tuple[ast.AST, int, ast.expr, list[ast.stmt]]]:
    """Every test: its node, unit, expression, and the statements that it decides about."""
    for node, unit in module.every(ast.If):
        yield node, unit, node.test, [*node.body, *node.orelse]
    for node, unit in module.every(ast.Assert):
        yield node, unit, node.test, []
    for node, unit in module.every(ast.While, ast.IfExp):
        yield node, unit, node.test, [*node.body] if isinstance(node, ast.While) else []
    for names, calls in module.called().items():
        if fits(STOPS, names):
            for node, unit in calls:
                if node.args:
                    argument = node.args[0]
                    test = argument.test if isinstance(argument, ast.IfExp) else argument
                    yield node, unit, test, [ast.Expr(node)]


def _kept_comparisons(module: Module) -> Kept:
    """Variables that hold the result of a comparison, by unit and name."""
    kept: Kept = {}
    for node, unit in module.every(ast.Assign, ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if isinstance(node.value, ast.Compare | ast.BoolOp | ast.UnaryOp):
            for target in targets:
                kept.setdefault((unit, module.text(target)), []).append(node.value)
    return kept


def _comparisons(test: ast.expr, known: Kept, unit: int, module: Module) -> Iterator[ast.Compare]:
    tests = [test]
    for node in ast.walk(test) if known else ():
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            tests += known.get((unit, module.text(node)), ())
    for each in tests:
        yield from (node for node in ast.walk(each) if isinstance(node, ast.Compare))


def _compare_fits(probe: PythonProbe, compare: ast.Compare, module: Module) -> bool:
    ordered = any(isinstance(op, ORDER) for op in compare.ops)
    if (probe.ops == "order" and not ordered) or (probe.ops == "equality" and ordered):
        return False
    if not any(matches(probe.pattern or "", module.text(side)) for side in (compare.left, *compare.comparators)):
        return False
    return probe.unless is None or not matches(probe.unless, module.text(compare))


def _then_fits(probe: PythonProbe, decision: Decision, module: Module) -> bool:
    inner = decision.branches
    if probe.then_calls and not any(
        isinstance(each, ast.Call) and fits(probe.then_calls, module.names(each.func)) for each in inner
    ):
        return False
    raised = isinstance(decision.node, ast.Assert) or any(isinstance(each, ast.Raise) for each in inner)
    if probe.then in ("raise", "stop") and raised:
        return True
    if probe.then in ("exit", "stop"):
        return any(isinstance(each, ast.Call) and _stops(each, module) for each in inner)
    return probe.then == "any" or (probe.then == "return" and any(isinstance(each, ast.Return) for each in inner))


def _stops(call: ast.Call, module: Module) -> bool:
    """Whether a call ends the run as failed."""
    if not fits(STOPS, module.names(call.func)):
        return False
    return bool(call.args or call.keywords) and module.text(call.args[0] if call.args else None) not in ("0", "None")
