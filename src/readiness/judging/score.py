"""Findings become scores, by the checklist's scheme and in exact arithmetic.

Credit: met 2 half points, partial 1, everything else 0, times the weight of the severity. Unknown
and unproven stay among the points that could be had; not applicable leaves them, but in a sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import lcm

from readiness.model import (
    FULL,
    Band,
    Checklist,
    DimensionScore,
    Exact,
    Finding,
    Outcome,
    Scheme,
    Score,
    Stage,
)

OUTCOMES = tuple(outcome.value for outcome in Outcome)
NOT_APPLICABLE, UNKNOWN = Outcome.NOT_APPLICABLE.value, Outcome.UNKNOWN.value
CREDIT = {Outcome.MET.value: 2, Outcome.PARTIAL.value: 1}


def up_to(checklist: Checklist, findings: Iterable[Finding], stage: str | None) -> tuple[Finding, ...]:
    """The findings that count up to a stage: of its controls and of those before it, without the
    advisory ones. None stands for a checklist that has no stages."""
    order = [s.id for s in checklist.stages]
    allowed = {None, *(order if stage is None else order[: order.index(stage) + 1])}
    return tuple(f for f in findings if f.control.stage in allowed and f.advisory is None)


def dimensions(checklist: Checklist, findings: Iterable[Finding], stage: Stage | None) -> tuple[DimensionScore, ...]:
    """The score of each dimension over the controls up to a stage, against its threshold."""
    tally = Tally(checklist)
    tally.add(up_to(checklist, findings, stage.id if stage else None))
    return tally.dimensions(stage)


class Tally:
    """What findings come to, dimension by dimension. A stage's figures are those of the stage before it, and more."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self._rows = {d.id: [0, 0, 0] for d in checklist.dimensions}
        self._counts = {d.id: dict.fromkeys(OUTCOMES, 0) for d in checklist.dimensions}
        self._known = self._total = 0

    def add(self, findings: Iterable[Finding]) -> None:
        """Count more findings."""
        weights, summed = self.checklist.weights, self.checklist.scheme.within == "sum"
        for finding in findings:
            control = finding.control
            outcome: str = finding.outcome
            self._counts[control.dimension][outcome] += 1
            row, weight = self._rows[control.dimension], weights[control.severity]
            if outcome != NOT_APPLICABLE:
                row[0] += weight * CREDIT.get(outcome, 0)
                row[1] += weight * finding.claimed
                self._total += weight
                self._known += weight if outcome != UNKNOWN else 0
            elif not summed:
                continue
            row[2] += weight * FULL

    def dimensions(self, stage: Stage | None) -> tuple[DimensionScore, ...]:
        """The scores so far, against the threshold of a stage."""
        limit, scheme = stage.threshold if stage else None, self.checklist.scheme
        return tuple(
            DimensionScore(d, earned, claimed, possible, limit, dict(self._counts[d.id]), scheme)
            for d in self.checklist.dimensions
            for earned, claimed, possible in (self._rows[d.id],)
        )

    def coverage(self) -> int | None:
        """The weighted share, 0 to 100 rounded down, of applicable controls that are not unknown."""
        return self._known * 100 // self._total if self._total else None

    @property
    def idle(self) -> bool:
        """Whether nothing applies so far."""
        return self._total == 0


def coverage(checklist: Checklist, findings: Iterable[Finding]) -> int | None:
    """The coverage of some findings."""
    tally = Tally(checklist)
    tally.add(findings)
    return tally.coverage()


def overall(checklist: Checklist, scores: tuple[DimensionScore, ...], findings: Iterable[Finding]) -> Score:
    """The overall figures over the dimensions in which something applies, and the weakest of them."""
    scheme = checklist.scheme
    held = [score for score in scores if score.possible]
    if not held:
        return Score(None, None, None, None)
    exact = _across(scheme, [scheme.value(s.earned, s.possible) for s in held])
    claimed = _across(scheme, [scheme.value(s.claimed_earned, s.possible) for s in held])
    most = _across(scheme, [(scheme.most(s.possible), 1) for s in held])
    return Score(
        scheme.shown(exact),
        scheme.shown(claimed),
        coverage(checklist, findings),
        min(held, key=_rank([s.exact for s in held])),
        band(checklist, exact),
        scheme.shown(most) or 0,
    )


def _across(scheme: Scheme, values: Iterable[Exact | None]) -> Exact:
    """The mean or the minimum of exact figures, of which there is at least one."""
    held = [value for value in values if value is not None]
    whole = lcm(*(under for _, under in held))
    over = [whole // under * figure for figure, under in held]
    return (min(over), whole) if scheme.across == "minimum" else (sum(over), whole * len(over))


def _rank(values: Iterable[Exact | None]) -> Callable[[DimensionScore], int]:
    """What orders dimensions by their exact proven scores."""
    whole = lcm(*(value[1] for value in values if value))

    def rank(score: DimensionScore) -> int:
        over, under = score.exact or (0, 1)
        return whole // under * over

    return rank


def band(checklist: Checklist, exact: Exact) -> Band | None:
    """The band in which an exact figure lies."""
    over, under = exact
    for held in checklist.bands:
        if held.end is None:
            return held
        ends = round(2 * held.end) * under  # an end is whole or a half, so that this is exact
        if 2 * over < ends or (held.closed and 2 * over == ends):
            return held
    return None
