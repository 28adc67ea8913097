"""The report as JSON, for other programs: every figure can be recomputed from it alone.

The published schema is `schemas/report.schema.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from readiness.model import (
    Answer,
    Assessment,
    Checklist,
    DimensionScore,
    Evidence,
    Finding,
    Location,
    Outcome,
    PracticeState,
    StageResult,
)
from readiness.reports import select, words
from readiness.reports.json_text import dumps

Value = dict[str, Any]


def render(assessment: Assessment, **_terminal: object) -> str:
    """The report as indented JSON. How a terminal looks makes no difference here."""
    return dumps(report(assessment))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The reports by several checklists, in one object."""
    return dumps({"schema": words.SET_SCHEMA, "assessments": [report(each) for each in assessments]})


def report(assessment: Assessment) -> Value:
    """The report as data, in the order in which it is written."""
    return {
        "schema": words.REPORT_SCHEMA,
        **_inputs(assessment),
        "verdict": _verdict(assessment),
        "score": _score(assessment),
        "scoring": _scoring(assessment),
        "stages": [_stage(result) for result in assessment.stages],
        "dimensions": [_dimension(score) for score in assessment.dimensions],
        "findings": [_finding(finding, assessment) for finding in select.in_order(assessment)],
        "plan": [finding.control.id for finding in assessment.plan],
        "practices": {s.practice.id: _practice(s) for s in sorted(assessment.practices, key=lambda s: s.practice.id)},
        "contradictions": _contradictions(assessment),
        "removed_by_answer": _removals(assessment),
        "waivers": _waivers(assessment),
        "notices": list(assessment.notices),
        "baseline": _baseline(assessment),
    }


def _inputs(assessment: Assessment) -> Value:
    project, checklist = assessment.project, assessment.checklist
    accepted = assessment.accepted_proof
    return {
        "tool": {"name": "readiness", "version": assessment.tool_version},
        "project": {
            "name": project.name,
            "summary": project.summary,
            "owner": project.owner,
            "model": dict(sorted(project.model.items())),
        },
        "facts": {
            name: list(value) if isinstance(value, tuple) else value for name, value in sorted(project.facts.items())
        },
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "digest": checklist.digest,
            "title": checklist.title,
            "extends": list(checklist.layers),
        },
        "description": {"digest": project.digest},
        "repository": assessment.repository,
        "as_of": assessment.as_of.isoformat(),
        "target": assessment.target,
        "accepted_proof": None if accepted is None else words.PROOFS[accepted],
    }


def _verdict(assessment: Assessment) -> Value:
    verdict, bare = assessment.verdict, assessment.unwaived
    return {
        "ready": verdict.ready,
        "stage": verdict.stage,
        "target": verdict.target,
        "reasons": list(verdict.reasons),
        "without_waivers": None if bare is None else {"ready": bare.ready, "stage": bare.stage},
    }


def _score(assessment: Assessment) -> Value:
    score = assessment.score
    weakest = score.weakest
    return {
        "proven": score.proven,
        "claimed": score.claimed,
        "coverage": score.coverage,
        "weakest": None if weakest is None else {"dimension": weakest.dimension.id, "proven": weakest.proven},
        "band": score.band.title if score.band is not None else None,
        "unit": assessment.checklist.scheme.unit,
        "max": score.most,
    }


def _scoring(assessment: Assessment) -> Value:
    checklist = assessment.checklist
    scheme = checklist.scheme
    return {
        "weights": dict(checklist.weights),
        "thresholds": {stage.id: stage.threshold for stage in checklist.stages},
        "scheme": {"within": scheme.within, "across": scheme.across, "rounding": scheme.rounding},
        "bands": [_band(checklist, number) for number in range(len(checklist.bands))],
    }


def _band(checklist: Checklist, number: int) -> Value:
    return {"title": checklist.bands[number].title, "interval": words.interval(checklist.bands, number)}


def _stage(result: StageResult) -> Value:
    return {
        "id": result.stage.id,
        "reached": result.reached,
        "coverage": result.coverage,
        "reasons": list(result.reasons),
    }


