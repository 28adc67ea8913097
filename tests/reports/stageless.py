"""Assessments by rulers without stages, made by hand: a framework scored by shares, and one scored by points."""

from __future__ import annotations

from datetime import date
from typing import Any

from readiness.model import (
    Assessment,
    Band,
    Checklist,
    Control,
    Dimension,
    Finding,
    Level,
    Location,
    Outcome,
    PracticeState,
    Proof,
    Published,
    Requirement,
    Scheme,
    Severity,
    Start,
    WaiverState,
)
from tests.reports.parts import evidence, finding, state, waiver
from tests.reports.rulers import checklist, control
from tests.reports.scoring import assessment

SOON, LATER = date(2027, 12, 2), date(2028, 8, 2)


def _asked(id: str, dimension: str, title: str, *requirements: str, counts: date | None = None, **more: Any) -> Control:
    made = control(id, dimension, title, stage=None, **more)
    return made._replace(requirements=requirements, enforce_from=(Start(counts, None),) if counts else ())


FRAMEWORK_CONTROLS = (
    _asked("use_described", "policies", "It is written down what the model is for", "A.1",
           practices=("model_card",), severity=Severity.BLOCKER),
    _asked("risks_owned", "policies", "Every risk has an owner", "A.2", "A.3", practices=("risk_register",)),
    _asked("approval", "policies", "A person approves what the model decides", "A.4", practices=("human_approval",),
           severity=Severity.BLOCKER, counts=SOON),
    _asked("called", "operation", "Someone is called when it fails", "B.1", practices=("on_call",),
           severity=Severity.BLOCKER, proof=Proof.ATTESTED, effort="hours"),
    _asked("logged", "operation", "What the model said can be looked up", "B.2", practices=("prediction_logging",),
           counts=LATER),
    _asked("checked", "operation", "Bad data is stopped", "B.3", practices=("data_validation",)),
    _asked("told", "operation", "Whoever depends on it is told of a change", "B.4", practices=("alerting",),
           severity=Severity.MINOR, counts=SOON),
    _asked("known", "operation", "Drift is known before users notice it", "B.4", practices=("drift_detection",),
           severity=Severity.MINOR),
)  # fmt: skip
POINT_CONTROLS = (
    _asked("data-1", "data", "Data are checked against a schema", "data-1", practices=("data_validation",)),
    _asked("data-2", "data", "Features are computed once", "data-2", practices=("feature_store",)),
    _asked("data-3", "data", "Sources have owners", "data-3", practices=("data_sources",)),
    _asked("model-1", "model", "The model holds under load", "model-1", practices=("load_testing",)),
    _asked("model-2", "model", "The output is used", "model-2", practices=("workflow",)),
    _asked("model-3", "model", "Drift is measured", "model-3", practices=("drift_detection", "alerting")),
)


def _requirements(*listed: tuple[str, str] | tuple[str, str, str]) -> tuple[Requirement, ...]:
    return tuple(Requirement(row[0], row[1], row[2] if len(row) == 3 else None) for row in listed)


def framework_ruler() -> Checklist:
    """Sections of its own, a published source, and three controls that do not count yet."""
    return checklist(FRAMEWORK_CONTROLS)._replace(
        id="standard",
        version="2.1.0",
        title="A standard for the management of models",
        dimensions=(Dimension("policies", "Policies"), Dimension("operation", "Operation")),
        stages=(),
        source=Published("A standard for the management of models", "2023", "https://standard.example.com",
                         "The figure says what a project can show of Annex A, and is no certificate."),
        requirements=_requirements(
            ("A.1", "Intended use"), ("A.2", "Risk"), ("A.3", "Ownership"), ("A.4", "Approval"),
            ("B.1", "Response"), ("B.2", "Records"), ("B.3", "Input"), ("B.4", "Change"),
            ("B.5", "Insurance", "the company insures itself, not the project"),
        ),
    )  # fmt: skip


def points_ruler() -> Checklist:
    """A sum within two sections, the lesser of them, and bands."""
    return checklist(POINT_CONTROLS)._replace(
        id="points",
        title="Points for tests",
        dimensions=(Dimension("data", "Data"), Dimension("model", "Model")),
        stages=(),
        weights={"blocker": 1, "major": 1, "minor": 1},
        scheme=Scheme("sum", "minimum", "halves", "points"),
        bands=(Band("Nothing is tested", 0, True), Band("Tested in parts", 1, True), Band("Tested", None, False)),
        source=Published("Points for tests", "2017", None, "A point says that a test is there, not that it passes."),
        requirements=_requirements(*((c.id, c.title) for c in POINT_CONTROLS)),
    )


