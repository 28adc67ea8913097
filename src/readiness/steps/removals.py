"""The practices that answers of `not_applicable` take out, and what each removal touches."""

from __future__ import annotations

from collections.abc import Mapping

from readiness.model import Finding, Location, Outcome, PracticeState, Removal, Severity


def removals(findings: tuple[Finding, ...], states: Mapping[str, PracticeState], path: str) -> tuple[Removal, ...]:
    """Every removal by answer, in the order of the description."""
    found = [_removal(state, findings, path) for state in states.values() if state.not_applicable is not None]
    return tuple(sorted(found, key=lambda removal: (removal.location.line, removal.practice)))


def _removal(state: PracticeState, findings: tuple[Finding, ...], path: str) -> Removal:
    name = state.practice.id
    touched = [
        f
        for f in findings
        if name in f.practices and not (f.outcome == Outcome.NOT_APPLICABLE and f.reason and "facts" in f.reason)
    ]
    blockers = [f.control.id for f in touched if f.control.severity == Severity.BLOCKER]
    gone = [f.control.id for f in touched if f.outcome == Outcome.NOT_APPLICABLE]
    effects = []
    if gone:
        effects.append(f"takes out {', '.join(gone)}")
    if blockers:
        effects.append(
            f"counts as `no` in the blocker{'s' if len(blockers) > 1 else ''} {', '.join(blockers)}: state the fact that takes it out, or waive it"
        )
    rest = [f.control.id for f in touched if f.control.id not in gone and f.control.id not in blockers]
    if rest:
        effects.append(f"leaves {', '.join(rest)} partial at most")
    mark = state.answer.mark if state.answer else None
    place = Location(path, *mark) if mark else Location(path, 1, 1)
    return Removal(
        name,
        state.not_applicable or "",
        tuple(f.control.id for f in touched),
        "; ".join(effects) or "touches no control",
        place,
    )
