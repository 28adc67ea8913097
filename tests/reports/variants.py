"""Further assessments for the formats that other programs read: against a baseline, with a control that does not count
yet, with a refused waiver, and by a checklist without stages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from readiness.model import Assessment, Finding, Published, Verdict, WaiverState
from readiness.model.assessment import Against
from readiness.reports import render
from tests.reports import sample

Report = dict[str, Any]
CHANGES = {"data_validation": "worse", "drift": "better", "on_call": "new", "model_card": "fixed"}
FROM = date(2027, 8, 2)
LEVELS = {"blocker": "error", "major": "warning", "minor": "note"}
OPEN = ("partial", "unproven", "unmet", "unknown")


def changed() -> Assessment:
    """Held against a baseline: something of every kind of change."""
    made = sample.not_ready()
    findings = tuple(f._replace(change=CHANGES.get(f.control.id, "same")) for f in made.findings)
    names = [finding.change or "" for finding in findings]
    counts = {name: names.count(name) for name in ("new", "worse", "better", "fixed", "same")}
    return planned(made, findings)._replace(baseline=Against(date(2026, 10, 1), "1.0.0", counts, ()))


def advisory() -> Assessment:
    """One control counts only from next year on."""
    made = sample.not_ready()
    findings = tuple(f._replace(advisory=FROM) if f.control.id == "data_validation" else f for f in made.findings)
    return planned(made, findings)


def refused() -> Assessment:
    """The checklist does not accept the waiver that was in force."""
    made = sample.not_ready()
    first = made.waivers[0]
    states = (WaiverState(first.waiver, "refused", first.location, "cto is no approver."), *made.waivers[1:])
    return planned(made._replace(waivers=states), made.findings, also=("fallback",))


def unstaged() -> Assessment:
    """The same project judged by a ruler without stages: a score, and nothing to be ready for."""
    made = sample.not_ready()
    findings = tuple(f._replace(control=f.control._replace(stage=None)) for f in made.findings)
    source = Published("A rubric", "2017", None, "Restates the rubric; not endorsed by its authors.")
    checklist = made.checklist._replace(
        id="ml-test-score", title="ML Test Score", stages=(), source=source, controls=tuple(f.control for f in findings)
    )
    bare = made._replace(
        checklist=checklist, target=None, stages=(), verdict=Verdict(None, None, None, ()), unwaived=None
    )
    return planned(bare, findings, also=("feature_store",))


def planned(made: Assessment, findings: tuple[Finding, ...], also: tuple[str, ...] = ()) -> Assessment:
    """The assessment with these findings, and the plan that follows from them."""
    names = [finding.control.id for finding in made.plan] + list(also)
    known = {finding.control.id: finding for finding in findings}
    return made._replace(findings=findings, plan=tuple(known[n] for n in names if known[n].advisory is None))


def long(count: int, severity: str | None = None) -> Assessment:
    """A report with so many open gaps."""
    made = sample.not_ready()
    gaps = [f for f in made.plan if severity in (None, f.control.severity.value)]
    plan = tuple(
        gap._replace(control=gap.control._replace(id=f"control_{number}"))
        for number, gap in enumerate((gaps * count)[:count])
    )
    return made._replace(
        plan=plan, findings=plan, checklist=made.checklist._replace(controls=tuple(f.control for f in plan))
    )


ALL: tuple[Callable[[], Assessment], ...] = (
    sample.ready, sample.not_ready, changed, advisory, refused, unstaged,
)  # fmt: skip


def as_json(made: Assessment) -> Report:
    """The JSON report, with which every format must agree."""
    report: Report = json.loads(render(made, "json"))
    return report


def standing(report: Report) -> dict[str, list[str]]:
    """The controls by how they stand, worked out from the JSON report alone."""
    stages = list(report["scoring"]["thresholds"])
    last = stages.index(report["target"]) if report["target"] is not None else len(stages)
    found: dict[str, list[str]] = {n: [] for n in ("open", "waived", "advisory", "later", "met", "not applicable")}
    for each in report["findings"]:
        if each["outcome"] not in OPEN:
            how = each["outcome"].replace("_", " ")
        elif each["stage"] is not None and stages.index(each["stage"]) > last:
            how = "later"
        elif each["advisory"] is not None:
            how = "advisory"
        else:
            how = "waived" if (each["waiver"] or {}).get("status") == "in_force" else "open"
        found[how].append(each["control"])
    return found
