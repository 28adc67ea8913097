"""Scores and findings become the stage reached and the verdict. Waivers act here, and only here."""

from __future__ import annotations

from collections.abc import Set

from readiness.judging.gaps import is_gap
from readiness.judging.score import Tally
from readiness.model import (
    BASE_STAGE,
    Checklist,
    DimensionScore,
    Figure,
    Finding,
    Severity,
    Stage,
    StageResult,
    Verdict,
)

BLOCKER = Severity.BLOCKER


def stages(checklist: Checklist, findings: tuple[Finding, ...], waived: Set[str]) -> tuple[StageResult, ...]:
    """Each stage with what holds it back; a stage is reached when nothing holds back any stage up
    to it. `waived` are the controls that a waiver in force excuses."""
    by_stage: dict[str | None, list[Finding]] = {}
    for finding in findings:
        if finding.advisory is None:
            by_stage.setdefault(finding.control.stage, []).append(finding)
    tally, blockers = Tally(checklist), _blockers(checklist, findings, waived)
    tally.add(by_stage.get(None, ()))
    results: list[StageResult] = []
    allowed: set[str | None] = {None}
    reached = True
    for stage in checklist.stages:
        allowed.add(stage.id)
        tally.add(by_stage.get(stage.id, ()))
        scores = tally.dimensions(stage)
        reasons = [_blocked(f) for f in blockers if f.control.stage in allowed]
        reasons += [_short(score, stage) for score in scores if not score.passes]
        if tally.idle:
            reasons.append(f"nothing at all applies at {stage.id}, so it cannot be reached")
        reached = reached and not reasons
        results.append(StageResult(stage, reached, tally.coverage(), scores, tuple(reasons)))
    return tuple(results)


def _blockers(checklist: Checklist, findings: tuple[Finding, ...], waived: Set[str]) -> list[Finding]:
    """The blockers that hold something back, by their stages and then in the checklist's order."""
    order = {stage.id: place for place, stage in enumerate(checklist.stages)}
    open_ = [
        f
        for f in findings
        if f.control.severity is BLOCKER and is_gap(f) and f.advisory is None and f.control.id not in waived
    ]
    return sorted(open_, key=lambda f: order.get(f.control.stage or "", 0))


def _blocked(gap: Finding) -> str:
    at = f" at {gap.control.stage}" if gap.control.stage else ""
    return f"{gap.control.title}: {gap.outcome.value} ({gap.control.id}, blocker{at})"


def _short(score: DimensionScore, stage: Stage) -> str:
    reached, asked = _figure(score.proven, score), _figure(score.threshold, score)
    return f"{score.dimension.title} is proven to {reached}, and {stage.id} asks {asked}"


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
