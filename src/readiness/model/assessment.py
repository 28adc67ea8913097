"""The assessment: the complete result of one run."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from readiness.model.content import Checklist, Dimension, Practice, Stage
from readiness.model.description import Project
from readiness.model.found import Contradiction, Evidence, Finding, PracticeState, Removal, WaiverState
from readiness.model.vocabulary import Proof


class DimensionScore(NamedTuple):
    """A dimension's scores for one stage. `earned` and `possible` are severity-weighted half
    points, so that the share is exact; where `possible` is 0 the scores are None."""

    dimension: Dimension
    earned: int
    claimed_earned: int
    possible: int
    threshold: int | None
    counts: Mapping[str, int]

    @property
    def proven(self) -> int | None:
        """The proven score, 0 to 100, rounded down."""
        return self.earned * 100 // self.possible if self.possible else None

    @property
    def claimed(self) -> int | None:
        """The claimed score, 0 to 100, rounded down."""
        return self.claimed_earned * 100 // self.possible if self.possible else None

    @property
    def passes(self) -> bool:
        """Whether the exact proven score reaches the threshold; a dimension in which nothing
        applies passes."""
        if not self.possible or self.threshold is None:
            return True
        return self.earned * 100 >= self.threshold * self.possible


class StageResult(NamedTuple):
    """Whether one stage is reached, its coverage (0 to 100, None where nothing applies), and the
    reasons why not."""

    stage: Stage
    reached: bool
    coverage: int | None
    dimensions: tuple[DimensionScore, ...]
    reasons: tuple[str, ...]


class Score(NamedTuple):
    """The overall figures up to the target: the means of the dimensions, 0 to 100, rounded down,
    and the weakest dimension; all None where nothing applies."""

    proven: int | None
    claimed: int | None
    coverage: int | None
    weakest: DimensionScore | None


class Verdict(NamedTuple):
    """The stage reached against the target. `reasons` says why not, blockers first."""

    ready: bool
    stage: str
    target: str
    reasons: tuple[str, ...]


class Assessment(NamedTuple):
    """The complete result of one run, from which every report is made.

    `plan` holds the open, unwaived gaps up to the target in the order in which to close them.
    `accepted_proof` is set where lesser proof was accepted than the checklist asks.
    """

    tool_version: str
    project: Project
    checklist: Checklist
    as_of: date
    target: str
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
