"""The gate: conditions on an assessment that make a run exit 1."""

from __future__ import annotations

from collections.abc import Sequence

from readiness.model import Assessment, Finding, Severity

CONDITIONS = ("not-ready", "blocker", "major", "minor", "worse")
AT_MOST = 5
_RANK = {severity.value: rank for rank, severity in enumerate(Severity)}


def gate(assessment: Assessment, fail_on: tuple[str, ...], fail_under: float | None) -> tuple[str, ...]:
    """Why the gate does not pass, one sentence a condition; empty where it passes."""
    failures = [failure for condition in dict.fromkeys(fail_on) if (failure := _condition(assessment, condition))]
    weakest = assessment.score.weakest
    if fail_under is not None and weakest is not None and weakest.exact is not None:
        from decimal import Decimal  # as it was typed: 64.4 as a float is a little more than 161 of 250

        over, under = weakest.exact
        share = weakest.scheme.within == "share"
        sign = " %" if share else f" {weakest.scheme.unit}"
        if over < Decimal(str(fail_under)) * under:
            failures.append(
                f"{weakest.dimension.title}, the weakest dimension, is proven to {weakest.proven}"
                f"{'' if share else f' of {weakest.scheme.most(weakest.possible)}'}{sign}, under {fail_under:g}{sign}"
            )
    if fail_under is not None and weakest is None:
        failures.append("nothing applies, so there is no score to hold against the limit")
    return tuple(failures)


def _condition(assessment: Assessment, condition: str) -> str | None:
    if condition == "not-ready":
        verdict = assessment.verdict
        return None if verdict.ready else f"the project is not ready for {verdict.target}"
    if condition == "worse":
        return _worse(assessment)
    open_ = [f for f in assessment.plan if _RANK[f.control.severity.value] <= _RANK[condition]]
    if not open_:
        return None
    kinds = condition if condition == "blocker" else f"{condition} or above"
    return f"{len(open_)} open gap{'s' if len(open_) > 1 else ''} of severity {kinds}: {_named(open_)}"


def _named(findings: Sequence[Finding]) -> str:
    return ", ".join(f.control.id for f in findings[:AT_MOST]) + (", …" if len(findings) > AT_MOST else "")


def _worse(assessment: Assessment) -> str | None:
    """Why the baseline is not held: the open gaps that are new or worse, and those of them that time alone made so."""
    against = assessment.baseline
    if against is None:
        return "there is no baseline for this checklist"
    fallen = [f for f in assessment.plan if f.change in ("new", "worse")]
    if not fallen:
        return None
    verb = "gap is" if len(fallen) == 1 else "gaps are"
    said = f"{len(fallen)} {verb} new or worse since the baseline of {against.as_of.isoformat()}: {_named(fallen)}"
    aged = [f for f in fallen if f.control.id in against.by_time]
    if not aged:
        return said
    whole = "time alone brought this about" if len(aged) == len(fallen) else f"time alone did it for {_named(aged)}"
    return f"{said}; {whole}: renew the evidence"
