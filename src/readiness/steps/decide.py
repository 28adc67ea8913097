"""Scores and findings become the stage reached and the verdict. Waivers act here, and only here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.judging.score import coverage, dimensions, up_to
from readiness.model import (
    BASE_STAGE,
    Checklist,
    DimensionScore,
    Figure,
    Finding,
    Location,
    Outcome,
    Project,
    Severity,
    Stage,
    StageResult,
    Verdict,
    Waiver,
    WaiverState,
)

OPEN = (Outcome.PARTIAL, Outcome.UNPROVEN, Outcome.UNMET, Outcome.UNKNOWN)


def in_force(waiver: Waiver | None, as_of: date) -> bool:
    """Whether a waiver holds on a day; its last day is part of it."""
    return waiver is not None and as_of <= waiver.expires


def is_gap(finding: Finding) -> bool:
    """Whether a finding is open, waived or not."""
    return finding.outcome in OPEN


def stages(checklist: Checklist, findings: tuple[Finding, ...], as_of: date) -> tuple[StageResult, ...]:
    """Each stage with what holds it back; a stage is reached when nothing holds back any stage up
    to it."""
    results: list[StageResult] = []
    reached = True
    for stage in checklist.stages:
        result = _stage(checklist, findings, stage, as_of)
        reached = reached and not result.reasons
        results.append(result._replace(reached=reached))
    return tuple(results)


def _stage(checklist: Checklist, findings: tuple[Finding, ...], stage: Stage, as_of: date) -> StageResult:
    asked = up_to(checklist, findings, stage.id)
    scores = dimensions(checklist, findings, stage)
    order = {held.id: place for place, held in enumerate(checklist.stages)}
    reasons = [
        f"{f.control.title}: {f.outcome.value} ({f.control.id}, blocker"
        + (f" at {f.control.stage})" if f.control.stage else ")")
        for f in sorted(asked, key=lambda f: order.get(f.control.stage or "", 0))
        if f.control.severity == Severity.BLOCKER and is_gap(f) and not in_force(f.waiver, as_of)
    ]
    reasons += [
        f"{s.dimension.title} is proven to {_figure(s.proven, s)}, and {stage.id} asks {_figure(s.threshold, s)}"
        for s in scores
        if not s.passes
    ]
    if all(f.outcome == Outcome.NOT_APPLICABLE for f in asked):
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


def waiver_states(
    project: Project, checklist: Checklist, findings: Iterable[Finding], as_of: date, path: str
) -> tuple[WaiverState, ...]:
    """How each waiver of this ruler stands: in force, expired or unneeded, as is one of a control that
    only another version of the ruler has."""
    by_control = {finding.control.id: finding for finding in findings}
    found = []
    for waiver in project.waivers:
        if waiver.checklist != checklist.id:
            continue
        needed = waiver.control in by_control and is_gap(by_control[waiver.control])
        status = "unneeded" if not needed else "in_force" if in_force(waiver, as_of) else "expired"
        found.append(WaiverState(waiver, status, Location(path, *waiver.mark)))
    return tuple(sorted(found, key=lambda state: (state.location.line, state.waiver.control)))
