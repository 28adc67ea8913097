"""Scores and findings become the stage reached and the verdict. Waivers act here, and only here."""

from __future__ import annotations

from collections.abc import Set

from readiness.judging.gaps import is_gap
from readiness.judging.score import coverage, dimensions, up_to
from readiness.model import (
    BASE_STAGE,
    Checklist,
    DimensionScore,
    Figure,
    Finding,
    Outcome,
    Severity,
    Stage,
    StageResult,
    Verdict,
)

BLOCKER, NOT_APPLICABLE = Severity.BLOCKER, Outcome.NOT_APPLICABLE


def stages(checklist: Checklist, findings: tuple[Finding, ...], waived: Set[str]) -> tuple[StageResult, ...]:
    """Each stage with what holds it back; a stage is reached when nothing holds back any stage up
    to it. `waived` are the controls that a waiver in force excuses."""
    results: list[StageResult] = []
    reached = True
    for stage in checklist.stages:
        result = _stage(checklist, findings, stage, waived)
        reached = reached and not result.reasons
        results.append(result._replace(reached=reached))
    return tuple(results)


def _stage(checklist: Checklist, findings: tuple[Finding, ...], stage: Stage, waived: Set[str]) -> StageResult:
    asked = up_to(checklist, findings, stage.id)
    scores = dimensions(checklist, findings, stage)
    order = {held.id: place for place, held in enumerate(checklist.stages)}
    reasons = [
        f"{f.control.title}: {f.outcome.value} ({f.control.id}, blocker"
        + (f" at {f.control.stage})" if f.control.stage else ")")
        for f in sorted(
            (f for f in asked if f.control.severity is BLOCKER and is_gap(f) and f.control.id not in waived),
            key=lambda f: order.get(f.control.stage or "", 0),
        )
    ]
    reasons += [
        f"{s.dimension.title} is proven to {_figure(s.proven, s)}, and {stage.id} asks {_figure(s.threshold, s)}"
        for s in scores
        if not s.passes
    ]
    if all(f.outcome is NOT_APPLICABLE for f in asked):
        reasons.append(f"nothing at all applies at {stage.id}, so it cannot be reached")
    return StageResult(stage, False, coverage(checklist, asked), scores, tuple(reasons))


def _figure(value: Figure | None, score: DimensionScore) -> str:
    return f"{value} %" if score.scheme.within == "share" else f"{value} of {score.scheme.most(score.possible)}"


def verdict(results: tuple[StageResult, ...], target: str | None, base: str = BASE_STAGE) -> Verdict:
    """The stage reached against the target, with the reasons why not, blockers first. Without a target,
    which a checklist without stages has none of, there is nothing to be ready for."""
    if target is None:
        return Verdict(None, None, None, ())
    order = [result.stage.id for result in results]
    stage = base
    for result in results:
        if result.reached:
            stage = result.stage.id
    at = order.index(target)
    ready = results[at].reached
    reasons = () if ready else _reasons(results[: at + 1])
    return Verdict(ready, stage, target, reasons)


def _reasons(results: tuple[StageResult, ...]) -> tuple[str, ...]:
    """The reasons of the target, which hold those of the blockers below it, and what else holds
    back an earlier stage."""
    own = results[-1].reasons
    earlier = [reason for result in results[:-1] for reason in result.reasons if reason not in own]
    return (*own, *dict.fromkeys(earlier))
