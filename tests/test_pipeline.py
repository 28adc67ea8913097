"""A run as a whole, by checklists of the user's own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from readiness import assess

HEAD = """id: own
version: "{version}"
title: Own
released: 2026-01-01
changes: [first]
scoring:
  scheme: {{within: share, across: mean, rounding: down}}
  weights: {{blocker: 3, major: 2, minor: 1}}
  default_proof: attested
  attestation_age: 365d
dimensions: [{{id: monitoring, title: Monitoring}}]
stages: [{{id: production, title: Production, threshold: 60}}]
controls:
"""
WAIVER = {
    "control": "before",
    "reason": "agreed until spring",
    "owner": "a@x.org",
    "approved_by": "b@x.org",
    "expires": "2027-03-31",
}


def ruler(path: Path, version: str, control: str) -> Path:
    made = {"id": control, "dimension": "monitoring", "title": "Someone is called", "met_when": "on_call"}
    made |= {"stage": "production", "severity": "blocker", "effort": "days", "why": "So it is.", "fix": "Do it now."}
    made["references"] = [{"source": "own", "id": "1"}]  # type: ignore[assignment]
    path.write_text(HEAD.format(version=version) + f"  - {json.dumps(made)}\n", encoding="utf-8")
    return path


def test_another_version_of_the_checklist_can_be_tried_on_a_description_with_waivers(tmp_path: Path) -> None:
    ruler(tmp_path / "one.yaml", "1.0.0", "before")
    new = ruler(tmp_path / "two.yaml", "2.0.0", "after")
    head = "readiness: 1\nproject: {name: x}\nassess: {checklist: ./one.yaml, target: production}\n"
    (tmp_path / "project.yaml").write_text(f"{head}waivers: [{json.dumps(WAIVER)}]\n", encoding="utf-8")
    day = date(2026, 11, 22)
    own = assess(tmp_path / "project.yaml", as_of=day)
    assert [state.status for state in own.waivers] == ["in_force"]
    preview = assess(tmp_path / "project.yaml", checklist=str(new), as_of=day)
    assert [state.status for state in preview.waivers] == ["unmatched"]
    assert [finding.control.id for finding in preview.plan] == ["after"] and not preview.verdict.ready
