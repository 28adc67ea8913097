"""Small helpers of many tests: a text becomes a document, a project, or its faults."""

from __future__ import annotations

from readiness.document import Document, parse
from readiness.errors import Diagnostic, InputError
from readiness.loaders.project import Vocabulary, load_project
from readiness.model import Project
from readiness.pipeline import practices

HEAD = "readiness: 1\nproject: {name: churn}\n"
"""The first two lines that every description needs."""
CONTROLS = {
    "drift": ("drift_detection", "alerting"),
    "fallback": ("fallback_behaviour",),
    "runbook": ("runbook",),
    "latency": ("latency_objective",),
}

FULL = """readiness: 1
project:
  name: churn-predictor
  summary: Ranks subscribers
  owner: growth-ml@example.com
  model: {name: churn-gbm, version: 1.10, trained: 2026-10-30}
facts: {system: predictive, serving: [batch, online], personal_data: yes, trains_model: true, acts: none}
assess: {checklist: core@1.0.0, target: production}
monitoring:
  model_evaluation: yes
  runbook: true
  dashboards: false
  alerting:
  drift_detection:
    answer: partial
    evidence: [ops/drift.py, {path: docs/operations.md, at: Drift, as_of: 2026-11-01}, https://x.example]
    note: by hand
    owner: data-science
    due: 2027-01-31
    up_to: pilot
infrastructure:
  latency_objective: {unit: ms, max: 200, actual: {path: reports/load.json, at: /p99_ms}}
  autoscaling: {not_applicable: a nightly batch job on one machine}
data_pipelines:
  data_sources: [{name: crm, owner: crm-team, contract: contracts/crm.yaml, refresh: 1}]
business_alignment:
  value_metrics:
    entries: [{name: monthly churn, unit: "%", baseline: 4.1, max: 3.6, actual: 3.8, as_of: 2026-10-31}]
    attested: {by: J. Okafor, date: 2026-11-02}
waivers:
  - {control: fallback, reason: it falls back, owner: a@x, approved_by: b@x, expires: 2027-03-31}
  - {control: "ml-test-score:monitor-7", reason: not ours, owner: a@x, approved_by: b@x, expires: 2027-03-31}
"""


def document(text: str | bytes, path: str = "project.yaml") -> Document:
    return parse(text.encode() if isinstance(text, str) else text, path)


def vocabulary() -> Vocabulary:
    rulers = {"core": CONTROLS, "own": {"only": ("runbook",)}}
    return Vocabulary(practices(), ("pilot", "production", "scale"), "core", rulers.get)


def project(text: str) -> Project:
    """The project that a faultless description gives."""
    return load_project(document(text), vocabulary())


def faults(text: str) -> tuple[Diagnostic, ...]:
    """The faults of a description; none where it is faultless."""
    try:
        project(text)
    except InputError as error:
        return error.diagnostics
    return ()


def fault(text: str) -> tuple[int, int, str, str | None]:
    """Line, column, message and help of the only fault of a description."""
    found = faults(text)
    assert len(found) == 1, "\n".join(f"{d.head()} ({d.help})" for d in found) or "no fault"
    return found[0].line, found[0].column, found[0].message, found[0].help
