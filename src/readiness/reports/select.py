"""What more than one format takes from an assessment: gaps, totals, owners, the state of a waiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from readiness.model import (
    Assessment,
    Contradiction,
    Dimension,
    Evidence,
    Finding,
    Level,
    Outcome,
    PracticeState,
    Proof,
    Removal,
    Severity,
    Waiver,
    WaiverState,
)

OPEN = frozenset({Outcome.PARTIAL, Outcome.UNPROVEN, Outcome.UNMET, Outcome.UNKNOWN})


def stage_ranks(assessment: Assessment) -> Mapping[str | None, int]:
    """Each stage's place in the checklist; a control without a stage belongs to every stage."""
    ranks: dict[str | None, int] = {stage.id: rank for rank, stage in enumerate(assessment.checklist.stages)}
    ranks[None] = -1
    return ranks


def in_order(assessment: Assessment) -> list[Finding]:
    """All findings: by dimension, stage, severity and control, however the checklist lists them."""
    dimensions = {dimension.id: rank for rank, dimension in enumerate(assessment.checklist.dimensions)}
    stages = stage_ranks(assessment)
    severities = {severity: rank for rank, severity in enumerate(Severity)}

    def place(finding: Finding) -> tuple[int, int, int, str]:
        control = finding.control
        return (
            dimensions.get(control.dimension, len(dimensions)),
            stages.get(control.stage, len(stages)),
            severities[control.severity],
            control.id,
        )

    return sorted(assessment.findings, key=place)


def by_dimension(assessment: Assessment) -> Iterator[tuple[Dimension, list[Finding]]]:
    """Each dimension with its findings, in the order of the checklist."""
    ordered = in_order(assessment)
    for dimension in assessment.checklist.dimensions:
        found = [finding for finding in ordered if finding.control.dimension == dimension.id]
        if found:
            yield dimension, found


def within_target(assessment: Assessment) -> list[Finding]:
    """The findings that count up to the target stage, without the advisory ones."""
    ranks = stage_ranks(assessment)
    last = len(ranks) if assessment.target is None else ranks.get(assessment.target, len(ranks))
    return [f for f in in_order(assessment) if f.advisory is None and ranks.get(f.control.stage, last) <= last]


def waived(assessment: Assessment) -> list[Finding]:
    """The open findings up to the target that a waiver in force excuses."""
    planned = {finding.control.id for finding in assessment.plan}
    return [
        f
        for f in within_target(assessment)
        if f.outcome in OPEN and f.control.id not in planned and waiver_status(assessment, f.waiver) == "in_force"
    ]


def totals(assessment: Assessment) -> dict[Outcome, int]:
    """How many controls up to the target have each outcome."""
    found = within_target(assessment)
    return {outcome: sum(f.outcome is outcome for f in found) for outcome in Outcome}


def changed(assessment: Assessment) -> dict[str, list[Finding]]:
    """The findings that changed against the baseline, the new and the worse first."""
    found = in_order(assessment)
    return {name: [f for f in found if f.change == name] for name in ("new", "worse", "better", "fixed")}


def severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of the findings have each severity."""
    found = [finding.control.severity for finding in findings]
    return {severity: found.count(severity) for severity in Severity}


def waiver_status(assessment: Assessment, waiver: Waiver | None) -> str | None:
    """How a finding's waiver stands."""
    if waiver is None:
        return None
    for state in assessment.waivers:
        if state.waiver == waiver:
            return state.status
    return "in_force" if waiver.expires >= assessment.as_of else "expired"


def contradictions(assessment: Assessment) -> list[Contradiction]:
    """The contradictions by place."""
    return sorted(assessment.contradictions, key=lambda c: (c.location, c.practice or "", c.said, c.seen))


def removals(assessment: Assessment) -> list[Removal]:
    """The removals by practice."""
    return sorted(assessment.removals, key=lambda r: (r.practice, r.location))


def waivers(assessment: Assessment) -> list[WaiverState]:
    """The waivers: the expired first, then by control."""
    order = {"expired": 0, "refused": 1, "in_force": 2}
    return sorted(
        assessment.waivers, key=lambda s: (order.get(s.status, 3), s.waiver.control, s.waiver.expires, s.location)
    )


def states(assessment: Assessment) -> dict[str, PracticeState]:
    """The practices by their ids."""
    return {state.practice.id: state for state in assessment.practices}


def evidence_of(state: PracticeState) -> list[tuple[str | None, Evidence]]:
    """Every piece of a practice's evidence; one that belongs to a single entry or record with its name."""
    pieces: list[tuple[str | None, Evidence]] = [(None, piece) for piece in state.evidence]
    pieces.extend((part.name, piece) for part in state.parts for piece in part.evidence)
    return pieces


def proven_by(finding: Finding, known: Mapping[str, PracticeState]) -> list[Evidence]:
    """The evidence beyond a mere claim for a finding's practices, the best first."""
    pieces = [
        piece
        for practice in finding.practices
        if practice in known
        for _, piece in evidence_of(known[practice])
        if piece.proof > Proof.CLAIMED
    ]
    return sorted(dict.fromkeys(pieces), key=lambda piece: -piece.proof)


def who_and_when(finding: Finding, known: Mapping[str, PracticeState]) -> tuple[list[str], date | None]:
    """The owners that the answers to a finding's practices name, and the earliest date by which one is due."""
    answers = [known[practice].answer for practice in finding.practices if practice in known]
    owners = dict.fromkeys(answer.owner for answer in answers if answer is not None and answer.owner)
    due = [answer.due for answer in answers if answer is not None and answer.due is not None]
    return list(owners), min(due, default=None)


def place(path: str | None, line: int | None) -> str:
    """Where something stands: `path:line`, the path alone, or nothing."""
    if path is None:
        return ""
    return f"{path}:{line}" if line else path


def meaning(finding: Finding, known: Mapping[str, PracticeState]) -> str:
    """What `yes` means for the one practice of a control whose level is lacking; empty where there
    are several, or where it is only the proof that lacks."""
    if finding.outcome not in (Outcome.PARTIAL, Outcome.UNMET, Outcome.UNKNOWN):
        return ""
    states = [known[name] for name in finding.practices if name in known]
    short = [state for state in states if state.level is None or state.level < Level.YES]
    return short[0].practice.yes if len(short) == 1 and short[0].practice.kind == "level" else ""
