"""The assessment: the complete result of one run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from readiness.model.content import Band, Checklist, Dimension, Exact, Figure, Practice, Scheme, Stage
from readiness.model.description import Project
from readiness.model.found import Contradiction, Evidence, Finding, PracticeState, Removal, WaiverState
from readiness.model.vocabulary import Proof
from readiness.tuples import NamedTuple


class DimensionScore(NamedTuple):
    """A dimension's scores for one stage. `earned` and `possible` are severity-weighted half
    points, so that figures are exact; `scheme` says how they become figures, which are None where
    there is nothing to be a share of."""

    dimension: Dimension
    earned: int
    claimed_earned: int
    possible: int
    threshold: int | None
    counts: Mapping[str, int]
    scheme: Scheme = Scheme()

    @property
    def exact(self) -> Exact | None:
        """The exact proven score."""
        return self.scheme.value(self.earned, self.possible)

    @property
    def proven(self) -> Figure | None:
        """The proven score as it is shown."""
        return self.scheme.shown(self.exact)

    @property
    def claimed(self) -> Figure | None:
        """The claimed score as it is shown."""
        return self.scheme.shown(self.scheme.value(self.claimed_earned, self.possible))

    @property
    def passes(self) -> bool:
        """Whether the exact proven score reaches the threshold; a dimension in which nothing
        applies passes."""
        if self.threshold is None or not self.possible or (exact := self.exact) is None:
            return True
        return exact[0] >= self.threshold * exact[1]


class StageResult(NamedTuple):
    """Whether one stage is reached, its coverage (0 to 100, None where nothing applies), and the
    reasons why not."""

    stage: Stage
    reached: bool
    coverage: int | None
    dimensions: tuple[DimensionScore, ...]
    reasons: tuple[str, ...]


class Score(NamedTuple):
    """The overall figures up to the target, in the scheme's unit, and the weakest dimension; all None
    where nothing applies. `coverage` is a share, 0 to 100. `band` says what the proven figure means,
    where the checklist says so, and `most` is the greatest figure that can be had."""

    proven: Figure | None
    claimed: Figure | None
    coverage: int | None
    weakest: DimensionScore | None
    band: Band | None = None
    most: Figure = 100


class Verdict(NamedTuple):
    """The stage reached against the target. `reasons` says why not, blockers first. A checklist
    without stages has nothing to be ready for: then `ready`, `stage` and `target` are None."""

    ready: bool | None
    stage: str | None
    target: str | None
    reasons: tuple[str, ...]


class Against(NamedTuple):
    """The baseline that an assessment was held against: its day and version, how many findings changed in which
    way, and those that only time made worse."""

    as_of: date
    version: str
    counts: Mapping[str, int]
    by_time: tuple[str, ...]


class Assessment(NamedTuple):
    """The complete result of one run, from which every report is made.

    `plan` holds the open, unwaived gaps up to the target in the order in which to close them.
    `accepted_proof` is set where lesser proof was accepted than the checklist asks. `unwaived` is the
    verdict if there were no waivers.
    """

    tool_version: str
    project: Project
    checklist: Checklist
    as_of: date
    target: str | None
    accepted_proof: Proof | None
    repository: bool
    verdict: Verdict
    score: Score
    stages: tuple[StageResult, ...]
    dimensions: tuple[DimensionScore, ...]
    findings: tuple[Finding, ...]
    plan: tuple[Finding, ...]
    practices: tuple[PracticeState, ...]
    contradictions: tuple[Contradiction, ...]
    removals: tuple[Removal, ...]
    waivers: tuple[WaiverState, ...]
    notices: tuple[str, ...]
    unwaived: Verdict | None = None
    baseline: Against | None = None


class Scan(NamedTuple):
    """What a repository shows, practice by practice, with no description and no verdict.

    `practices` holds every practice that has a detector, in the order of the dimensions and then
    by id; `found` has an empty tuple for one that was not found. `files` is the number of files
    looked at; `skipped` counts what was left out, by reason.
    """

    tool_version: str
    practices: tuple[Practice, ...]
    found: Mapping[str, tuple[Evidence, ...]]
    files: int
    skipped: Mapping[str, int]
