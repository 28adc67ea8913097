"""The report as SARIF 2.1.0, as GitHub code scanning and other viewers of findings read it.

One run for each checklist. The controls are its rules, and what is open up to the target its results: a gap with
the level of its severity, what a waiver excuses as a note with a suppression, and what is advisory as a note with its
day. What is met, not applicable or asked only beyond the target is no result. GitHub does not
read `baselineState` and would show a result that is gone (`absent`) as open: what was fixed since a baseline is counted
among the properties of the run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from readiness.model import Assessment, Control, Finding, Location, Severity
from readiness.reports import conditions, counted, select, words
from readiness.reports.fingerprint import fingerprint
from readiness.reports.json_text import dumps
from readiness.reports.safe import code, cut, md, plain, prose

Value = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more results or rules than this."""
MOST_RUNS = 20
"""GitHub refuses a file with more runs than this."""
NAME, DESCRIPTION, TEXT = 255, 1024, 4000
"""The greatest lengths of a rule's name, of its descriptions, and of any other text."""

LEVELS = {Severity.BLOCKER: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}
PROBLEMS = {Severity.BLOCKER: "error", Severity.MAJOR: "warning", Severity.MINOR: "recommendation"}
BASELINE = {"new": "new", "worse": "updated", "better": "updated", "same": "unchanged"}
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def render(assessment: Assessment, **_terminal: object) -> str:
    """The report as a SARIF log with one run."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The reports by several checklists: a run for each."""
    named = zip(assessments[:MOST_RUNS], counted.rulers(assessments), strict=False)
    runs = [_run(each, ruler) for each, ruler in named]
    # In a job's log, GitHub's runner takes `##[name]` for a command; this is the same text to every reader of JSON.
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}).replace("##[", "##\\u005b")


def _run(assessment: Assessment, ruler: str) -> Value:
    rules = {control.id: control for control in assessment.checklist.controls[:MOST_RESULTS]}
    places = {name: number for number, name in enumerate(rules)}
    found = [(finding, counted.OPEN) for finding in assessment.plan]
    found += counted.others(assessment, counted.WAIVED, counted.ADVISORY)
    told = [(f, how) for f, how in found if f.control.id in places][:MOST_RESULTS]
    version = plain(assessment.tool_version)
    driver: Value = {"name": "readiness", "version": version}
    if _SEMANTIC.fullmatch(version):
        driver["semanticVersion"] = version
    driver["rules"] = [_rule(control) for control in rules.values()]
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": _category(assessment, ruler)},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notices(assessment)}],
        "columnKind": "unicodeCodePoints",
        "results": [
            {**_result(assessment, f, how), "ruleIndex": places[f.control.id], **_prints(assessment, ruler, f)}
            for f, how in told
        ],
        "properties": _properties(assessment),
    }


def _category(assessment: Assessment, ruler: str) -> str:
    """What keeps the findings of one project and checklist apart from those of another. What stands before the last
    stroke is the category; the version is left out, so that an upgrade opens no alert anew."""
    name = cut(plain(assessment.project.name).replace("/", "-"), NAME)
    return f"readiness/{plain(ruler)}/{name}/"


def _text(text: str, most: int = TEXT) -> Value:
    """Plain text. SARIF reads `[a](b)` as a link in it; a character without width keeps the two apart."""
    return {"text": cut(plain(text).replace("](", "]\u200b("), most)}


def _notices(assessment: Assessment) -> list[Value]:
    told = [*assessment.notices]
    if (preface := words.preface(assessment)) is not None:
        told.insert(0, preface)
    return [{"level": "note", "message": _text(notice)} for notice in told if plain(notice)]


def _properties(assessment: Assessment) -> Value:
    """What the report says of the project as a whole."""
    checklist, score, against = assessment.checklist, assessment.score, assessment.baseline
    weakest, bare, source = score.weakest, assessment.unwaived, checklist.source
    return {
        "project": plain(assessment.project.name),
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": checklist.digest},
        "source": None if source is None else plain(source.note),
        "asOf": assessment.as_of.isoformat(),
        "verdict": plain(words.verdict(assessment)),
        "withoutWaivers": words.without_waivers(assessment),
        "ready": assessment.verdict.ready,
        "readyWithoutWaivers": None if bare is None else bare.ready,
        "stage": assessment.verdict.stage,
        "target": assessment.verdict.target,
        "proven": score.proven,
        "claimed": score.claimed,
        "weakest": None if weakest is None else {"dimension": weakest.dimension.id, "proven": weakest.proven},
        "baseline": None if against is None else {"asOf": against.as_of.isoformat(), "counts": dict(against.counts)},
    }


