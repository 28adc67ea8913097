"""How each waiver stands, and which controls it excuses. A waiver never touches an outcome or a score."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.judging.facts import BY_FACTS
from readiness.judging.gaps import is_gap
from readiness.model import Checklist, Finding, Location, Outcome, Project, Waiver, WaiverState


def waiver_states(
    project: Project, checklist: Checklist, findings: Iterable[Finding], as_of: date, path: str
) -> tuple[WaiverState, ...]:
    """Each waiver of this ruler with its status, in the order of the description."""
    by_control = {finding.control.id: finding for finding in findings}
    found = []
    for waiver in project.waivers:
        if waiver.checklist == checklist.id:
            status, why = _status(waiver, by_control.get(waiver.control), checklist, as_of)
            found.append(WaiverState(waiver, status, Location(path, *waiver.mark), why))
    return tuple(sorted(found, key=lambda state: (state.location.line, state.waiver.control)))


def waived(states: Iterable[WaiverState]) -> frozenset[str]:
    """The controls that a waiver in force excuses."""
    return frozenset(state.waiver.control for state in states if state.status == "in_force")


def _status(waiver: Waiver, finding: Finding | None, checklist: Checklist, as_of: date) -> tuple[str, str]:
    if finding is None:
        return "unmatched", f"{checklist.id}@{checklist.version} has no such control"
    if finding.outcome == Outcome.NOT_APPLICABLE:
        why = "by the stated facts" if finding.reason == BY_FACTS else "by answer"
        return "unmatched", f"the control does not apply, {why}"
    if not is_gap(finding):
        return "unneeded", "the control is met"
    if as_of > waiver.expires:
        ago = (as_of - waiver.expires).days
        return "expired", f"its last day was {ago} day{'s' if ago > 1 else ''} ago"
    refused = _refusal(waiver, finding, checklist, as_of)
    return ("refused", refused) if refused else ("in_force", "")


def _refusal(waiver: Waiver, finding: Finding, checklist: Checklist, as_of: date) -> str:
    """Why the checklist does not accept a waiver; empty where it does."""
    if not finding.control.waivable:
        return f"{checklist.id} lets nobody waive this control"
    if checklist.approvers and _plain(waiver.approved_by) not in map(_plain, checklist.approvers):
        return f"{checklist.id} lets only {', '.join(checklist.approvers)} approve a waiver"
    start = waiver.granted or as_of
    if start > as_of:
        return f"it begins on {start.isoformat()}"
    length = (waiver.expires - start).days
    if checklist.waiver_days is not None and length > checklist.waiver_days:
        since = "it was granted for" if waiver.granted else "it still runs for"
        return f"{since} {length} days, and {checklist.id} allows {checklist.waiver_days}"
    return ""


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
