"""What changed between two versions of a checklist, for a project judged by both, and between two reports."""

from __future__ import annotations

from fractions import Fraction

from readiness.model.assessment import Assessment
from readiness.model.baseline import Baseline
from readiness.model.content import Checklist, Control
from readiness.tuples import NamedTuple


class Changed(NamedTuple):
    """One field that differs, in words: what it was, and what it is. `kind` says how it matters: `moved` (stage,
    severity or proof), `asks` (what it asks, of whom, how fresh, or from when), `reworded`, or `other`."""

    field: str
    kind: str
    old: str
    new: str


class ControlChange(NamedTuple):
    """A control that both versions have. `former` is its id in the old one, where that is another."""

    control: Control
    former: str | None
    fields: tuple[Changed, ...]


class Difference(NamedTuple):
    """What a new version of a checklist changes; `whole` is what changes in the checklist itself."""

    old: Checklist
    new: Checklist
    added: tuple[Control, ...]
    removed: tuple[Control, ...]
    changed: tuple[ControlChange, ...]
    whole: tuple[Changed, ...]


class Move(NamedTuple):
    """One control under both versions, by today's id: its outcome in each, None where it is not in that
    version, and whether it is advisory there."""

    control: str
    title: str
    old: str | None
    new: str | None
    old_advisory: bool
    new_advisory: bool

    @property
    def same(self) -> bool:
        """Whether nothing moved. A control that does not apply is as good as none."""
        none = (None, "not_applicable")
        if self.old in none and self.new in none:
            return True
        return (self.old, self.old_advisory) == (self.new, self.new_advisory)


class Preview(NamedTuple):
    """A project judged by both versions, control by control. `whole` is the new version with all that it will
    count later, None where it counts all of it today."""

    old: Assessment
    new: Assessment
    moves: tuple[Move, ...]
    whole: Assessment | None = None


class Parts(NamedTuple):
    """The change of one score, split into what brought it about. The parts add up to `new` less `old` exactly; all
    are None where there is no score on one side."""

    name: str
    kind: str
    old: Fraction | None
    new: Fraction | None
    project: Fraction | None
    checklist: Fraction | None
    time: Fraction | None
    waivers: Fraction | None


class Turned(NamedTuple):
    """A control whose outcome, or whose waiver, is another in the later report. `cause` is `project`, `time` or
    `checklist`; an outcome is None where the control is not in that report."""

    control: str
    old: str | None
    new: str | None
    cause: str
    old_waived: bool
    new_waived: bool


class Comparison(NamedTuple):
    """Two reports on one project by one checklist. `target` is the stage up to which both are figured, and
    `retargeted` says that the earlier report aimed at another."""

    old: Baseline
    new: Baseline
    target: str | None
    retargeted: bool
    scores: tuple[Parts, ...]
    controls: tuple[Turned, ...]
