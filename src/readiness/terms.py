"""Conditions over facts and over practices, read from data: shared by the loaders."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from readiness.condition import Fault, Place, read
from readiness.document import Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, kind, options, quoted
from readiness.model import FACTS, Condition, FactLeaf, Level, Mark, PracticeLeaf

ASKED = {"partial": Level.PARTIAL, "yes": Level.YES}


def read_facts(data: Any, faults: list[Fault] | None = None) -> Condition:
    """A condition over facts. Where `faults` is None, the data is trusted to hold none."""
    return read(data, _facts, faults if faults is not None else [])


def _facts(data: Any, place: Place, faults: list[Fault]) -> Condition:
    """A mapping of facts to the values that they may have: all of them must hold."""
    if not isinstance(data, dict) or not data:
        faults.append((place, f"expected facts with their values, not {kind(data)}"))
        return Condition("any")
    leaves = []
    for key, value in data.items():
        if key not in FACTS:
            near = nearest(str(key), FACTS)
            faults.append(
                ((*place, key), f"unknown fact {quoted(str(key))}" + (f"; did you mean `{near}`?" if near else ""))
            )
            continue
        values = tuple(_truth(v) if True in FACTS[key] else v for v in (value if isinstance(value, list) else [value]))
        wrong = [v for v in values if not any(v is f or (isinstance(v, str) and v == f) for f in FACTS[key])]
        if wrong or not values:
            faults.append(((*place, key), f"`{key}` must be one of {options(FACTS[key])}"))
            continue
        leaves.append(Condition("leaf", (), FactLeaf(key, values)))
    return leaves[0] if len(leaves) == 1 else Condition("all", tuple(leaves))


def _truth(value: Any) -> Any:
    """`yes` and `no` mean `true` and `false` where a fact is one of these."""
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def read_practices(data: Any, faults: list[Fault] | None = None, known: Collection[str] | None = None) -> Condition:
    """A condition over practices: an id, `{id: partial}`, or `all` / `any` over these. Where
    `known` is given, a practice that is not among them is a fault."""
    found: list[Fault] = faults if faults is not None else []

    def leaf(data: Any, place: Place, faults: list[Fault]) -> Condition:
        condition = _practice(data, place, faults)
        name = condition.leaf.practice if condition.op == "leaf" else None
        if known is not None and name is not None and name not in known:
            near = nearest(name, known)
            where = (*place, name) if isinstance(data, dict) else place
            faults.append((where, f"unknown practice {quoted(name)}" + (f"; did you mean `{near}`?" if near else "")))
        return condition

    return read(data, leaf, found)


def _practice(data: Any, place: Place, faults: list[Fault]) -> Condition:
    if isinstance(data, str):
        return Condition("leaf", (), PracticeLeaf(data))
    if isinstance(data, dict) and len(data) == 1:
        name, level = next(iter(data.items()))
        if isinstance(level, str) and level in ASKED:
            return Condition("leaf", (), PracticeLeaf(str(name), ASKED[level]))
        faults.append(((*place, name), f"{quoted(str(name))} must be asked for with {options(ASKED)}"))
        return Condition("any")
    faults.append((place, f"expected a practice, `all` or `any`, not {kind(data)}"))
    return Condition("any")


def report(reader: Reader, parent: Map, key: str, faults: list[Fault]) -> None:
    """Turn the faults of a condition at `key` into diagnostics at their places: an unknown name
    at the name, a wrong value at the value."""
    for place, message in faults:
        text, _, help = message.partition("; did you mean ")
        mark = place_mark(parent, (key, *place), bool(place) and message.startswith("unknown"))
        reader.fault(mark, text, f"did you mean {help}" if help else None)


def place_mark(parent: Any, place: Place, name: bool = False) -> Mark:
    """The position of what stands at a place below a mapping, or of the nearest thing above it;
    with `name`, that of the key there."""
    mark, here = Mark(1, 1), parent
    for step in place:
        if isinstance(here, Map) and step in here:
            key = str(step)
            mark, here = (here.key_marks if name else here.value_marks)[key], here[key]
        elif isinstance(here, Seq) and isinstance(step, int) and step < len(here):
            mark, here = here.marks[step], here[step]
        else:
            break
    return mark


def check_facts(reader: Reader, parent: Map, key: str) -> None:
    """Report the faults of a condition over facts."""
    faults: list[Fault] = []
    read_facts(parent[key], faults)
    report(reader, parent, key, faults)
