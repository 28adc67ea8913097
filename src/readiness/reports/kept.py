"""A baseline file: what of each assessment a later one is held against, one finding a line so that a change can be
read in a diff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from readiness.model import Assessment
from readiness.model.baseline import Growth
from readiness.reports.json import report

SCHEMA = "readiness/baseline/v1"
TOP = ("project", "checklist", "description", "as_of", "target", "verdict", "score", "scoring")
FINDING = ("control", "dimension", "stage", "severity", "outcome", "claimed", "practices", "advisory", "lapsed")


def slim(assessment: Assessment) -> dict[str, Any]:
    """What of an assessment a baseline keeps."""
    whole = report(assessment)
    found = {key: whole[key] for key in TOP}
    found["dimensions"] = [
        {key: entry[key] for key in ("id", "earned", "claimed_earned", "possible")} for entry in whole["dimensions"]
    ]
    found["findings"] = [
        {**{key: f[key] for key in FINDING}, "waiver": f["waiver"] and {"status": f["waiver"]["status"]}}
        for f in whole["findings"]
    ]
    return found


def text(reports: Iterable[Mapping[str, Any]], growth: Sequence[Growth]) -> str:
    """The file's text."""
    grown = [
        {"date": entry.day.isoformat(), "reason": entry.reason, "controls": list(entry.controls)} for entry in growth
    ]
    assessments = ",\n".join(_one(each) for each in reports)
    return f'{{\n"schema": "{SCHEMA}",\n"assessments": [\n{assessments}\n],\n"growth": [{_lines(grown)}]\n}}\n'


def _one(report: Mapping[str, Any]) -> str:
    head = ",\n".join(f"{_dump(key)}: {_dump(report[key])}" for key in report if key not in ("findings", "dimensions"))
    dimensions, findings = _lines(report.get("dimensions") or ()), _lines(report["findings"])
    return f'{{\n{head},\n"dimensions": [{dimensions}],\n"findings": [{findings}]\n}}'


def _lines(entries: Iterable[Mapping[str, Any]]) -> str:
    """The entries of a list, each on a line of its own."""
    lines = ",\n".join(map(_dump, entries))
    return f"\n{lines}\n" if lines else ""


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)
