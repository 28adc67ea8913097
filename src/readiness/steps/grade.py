"""Each control judged on its own: a finding with its outcome and its two sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from readiness.condition import fold, leaves
from readiness.judging.advise import passes
from readiness.judging.facts import BY_FACTS, holds
from readiness.judging.observe import observed
from readiness.judging.removed import loses
from readiness.judging.weigh import required, terms, weigh
from readiness.model import (
    Checklist,
    Condition,
    Control,
    Finding,
    Level,
    Location,
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

AGED = ("stale", "old")
"""The kinds of shortfall that time alone brings about."""
OWNER_PRACTICE = "accountable_owner"
"""The practice to which `project.owner` is the claimed answer."""


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
    wanted, names = _leaves(control.met_when)
    asked = terms(control, case.accepted, case.checklist.attestation_age, case.as_of, stages)
    if control.applies_when is not None and holds(control.applies_when, case.project.facts) is False:
        return _absent(control, case, names, asked, waiver, BY_FACTS)
    removed = _removed(control, names, case.states)
    weights = {name: weigh(case.states[name], asked) for name in names}
    claimed = _value(control.met_when, removed, lambda leaf: _reached(leaf, weights[leaf.practice].claimed))
    if claimed is None:
        return _absent(control, case, names, asked, waiver, _reason(names, case.states))
    proven = _value(control.met_when, removed, lambda leaf: _reached(leaf, weights[leaf.practice].proven)) or Level.NO
    hoped = claimed
    if not claimed:
        hoped = _value(control.met_when, removed, lambda leaf: _hoped(leaf, weights, case.states)) or Level.NO
    outcome = _outcome(claimed, proven, hoped)
    seen = [Seen(leaf, case.states[leaf.practice], weights[leaf.practice], leaf.practice in removed) for leaf in wanted]
    return Finding(
        control=control,
        outcome=outcome,
        claimed=claimed,
        proven=proven,
        proof=_proof(control.met_when, removed, weights, case.states),
        required_proof=max(weight.needed for weight in weights.values()),
        observed=observed(outcome, seen, asked, loses(control.met_when, removed)),
        passes="" if outcome == Outcome.MET else passes(control, seen, asked),
        practices=names,
        location=_location([s.state for s in seen if s.lacking] or [s.state for s in seen], case),
        waiver=waiver,
        reason=None,
        lapsed=proven < Level.YES and any(w.problem is not None and w.problem.kind in AGED for w in weights.values()),
    )


@cache
def _leaves(condition: Condition) -> tuple[tuple[PracticeLeaf, ...], tuple[str, ...]]:
    """The leaves of a condition, and the practices that they name."""
    found = tuple(leaves(condition))
    return found, tuple(dict.fromkeys(leaf.practice for leaf in found))


def _absent(
    control: Control, case: Case, names: tuple[str, ...], asked: Terms, waiver: Waiver | None, reason: str
) -> Finding:
    """The finding of a control that does not apply."""
    states = [case.states[name] for name in names]
    return Finding(
        control=control,
        outcome=Outcome.NOT_APPLICABLE,
        claimed=Level.NO,
        proven=Level.NO,
        proof=Proof.CLAIMED,
        required_proof=max(required(asked.proof, state) for state in states),
        observed=f"Not applicable: {reason.rstrip('.')}.",
        passes="",
        practices=names,
        location=_location(states, case),
        waiver=waiver,
        reason=reason,
    )


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


def _value(condition: Condition, removed: frozenset[str], leaf: Callable[[PracticeLeaf], Level]) -> Level | None:
    """The level of a condition; None where every practice of it is taken out. An `all` that lost
    one reaches at most PARTIAL."""
    if condition.op == "leaf":
        return None if condition.leaf.practice in removed else leaf(condition.leaf)
    return fold(
        condition,
        lambda item: None if item.practice in removed else leaf(item),
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


def _proof(
    condition: Condition, removed: frozenset[str], weights: Mapping[str, Weight], states: Mapping[str, PracticeState]
) -> Proof:
    """The least of the best proofs of the practices that the outcome rests on; a practice that is
    not done shows nothing."""
    if not any(weight.claimed for weight in weights.values()):
        return Proof.CLAIMED

    def of(leaf: PracticeLeaf) -> Proof | None:
        if leaf.practice in removed:
            return None
        return states[leaf.practice].proof if weights[leaf.practice].claimed else Proof.CLAIMED

    found = fold(
        condition,
        of,
        lambda parts: min((p for p in parts if p is not None), default=None),
        lambda parts: max((p for p in parts if p is not None), default=None),
        lambda part: part,
    )
    return found if found is not None else Proof.CLAIMED


def _location(states: list[PracticeState], case: Case) -> Location:
    """The line that declares what is lacking; where nothing declares it, its dimension's."""
    for state in states:
        if state.answer is not None:
            return Location(case.path, *state.answer.mark)
        if state.practice.id == OWNER_PRACTICE and case.project.owner_mark is not None:
            return Location(case.path, *case.project.owner_mark)
    for state in states:
        mark = case.project.dimension_marks.get(state.practice.dimension)
        if mark is not None:
            return Location(case.path, *mark)
    return Location(case.path, 1, 1)
