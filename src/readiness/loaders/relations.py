"""What the controls of a checklist must be to one another: no circle of needs, no two that ask the same, and
thresholds that they can reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from readiness.condition import Fault
from readiness.document import Map
from readiness.fields import Reader, several
from readiness.model import Condition, Control
from readiness.terms import read_facts, read_practices


def needs_of(entry: Map) -> tuple[str, ...]:
    """The controls that one of someone's own needs, as far as they can be read."""
    stated = several(entry, "needs") if isinstance(entry.get("needs"), (str, list)) else ()
    return tuple(name for name in stated if isinstance(name, str))


def check_circles(
    reader: Reader, entries: Iterable[Map], others: Mapping[str, tuple[str, ...]] | None = None, key: str = "id"
) -> None:
    """Fault each control that needs itself by way of others. `others` holds what further controls
    need, and `key` is the field by which an entry names its control."""
    listed = [entry for entry in entries if isinstance(entry.get(key), str)]
    everything = {**(others or {}), **{entry[key]: needs_of(entry) for entry in listed}}
    for entry in listed:
        if entry[key] in _beyond(everything, needs_of(entry)):
            reader.at_value(entry, "needs", f"the control `{entry[key]}` needs itself, directly or by way of others")


def _beyond(needs: Mapping[str, tuple[str, ...]], first: Iterable[str]) -> set[str]:
    """Every control that the first ones are or need."""
    found: set[str] = set()
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return found


def check_twins(reader: Reader, controls: Iterable[Map], others: Iterable[Control] = ()) -> None:
    """Fault a control that asks the same, of the same projects, as one before it or one of the others."""
    seen = {asked_by(other.met_when, other.applies_when): other.id for other in others}
    for entry in controls:
        asked = stated(entry)
        if asked is None or not isinstance(entry.get("id"), str):
            continue
        first = seen.setdefault(asked_by(*asked), entry["id"])
        if first != entry["id"]:
            twin(reader, entry, entry["id"], first)


def twin(reader: Reader, entry: Map, name: str, first: str) -> None:
    """Report that a control asks what another asks, where its entry says so."""
    key = "met_when" if "met_when" in entry else "applies_when"
    help = "ask for something else, or judge both by one control"
    reader.at_value(entry, key, f"the control `{name}` has the same condition as `{first}`", help)


def stated(entry: Map, base: Control | None = None) -> tuple[Condition, Condition | None] | None:
    """What an entry asks for, and of which projects; what it leaves open is the base's. None where it cannot be
    read."""
    faults: list[Fault] = []
    met = base.met_when if base else None
    applies = base.applies_when if base else None
    if entry.get("met_when") is not None:
        met = read_practices(entry["met_when"], faults)
    if entry.get("applies_when") is not None:
        applies = read_facts(entry["applies_when"], faults)
    return None if faults or met is None else (met, applies)


def asked_by(met: Condition, applies: Condition | None) -> tuple[Condition, Condition | None]:
    """What a control asks, and of which projects, in a form that is the same however it is written."""
    return _sorted(met), applies and _sorted(applies)


def _sorted(condition: Condition) -> Condition:
    """The same condition with the parts of each group once and in one order; a group of one is what it holds."""
    parts = tuple(sorted(set(map(_sorted, condition.parts)), key=repr))
    return parts[0] if len(parts) == 1 and condition.op != "not" else condition._replace(parts=parts)


def out_of_reach(
    limits: Iterable[tuple[str, int | None]], points: Collection[tuple[str, str, int]]
) -> Mapping[str, str]:
    """Each stage whose threshold in points no project can have, with a sentence that says so.
    `points` holds the stage, dimension and weight of each control."""
    so_far: set[str] = set()
    found = {}
    for stage, limit in limits:
        so_far.add(stage)
        most: dict[str, int] = {}
        for at, dimension, weight in points:
            if at in so_far:
                most[dimension] = most.get(dimension, 0) + weight
        least = min(most.values(), default=0)
        if limit is not None and limit > least:
            said = f"no project can reach this stage: a dimension has {least} points up to it, and {limit} are asked"
            found[stage] = said
    return found
