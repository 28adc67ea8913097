"""The `python` probe: what code does, by its syntax. Words in comments and strings prove nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from readiness import condition
from readiness.condition import Fault, Place, fold
from readiness.model import Condition
from readiness.probes import forms, found
from readiness.probes.base import Hit, Scope, Source, Triggers, detail
from readiness.probes.forms import DEFAULT_FILES, Header, PythonProbe
from readiness.probes.names import Found
from readiness.probes.options import Options
from readiness.probes.syntax import Module
from readiness.tuples import NamedTuple

MAX_HITS = 200


class FunctionProbe(NamedTuple):
    """One function whose head is as asked, and in whose body a condition holds."""

    scope: Scope
    header: Header
    body: Condition | None


def read(options: Options) -> PythonProbe | FunctionProbe:
    """The probe from its keys: one subject, and what refines it."""
    if options.has("function"):
        data, place, faults = options.raw("function")
        function = _function(options.scope(DEFAULT_FILES), data, place, faults)
        options.finish(forms.SUBJECTS)
        return function
    return forms.read(options)


def _function(scope: Scope, data: Any, place: Place, faults: list[Fault]) -> FunctionProbe:
    words = (*condition.GROUPS, "not")
    tree = {key: value for key, value in data.items() if key in words} if isinstance(data, dict) else {}
    header = {key: value for key, value in data.items() if key not in words} if isinstance(data, dict) else data
    options = Options(header, place, faults, inner=True)
    made = FunctionProbe(scope, forms.read_header(options), None)
    options.finish(words)
    if not tree:
        return made
    body = condition.read(tree, _body_leaf, faults, place, negation=True)
    return made._replace(body=body)


def _body_leaf(data: Any, place: Place, faults: list[Fault]) -> Condition:
    options = Options(data, place, faults, inner=True)
    return Condition("leaf", leaf=forms.read(options))


def triggers(probe: PythonProbe | FunctionProbe) -> Triggers:
    """The literal parts of the names asked for must stand somewhere in the file."""
    if isinstance(probe, PythonProbe):
        return forms.triggers(probe)
    head = forms.header_triggers(probe.header)
    return forms.both(head, condition_triggers(probe.body)) if probe.body else head


def condition_triggers(tree: Condition) -> Triggers:
    """When a condition over Python probes can hold: what its positive parts need."""
    return fold(tree, triggers, forms.all_of, forms.any_of, lambda _: ((),))


def look(probe: PythonProbe | FunctionProbe, source: Source) -> tuple[Hit, ...]:
    """The places in the code that are what is asked."""
    module = source.module
    if module is None:
        return ()
    if isinstance(probe, FunctionProbe):
        return tuple(sorted(_functions(probe, module, source.path)))[:MAX_HITS]
    hits = tuple(sorted({_hit(each, module, source.path) for each in found.find(probe, module)}))
    return hits[:MAX_HITS] if len(hits) >= probe.times else ()


def _hit(each: Found, module: Module, path: str) -> Hit:
    return Hit(path, module.line(each.node), detail(each.said), each.needs)


def _functions(probe: FunctionProbe, module: Module, path: str) -> Iterator[Hit]:
    """What the functions that are as asked hold; without a head, also what the module itself does."""
    if probe.body is None:
        for unit in module.units[1:]:
            needs = found.header_fits(probe.header, unit.node, module)
            if needs is not None and unit.node is not None:
                yield Hit(path, module.line(unit.node), detail(f"def {unit.node.name}"), needs)
        return
    held = {id(leaf): _by_unit(leaf, module) for leaf in condition.leaves(probe.body)}
    every = set(range(1, len(module.units)))
    for index in sorted({u for units in held.values() for u in units} if condition.grounded(probe.body) else every):
        node = module.units[index].node
        needs = "" if probe.header.empty else found.header_fits(probe.header, node, module) if node else None
        if needs is None:
            continue
        hits = combine(probe.body, lambda leaf, at=index: _held(leaf, held[id(leaf)].get(at, ()), module, path))
        if hits == () and node is not None:
            hits = (Hit(path, module.line(node), detail(f"def {node.name}")),)
        for hit in hits or ():
            yield hit._replace(needs=needs or hit.needs)


def _by_unit(leaf: PythonProbe, module: Module) -> dict[int, list[Found]]:
    """What is found for a form, by the units that hold it."""
    units: dict[int, list[Found]] = {}
    for each in found.find(leaf, module):
        for unit in module.around(each.unit):
            units.setdefault(unit, []).append(each)
    return units


def _held(leaf: PythonProbe, held: Sequence[Found], module: Module, path: str) -> tuple[Hit, ...] | None:
    hits = tuple(sorted({_hit(each, module, path) for each in held[:MAX_HITS]}))
    return hits if len(hits) >= leaf.times else None


def combine(tree: Condition, leaf: Any) -> tuple[Hit, ...] | None:
    """The hits of a condition; None where it does not hold, nothing where `not` alone holds."""
    found: tuple[Hit, ...] | None = fold(tree, leaf, _all, _any, lambda hits: () if hits is None else None)
    return found


def _all(parts: Iterator[tuple[Hit, ...] | None]) -> tuple[Hit, ...] | None:
    hits: list[Hit] = []
    needs = ""
    for part in parts:
        if part is None:
            return None
        if part and all(hit.needs for hit in part):
            needs = part[0].needs
        hits += part
    return tuple(h._replace(needs=needs) if needs and not h.needs else h for h in dict.fromkeys(hits))


def _any(parts: Iterator[tuple[Hit, ...] | None]) -> tuple[Hit, ...] | None:
    held = [part for part in parts if part is not None]
    return tuple(dict.fromkeys(hit for part in held for hit in part)) if held else None
