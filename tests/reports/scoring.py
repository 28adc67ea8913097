"""An assessment from findings: scores, stages and the verdict as simply as possible, in fractions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from readiness.model import (
    Assessment,
    Band,
    Checklist,
    DimensionScore,
    Figure,
    Finding,
    Outcome,
    PracticeState,
    Scheme,
    Score,
    Severity,
    Stage,
    StageResult,
    Verdict,
    WaiverState,
)
from tests.reports.parts import project
from tests.reports.rulers import AS_OF, checklist

CLOSED = (Outcome.MET, Outcome.NOT_APPLICABLE)


def counted(findings: Iterable[Finding], ruler: Checklist, stage: Stage | None) -> list[Finding]:
    """The findings up to a stage, of controls that count on the day."""
    order = [s.id for s in ruler.stages]
    inside = {None, *order[: order.index(stage.id) + 1]} if stage is not None else {None, *order}
    return [f for f in findings if f.control.stage in inside and f.advisory is None]


def scores(findings: Iterable[Finding], ruler: Checklist, stage: Stage | None) -> tuple[DimensionScore, ...]:
    result = []
    for dimension in ruler.dimensions:
        mine = [f for f in counted(findings, ruler, stage) if f.control.dimension == dimension.id]
        held = [f for f in mine if f.outcome is not Outcome.NOT_APPLICABLE]
        length = mine if ruler.scheme.within == "sum" else held
        result.append(
            DimensionScore(
                dimension=dimension,
                earned=sum(ruler.weights[f.control.severity] * f.proven for f in held),
                claimed_earned=sum(ruler.weights[f.control.severity] * f.claimed for f in held),
                possible=sum(ruler.weights[f.control.severity] * 2 for f in length),
                threshold=stage.threshold if stage else None,
                counts={outcome.value: sum(f.outcome is outcome for f in mine) for outcome in Outcome},
                scheme=ruler.scheme,
            )
        )
    return tuple(result)


def coverage(findings: Iterable[Finding], ruler: Checklist) -> int | None:
    weights = [(ruler.weights[f.control.severity], f) for f in findings if f.outcome is not Outcome.NOT_APPLICABLE]
    known = sum(weight for weight, f in weights if f.outcome is not Outcome.UNKNOWN)
    return known * 100 // sum(weight for weight, _ in weights) if weights else None


def excused(found: Finding, states: tuple[WaiverState, ...]) -> bool:
    return any(s.waiver == found.waiver and s.status == "in_force" for s in states)


def stage_results(
    findings: tuple[Finding, ...], ruler: Checklist, states: tuple[WaiverState, ...]
) -> tuple[StageResult, ...]:
    results: list[StageResult] = []
    for stage in ruler.stages:
        inside = counted(findings, ruler, stage)
        held = scores(findings, ruler, stage)
        reasons = [
            f"Blocker `{f.control.id}` of stage {stage.id}: {f.observed}"
            for f in inside
            if f.control.stage in (stage.id, None)
            and f.control.severity is Severity.BLOCKER
            and f.outcome not in CLOSED
            and not excused(f, states)
        ]
        reasons += [
            f"{s.dimension.title} has proven {s.proven} of the {s.threshold} that {stage.id} needs."
            for s in held
            if not s.passes
        ]
        reached = not reasons and all(r.reached for r in results)
        results.append(StageResult(stage, reached, coverage(inside, ruler), held, tuple(reasons)))
    return tuple(results)


def rounded(value: Fraction, scheme: Scheme) -> Figure:
    parts = 2 if scheme.rounding == "halves" else 1
    down = Fraction(value * parts // 1, parts)
    return int(down) if down.denominator == 1 else float(down)


def band(value: Fraction, bands: tuple[Band, ...]) -> Band | None:
    return next((b for b in bands if b.end is None or value < b.end or (b.closed and value == b.end)), None)


def overall(held: Iterable[DimensionScore], ruler: Checklist, share: int | None) -> Score:
    scheme, scored = ruler.scheme, [d for d in held if d.possible]
    if not scored:
        return Score(None, None, None, None)

    def value(half_points: int, possible: int) -> Fraction:
        return Fraction(half_points, 2) if scheme.within == "sum" else Fraction(100 * half_points, possible)

    def across(values: list[Fraction]) -> Fraction:
        return min(values) if scheme.across == "minimum" else sum(values, Fraction()) / len(values)

    proven = [value(d.earned, d.possible) for d in scored]
    claimed = across([value(d.claimed_earned, d.possible) for d in scored])
    most = across([value(d.possible, d.possible) for d in scored])
    weakest = scored[proven.index(min(proven))]
    exact = across(proven)
    return Score(
        rounded(exact, scheme),
        rounded(claimed, scheme),
        share,
        weakest,
        band(exact, ruler.bands),
        rounded(most, scheme),
    )


def assessment(
    findings: tuple[Finding, ...],
    practices: tuple[PracticeState, ...],
    waivers: tuple[WaiverState, ...] = (),
    target: str | None = "production",
    ruler: Checklist | None = None,
    as_of: date = AS_OF,
) -> Assessment:
    ruler = ruler or checklist(f.control for f in findings)
    order = [s.id for s in ruler.stages]
    at = order.index(target) if target is not None else -1
    stages = stage_results(findings, ruler, waivers)
    dimensions = stages[at].dimensions if target is not None else scores(findings, ruler, None)
    inside = counted(findings, ruler, ruler.stages[at] if target is not None else None)
    reached = [s.stage.id for s in stages if s.reached]
    reasons = () if target in (None, *reached) else tuple(reason for s in stages[: at + 1] for reason in s.reasons)
    verdict = Verdict(target in reached, reached[-1] if reached else ruler.base.id, target, reasons)
    plan = [f for f in inside if f.outcome not in CLOSED and not excused(f, waivers)]
    plan.sort(key=lambda f: (list(Severity).index(f.control.severity), f.control.effort, f.control.id))
    return Assessment(
        tool_version="0.1.0",
        project=project(),
        checklist=ruler,
        as_of=as_of,
        target=target,
        accepted_proof=None,
        repository=True,
        verdict=verdict if target is not None else Verdict(None, None, None, ()),
        score=overall(dimensions, ruler, coverage(inside, ruler)),
        stages=stages,
        dimensions=dimensions,
        findings=findings,
        plan=tuple(plan),
        practices=practices,
        contradictions=(),
        removals=(),
        waivers=waivers,
        notices=(),
    )
