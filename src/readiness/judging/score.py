"""Findings become scores: exact shares of severity-weighted half points.

Credit: met 2 half points, partial 1, everything else 0. Unknown and unproven stay in the
denominator, not applicable leaves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from readiness.model import Checklist, Dimension, DimensionScore, Finding, Outcome, Score, Stage

CREDIT = {Outcome.MET: 2, Outcome.PARTIAL: 1}
FULL = 2


def up_to(checklist: Checklist, findings: Iterable[Finding], stage: str) -> tuple[Finding, ...]:
    """The findings of controls of a stage and of those before it."""
    order = [s.id for s in checklist.stages]
    allowed = set(order[: order.index(stage) + 1])
    return tuple(f for f in findings if f.control.stage is None or f.control.stage in allowed)


def dimensions(checklist: Checklist, findings: Iterable[Finding], stage: Stage) -> tuple[DimensionScore, ...]:
    """The score of each dimension over the controls up to a stage, against its threshold."""
    asked = up_to(checklist, findings, stage.id)
    return tuple(
        _dimension(d, [f for f in asked if f.control.dimension == d.id], checklist, stage) for d in checklist.dimensions
    )


def _dimension(dimension: Dimension, findings: list[Finding], checklist: Checklist, stage: Stage) -> DimensionScore:
    earned = claimed = possible = 0
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.outcome.value] += 1
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        weight = checklist.weights[finding.control.severity.value]
        earned += weight * CREDIT.get(finding.outcome, 0)
        claimed += weight * int(finding.claimed)
        possible += weight * FULL
    return DimensionScore(
        dimension, earned, claimed, possible, stage.threshold, {o.value: counts[o.value] for o in Outcome}
    )


def coverage(checklist: Checklist, findings: Iterable[Finding]) -> int | None:
    """The weighted share, 0 to 100 rounded down, of applicable controls that are not unknown."""
    known = total = 0
    for finding in findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        weight = checklist.weights[finding.control.severity.value]
        total += weight
        known += weight if finding.outcome != Outcome.UNKNOWN else 0
    return known * 100 // total if total else None


def overall(checklist: Checklist, scores: tuple[DimensionScore, ...], findings: Iterable[Finding]) -> Score:
    """The means over the dimensions in which something applies, and the weakest of them."""
    held = [score for score in scores if score.possible]
    if not held:
        return Score(None, None, None, None)
    proven = sum(Fraction(100 * s.earned, s.possible) for s in held) / len(held)
    claimed = sum(Fraction(100 * s.claimed_earned, s.possible) for s in held) / len(held)
    weakest = min(held, key=lambda s: Fraction(s.earned, s.possible))
    return Score(int(proven), int(claimed), coverage(checklist, findings), weakest)
