"""The `detect` mapping of a practice becomes a condition over probes."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

from readiness import condition, probes
from readiness.condition import NOTHING, Fault, Place, grounded
from readiness.errors import nearest
from readiness.model import Condition
from readiness.probes.options import Options

WORDS = ("all", "any", "not", "at_least", "within", *probes.KINDS)
MAX_COMBINATIONS = 300


def read_detector(data: Any) -> tuple[Condition, list[Fault]]:
    """The condition that plain data describes, and every fault in it: its place, as the keys and
    indexes on the way to it, and what is wrong. A condition with faults finds less than meant."""
    faults: list[Fault] = []
    made = condition.read(data, _leaf, faults, negation=True)
    if not faults and not grounded(made):
        faults.append(((), "`not` alone would hold in an empty repository; something must be found as well"))
    return made, faults


def _leaf(data: Any, place: Place, faults: list[Fault]) -> Condition:
    return _read_leaf(data, place, faults, inner=False)


def _inner_leaf(data: Any, place: Place, faults: list[Fault]) -> Condition:
    return _read_leaf(data, place, faults, inner=True)


def _read_leaf(data: Any, place: Place, faults: list[Fault], *, inner: bool) -> Condition:
    if not isinstance(data, dict) or len(data) != 1:
        faults.append((place, f"needs a mapping with one of {_listed(WORDS)}"))
        return NOTHING
    ((kind, value),) = data.items()
    where = (*place, str(kind))
    if kind == "at_least":
        return _at_least(value, where, faults, inner=inner)
    if kind == "within" and not inner:
        return _within(value, where, faults)
    module = probes.KINDS.get(kind)
    if module is None:
        guess = nearest(str(kind), WORDS)
        help_ = f"did you mean `{guess}`?" if guess and guess != kind else f"known: {_listed(WORDS)}"
        message = "`within` cannot stand in a `within`" if kind == "within" else f"unknown probe `{kind}`; {help_}"
        faults.append((where, message))
        return NOTHING
    return Condition("leaf", leaf=module.read(Options(value, where, faults, inner)))


def _within(data: Any, place: Place, faults: list[Fault]) -> Condition:
    keys = ("all", "any", "not", "at_least", *probes.KINDS)
    body = {key: value for key, value in data.items() if key in keys} if isinstance(data, dict) else {}
    options = Options(
        {k: v for k, v in data.items() if k not in keys} if isinstance(data, dict) else data, place, faults
    )
    scope = options.scope()
    options.finish(keys)
    if len(body) != 1:
        faults.append((place, f"`within` needs one of {_listed(keys)} beside `files`"))
        return NOTHING
    tree = condition.read(body, _inner_leaf, faults, place, negation=True)
    if not grounded(tree):
        faults.append((place, "`not` alone would hold in any file; something must be found as well"))
    return Condition("leaf", leaf=probes.WithinProbe(scope, tree))


def _at_least(data: Any, place: Place, faults: list[Fault], *, inner: bool) -> Condition:
    """`count` of the conditions in `of`, written out as any of all combinations."""
    options = Options(data, place, faults)
    parts = options.raw("of")[0] if options.has("of") else None
    if not isinstance(parts, list) or not parts:
        options.fault("of", "`of` needs a list of conditions")
        return NOTHING
    count = options.number("count", 1, len(parts), 1)
    options.finish()
    if comb(len(parts), count) > MAX_COMBINATIONS:
        options.fault("of", f"more than {MAX_COMBINATIONS} combinations; use fewer conditions")
        return NOTHING
    reader = _inner_leaf if inner else _leaf
    made = [condition.read(p, reader, faults, (*place, "of", i), negation=True) for i, p in enumerate(parts)]
    return Condition("any", tuple(Condition("all", chosen) for chosen in combinations(made, count)))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
