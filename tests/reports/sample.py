"""Assessments made by hand from the types of the model, for the tests of the reports.

`ready()` passes; `not_ready()` has everything that a report can show; `hostile(text)` is
`not_ready()` with `text` in every place that a project, a checklist or a repository fills.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from readiness.model import (
    Assessment,
    Attestation,
    Contradiction,
    Entry,
    Finding,
    Level,
    Location,
    Mark,
    Outcome,
    Part,
    PracticeState,
    Proof,
    Reference,
    Removal,
    Waiver,
    WaiverState,
)
from tests.reports.parts import answer, evidence, finding, state, waiver
from tests.reports.rulers import AS_OF, CONTROLS, PRACTICES
from tests.reports.scoring import assessment


def ready() -> Assessment:
    """Everything is met with proof, but for two small things; the agent's control does not apply."""
    exceptions = {"human_approval": Outcome.NOT_APPLICABLE, "feature_store": Outcome.UNMET}
    exceptions["risk_register"] = Outcome.PARTIAL
    findings = tuple(
        finding(
            c.id,
            exceptions.get(c.id, Outcome.MET),
            observed="The answer is yes, and docs/operations.md says how.",
            proof=c.proof,
        )
        for c in CONTROLS
    )
    practices = tuple(state(p.id, Level.YES, evidence()) for p in PRACTICES)
    return assessment(findings, practices)


def not_ready() -> Assessment:
    """A pilot: blockers, a waiver of each status, removals, contradictions, a dimension without controls."""
    waivers = (
        WaiverState(waiver("fallback"), "in_force", Location("project.yaml", 60, 5)),
        WaiverState(waiver("on_call", date(2026, 10, 31)), "expired", Location("project.yaml", 66, 5)),
        WaiverState(waiver("workflow"), "unneeded", Location("project.yaml", 72, 5)),
    )
    made = assessment(_findings(*(state.waiver for state in waivers)), _practices(), waivers)
    return made._replace(
        contradictions=(
            Contradiction("data_validation", "The answer is no.", "pipelines/checks.py:14 validates the rows.",
                          Location("project.yaml", 31, 3)),
            Contradiction(None, "trains_model is false.", "train.py:3 fits a model.",
                          Location("project.yaml", 12, 3)),
        ),
        removals=(
            Removal("load_testing", "a nightly batch job on one machine", ("load_testing",),
                    "takes the control out of the score", Location("project.yaml", 44, 3)),
        ),
        notices=(
            "No checklist version was given: core@1.0.0 is the highest.",
            "The fact `retrieves` is not stated; it would decide 2 controls.",
        ),
    )  # fmt: skip


def _findings(fallback: Waiver, on_call: Waiver, workflow: Waiver) -> tuple[Finding, ...]:
    return (
        finding("named_problem", Outcome.MET, observed="The answer is yes.", proof=Proof.CLAIMED),
        finding("value_metrics", Outcome.PARTIAL, claimed=Level.PARTIAL, proof=Proof.ATTESTED, line=52,
                observed="`monthly churn` is 3.8 %, which misses its limit of 3.6 %.",
                passes="An actual of at most 3.6 %, attested within 180 days, would pass."),
        finding("data_sources", Outcome.MET, observed="One record is complete, and contracts/crm.yaml exists."),
        finding("data_validation", Outcome.UNMET, line=31, observed="The answer is no.", proof=Proof.CLAIMED,
                passes="A check whose failure stops the pipeline, found in the repository, would pass."),
        finding("feature_store", Outcome.UNKNOWN, observed="Nobody has answered `feature_store`.",
                proof=Proof.CLAIMED, passes="An answer `yes` with a document would pass."),
        finding("containerization", Outcome.NOT_APPLICABLE, reason="the answer says that it does not apply"),
        finding("load_testing", Outcome.NOT_APPLICABLE, reason="a nightly batch job on one machine", line=44),
        finding("fallback", Outcome.UNPROVEN, observed="The answer is yes, but nothing shows it.", line=38,
                passes="A named person's word with a date would pass.", proof=Proof.CLAIMED, waiver=fallback),
        finding("workflow", Outcome.MET, observed="R. Meyer attested it on 2026-10-01.", proof=Proof.ATTESTED,
                waiver=workflow),
        finding("drift", Outcome.UNPROVEN, claimed=Level.PARTIAL, line=23, proof=Proof.DOCUMENTED,
                observed="`drift_detection` is claimed as partial and docs/operations.md describes it, but nothing in "
                "the repository compares production with a reference; `alerting` is claimed without evidence.",
                passes="A scheduled comparison that the detector finds, or an attestation of `alerting` not older "
                "than 180 days, would pass."),
        finding("prediction_logging", Outcome.UNKNOWN, observed="Nobody has answered `prediction_logging`.",
                proof=Proof.CLAIMED, passes="An answer `yes` with a document would pass.", line=1),
        finding("on_call", Outcome.UNPROVEN, observed="The attestation of 2025-06-01 is older than 365 days.", line=41,
                passes="A new attestation would pass.", proof=Proof.CLAIMED, waiver=on_call),
        finding("model_card", Outcome.MET, observed="MODEL_CARD.md has 60 lines."),
        finding("risk_register", Outcome.NOT_APPLICABLE, reason="neither risk nor exposure is high"),
        finding("human_approval", Outcome.NOT_APPLICABLE, reason="the system is not agentic"),
    )  # fmt: skip


