"""Each control judged on its own: a finding with its outcome and its two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from readiness.condition import fold, leaves
from readiness.judging.facts import holds
from readiness.judging.observe import sentences
from readiness.judging.weigh import terms, weigh
from readiness.model import (
    Checklist,
    Condition,
    Control,
    Finding,
    Level,
    Location,
    Mark,
    Outcome,
    PracticeLeaf,
    PracticeState,
    Project,
    Proof,
    Seen,
    Severity,
    Terms,
    Waiver,
    Weight,
)


class Case(NamedTuple):
    """All that a control is judged on, the same for every control of a run."""

    project: Project
    checklist: Checklist
    states: Mapping[str, PracticeState]
    as_of: date
    accepted: Proof | None
    path: str
    repository: bool


def grade(case: Case) -> tuple[Finding, ...]:
    """The findings of all controls, in the checklist's order."""
    stages = tuple(stage.id for stage in case.checklist.stages)
    waivers = {w.control: w for w in case.project.waivers if w.checklist == case.checklist.id}
    return tuple(judge(control, case, stages, waivers.get(control.id)) for control in case.checklist.controls)


def judge(control: Control, case: Case, stages: tuple[str, ...], waiver: Waiver | None) -> Finding:
    """One control judged."""
    names = tuple(dict.fromkeys(leaf.practice for leaf in leaves(control.met_when)))
    asked = terms(control, case.accepted, case.checklist.attestation_age, case.as_of, stages)
    weights = {name: weigh(case.states[name], asked) for name in names}
    if control.applies_when is not None and holds(control.applies_when, case.project.facts) is False:
        return _finding(
            control, case, Outcome.NOT_APPLICABLE, names, asked, weights, waiver, "the stated facts take it out"
        )
    removed = _removed(control, names, case.states)
    claimed = _value(control.met_when, removed, lambda leaf: _reached(leaf, weights[leaf.practice].claimed))
    if claimed is None:
        return _finding(
            control, case, Outcome.NOT_APPLICABLE, names, asked, weights, waiver, _reason(names, case.states)
        )
    proven = _value(control.met_when, removed, lambda leaf: _reached(leaf, weights[leaf.practice].proven)) or Level.NO
    hoped = _value(control.met_when, removed, lambda leaf: _hoped(leaf, weights, case.states)) or Level.NO
    outcome = _outcome(claimed, proven, hoped)
    return _finding(control, case, outcome, names, asked, weights, waiver, None, claimed, proven, removed)


def _outcome(claimed: Level, proven: Level, hoped: Level) -> Outcome:
    if proven == Level.YES:
        return Outcome.MET
    if proven == Level.PARTIAL:
        return Outcome.PARTIAL
    if claimed > Level.NO:
        return Outcome.UNPROVEN
    return Outcome.UNKNOWN if hoped > Level.NO else Outcome.UNMET


# --------------------------------------------------------------------------- the condition


def _removed(control: Control, names: tuple[str, ...], states: Mapping[str, PracticeState]) -> frozenset[str]:
    """The practices that an answer takes out; out of a blocker it takes none."""
    if control.severity == Severity.BLOCKER:
        return frozenset()
    return frozenset(name for name in names if states[name].not_applicable is not None)


def _value(condition: Condition, removed: frozenset[str], leaf: object) -> Level | None:
    """The level of a condition; None where every practice of it is taken out. An `all` that lost
    one reaches at most PARTIAL."""
    read = leaf
    assert callable(read)
    return fold(
        condition,
        lambda item: None if item.practice in removed else read(item),
        lambda parts: _least(list(parts)),
        lambda parts: max((p for p in parts if p is not None), default=None),
        lambda part: part,
    )


def _least(parts: list[Level | None]) -> Level | None:
    left = [part for part in parts if part is not None]
    if not left:
        return None
    return min(left) if len(left) == len(parts) else min(*left, Level.PARTIAL)


def _reached(leaf: PracticeLeaf, level: Level) -> Level:
    """A leaf that is content with `partial` is fulfilled by it."""
    if leaf.at_least == Level.PARTIAL:
        return Level.YES if level >= Level.PARTIAL else Level.NO
    return level


def _hoped(leaf: PracticeLeaf, weights: Mapping[str, Weight], states: Mapping[str, PracticeState]) -> Level:
    state = states[leaf.practice]
    unanswered = (state.level is None and state.not_applicable is None) or state.detected
    return Level.YES if unanswered else _reached(leaf, weights[leaf.practice].claimed)


def _reason(names: tuple[str, ...], states: Mapping[str, PracticeState]) -> str:
    given = [
        f"`{name}` is answered not applicable: {states[name].not_applicable}"
        for name in names
        if states[name].not_applicable
    ]
    return "; ".join(given)


# --------------------------------------------------------------------------- the finding


def _finding(
    control: Control,
    case: Case,
    outcome: Outcome,
    names: tuple[str, ...],
    asked: Terms,
    weights: Mapping[str, Weight],
    waiver: Waiver | None,
    reason: str | None,
    claimed: Level = Level.NO,
    proven: Level = Level.NO,
    removed: frozenset[str] = frozenset(),
) -> Finding:
    seen = [
        Seen(leaf, case.states[leaf.practice], weights[leaf.practice], leaf.practice in removed)
        for leaf in leaves(control.met_when)
    ]
    observed, passes = sentences(control, outcome, seen, asked, reason)
    return Finding(
        control=control,
        outcome=outcome,
        claimed=claimed,
        proven=proven,
        proof=_proof(control.met_when, removed, case.states),
        required_proof=max((weight.needed for weight in weights.values()), default=asked.proof),
        observed=observed,
        passes=passes,
        practices=names,
        location=_location(seen, case),
        waiver=waiver,
        reason=reason,
    )


def _proof(condition: Condition, removed: frozenset[str], states: Mapping[str, PracticeState]) -> Proof:
    found = fold(
        condition,
        lambda leaf: None if leaf.practice in removed else states[leaf.practice].proof,
        lambda parts: min((p for p in parts if p is not None), default=None),
        lambda parts: max((p for p in parts if p is not None), default=None),
        lambda part: part,
    )
    return found if found is not None else Proof.CLAIMED


def _location(seen: list[Seen], case: Case) -> Location:
    """The line that declares what is lacking; where nothing declares it, its dimension's."""
    ordered = [s for s in seen if s.lacking] or seen
    for item in ordered:
        if item.state.answer is not None:
            return Location(case.path, *item.state.answer.mark)
    for item in ordered:
        mark = case.project.dimension_marks.get(item.state.practice.dimension)
        if mark is not None:
            return Location(case.path, *mark)
    return Location(case.path, *Mark(1, 1))
