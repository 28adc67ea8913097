"""What an answer of not applicable does to a condition that it takes a practice out of."""

from __future__ import annotations

from collections.abc import Set

from readiness.model import Condition


def loses(condition: Condition, removed: Set[str]) -> bool:
    """Whether some `all` lost a part when these practices were taken out, which then reaches at
    most `partial`."""
    if not removed or condition.op == "leaf":
        return False
    gone = any(_gone(part, removed) for part in condition.parts)
    return (condition.op == "all" and gone) or any(loses(part, removed) for part in condition.parts)


def _gone(condition: Condition, removed: Set[str]) -> bool:
    if condition.op == "leaf":
        return condition.leaf.practice in removed
    return all(_gone(part, removed) for part in condition.parts)