def _practices() -> tuple[PracticeState, ...]:
    report = Reference("reports/churn.json", None, "/churn", None, None, None, Mark(53, 9))
    entry = Entry("monthly churn", "%", None, 3.6, 4.1, report, date(2026, 10, 31), (), Mark(52, 7))
    figure = evidence("figure", Proof.VERIFIED, "reports/churn.json", None, "/churn is 3.8", date(2026, 10, 31))
    part = Part("monthly churn", Level.PARTIAL, (figure,), date(2026, 10, 31), "3.8 %, misses at most 3.6 %")
    signed = Attestation("J. Okafor", date(2026, 11, 2), None, Mark(54, 5))
    word = evidence("attestation", Proof.ATTESTED, None, None, "J. Okafor", date(2026, 11, 2))
    missing = evidence("file", Proof.CLAIMED, "ops/drift.py", None, "", None, "ops/drift.py does not exist.")
    stale = evidence("attestation", Proof.ATTESTED, None, None, "R. Meyer", date(2025, 6, 1))
    return (
        state("named_problem", Level.YES, evidence("answer", Proof.CLAIMED, "project.yaml", 50, "yes")),
        state("value_metrics", Level.PARTIAL, word, parts=(part,), level=None, entries=(entry,), attested=signed),
        state("data_sources", Level.YES, evidence("file", Proof.DOCUMENTED, "contracts/crm.yaml", 1, "a contract")),
        state("data_validation", Level.NO),
        state("feature_store", None),
        state("load_testing", None)._replace(
            not_applicable="a nightly batch job on one machine",
            answer=answer("load_testing", None, not_applicable="a nightly batch job on one machine"),
        ),
        state("fallback", Level.YES, evidence("link", Proof.CLAIMED, None, None, "https://wiki.example.com/fallback")),
        state("workflow", Level.YES, evidence("attestation", Proof.ATTESTED, None, None, "R. Meyer", AS_OF)),
        state("drift_detection", Level.PARTIAL, evidence("section", detail="Drift: 8 lines"), missing,
              owner="data-science", due=date(2027, 1, 31), note="checked by hand after each release"),
        state("alerting", Level.YES, owner="platform", due=date(2026, 12, 15)),
        state("prediction_logging", None),
        state("on_call", Level.YES, stale),
        state("model_card", Level.YES, evidence("file", Proof.DOCUMENTED, "MODEL_CARD.md", 1, "60 lines")),
    )  # fmt: skip


# --------------------------------------------------------------------------- hostile text

FREE = {
    "title", "summary", "name", "owner", "reason", "approved_by", "observed", "passes", "why", "fix", "detail",
    "problem", "said", "seen", "effect", "note", "path", "ask", "source", "reasons", "notices", "by", "link",
    "not_applicable", "effort", "requirements", "edition", "outside",
}  # fmt: skip
"""The fields that hold text which nothing has checked."""


def hostile(text: str, make: Callable[[], Assessment] | None = None) -> Assessment:
    """A project that is not ready, or another, with `text` before whatever stands in each free field."""
    return cast(Assessment, _soiled((make or not_ready)(), text))


def _soiled(value: object, text: str) -> object:
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is not None and isinstance(value, tuple):
        pairs = zip(fields, value, strict=True)
        make = cast(Callable[..., object], type(value))
        return make(*(_marked(part, text) if name in FREE else _soiled(part, text) for name, part in pairs))
    if isinstance(value, tuple):
        return tuple(_soiled(part, text) for part in value)
    return value


def _marked(value: object, text: str) -> object:
    if isinstance(value, str):
        return f"{text} {value}"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_marked(part, text) for part in value)
    return _soiled(value, text)
