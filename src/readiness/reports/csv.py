"""The findings for a spreadsheet: one row each, in RFC 4180 (CRLF between rows) and UTF-8 without a byte order mark.

Rows of several reports can stand in one table. The columns:

- checklist, version: the ruler
- project, description, as_of: what was judged, the path of its description, and the day of the assessment
- dimension, control, title: what was judged
- stage, target: the stage of the control and that of the assessment; empty where the checklist has none
- severity: blocker, major or minor
- standing: `open`, `waived`, `advisory`, `later` than the target, `met` or `not applicable`
- outcome: met, partial, unproven, unmet, unknown or not_applicable
- claimed, proven: the level that is claimed and the one that is proven: no, partial or yes
- proof, required_proof: the proof there is and the proof asked: claimed, documented, attested or verified
- observed, passes, why, fix: what was seen, what would pass, why the control is there and how to meet it
- reason: why it is not applicable
- effort: hours, days or weeks
- plan: the place in the order in which to close the gaps, from 1; empty where it is no open gap
- owner, due: who is named for its practices, and the earliest day by which one is due
- practices: their ids, a space between them
- path, line, column: where the description says it
- waiver, waiver_expires, waiver_owner, waiver_approved_by, waiver_reason: the state of its waiver (in_force,
  expired, refused, unneeded or unmatched) and what it says
- counts_from: the day from which an advisory control counts
- change: new, worse, better, fixed or same against a baseline
- verdict, basis: that of the whole report in words, and what lesser proof it rests on

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, some also after white space, in the
full-width form, or behind a semicolon where that parts the cells. An apostrophe before the sign makes it text. And
in a job's log GitHub's runner takes a line for a command that begins with `::name::` or holds `##[name]`: a row begins
with the checklist's id, and a character without width parts the other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from readiness.model import Assessment, Finding, PracticeState
from readiness.reports import counted, select, words
from readiness.reports.safe import cut, plain

COLUMNS = (
    "checklist", "version", "project", "description", "as_of", "dimension", "control", "title", "stage", "target",
    "severity", "standing", "outcome", "claimed", "proven", "proof", "required_proof", "observed", "passes", "why",
    "fix", "reason", "effort", "plan", "owner", "due", "practices", "path", "line", "column", "waiver",
    "waiver_expires", "waiver_owner", "waiver_approved_by", "waiver_reason", "counts_from", "change", "verdict",
    "basis",
)  # fmt: skip
CELL = 30_000
"""The greatest length of a cell; spreadsheets hold 32,767 characters."""
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212\t\r"
"""What begins a formula: the signs, their full-width, small and mathematical forms, and two that are skipped."""
_FORMULA = re.compile(f'^(?=[\\s\\ufe0e\\ufe0f]*[{_SIGNS}])|(?<=;)(?=[\\s"]*[{_SIGNS}])')


def render(assessment: Assessment, **_terminal: object) -> str:
    """The findings by one checklist, under a row of headings."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The findings by several checklists in one table."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in assessments:
        writer.writerows(_rows(each))
    return text.getvalue()


def _rows(assessment: Assessment) -> Iterator[list[str]]:
    known, states = counted.standings(assessment), select.states(assessment)
    places = {finding.control.id: number for number, finding in enumerate(assessment.plan, start=1)}
    for finding in select.in_order(assessment):
        place = places.get(finding.control.id)
        row = {
            **_whole(assessment),
            **_judged(finding),
            **_waiver(assessment, finding),
            **_who(finding, states),
            "standing": known[finding.control.id],
            "plan": "" if place is None else str(place),
        }
        yield [_cell(row[name]) for name in COLUMNS]


def _whole(assessment: Assessment) -> dict[str, str]:
    return {
        "project": assessment.project.name,
        "description": assessment.project.path,
        "as_of": assessment.as_of.isoformat(),
        "checklist": assessment.checklist.id,
        "version": assessment.checklist.version,
        "target": assessment.target or "",
        "verdict": words.verdict(assessment),
        "basis": words.preface(assessment) or "",
    }


def _judged(finding: Finding) -> dict[str, str]:
    control = finding.control
    return {
        "dimension": control.dimension,
        "control": control.id,
        "title": control.title,
        "stage": control.stage or "",
        "severity": control.severity.value,
        "outcome": finding.outcome.value,
        "claimed": words.LEVELS[finding.claimed],
        "proven": words.LEVELS[finding.proven],
        "proof": words.PROOFS[finding.proof],
        "required_proof": words.PROOFS[finding.required_proof],
        "observed": finding.observed,
        "passes": finding.passes,
        "why": control.why,
        "fix": control.fix,
        "reason": finding.reason or "",
        "effort": control.effort,
        "practices": " ".join(finding.practices),
        "path": finding.location.path,
        "line": str(finding.location.line),
        "column": str(finding.location.column),
        "counts_from": "" if finding.advisory is None else finding.advisory.isoformat(),
        "change": finding.change or "",
    }


def _who(finding: Finding, states: Mapping[str, PracticeState]) -> dict[str, str]:
    owners, due = select.who_and_when(finding, states)
    return {"owner": ", ".join(owners), "due": "" if due is None else due.isoformat()}


def _waiver(assessment: Assessment, finding: Finding) -> dict[str, str]:
    waiver = finding.waiver
    return {
        "waiver": select.waiver_status(assessment, waiver) or "",
        "waiver_expires": "" if waiver is None else waiver.expires.isoformat(),
        "waiver_owner": "" if waiver is None else waiver.owner,
        "waiver_approved_by": "" if waiver is None else waiver.approved_by,
        "waiver_reason": "" if waiver is None else waiver.reason,
    }


def _cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula, and no runner for a command."""
    return _FORMULA.sub("'", cut(plain(text), CELL)).replace("##[", "##\u200b[")
