"""The gate: conditions on an assessment that make a run exit 1."""

from __future__ import annotations

from readiness.model import Assessment, Severity

CONDITIONS = ("not-ready", "blocker", "major", "minor")
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
    open_ = [f for f in assessment.plan if _RANK[f.control.severity.value] <= _RANK[condition]]
    if not open_:
        return None
    kinds = condition if condition == "blocker" else f"{condition} or above"
    named = ", ".join(f.control.id for f in open_[:5]) + (", …" if len(open_) > 5 else "")
    return f"{len(open_)} open gap{'s' if len(open_) > 1 else ''} of severity {kinds}: {named}"
