"""What a description may name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readiness.model import Practice
from readiness.tuples import NamedTuple

Controls = Mapping[str, tuple[str, ...]]
"""The ids of a checklist's controls, each with the practices that it asks about."""


class Vocabulary(NamedTuple):
    """What a description may name: the practices, the stages, and the controls of a checklist.

    `controls_of` takes a checklist's id and gives its controls, or None where no such checklist
    takes part in the run. `ruler` is the id of the checklist that bare waivers belong to.
    """

    practices: Mapping[str, Practice]
    stages: tuple[str, ...]
    ruler: str
    controls_of: Callable[[str], Controls | None]
