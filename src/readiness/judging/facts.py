"""Conditions over facts, in three values: a fact that nobody stated decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from readiness.condition import leaves
from readiness.model import Checklist, Condition, FactLeaf, Facts

BY_FACTS = "the stated facts take it out"
"""The reason of a control that does not apply by its facts."""


Stated = frozenset[tuple[str, str | bool | tuple[str, ...]]]
"""Facts, to remember what follows from them."""


class Same:
    """Stands for one checklist itself, not for all that are equal to it: comparing those would take as long as
    judging by one."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __hash__(self) -> int:
        return id(self.checklist)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.checklist is other.checklist


def applies(checklist: Checklist, facts: Facts) -> tuple[bool | None, ...]:
    """Whether each control of a checklist applies by the facts. None stands for one that an unstated fact could
    take out, and that applies until it is stated."""
    return _applies(Same(checklist), frozenset(facts.items()))


@lru_cache(maxsize=8)
def _applies(same: Same, stated: Stated) -> tuple[bool | None, ...]:
    facts = dict(stated)
    conditions = (control.applies_when for control in same.checklist.controls)
    return tuple(True if condition is None else holds(condition, facts) for condition in conditions)


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether a condition holds; None where an unstated fact would decide."""
    if condition.op == "leaf":
        return _leaf(condition.leaf, facts)
    values = [holds(part, facts) for part in condition.parts]
    if condition.op == "all":
        return False if False in values else None if None in values else True
    if condition.op == "any":
        return True if True in values else None if None in values else False
    return None if values[0] is None else not values[0]


def _leaf(leaf: FactLeaf, facts: Facts) -> bool | None:
    stated = facts.get(leaf.fact)
    if stated is None:
        return None
    if isinstance(stated, tuple):
        return any(map(leaf.values.__contains__, stated))
    if isinstance(stated, str):
        return stated in leaf.values
    return any(value is stated for value in leaf.values)


def questions(checklist: Checklist, facts: Facts) -> Mapping[str, int]:
    """The unstated facts that would decide something, each with the number of controls that apply
    only until it is stated."""
    return _questions(Same(checklist), frozenset(facts.items()))


@lru_cache(maxsize=8)
def _questions(same: Same, stated: Stated) -> Mapping[str, int]:
    open_: Counter[str] = Counter()
    known = {fact for fact, _ in stated}
    for control, fits in zip(same.checklist.controls, _applies(same, stated), strict=True):
        if fits is None and control.applies_when is not None:
            open_.update({leaf.fact for leaf in leaves(control.applies_when)} - known)
    return dict(sorted(open_.items()))
