"""What runs out in the days to come, and what an assessment would then say."""

from __future__ import annotations

from datetime import date

from readiness.model.assessment import Assessment
from readiness.model.description import Waiver
from readiness.tuples import NamedTuple


class Lapse(NamedTuple):
    """A piece of evidence that is too old from a day on: the practice that it shows, what it is, and the
    controls for which it ceases to count."""

    day: date
    practice: str
    what: str
    controls: tuple[str, ...]


class Ending(NamedTuple):
    """A waiver that is no longer in force from a day on."""

    day: date
    waiver: Waiver


class Shift(NamedTuple):
    """A control whose outcome changes on a day, with no change of the project. `starts` marks one that begins to
    count."""

    control: str
    title: str
    severity: str
    old: str
    new: str
    starts: bool


class Turn(NamedTuple):
    """A day on which something runs out or begins to count, and the assessment of that day."""

    day: date
    lapses: tuple[Lapse, ...]
    endings: tuple[Ending, ...]
    shifts: tuple[Shift, ...]
    assessment: Assessment


class Forecast(NamedTuple):
    """The days up to `until` on which something runs out, by one checklist."""

    today: Assessment
    until: date
    turns: tuple[Turn, ...]
