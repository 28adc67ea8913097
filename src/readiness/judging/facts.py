"""Conditions over facts, in three values: a fact that nobody stated decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.condition import leaves
from readiness.model import Condition, Control, FactLeaf, Facts

BY_FACTS = "the stated facts take it out"
"""The reason of a control that does not apply by its facts."""


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


def questions(controls: Iterable[Control], facts: Facts) -> dict[str, int]:
    """The unstated facts that would decide something, each with the number of controls that apply
    only until it is stated."""
    open_: dict[str, int] = {}
    for control in controls:
        if control.applies_when is None or holds(control.applies_when, facts) is not None:
            continue
        for fact in dict.fromkeys(leaf.fact for leaf in leaves(control.applies_when)):
            if fact not in facts:
                open_[fact] = open_.get(fact, 0) + 1
    return dict(sorted(open_.items()))
