"""The assessment as OSCAL assessment results (JSON, OSCAL 1.1.3), for those who must hand them in.

A result per checklist. Its reviewed controls are the checklist's; those that do not apply are excluded there, and an
observation says why. Each other control has a finding whose target is satisfied only where the control is met: what is
partly met, claimed without proof or waived is not satisfied. What is open up to the target has a risk, too, and a
waiver in force makes that risk an approved deviation. Observations hold the evidence, practice by practice. What OSCAL
has no field for stands in properties of our own namespace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from readiness.model import Assessment, Evidence, Finding, Outcome, PracticeState
from readiness.reports import select, words
from readiness.reports.json import report
from readiness.reports.json_text import dumps
from readiness.reports.oscal_parts import (
    Ids,
    description,
    evidence,
    line,
    metadata,
    plan,
    prop,
    props,
    text,
    when,
)

METHODS = {"attestation": "INTERVIEW", "answer": "INTERVIEW", "link": "UNKNOWN"}
"""How a kind of evidence was come by. All else is read in the repository; nothing is ever run, so nothing is a TEST."""
REASONS = {Outcome.MET: "pass", Outcome.UNKNOWN: "other", Outcome.UNPROVEN: "other"}

Value = dict[str, Any]


def render(assessment: Assessment, **_terminal: object) -> str:
    """The results of one checklist."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The results of several checklists, in one document."""
    first = assessments[0]
    ids = Ids(first.project.name)
    named = ids("plan")
    body = {
        "metadata": metadata(first),
        "import-ap": {"href": f"#{named}"},
        "results": [_result(each, ids.below(f"{each.checklist.id}@{each.checklist.version}")) for each in assessments],
        "back-matter": {"resources": [plan(assessments, named), description(first, ids("description"))]},
    }
    whole = {"uuid": ids(f"document\n{dumps(body)}"), **body}  # another content is another document
    return dumps({"assessment-results": whole})


# --------------------------------------------------------------------------- one checklist


def _result(assessment: Assessment, ids: Ids) -> Value:
    found = select.in_order(assessment)
    known = select.states(assessment)
    counted = {finding.control.id for finding in select.within_target(assessment)}
    applying = [finding for finding in found if finding.outcome is not Outcome.NOT_APPLICABLE]
    others = [finding for finding in found if finding.outcome is Outcome.NOT_APPLICABLE]
    excused = {finding.control.id for finding in select.waived(assessment)}
    risky = excused | {finding.control.id for finding in assessment.plan}
    title = f"{assessment.checklist.title} ({assessment.checklist.id}@{assessment.checklist.version})"
    made = {
        "uuid": ids("result"),
        "title": line(title),
        "description": text(words.verdict(assessment)),
        "start": when(assessment.as_of),
        "props": _figures(assessment),
        "reviewed-controls": {"control-selections": [_selection(applying, others)]},
        "observations": [
            *(_practice(known[name], assessment, ids) for name in sorted(known)),
            *(_outside(finding, assessment, ids) for finding in others),
            *_contradictions(assessment, ids),
        ],
        "risks": [_risk(f, assessment, known, ids) for f in applying if f.control.id in risky],
        "findings": [_finding(f, assessment, (known, counted, risky), ids) for f in applying],
        "remarks": _remarks(assessment),
    }
    return {key: value for key, value in made.items() if value}


def _figures(assessment: Assessment) -> list[Value]:
    """The verdict and the figures, as the JSON report has them."""
    whole = report(assessment)
    verdict, score, checklist = whole["verdict"], whole["score"], whole["checklist"]
    bare = verdict["without_waivers"] or {}
    counts = select.totals(assessment)
    return [
        *props({f"checklist-{key}": checklist[key] for key in ("id", "version", "digest")}),
        *props({key: verdict[key] for key in ("ready", "stage", "target")}),
        *props({f"{key}-without-waivers": bare.get(key) for key in ("ready", "stage")}),
        *props({f"score-{key}": score[key] for key in ("proven", "claimed", "coverage", "unit", "max")}),
        *props({"band": score["band"], "accepted-proof": whole["accepted_proof"], "repository": whole["repository"]}),
        *(prop("count", counts[outcome], outcome.value) for outcome in Outcome),
        *(
            prop(f"dimension-{key.replace('_', '-')}", entry[key], entry["id"])
            for entry in whole["dimensions"]
            for key in ("proven", "claimed", "earned", "claimed_earned", "possible", "threshold")
            if entry[key] is not None
        ),
    ]


def _selection(applying: Iterable[Finding], others: Iterable[Finding]) -> Value:
    made = {
        "include-controls": [{"control-id": finding.control.id} for finding in applying],
        "exclude-controls": [{"control-id": finding.control.id} for finding in others],
    }
    return {key: value for key, value in made.items() if value} or {"description": "No control applies."}


def _remarks(assessment: Assessment) -> str:
    """What a reader must know before the verdict, and beside it."""
    source = assessment.checklist.source
    told = [
        words.preface(assessment),
        words.without_waivers(assessment),
        f"{source.title}, {source.edition}. {source.note}" if source is not None else None,
        words.scoring(assessment.checklist),
        *assessment.notices,
    ]
    return "\n\n".join(text(said) for said in told if said)


# --------------------------------------------------------------------------- observations