# --------------------------------------------------------------------------- rules


def _rule(control: Control) -> Value:
    stage = [plain(words.stage(control.stage))] if control.stage is not None else []
    return {
        "id": plain(control.id),
        "name": _symbol(f"{control.dimension} {control.id}"),
        "shortDescription": _text(control.title, DESCRIPTION),
        "fullDescription": _text(control.why or control.title, DESCRIPTION),
        "defaultConfiguration": {"level": LEVELS[control.severity]},
        "help": _help(control),
        "properties": {
            "tags": list(dict.fromkeys([plain(control.dimension), *stage, control.severity.value])),
            "precision": "high",
            "problem.severity": PROBLEMS[control.severity],
        },
    }


def _symbol(text: str) -> str:
    """Ids in the form of a name that differs from each: `monitoring drift` is MonitoringDrift."""
    return cut("".join(part[:1].upper() + part[1:] for part in re.split(r"[^0-9A-Za-z]+", plain(text))), NAME, "")


def _help(control: Control) -> Value:
    sections = [("Why", control.why), ("How to fix it", control.fix), ("What passes", _passes(control))]
    cited = [(source.source, source.id) for source in control.references]
    lines = [f"{title}: {plain(text)}" for title, text in sections if text]
    shown = [f"## {md(cut(plain(control.title), TEXT))}"]
    shown += [f"### {title}\n\n{prose(cut(plain(text), TEXT))}" for title, text in sections if text]
    if cited:
        lines.append("References: " + "; ".join(plain(f"{source} {id}") for source, id in cited))
        entries = "\n".join(f"- {md(cut(source, TEXT))} {code(cut(id, TEXT))}" for source, id in cited)
        shown.append(f"### References\n\n{entries}")
    return {"text": cut("\n\n".join(lines), 4 * TEXT), "markdown": "\n\n".join(shown)}


def _passes(control: Control) -> str:
    """What the control asks for, whoever is asked."""
    proof = f"proof at least {words.PROOFS[control.proof]} ({words.PROOFS_EXPLAINED[control.proof]})"
    age = f", not older than {control.max_age} days" if control.max_age is not None else ""
    return f"`yes` for {conditions.practices(control.met_when)}; {proof}{age}."


# --------------------------------------------------------------------------- results


def _result(assessment: Assessment, finding: Finding, how: str) -> Value:
    control = finding.control
    result: Value = {
        "ruleId": plain(control.id),
        "level": LEVELS[control.severity] if how == counted.OPEN else "note",
        "message": _text(counted.said(assessment, finding, how)),
        "locations": [_location(finding.location)],
    }
    if how == counted.WAIVED:
        result["suppressions"] = [_suppression(assessment, finding)]
    if assessment.baseline is not None:
        result["baselineState"] = BASELINE.get(finding.change or "same", "unchanged")
    result["properties"] = {
        "standing": how,
        "outcome": finding.outcome.value,
        "severity": control.severity.value,
        "stage": control.stage,
        "claimed": words.LEVELS[finding.claimed],
        "proven": words.LEVELS[finding.proven],
        "proof": words.PROOFS[finding.proof],
        "requiredProof": words.PROOFS[finding.required_proof],
        "advisoryUntil": None if finding.advisory is None else finding.advisory.isoformat(),
        "waiver": select.waiver_status(assessment, finding.waiver),
        "change": finding.change,
    }
    return result


def _prints(assessment: Assessment, ruler: str, finding: Finding) -> Value:
    """What tells a result apart from others. GitHub follows an alert by the first of the two alone."""
    digest = fingerprint(assessment, ruler, finding)
    return {"partialFingerprints": {"primaryLocationLineHash": digest, "readiness/v1": digest}}


def _suppression(assessment: Assessment, finding: Finding) -> Value:
    waiver = finding.waiver
    assert waiver is not None
    said = f"{waiver.reason} (until {waiver.expires.isoformat()}, owner {waiver.owner}, by {waiver.approved_by})"
    place = next((state.location for state in assessment.waivers if state.waiver == waiver), None)
    found: Value = {"kind": "external", "status": "accepted", "justification": _text(said)["text"]}
    return found if place is None else {**found, "location": _location(place)}


def _location(place: Location) -> Value:
    line, column = max(1, place.line), max(1, place.column)
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + 1}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, "region": region}}


def _uri(path: str) -> str:
    """A path as a reference relative to the repository's root. What UTF-8 cannot hold becomes a question mark."""
    return quote(cut(path, TEXT), safe="/", errors="replace") or "."
