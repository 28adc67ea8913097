"""The practices that answers of `not_applicable` take out, and what each removal touches."""

from __future__ import annotations

from collections.abc import Mapping

from readiness.judging.facts import BY_FACTS
from readiness.judging.removed import loses
from readiness.model import Finding, Location, Outcome, PracticeState, Removal, Severity


def removals(findings: tuple[Finding, ...], states: Mapping[str, PracticeState], path: str) -> tuple[Removal, ...]:
    """Every removal by answer, in the order of the description."""
    removed = {name for name, state in states.items() if state.not_applicable is not None}
    found = [_removal(states[name], findings, removed, path) for name in removed]
    return tuple(sorted(found, key=lambda removal: (removal.location.line, removal.practice)))


def _removal(state: PracticeState, findings: tuple[Finding, ...], removed: set[str], path: str) -> Removal:
    name = state.practice.id
    touched = [f for f in findings if name in f.practices and f.reason != BY_FACTS]
    blockers = [f.control.id for f in touched if f.control.severity == Severity.BLOCKER]
    gone = [f.control.id for f in touched if f.outcome == Outcome.NOT_APPLICABLE]
    effects = []
    if gone:
        effects.append(f"takes out {', '.join(gone)}")
    if blockers:
        effects.append(
            f"counts as `no` in the blocker{'s' if len(blockers) > 1 else ''} {', '.join(blockers)}: "
            "state the fact that takes it out, or waive it"
        )
    rest = [f for f in touched if f.control.id not in gone and f.control.id not in blockers]
    held = [f.control.id for f in rest if loses(f.control.met_when, removed)]
    free = [f.control.id for f in rest if f.control.id not in held]
    if held:
        effects.append(f"leaves {', '.join(held)} partial at most")
    if free:
        effects.append(f"leaves {', '.join(free)} to what else is asked there")
    mark = state.answer.mark if state.answer else None
    place = Location(path, *mark) if mark else Location(path, 1, 1)
    return Removal(
        name,
        state.not_applicable or "",
        tuple(f.control.id for f in touched),
        "; ".join(effects) or "touches no control",
        place,
    )
