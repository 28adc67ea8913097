"""Trees of `all`, `any` and `not` over leaves: reading them, and folding them to a value.

What a leaf is depends on whose condition it is: a practice, a fact or a probe. The reader asks
`read_leaf` for it; the evaluator asks `leaf`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from readiness.model import Condition

Value = TypeVar("Value")
Place = tuple[str | int, ...]
"""The way from the top of a document to a value: keys and indexes."""
Fault = tuple[Place, str]
"""A fault in a condition: where it is, and what is wrong."""

MAX_DEPTH = 20
GROUPS = ("all", "any")
NOTHING = Condition("any")
"""A condition that never holds; it stands for one that could not be read."""


def fold(
    condition: Condition,
    leaf: Callable[[Any], Value],
    all_: Callable[[Iterator[Value]], Value],
    any_: Callable[[Iterator[Value]], Value],
    not_: Callable[[Value], Value],
) -> Value:
    """The value of a condition, from its leaves upwards.

    The parts of a group are handed over lazily, so that `all_` and `any_` can stop early.
    """
    if condition.op == "leaf":
        return leaf(condition.leaf)
    parts = (fold(part, leaf, all_, any_, not_) for part in condition.parts)
    if condition.op == "all":
        return all_(parts)
    if condition.op == "any":
        return any_(parts)
    return not_(next(parts))


def leaves(condition: Condition) -> Iterator[Any]:
    """Every leaf of a condition, in the order in which they are written."""
    if condition.op == "leaf":
        yield condition.leaf
    for part in condition.parts:
        yield from leaves(part)


def grounded(condition: Condition) -> bool:
    """Whether the condition can only hold where some leaf holds.

    `not` alone holds in an empty repository, and there is nothing that could be shown for it.
    """
    if condition.op == "leaf":
        return True
    if condition.op == "all":
        return any(map(grounded, condition.parts))
    return condition.op == "any" and all(map(grounded, condition.parts))


def read(
    data: Any,
    read_leaf: Callable[[Any, Place, list[Fault]], Condition],
    faults: list[Fault],
    place: Place = (),
    *,
    negation: bool = False,
) -> Condition:
    """A condition from plain data: a mapping with one of `all`, `any` (and `not`, with
    `negation`), or whatever `read_leaf` makes of it."""
    if len(place) > 2 * MAX_DEPTH + 10:
        faults.append((place, f"conditions may be nested {MAX_DEPTH} deep"))
        return NOTHING
    words = (*GROUPS, "not") if negation else GROUPS
    op = next((word for word in words if isinstance(data, dict) and word in data), None)
    if op is None:
        return read_leaf(data, place, faults)
    if len(data) > 1:
        others = ", ".join(f"`{key}`" for key in data if key != op)
        faults.append((place, f"`{op}` stands alone in its mapping; {others} cannot stand beside it"))
    if op == "not":
        return Condition("not", (read(data[op], read_leaf, faults, (*place, op), negation=negation),))
    parts = data[op]
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        faults.append(((*place, op), f"`{op}` needs a list of conditions"))
        return NOTHING
    where = (*place, op)
    return Condition(op, tuple(read(p, read_leaf, faults, (*where, i), negation=negation) for i, p in enumerate(parts)))
