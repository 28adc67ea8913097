"""What counts and what does not, control by control, and why, for the formats that show them one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readiness.model import Assessment, Finding, Outcome
from readiness.reports import select, words

OPEN, WAIVED, ADVISORY, LATER = "open", "waived", "advisory", "later"
MET, NOT_APPLICABLE = "met", "not applicable"


def standings(assessment: Assessment) -> Mapping[str, str]:
    """How each control stands, by its id: an `open` gap, a `waived` one, `advisory` until its day, asked only
    `later` than the target, `met`, or `not applicable`."""
    ranks = select.stage_ranks(assessment)
    last = len(ranks) if assessment.target is None else ranks.get(assessment.target, len(ranks))

    def of(finding: Finding) -> str:
        if finding.outcome is Outcome.MET:
            return MET
        if finding.outcome is Outcome.NOT_APPLICABLE:
            return NOT_APPLICABLE
        if ranks.get(finding.control.stage, last) > last:
            return LATER
        if finding.advisory is not None:
            return ADVISORY
        return WAIVED if select.waiver_status(assessment, finding.waiver) == "in_force" else OPEN

    return {finding.control.id: of(finding) for finding in assessment.findings}


def rulers(assessments: Sequence[Assessment]) -> list[str]:
    """What to call each checklist so that none is taken for another: its id, with its version where the id repeats."""
    ids = [each.checklist.id for each in assessments]
    return [
        name if ids.count(name) == 1 else f"{name}@{each.checklist.version}"
        for name, each in zip(ids, assessments, strict=True)
    ]


def others(assessment: Assessment, *wanted: str) -> list[tuple[Finding, str]]:
    """The findings that stand so, with how, in the order of every report."""
    known = standings(assessment)
    return [(f, known[f.control.id]) for f in select.in_order(assessment) if known[f.control.id] in wanted]


def lead(assessment: Assessment, finding: Finding, how: str) -> str:
    """Why a finding does not count, or how its waiver fails it; empty where it just counts."""
    waiver, stage, target = finding.waiver, finding.control.stage, assessment.target
    if how == NOT_APPLICABLE:
        return f"Not applicable: {finding.reason.rstrip('.')}." if finding.reason else "Not applicable."
    if how == ADVISORY and finding.advisory is not None:
        return f"Advisory: counts from {finding.advisory.isoformat()}."
    if how == LATER and stage is not None and target is not None:
        return f"Asked for {words.stage(stage)}, which lies beyond the target {words.stage(target)}."
    if waiver is None or how == MET:
        return ""
    if how == WAIVED:
        return (
            f"Waived until {waiver.expires.isoformat()}: {waiver.reason} "
            f"(owner {waiver.owner}, approved by {waiver.approved_by})."
        )
    return _failed(assessment, finding)


def _failed(assessment: Assessment, finding: Finding) -> str:
    """How the waiver of an open gap stands."""
    waiver = finding.waiver
    for state in assessment.waivers:
        if waiver is not None and state.waiver == waiver and state.status == "refused":
            return f"Its waiver is refused: {state.why}" if state.why else "Its waiver is refused."
    if waiver is not None and select.waiver_status(assessment, waiver) == "expired":
        return f"Its waiver expired: its last day was {waiver.expires.isoformat()}."
    return ""


def said(assessment: Assessment, finding: Finding, how: str) -> str:
    """A finding in sentences: why it does not count, what was observed, and what would pass. Not escaped."""
    told = (lead(assessment, finding, how), finding.message)
    return " ".join(part for part in told if part) or finding.control.title
