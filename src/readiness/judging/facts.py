"""Conditions over facts, in three values: a fact that nobody stated decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readiness.condition import fold, leaves
from readiness.model import Condition, Control, FactLeaf, Facts

BY_FACTS = "the stated facts take it out"
"""The reason of a control that does not apply by its facts."""


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether a condition holds; None where an unstated fact would decide."""
    return fold(
        condition, lambda leaf: _leaf(leaf, facts), _all, _any, lambda value: None if value is None else not value
    )


def _leaf(leaf: FactLeaf, facts: Facts) -> bool | None:
    stated = facts.get(leaf.fact)
    if stated is None:
        return None
    if isinstance(stated, tuple):
        return any(value in leaf.values for value in stated)
    return any(stated == value and isinstance(stated, bool) == isinstance(value, bool) for value in leaf.values)


def _all(parts: Iterator[bool | None]) -> bool | None:
    values = list(parts)
    return False if False in values else None if None in values else True


def _any(parts: Iterator[bool | None]) -> bool | None:
    values = list(parts)
    return True if True in values else None if None in values else False


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