def _judged(judged: Control, outcome: Outcome, **more: Any) -> Finding:
    """A finding of a control of these rulers."""
    base = finding("model_card", outcome, **more)
    leaves = tuple(part.leaf.practice for part in judged.met_when.parts) or (judged.met_when.leaf.practice,)
    return base._replace(control=judged, required_proof=judged.proof, practices=leaves)


def framework() -> Assessment:
    """A share of 46: one thing met, one in part, a waived blocker, one out; three that do not count yet."""
    use, risks, approval, called, logged, checked, told, known = FRAMEWORK_CONTROLS
    waived = waiver("called")._replace(checklist="standard")
    findings = (
        _judged(use, Outcome.MET, observed="MODEL_CARD.md has 60 lines."),
        _judged(risks, Outcome.PARTIAL, claimed=Level.YES, line=31, observed="Two of four risks have an owner.",
                passes="Passes when each risk names one."),
        _judged(approval, Outcome.UNMET, line=33, proof=Proof.CLAIMED, observed="`human_approval` is answered `no`.",
                passes="Passes when `human_approval` is answered `yes`.")._replace(advisory=SOON),
        _judged(called, Outcome.UNPROVEN, line=38, proof=Proof.CLAIMED, observed="`on_call` is `yes`, but not proven.",
                passes="Passes when a named person attests it.", waiver=waived),
        _judged(logged, Outcome.UNKNOWN, proof=Proof.CLAIMED, observed="`prediction_logging` is not answered.",
                passes="Passes when it is answered `yes`.")._replace(advisory=LATER),
        _judged(checked, Outcome.NOT_APPLICABLE, reason="the stated facts take it out"),
        _judged(told, Outcome.MET, observed="docs/operations.md says who is told.")._replace(advisory=SOON),
        _judged(known, Outcome.PARTIAL, line=23, observed="`drift_detection` is `partial`.",
                passes="Passes when `drift_detection` is answered `yes`."),
    )  # fmt: skip
    states = (WaiverState(waived, "in_force", Location("project.yaml", 60, 5)),)
    made = assessment(findings, _practices(), states, None, framework_ruler())
    return made._replace(
        notices=("2 controls are advisory until 2027-12-02, and counted from then on: `approval`, `told`.",)
    )


def points() -> Assessment:
    """A point and a half for the data, one for the model: the lesser counts, at the end of its band."""
    data_1, data_2, data_3, model_1, model_2, model_3 = POINT_CONTROLS
    findings = (
        _judged(data_1, Outcome.MET, observed="pipelines/checks.py:14 validates the rows.", proof=Proof.VERIFIED),
        _judged(data_2, Outcome.PARTIAL, line=27, observed="It is `partial`.", passes="Passes when `yes`."),
        _judged(data_3, Outcome.NOT_APPLICABLE, reason="the project reads one file"),
        _judged(model_1, Outcome.MET, observed="load/report.json decides it.", proof=Proof.VERIFIED),
        _judged(model_2, Outcome.UNPROVEN, line=44, proof=Proof.CLAIMED, observed="`workflow` is `yes`, not proven.",
                passes="Passes when it is documented."),
        _judged(model_3, Outcome.UNKNOWN, proof=Proof.CLAIMED, observed="`drift_detection` is not answered.",
                passes="Passes when it is answered `yes`."),
    )  # fmt: skip
    return assessment(findings, _practices(), (), None, points_ruler())


def _practices() -> tuple[PracticeState, ...]:
    return (
        state("model_card", Level.YES, evidence("file", Proof.DOCUMENTED, "MODEL_CARD.md", 1, "60 lines")),
        state("risk_register", Level.YES, evidence(), owner="risk@example.com", due=date(2027, 1, 31)),
        state("human_approval", Level.NO),
        state("on_call", Level.YES),
        state("prediction_logging", None),
        state("alerting", Level.YES, evidence()),
        state("drift_detection", Level.PARTIAL, evidence()),
        state("data_validation", Level.YES, evidence("detection", Proof.VERIFIED, "pipelines/checks.py", 14, "checks")),
        state("feature_store", Level.PARTIAL, evidence()),
        state("load_testing", Level.YES, evidence("figure", Proof.VERIFIED, "load/report.json", None, "/p99 is 180")),
        state("workflow", Level.YES),
    )
