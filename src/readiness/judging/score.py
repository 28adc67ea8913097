"""Findings become scores: exact shares of severity-weighted half points.

Credit: met 2 half points, partial 1, everything else 0. Unknown and unproven stay in the
denominator, not applicable leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

from readiness.model import Checklist, Dimension, DimensionScore, Finding, Outcome, Score, Stage

OUTCOMES = tuple(outcome.value for outcome in Outcome)
NOT_APPLICABLE = Outcome.NOT_APPLICABLE.value
CREDIT = {Outcome.MET.value: 2, Outcome.PARTIAL.value: 1}
FULL = 2


def up_to(checklist: Checklist, findings: Iterable[Finding], stage: str) -> tuple[Finding, ...]:
    """The findings of controls of a stage and of those before it."""
    order = [s.id for s in checklist.stages]
    allowed = set(order[: order.index(stage) + 1])
    return tuple(f for f in findings if f.control.stage is None or f.control.stage in allowed)


def dimensions(checklist: Checklist, findings: Iterable[Finding], stage: Stage) -> tuple[DimensionScore, ...]:
    """The score of each dimension over the controls up to a stage, against its threshold."""
    by_dimension: dict[str, list[Finding]] = {d.id: [] for d in checklist.dimensions}
    for finding in up_to(checklist, findings, stage.id):
        by_dimension[finding.control.dimension].append(finding)
    return tuple(_dimension(d, by_dimension[d.id], checklist, stage) for d in checklist.dimensions)


def _dimension(dimension: Dimension, findings: list[Finding], checklist: Checklist, stage: Stage) -> DimensionScore:
    earned = claimed = possible = 0
    counts = dict.fromkeys(OUTCOMES, 0)
    for finding in findings:
        outcome: str = finding.outcome
        counts[outcome] += 1
        if outcome == NOT_APPLICABLE:
            continue
        weight = checklist.weights[finding.control.severity]
        earned += weight * CREDIT.get(outcome, 0)
        claimed += weight * finding.claimed
        possible += weight * FULL
    return DimensionScore(dimension, earned, claimed, possible, stage.threshold, counts)


def coverage(checklist: Checklist, findings: Iterable[Finding]) -> int | None:
    """The weighted share, 0 to 100 rounded down, of applicable controls that are not unknown."""
    known = total = 0
    for finding in findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        weight = checklist.weights[finding.control.severity]
        total += weight
        known += weight if finding.outcome != Outcome.UNKNOWN else 0
    return known * 100 // total if total else None


def overall(checklist: Checklist, scores: tuple[DimensionScore, ...], findings: Iterable[Finding]) -> Score:
    """The means over the dimensions in which something applies, and the weakest of them."""
    held = [score for score in scores if score.possible]
    if not held:
        return Score(None, None, None, None)
    whole = lcm(*(score.possible for score in held))
    proven = sum(whole // s.possible * s.earned for s in held)
    claimed = sum(whole // s.possible * s.claimed_earned for s in held)
    weakest = min(held, key=lambda s: whole // s.possible * s.earned)
    full = whole * len(held)
    return Score(100 * proven // full, 100 * claimed // full, coverage(checklist, findings), weakest)
