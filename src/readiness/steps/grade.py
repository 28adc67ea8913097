"""Each control judged on its own: a finding with its outcome and its two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from readiness.condition import leaves
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
    Later,
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

AGED = ("stale", "old")  # the kinds of shortfall that time alone brings about
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
    run = Run(case)
    waivers = {w.control: w for w in case.project.waivers if w.checklist == case.checklist.id}
    return tuple(judge(each, run, waivers.get(each.control.id)) for each in _asked(Same(case.checklist)))


class Asked(NamedTuple):
    """A control with the leaves of its condition, and the practices that they name."""

    control: Control
    leaves: tuple[PracticeLeaf, ...]
    names: tuple[str, ...]


class Same:
    """Stands for one checklist itself, not for all that are equal to it: comparing those would take as long as
    judging by one."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __hash__(self) -> int:
        return id(self.checklist)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.checklist is other.checklist


@lru_cache(maxsize=8)
def _asked(same: Same) -> tuple[Asked, ...]:
    """The controls of a checklist, prepared once for all the projects that it judges."""
    found = [(control, tuple(leaves(control.met_when))) for control in same.checklist.controls]
    return tuple(Asked(c, own, tuple(dict.fromkeys(leaf.practice for leaf in own))) for c, own in found)


@lru_cache(maxsize=8)
def practices_of(same: Same) -> frozenset[str]:
    """The practices that a checklist asks about."""
    return frozenset(n for each in _asked(same) for n in each.names)


class Run:
    """What is worked out once for all the controls of a run."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._stages = tuple(stage.id for stage in case.checklist.stages)
        self._terms: dict[tuple[Proof, int | None, str | None], tuple[Terms, dict[str, Weight]]] = {}
        self._proofs: dict[str, Proof] = {}

    def terms(self, control: Control) -> tuple[Terms, dict[str, Weight]]:
        """What a control asks, and what practices have been found to count under those terms."""
        key = control.proof, control.max_age, control.stage
        if key not in self._terms:
            case = self.case
            made = terms(control, case.accepted, case.checklist.attestation_age, case.as_of, self._stages)
            self._terms[key] = made, {}
        return self._terms[key]

    def proof(self, name: str) -> Proof:
        """The best proof of a practice."""
        if name not in self._proofs:
            self._proofs[name] = self.case.states[name].proof
        return self._proofs[name]


def judge(each: Asked, run: Run, waiver: Waiver | None) -> Finding:
    """One control judged."""
    control, wanted, names = each
    case = run.case
    states = case.states
    asked, weights = run.terms(control)
    if control.applies_when is not None and holds(control.applies_when, case.project.facts) is False:
        return _absent(control, case, names, asked, waiver, BY_FACTS)
    removed = _removed(control, names, states)
    for name in names:
        if name not in weights:
            weights[name] = weigh(states[name], asked)
    values = _values(control.met_when, removed, weights, run)
    if values is None:
        return _absent(control, case, names, asked, waiver, _reason(names, states))
    claimed, proven, hoped, proof = values
    outcome = _outcome(claimed, proven, hoped)
    given = control, outcome, wanted, states, weights, removed, asked
    lacking = [
        states[leaf.practice]
        for leaf in wanted
        if leaf.practice not in removed and weights[leaf.practice].proven < leaf.at_least
    ]
    return Finding(
        control,
        outcome,
        claimed,
        proven,
        proof if any(weights[name].claimed for name in names) else Proof.CLAIMED,
        max([weights[name].needed for name in names]),
        Later(_observed, *given),
        "" if outcome == Outcome.MET else Later(_passes, *given),
        names,
        _location(lacking or [states[name] for name in names], case),
        waiver,
        None,
        None,
        proven < Level.YES and any(p is not None and p.kind in AGED for p in (weights[n].problem for n in names)),
    )


Given = tuple[
    Control,
    Outcome,
    tuple[PracticeLeaf, ...],
    Mapping[str, PracticeState],
    Mapping[str, Weight],
    frozenset[str],
    Terms,
]


def _observed(*given: *Given) -> str:
    """The sentence that says what was observed."""
    control, outcome, _, _, _, removed, asked = given
    return observed(outcome, _seen(*given), asked, loses(control.met_when, removed))


def _passes(*given: *Given) -> str:
    """The sentence that says what would pass."""
    return passes(given[0], _seen(*given), given[6])


def _seen(*given: *Given) -> list[Seen]:
    _, _, wanted, states, weights, removed, _ = given
    return [Seen(leaf, states[leaf.practice], weights[leaf.practice], leaf.practice in removed) for leaf in wanted]


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


Values = tuple[Level, Level, Level, Proof]
"""What a condition is worth: claimed, proven, what it would be worth if all that nobody answered were so, and the
least of the best proofs."""


def _values(condition: Condition, removed: frozenset[str], weights: Mapping[str, Weight], run: Run) -> Values | None:
    """What a condition is worth; None where every practice of it is taken out. An `all` that lost one
    reaches at most PARTIAL."""
    if condition.op == "leaf":
        return _value(condition.leaf, removed, weights, run)
    found = [_values(part, removed, weights, run) for part in condition.parts]
    left = [values for values in found if values is not None]
    if not left:
        return None
    claimed, proven, hoped, proof = zip(*left, strict=True)
    if condition.op == "any":
        return max(claimed), max(proven), max(hoped), max(proof)
    most = Level.YES if len(left) == len(found) else Level.PARTIAL
    return min(most, *claimed), min(most, *proven), min(most, *hoped), min(proof)


def _value(leaf: PracticeLeaf, removed: frozenset[str], weights: Mapping[str, Weight], run: Run) -> Values | None:
    """What one practice is worth; one that is not done shows nothing."""
    name = leaf.practice
    if name in removed:
        return None
    weight, state = weights[name], run.case.states[name]
    claimed = _reached(leaf, weight.claimed)
    unanswered = (state.level is None and state.not_applicable is None) or state.detected
    return (
        claimed,
        _reached(leaf, weight.proven),
        Level.YES if unanswered else claimed,
        run.proof(name) if weight.claimed else Proof.CLAIMED,
    )


def _reached(leaf: PracticeLeaf, level: Level) -> Level:
    """A leaf that is content with `partial` is fulfilled by it."""
    if leaf.at_least == Level.PARTIAL:
        return Level.YES if level >= Level.PARTIAL else Level.NO
    return level


def _reason(names: tuple[str, ...], states: Mapping[str, PracticeState]) -> str:
    given = [
        f"`{name}` is answered not applicable: {states[name].not_applicable}"
        for name in names
        if states[name].not_applicable
    ]
    return "; ".join(given)


# --------------------------------------------------------------------------- the finding


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
