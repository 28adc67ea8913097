"""Controls that do not count yet: their findings are advisory until the day from which they do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.judging.facts import holds
from readiness.model import Control, Facts, Finding


def enforce(findings: Iterable[Finding], facts: Facts, as_of: date) -> tuple[Finding, ...]:
    """The findings, each of a control that does not count yet marked with the day from which it does."""
    return tuple(
        finding
        if not finding.control.enforce_from or (day := starts(finding.control, facts)) is None or day <= as_of
        else finding._replace(advisory=day)
        for finding in findings
    )


def starts(control: Control, facts: Facts) -> date | None:
    """The day from which a control counts; None where it always did. The first entry that the facts fit
    decides. Where an unstated fact would decide, the earliest day in question does, so that it puts nothing off."""
    days = []
    for start in control.enforce_from:
        fits = True if start.when is None else holds(start.when, facts)
        if fits is not False:
            days.append(start.day)
        if fits:
            return min(days)
    return None
