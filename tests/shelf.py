"""Checklists, overlays and practices in small, for the tests of what organisations write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from readiness.errors import Diagnostic, InputError

WHOLE = """id: own
version: "1.0.0"
title: Our ruler
released: 2026-11-01
scoring:
  scheme: {within: share}
  weights: {blocker: 3, major: 2, minor: 1}
  default_proof: documented
  attestation_age: 365d
dimensions: [{id: monitoring, title: Monitoring}]
stages: [{id: pilot, title: Pilot}, {id: production, title: Production, threshold: 60}]
aliases: {guide: runbook}
controls:
  - {id: drift, dimension: monitoring, title: Drift is watched, met_when: drift_detection, stage: pilot, severity: blocker, effort: days, why: So., fix: Do it.}
  - {id: runbook, dimension: monitoring, title: There is a guide, met_when: runbook, stage: production, severity: minor, effort: hours, needs: [drift], why: So., fix: Do it.}
  - {id: alerts, dimension: monitoring, title: Alerts reach someone, met_when: alerting, stage: production, severity: major, effort: hours, why: So., fix: Do it.}
"""  # noqa: E501
HEAD = """id: acme
version: "1.0.0"
title: Acme's ruler
released: 2026-11-02
extends: own@1.0.0
"""
ADDED = (
    "dimension: monitoring, title: Charts are kept, met_when: dashboards, stage: pilot, severity: minor, "
    "effort: hours, why: So., fix: Do it., because: We look."
)
PRACTICE = """id: acme_log
title: A log of decisions
ask: Is each decision logged?
kind: level
levels: {partial: Some are., yes: All are.}
counts: A file of decisions.
does_not_count: A wish.
"""


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def told(error: InputError) -> list[tuple[int, int, str, str | None]]:
    """Line, column, message and help of each fault."""
    return [(d.line, d.column, d.message, d.help) for d in error.diagnostics]


def heads(found: tuple[Diagnostic, ...]) -> list[str]:
    """The first line of each fault."""
    return [fault.head() for fault in found]