def _dimension(score: DimensionScore) -> Value:
    return {
        "id": score.dimension.id,
        "title": score.dimension.title,
        "proven": score.proven,
        "claimed": score.claimed,
        "earned": score.earned,
        "claimed_earned": score.claimed_earned,
        "possible": score.possible,
        "threshold": score.threshold,
        "counts": {outcome.value: score.counts.get(outcome.value, 0) for outcome in Outcome},
    }


def _finding(finding: Finding, assessment: Assessment) -> Value:
    control = finding.control
    return {
        "control": control.id,
        "title": control.title,
        "dimension": control.dimension,
        "stage": control.stage,
        "severity": control.severity.value,
        "outcome": finding.outcome.value,
        "claimed": words.LEVELS[finding.claimed],
        "proven": words.LEVELS[finding.proven],
        "proof": words.PROOFS[finding.proof],
        "required_proof": words.PROOFS[finding.required_proof],
        "message": finding.message or finding.reason or "",
        "observed": finding.observed,
        "passes": finding.passes,
        "why": control.why,
        "fix": control.fix,
        "effort": control.effort,
        "needs": sorted(control.needs),
        "references": [{"source": source.source, "id": source.id} for source in control.references],
        "practices": list(finding.practices),
        "location": _location(finding.location),
        "waiver": _waiver(finding, assessment),
        "change": finding.change,
        "lapsed": finding.lapsed,
        "requirements": list(control.requirements),
        "advisory": _day(finding.advisory),
    }


def _waiver(finding: Finding, assessment: Assessment) -> Value | None:
    waiver = finding.waiver
    if waiver is None:
        return None
    return {
        "status": select.waiver_status(assessment, waiver),
        "reason": waiver.reason,
        "owner": waiver.owner,
        "approved_by": waiver.approved_by,
        "expires": waiver.expires.isoformat(),
    }


def _practice(state: PracticeState) -> Value:
    answer = state.answer
    return {
        "answer": _answer(answer),
        "level": None if state.level is None else words.LEVELS[state.level],
        "proof": words.PROOFS[state.proof],
        "evidence": [_evidence(piece, part) for part, piece in select.evidence_of(state)],
        "owner": None if answer is None else answer.owner,
        "due": _day(None if answer is None else answer.due),
        "note": None if answer is None else answer.note,
    }


def _answer(answer: Answer | None) -> str | None:
    """What kind of answer was given: a level, `not_applicable`, `measure`, `records`, or none."""
    if answer is None:
        return None
    if answer.not_applicable is not None:
        return "not_applicable"
    if answer.level is not None:
        return words.LEVELS[answer.level]
    return "measure" if answer.entries else "records" if answer.records else None


def _evidence(piece: Evidence, part: str | None) -> Value:
    return {
        "kind": piece.kind,
        "proof": words.PROOFS[piece.proof],
        "path": piece.path,
        "line": piece.line,
        "part": part,
        "detail": piece.detail,
        "when": _day(piece.when),
        "problem": piece.problem,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _location(location: Location) -> Value:
    return {"path": location.path, "line": location.line, "column": location.column}


def _contradictions(assessment: Assessment) -> list[Value]:
    found = select.contradictions(assessment)
    return [{"practice": c.practice, "said": c.said, "seen": c.seen, "location": _location(c.location)} for c in found]


def _removals(assessment: Assessment) -> list[Value]:
    return [
        {
            "practice": removal.practice,
            "reason": removal.reason,
            "controls": sorted(removal.controls),
            "effect": removal.effect,
            "location": _location(removal.location),
        }
        for removal in select.removals(assessment)
    ]


def _baseline(assessment: Assessment) -> Value | None:
    against = assessment.baseline
    if against is None:
        return None
    return {
        "as_of": against.as_of.isoformat(),
        "version": against.version,
        "counts": dict(against.counts),
        "by_time": list(against.by_time),
    }


def _waivers(assessment: Assessment) -> list[Value]:
    return [
        {
            "checklist": state.waiver.checklist,
            "control": state.waiver.control,
            "status": state.status,
            "why": state.why,
            "reason": state.waiver.reason,
            "owner": state.waiver.owner,
            "approved_by": state.waiver.approved_by,
            "expires": state.waiver.expires.isoformat(),
            "location": _location(state.location),
        }
        for state in select.waivers(assessment)
    ]
