"""An assessment from findings: scores, stages and the verdict as simply as possible."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.model import (
    Assessment,
    Dimension,
    DimensionScore,
    Finding,
    Outcome,
    PracticeState,
    Score,
    Severity,
    Stage,
    StageResult,
    Verdict,
    WaiverState,
)
from tests.reports.parts import project
from tests.reports.rulers import AS_OF, STAGES, TITLES, WEIGHTS, checklist


def score(findings: Iterable[Finding], stage: Stage) -> tuple[DimensionScore, ...]:
    last = STAGES.index(stage)
    inside = [f for f in findings if [s.id for s in STAGES].index(f.control.stage or "pilot") <= last]
    result = []
    for name, title in TITLES.items():
        mine = [f for f in inside if f.control.dimension == name]
        applicable = [f for f in mine if f.outcome is not Outcome.NOT_APPLICABLE]
        result.append(
            DimensionScore(
                dimension=Dimension(name, title),
                earned=sum(WEIGHTS[f.control.severity] * f.proven for f in applicable),
                claimed_earned=sum(WEIGHTS[f.control.severity] * f.claimed for f in applicable),
                possible=sum(WEIGHTS[f.control.severity] * 2 for f in applicable),
                threshold=stage.threshold,
                counts={outcome.value: sum(f.outcome is outcome for f in mine) for outcome in Outcome},
            )
        )
    return tuple(result)


def excused(found: Finding, states: tuple[WaiverState, ...]) -> bool:
    return any(s.waiver == found.waiver and s.status == "in_force" for s in states)


def stage_results(findings: tuple[Finding, ...], states: tuple[WaiverState, ...]) -> tuple[StageResult, ...]:
    results: list[StageResult] = []
    for stage in STAGES:
        scores = score(findings, stage)
        reasons = [
            f"Blocker `{f.control.id}` of stage {stage.id}: {f.observed}"
            for f in findings
            if f.control.stage == stage.id
            and f.control.severity is Severity.BLOCKER
            and f.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE)
            and not excused(f, states)
        ]
        reasons += [
            f"{s.dimension.title} has proven {s.proven} of the {s.threshold} that {stage.id} needs."
            for s in scores
            if not s.passes
        ]
        reached = not reasons and all(r.reached for r in results)
        results.append(StageResult(stage, reached, 88, scores, tuple(reasons)))
    return tuple(results)


def mean(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) // len(known) if known else None


def assessment(
    findings: tuple[Finding, ...],
    practices: tuple[PracticeState, ...],
    waivers: tuple[WaiverState, ...] = (),
    target: str = "production",
) -> Assessment:
    stages = stage_results(findings, waivers)
    at = [s.stage.id for s in stages].index(target)
    dimensions = stages[at].dimensions
    reached = [s.stage.id for s in stages if s.reached]
    ready = target in reached
    reasons = () if ready else tuple(reason for s in stages[: at + 1] for reason in s.reasons)
    scored = [d for d in dimensions if d.possible]
    weakest = min(scored, key=lambda d: d.earned / d.possible, default=None)
    within = [s.id for s in STAGES[: at + 1]]
    plan = [f for f in findings if f.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE)]
    plan = [f for f in plan if f.control.stage in within and not excused(f, waivers)]
    plan.sort(key=lambda f: (list(Severity).index(f.control.severity), f.control.effort, f.control.id))
    return Assessment(
        tool_version="0.1.0",
        project=project(),
        checklist=checklist(f.control for f in findings),
        as_of=AS_OF,
        target=target,
        accepted_proof=None,
        repository=True,
        verdict=Verdict(ready, reached[-1] if reached else "proof_of_concept", target, reasons),
        score=Score(mean(d.proven for d in dimensions), mean(d.claimed for d in dimensions), 88, weakest),
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
