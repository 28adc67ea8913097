"""The kinds of question a detector can ask. To add one: a module, and a line in `KINDS`.

A kind's module has `read` (keys to a probe), `triggers` (when a file is worth a closer look) and
`look` (what a file shows).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

from readiness.condition import fold
from readiness.model import Condition
from readiness.probes import data, file, forms, python, text
from readiness.probes.base import ALWAYS, Hit, Scope, Source, Triggers
from readiness.probes.within import WithinProbe

KINDS: dict[str, ModuleType] = {"file": file, "text": text, "data": data, "python": python}
"""What stands for a kind in a detector, and the module that knows it."""
MODULES: dict[type[Any], ModuleType] = {
    file.FileProbe: file,
    text.TextProbe: text,
    data.DataProbe: data,
    forms.PythonProbe: python,
    python.FunctionProbe: python,
}

__all__ = ["KINDS", "Hit", "Scope", "Source", "WithinProbe", "inner", "look", "triggers"]


@lru_cache(maxsize=4096)
def triggers(probe: Any) -> Triggers:
    """When a file is worth a closer look for a probe."""
    if isinstance(probe, WithinProbe):
        return fold(probe.body, triggers, forms.all_of, forms.any_of, lambda _: ALWAYS)
    found: Triggers = MODULES[type(probe)].triggers(probe)
    return found


def inner(probe: Any, leaf: Callable[[Triggers], Any]) -> Condition | None:
    """The condition that a probe asks of one file, with what `leaf` makes of the triggers of its parts as leaves:
    the triggers of a large condition as a whole are coarser. None for a probe without parts."""
    if isinstance(probe, WithinProbe):
        return _with_leaves(probe.body, leaf)
    if isinstance(probe, python.FunctionProbe) and probe.body is not None:
        head = Condition("leaf", (), leaf(forms.header_triggers(probe.header)))
        return Condition("all", (head, _with_leaves(probe.body, leaf)))
    return None


def _with_leaves(condition: Condition, leaf: Callable[[Triggers], Any]) -> Condition:
    if condition.op == "leaf":
        return inner(condition.leaf, leaf) or Condition("leaf", (), leaf(triggers(condition.leaf)))
    return Condition(condition.op, tuple(_with_leaves(part, leaf) for part in condition.parts))


def look(probe: Any, source: Source) -> tuple[Hit, ...]:
    """What one file shows of what a probe asks."""
    if isinstance(probe, WithinProbe):
        return python.combine(probe.body, lambda leaf: look(leaf, source) or None) or ()
    found: tuple[Hit, ...] = MODULES[type(probe)].look(probe, source)
    return found