def _practice(state: PracticeState, assessment: Assessment, ids: Ids) -> Value:
    """What was seen of a practice."""
    pieces = select.evidence_of(state)
    level = "not answered" if state.level is None else words.LEVELS[state.level]
    removed = f" The answer says that it does not apply: {state.not_applicable}" if state.not_applicable else ""
    note = state.answer.note if state.answer is not None else None
    made = {
        "uuid": ids(f"practice\n{state.practice.id}"),
        "title": line(state.practice.title),
        "description": text(f"{state.practice.ask} Found: {level}.{removed}"),
        "props": props({"practice": state.practice.id, "level": level, "proof": words.PROOFS[state.proof]}),
        "methods": _methods(state, [piece for _, piece in pieces]),
        "types": ["control-objective"],
        "relevant-evidence": [evidence(piece, part) for part, piece in pieces],
        "collected": when(assessment.as_of),
        "remarks": text(note) if note else None,
    }
    return {key: value for key, value in made.items() if value}


def _methods(state: PracticeState, pieces: Iterable[Evidence]) -> list[str]:
    found = {METHODS.get(piece.kind, "EXAMINE") for piece in pieces}
    if state.answer is not None:
        found.add("INTERVIEW")
    return sorted(found) or ["UNKNOWN"]


def _outside(finding: Finding, assessment: Assessment, ids: Ids) -> Value:
    """Why a control does not apply."""
    return {
        "uuid": ids(f"outside\n{finding.control.id}"),
        "title": line(finding.control.title),
        "description": text(f"Does not apply: {finding.reason or finding.message or 'the facts say so'}"),
        "props": _about(finding),
        "methods": ["EXAMINE"],
        "types": ["control-objective"],
        "collected": when(assessment.as_of),
    }


def _contradictions(assessment: Assessment, ids: Ids) -> Iterable[Value]:
    for number, found in enumerate(select.contradictions(assessment)):
        place = f"{found.location.path}:{found.location.line}"
        yield {
            "uuid": ids(f"contradiction\n{number}"),
            "title": "Contradiction",
            "description": text(f"{found.said} {found.seen}"),
            "props": props({"practice": found.practice, "location": place}),
            "methods": ["EXAMINE"],
            "types": ["finding"],
            "collected": when(assessment.as_of),
        }


# --------------------------------------------------------------------------- findings and risks

Known = tuple[Mapping[str, PracticeState], set[str], set[str]]


def _finding(finding: Finding, assessment: Assessment, given: Known, ids: Ids) -> Value:
    known, counted, risky = given
    control = finding.control
    place = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
    seen = [{"observation-uuid": ids(f"practice\n{name}")} for name in finding.practices if name in known]
    status = {"state": "satisfied" if finding.outcome is Outcome.MET else "not-satisfied"}
    made = {
        "uuid": ids(f"finding\n{control.id}"),
        "title": line(control.title),
        "description": text(finding.message or words.OUTCOMES[finding.outcome]),
        "props": [
            *_about(finding),
            *props(
                {
                    "claimed": words.LEVELS[finding.claimed],
                    "proven": words.LEVELS[finding.proven],
                    "proof": words.PROOFS[finding.proof],
                    "required-proof": words.PROOFS[finding.required_proof],
                    "counted": control.id in counted,
                    "advisory-until": finding.advisory,
                    "waiver": select.waiver_status(assessment, finding.waiver),
                    "change": finding.change,
                    "location": place,
                }
            ),
            *(prop("requirement", name) for name in control.requirements),
        ],
        "target": {
            "type": "objective-id",
            "target-id": control.id,
            "status": {**status, "reason": REASONS.get(finding.outcome, "fail")},
        },
        "related-observations": list({entry["observation-uuid"]: entry for entry in seen}.values()),
        "related-risks": [{"risk-uuid": ids(f"risk\n{control.id}")}] if control.id in risky else [],
    }
    return {key: value for key, value in made.items() if value}


def _about(finding: Finding) -> list[Value]:
    control = finding.control
    return props(
        {
            "control": control.id,
            "dimension": control.dimension,
            "severity": control.severity.value,
            "stage": control.stage,
            "outcome": finding.outcome.value,
        }
    )


def _risk(finding: Finding, assessment: Assessment, known: Mapping[str, PracticeState], ids: Ids) -> Value:
    """What is open up to the target: why it matters, and what to do."""
    control = finding.control
    owners, due = select.who_and_when(finding, known)
    waived = select.waiver_status(assessment, finding.waiver) == "in_force"
    remedy = {
        "uuid": ids(f"remedy\n{control.id}"),
        "lifecycle": "recommendation",
        "title": line(control.title),
        "description": text(control.fix),
        "props": props({"effort": control.effort}),
    }
    made = {
        "uuid": ids(f"risk\n{control.id}"),
        "title": line(control.title),
        "description": text(finding.message or words.OUTCOMES[finding.outcome]),
        "statement": text(control.why),
        "props": [*_about(finding), *(prop("owner", name) for name in owners)],
        "status": "deviation-approved" if waived else "open",
        "mitigating-factors": [_excuse(finding, ids)] if waived else [],
        "deadline": _deadline(due),
        "remediations": [remedy],
    }
    return {key: value for key, value in made.items() if value}


def _excuse(finding: Finding, ids: Ids) -> Value:
    """The waiver of a finding: why, whose, and until when."""
    waiver = finding.waiver
    assert waiver is not None
    return {
        "uuid": ids(f"waiver\n{waiver.control}"),
        "description": text(waiver.reason),
        "props": props({"owner": waiver.owner, "approved-by": waiver.approved_by, "expires": waiver.expires}),
    }


def _deadline(due: date | None) -> str | None:
    return None if due is None else when(due)
