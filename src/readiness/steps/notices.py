"""What a reader should know beside the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.condition import leaves
from readiness.judging.facts import applies, holds, questions
from readiness.model import Checklist, Finding, Outcome, Project
from readiness.phrases import listed


def notices(judge: Checklist, unpinned: str | None, project: Project, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The notices of one assessment: the version that nobody pinned, the facts that nobody stated, and what
    does not count yet."""
    found = []
    if unpinned is not None:
        pin = f"{judge.id}@{judge.version}"
        found.append(
            f"No version of the checklist is pinned, so {pin} judges; pin it with `assess: {{checklist: {pin}}}`."
        )
    for fact, count in questions(judge, project.facts).items():
        plural = "controls apply" if count > 1 else "control applies"
        found.append(f"The fact `{fact}` is not stated: {count} {plural} until it is.")
    for fact, count in _delays(judge, project).items():
        plural = "controls count" if count > 1 else "control counts"
        found.append(
            f"The fact `{fact}` is not stated: {count} {plural} from the earliest day in question until it is."
        )
    return (*found, *_advisory(findings))


def _delays(judge: Checklist, project: Project) -> dict[str, int]:
    """The unstated facts that would decide from when controls count, each with their number."""
    open_: dict[str, int] = {}
    for control, fits in zip(judge.controls, applies(judge, project.facts), strict=True):
        if not control.enforce_from or fits is False:
            continue
        conditions = [start.when for start in control.enforce_from if start.when is not None]
        asked = {leaf.fact for c in conditions if holds(c, project.facts) is None for leaf in leaves(c)}
        for fact in asked - set(project.facts):
            open_[fact] = open_.get(fact, 0) + 1
    return dict(sorted(open_.items()))


def _advisory(findings: Iterable[Finding]) -> Iterable[str]:
    by_day: dict[date, list[str]] = {}
    for finding in findings:
        if finding.advisory is not None and finding.outcome != Outcome.NOT_APPLICABLE:
            by_day.setdefault(finding.advisory, []).append(finding.control.id)
    for day, names in sorted(by_day.items()):
        verb = "1 control is" if len(names) == 1 else f"{len(names)} controls are"
        yield f"{verb} advisory until {day.isoformat()}, and counted from then on: {listed(names)}."
