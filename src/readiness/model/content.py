"""The content of a checklist: practices and controls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from readiness.model.vocabulary import BASE_STAGE, Condition, Level, Proof, Severity
from readiness.tuples import NamedTuple

FULL = 2
"""The half points of a control that is met."""
Exact = tuple[int, int]
"""An exact figure as a fraction: what stands over, and what under it."""
Figure = int | float
"""A figure as it is shown: whole, or with a half."""


class Practice(NamedTuple):
    """One thing that a project does on its way to production.

    `kind` is `level`, `measure` or `records`. `fields` names a record's required fields and says
    what each holds; those in `file_fields` may name a file of the repository. `detectable` says
    whether a detector can find the practice in files; `detected` is the level that holds where
    nobody answered and it does.
    """

    id: str
    dimension: str
    title: str
    ask: str
    partial: str
    yes: str
    kind: str
    applies_when: Condition | None
    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    tools: tuple[str, ...]
    fields: Mapping[str, str]
    file_fields: tuple[str, ...]
    detectable: bool
    detected: Level


class Source(NamedTuple):
    """Where a control's demand comes from: a published source and the id it has there."""

    source: str
    id: str


class Start(NamedTuple):
    """A day from which a control counts, and the facts under which it is this day; None under any."""

    day: date
    when: Condition | None


class Step(NamedTuple):
    """What an overlay did to a control: which checklist (`id@version`), what it did, and its reason."""

    checklist: str
    change: str
    because: str


class Control(NamedTuple):
    """One requirement over practices.

    `max_age` is the greatest age in days of dated evidence, None where age does not matter.
    `needs` names controls to do first; it orders the plan and never decides an outcome.
    `requirements` are the ids of what it judges in the checklist's published source. `since` is
    the version that brought it. `enforce_from` holds the days from which it counts, the first that
    its facts fit; before that it is advisory: judged and shown, and counted nowhere. `history`
    says what overlays did, the oldest first. `waivable` says whether a waiver can excuse it.
    """

    id: str
    dimension: str
    title: str
    met_when: Condition
    stage: str | None
    severity: Severity
    proof: Proof
    max_age: int | None
    applies_when: Condition | None
    effort: str
    needs: tuple[str, ...]
    why: str
    fix: str
    references: tuple[Source, ...]
    requirements: tuple[str, ...] = ()
    since: str | None = None
    enforce_from: tuple[Start, ...] = ()
    history: tuple[Step, ...] = ()
    waivable: bool = True


class Stage(NamedTuple):
    """A stage of a checklist: the least proven score that each dimension needs there, in the
    scheme's unit, None where the blockers alone decide."""

    id: str
    title: str
    threshold: int | None


class Dimension(NamedTuple):
    """A dimension as a checklist names it."""

    id: str
    title: str


class Scheme(NamedTuple):
    """How findings become figures.

    `within` a dimension the figure is the `share` of the points that could be had, 0 to 100, or the
    `sum` of the points, in which a control that does not apply earns none. `across` dimensions the
    overall figure is their `mean` or their `minimum`. A figure is shown in `unit`, rounded `down` to a
    whole number or down to `halves`; whatever is decided is decided on the exact value.
    """

    within: str = "share"
    across: str = "mean"
    rounding: str = "down"
    unit: str = "percent"

    def value(self, earned: int, possible: int) -> Exact | None:
        """The exact figure for points in halves; None where a share has nothing to be a share of."""
        if self.within == "sum":
            return earned, FULL
        return (100 * earned, possible) if possible else None

    def most(self, possible: int) -> int:
        """The greatest figure that can be had."""
        return possible // FULL if self.within == "sum" else 100

    def shown(self, value: Exact | None) -> Figure | None:
        """A figure as reports show it."""
        if value is None:
            return None
        over, under = value
        if self.rounding == "halves":
            halves = 2 * over // under
            return halves / 2 if halves % 2 else halves // 2
        return over // under


class Band(NamedTuple):
    """What an overall score means from the end of the band below up to its own `end`, which is part of
    it where it is `closed`. The last band has no end."""

    title: str
    end: Figure | None
    closed: bool


class Requirement(NamedTuple):
    """One requirement of a published source: its id and short title there, and, where no control
    judges it, why it lies outside of what a project can show."""

    id: str
    title: str
    outside: str | None


class Published(NamedTuple):
    """The published source that a checklist restates. `note` is what a reader must know before
    trusting the figure."""

    title: str
    edition: str
    url: str | None
    note: str


class Removed(NamedTuple):
    """A control that an overlay took out, with its title and the overlay's reason."""

    control: str
    title: str
    checklist: str
    because: str


class Checklist(NamedTuple):
    """One version of a ruler.

    `weights` maps a severity to its weight, a positive integer. `attestation_age` is the greatest
    age in days of an attestation for a control that has no `max_age` of its own. Without `stages` it
    has a score and nothing to be ready for; `base` is where a project stands that has reached none.
    `aliases` pairs former ids of controls with those of today. `layers` are the checklists (`id@version`)
    that it extends, the nearest first, and `removed` what it took out of them.
    `default_proof` is what a control asks that names none. `waiver_days` is the greatest length of a
    waiver in days, None where there is no limit, and `approvers` name who may approve one, anybody where
    there are none.
    """

    id: str
    version: str
    title: str
    released: date
    digest: str
    dimensions: tuple[Dimension, ...]
    stages: tuple[Stage, ...]
    weights: Mapping[str, int]
    attestation_age: int | None
    controls: tuple[Control, ...]
    changes: tuple[str, ...]
    scheme: Scheme = Scheme()
    bands: tuple[Band, ...] = ()
    base: Dimension = Dimension(BASE_STAGE, "Proof of concept")
    source: Published | None = None
    requirements: tuple[Requirement, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    layers: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    default_proof: Proof = Proof.ATTESTED
    waiver_days: int | None = None
    approvers: tuple[str, ...] = ()
