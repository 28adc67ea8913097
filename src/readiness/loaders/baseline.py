"""Earlier reports, read back: a report, a set of reports, or a baseline file.

A report of an older version of the format lacks fields that came later; what it lacks is taken as not said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from readiness.errors import Diagnostic, InputError
from readiness.model import Outcome, Severity
from readiness.model.baseline import Baseline, Earlier, Growth, Kept

REPORT, SET, BASELINE = "readiness/report/v1", "readiness/report-set/v1", "readiness/baseline/v1"
LIMIT = 50 << 20
"""The greatest size of a report in bytes."""
HELP = "`readiness assess -f json -o FILE` writes a report, and `readiness baseline update` a baseline"
LEVELS = {"no": 0, "partial": 1, "yes": 2}
OUTCOMES = tuple(outcome.value for outcome in Outcome)
SEVERITIES = tuple(severity.value for severity in Severity)


class _Wrong(Exception):
    """What is not as a report has it, with the way to it."""


def load_kept(path: Path) -> tuple[Kept, Mapping[str, Any]]:
    """The reports in a file by their checklists, and the file's data.

    Raises InputError where the file cannot be read or is no report.
    """
    data = _data(path)
    try:
        return read_kept(data), data
    except _Wrong as wrong:
        raise InputError([Diagnostic(str(path), 0, 0, f"this is no whole report: {wrong}", HELP)]) from None


def _data(path: Path) -> dict[str, Any]:
    def fault(message: str, line: int = 0, column: int = 0) -> InputError:
        return InputError([Diagnostic(str(path), line, column, message, HELP)])

    try:
        if path.stat().st_size > LIMIT:
            raise fault(f"the file has more than {LIMIT >> 20} MB")
        text = path.read_bytes().decode("utf-8-sig")
        found = json.loads(text)
    except OSError as error:
        raise fault(f"the report cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise fault(f"the file is not UTF-8: byte {error.start} cannot be read") from None
    except json.JSONDecodeError as error:
        raise fault(f"the file is not JSON: {error.msg}", error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise fault("the file is not JSON that can be read") from None
    if not isinstance(found, dict) or found.get("schema") not in (REPORT, SET, BASELINE):
        said = found.get("schema") if isinstance(found, dict) else None
        raise fault(f"this is no report of readiness: its `schema` is {json.dumps(said)[:60]}")
    return found


def read_kept(data: Mapping[str, Any]) -> Kept:
    """The reports in a file's data."""
    reports = [data] if data["schema"] == REPORT else _list(data, "assessments")
    found: dict[str, Baseline] = {}
    for number, report in enumerate(reports):
        made = _report(_mapping(report, f"assessments[{number}]"))
        found[made.checklist] = made
    grown = _list(data, "growth") if data.get("growth") else ()
    growth = [_growth(_mapping(entry, "growth")) for entry in grown]
    return Kept(found, tuple(growth))


def _report(report: Mapping[str, Any]) -> Baseline:
    checklist = _mapping(report.get("checklist"), "checklist")
    scoring = _mapping(report.get("scoring"), "scoring")
    findings = [_finding(_mapping(finding, "findings")) for finding in _list(report, "findings")]
    dimensions = {
        _text(entry, "id"): (_count(entry, "earned"), _count(entry, "possible"))
        for entry in (_mapping(entry, "dimensions") for entry in _list(report, "dimensions"))
    }
    weights = {name: _count(_mapping(scoring.get("weights"), "scoring.weights"), name) for name in SEVERITIES}
    target = report.get("target")
    return Baseline(
        checklist=_text(checklist, "id"),
        version=_text(checklist, "version"),
        digest=_text(checklist, "digest"),
        as_of=_day(report, "as_of"),
        target=target if isinstance(target, str) else None,
        project=_text(_mapping(report.get("project"), "project"), "name"),
        description=str(_mapping(report.get("description") or {}, "description").get("digest", "")),
        findings={finding.control: finding for finding in findings},
        weights=weights,
        scheme={key: str(value) for key, value in _mapping(scoring.get("scheme"), "scoring.scheme").items()},
        stages=tuple(_mapping(scoring.get("thresholds"), "scoring.thresholds")),
        dimensions=dimensions,
        verdict=_mapping(report.get("verdict"), "verdict"),
        score=_mapping(report.get("score"), "score"),
    )


def _finding(finding: Mapping[str, Any]) -> Earlier:
    stage, waiver = finding.get("stage"), finding.get("waiver")
    practices = finding.get("practices") or []
    return Earlier(
        control=_text(finding, "control"),
        dimension=_text(finding, "dimension"),
        stage=stage if isinstance(stage, str) else None,
        severity=_one_of(finding, "severity", SEVERITIES),
        outcome=_one_of(finding, "outcome", OUTCOMES),
        claimed=LEVELS[_one_of(finding, "claimed", tuple(LEVELS))],
        practices=tuple(name for name in practices if isinstance(name, str)) if isinstance(practices, list) else (),
        advisory=bool(finding.get("advisory")),
        lapsed=bool(finding.get("lapsed")),
        waived=isinstance(waiver, dict) and waiver.get("status") == "in_force",
    )


def _growth(entry: Mapping[str, Any]) -> Growth:
    controls = _list(entry, "controls")
    return Growth(_day(entry, "date"), _text(entry, "reason"), tuple(map(str, controls)))


# --------------------------------------------------------------------------- values


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(f"`{where}` is missing or holds no fields")
    return value


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        raise _Wrong(f"`{key}` is missing or no list")
    return value


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _Wrong(f"`{key}` is missing or no text")
    return value


def _one_of(data: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = data.get(key)
    if value not in allowed:
        raise _Wrong(f"`{key}` is {json.dumps(value)[:40]}, and not one of {', '.join(allowed)}")
    return str(value)


def _count(data: Mapping[str, Any], key: str) -> int:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Wrong(f"`{key}` is missing or no whole number")
    return value


def _day(data: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(_text(data, key))
    except ValueError:
        raise _Wrong(f"`{key}` is no date") from None
