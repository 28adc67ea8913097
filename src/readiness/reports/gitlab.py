"""The open gaps as a GitLab Code Quality report: an array in the form of Code Climate's findings.

GitLab drops a report whole where one entry has not what it asks, keeps the last of those that share a fingerprint, and
shows description, severity and place. What a waiver in force excuses, what is not applicable, advisory or asked only
beyond the target is left out: an entry has no field that could say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from readiness.model import Assessment, Finding, Severity
from readiness.reports import counted, words
from readiness.reports.fingerprint import fingerprint
from readiness.reports.json_text import dumps
from readiness.reports.safe import cut, plain

SEVERITIES = {Severity.BLOCKER: "blocker", Severity.MAJOR: "major", Severity.MINOR: "minor"}
DESCRIPTION = 1000
"""The greatest length of a description."""


def render(assessment: Assessment, **_terminal: object) -> str:
    """The open gaps by one checklist."""
    return _array([_entry(assessment, assessment.checklist.id, finding, "") for finding in assessment.plan])


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The open gaps by several checklists in one array; each description says by which."""
    named = zip(assessments, counted.rulers(assessments), strict=True)
    return _array([_entry(each, ruler, gap, f"{ruler}: ") for each, ruler in named for gap in each.plan])


def _array(entries: list[dict[str, Any]]) -> str:
    """The entries as JSON. In a job's log, GitHub's runner takes `##[name]` for a command; the escape is the same text
    to every reader of JSON."""
    return dumps(entries).replace("##[", "##\\u005b")


def _entry(assessment: Assessment, ruler: str, finding: Finding, prefix: str) -> dict[str, Any]:
    control = finding.control
    outcome = words.OUTCOMES[finding.outcome]
    told = [counted.said(assessment, finding, counted.OPEN), words.preface(assessment)]
    return {
        "engine_name": "readiness-report",
        "description": cut(plain(f"{prefix}{control.title} ({outcome}). {' '.join(filter(None, told))}"), DESCRIPTION),
        "check_name": plain(f"{ruler}/{control.id}"),
        "fingerprint": fingerprint(assessment, ruler, finding),
        "severity": SEVERITIES[control.severity],
        "location": {
            "path": cut(plain(finding.location.path), DESCRIPTION),
            "lines": {"begin": max(1, finding.location.line)},
        },
    }
