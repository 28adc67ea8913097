"""A small checklist and its practices, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.model import (
    Checklist,
    Condition,
    Control,
    Dimension,
    FactLeaf,
    Level,
    Outcome,
    Practice,
    PracticeLeaf,
    Proof,
    Severity,
    Source,
    Stage,
)

AS_OF = date(2026, 11, 22)
WEIGHTS = {"blocker": 3, "major": 2, "minor": 1}
STAGES = (Stage("pilot", "Pilot", None), Stage("production", "Production", 70), Stage("scale", "Scale", 85))
TITLES = {
    "data_pipelines": "Data pipelines",
    "infrastructure": "Infrastructure",
    "governance": "Governance",
    "monitoring": "Monitoring",
    "integration": "Integration",
    "business_alignment": "Business alignment",
}
CREDIT = {Outcome.MET: 2, Outcome.PARTIAL: 1}


def leaf(practice: str, at_least: Level = Level.YES) -> Condition:
    return Condition("leaf", leaf=PracticeLeaf(practice, at_least))


def fact(name: str, *values: str | bool) -> Condition:
    return Condition("leaf", leaf=FactLeaf(name, values))


def practice(id: str, dimension: str, title: str | None = None, kind: str = "level") -> Practice:
    return Practice(
        id=id,
        dimension=dimension,
        title=title or id.replace("_", " ").capitalize(),
        ask=f"Does someone see to {id.replace('_', ' ')}? Being told about the result is `alerting`.",
        partial="It is done by hand now and then.",
        yes="A scheduled job does it and keeps each result.",
        kind=kind,
        applies_when=None,
        counts=("a tool made for it, run on production data", "own code with the same function"),
        does_not_count=("a function that nothing calls",),
        tools=("Evidently", "NannyML"),
        fields={"name": "what it is called", "owner": "who answers for it"} if kind == "records" else {},
        file_fields=(),
        detectable=False,
        detected=Level.PARTIAL,
    )


def control(
    id: str,
    dimension: str,
    title: str,
    *,
    practices: tuple[str, ...] = (),
    stage: str | None = "production",
    severity: Severity = Severity.MAJOR,
    proof: Proof = Proof.DOCUMENTED,
    applies_when: Condition | None = None,
    effort: str = "days",
    fix: str = "Write it down, and let a job do it.",
    needs: tuple[str, ...] = (),
    max_age: int | None = None,
) -> Control:
    names = practices or (id,)
    met_when = leaf(names[0]) if len(names) == 1 else Condition("all", tuple(leaf(name) for name in names))
    return Control(
        id=id,
        dimension=dimension,
        title=title,
        met_when=met_when,
        stage=stage,
        severity=severity,
        proof=proof,
        max_age=max_age,
        applies_when=applies_when,
        effort=effort,
        needs=needs,
        why="Without it nobody learns in time that the model has stopped working.",
        fix=fix,
        references=(Source("NIST AI RMF", "MEASURE 2.4"), Source("ML Test Score", "monitor-7")),
    )


CONTROLS = (
    control("named_problem", "business_alignment", "A named problem and the people who have it", stage="pilot",
            severity=Severity.BLOCKER, proof=Proof.CLAIMED),
    control("value_metrics", "business_alignment", "The value is measured against a baseline and a limit",
            severity=Severity.BLOCKER, proof=Proof.ATTESTED, max_age=180, effort="weeks",
            fix="Agree one figure with the people who pay for the project, and read it from their own report."),
    control("data_sources", "data_pipelines", "Every data source has an owner, a contract and a refresh time",
            stage="pilot", proof=Proof.DOCUMENTED),
    control("data_validation", "data_pipelines", "Bad data stops the pipeline", proof=Proof.VERIFIED),
    control("feature_store", "data_pipelines", "Training and serving compute features with the same code",
            stage="scale", severity=Severity.MINOR, effort="weeks"),
    control("containerization", "infrastructure", "The program runs from an image that others can build",
            stage="pilot", proof=Proof.VERIFIED, severity=Severity.MINOR, effort="hours"),
    control("load_testing", "infrastructure", "The service was measured under the load it must carry",
            proof=Proof.VERIFIED),
    control("fallback", "integration", "When the model fails, the work goes on", severity=Severity.BLOCKER,
            proof=Proof.ATTESTED),
    control("workflow", "integration", "The output reaches the people who act on it", stage="pilot",
            severity=Severity.BLOCKER, proof=Proof.ATTESTED),
    control("drift", "monitoring", "Drift is measured against a reference and someone is told",
            practices=("drift_detection", "alerting"), severity=Severity.BLOCKER, proof=Proof.VERIFIED,
            applies_when=fact("trains_model", True), needs=("prediction_logging",), max_age=180,
            fix="Run a scheduled job that compares production inputs with the training reference, and send its "
                "result to the people on call."),
    control("prediction_logging", "monitoring", "Predictions are kept with their inputs and the model's version",
            severity=Severity.MAJOR, effort="hours"),
    control("on_call", "monitoring", "Someone answers when it breaks", proof=Proof.ATTESTED, effort="hours"),
    control("model_card", "governance", "A model card says what the model is for and where it fails",
            severity=Severity.MAJOR, effort="hours"),
    control("risk_register", "governance", "Known risks have owners", severity=Severity.MINOR,
            applies_when=Condition("any", (fact("risk", "high"), fact("exposure", "customers", "public")))),
    control("human_approval", "governance", "A person approves what the agent does", severity=Severity.BLOCKER,
            applies_when=fact("system", "agentic")),
)  # fmt: skip

PRACTICES = (
    practice("named_problem", "business_alignment"),
    practice("value_metrics", "business_alignment", kind="measure"),
    practice("data_sources", "data_pipelines", kind="records"),
    practice("data_validation", "data_pipelines"),
    practice("feature_store", "data_pipelines"),
    practice("containerization", "infrastructure"),
    practice("load_testing", "infrastructure"),
    practice("fallback", "integration"),
    practice("workflow", "integration"),
    practice("drift_detection", "monitoring", "Drift detection"),
    practice("alerting", "monitoring"),
    practice("prediction_logging", "monitoring"),
    practice("on_call", "monitoring"),
    practice("model_card", "governance"),
    practice("risk_register", "governance"),
    practice("human_approval", "governance"),
)


def checklist(controls: Iterable[Control] = CONTROLS) -> Checklist:
    return Checklist(
        id="core",
        version="1.0.0",
        title="Core: from proof of concept to scale",
        released=date(2026, 11, 20),
        digest="sha256:" + "ab" * 32,
        dimensions=tuple(Dimension(name, title) for name, title in TITLES.items()),
        stages=STAGES,
        weights=WEIGHTS,
        attestation_age=365,
        controls=tuple(controls),
        changes=("First version.",),
    )
