"""Each control judged on its own: a finding with its outcome and its two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from readiness.condition import leaves
from readiness.judging.advise import passes
from readiness.judging.facts import BY_FACTS, Same, applies
from readiness.judging.observe import observed
from readiness.judging.removed import loses
from readiness.judging.weigh import required, terms, weigh
from readiness.model import (
    CLAIMED,
    NO,
    PARTIAL,
    YES,
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
from readiness.tuples import NamedTuple

MET, BLOCKER = Outcome.MET, Severity.BLOCKER
NONE: frozenset[str] = frozenset()
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
    fitting = zip(_asked(Same(case.checklist)), applies(case.checklist, case.project.facts), strict=True)
    return tuple([judge(each, fits is not False, run, waivers.get(each.control.id)) for each, fits in fitting])


class Asked(NamedTuple):
    """A control with the leaves of its condition, the practices that they name, and what decides its terms."""

    control: Control
    leaves: tuple[PracticeLeaf, ...]
    names: tuple[str, ...]
    terms: tuple[Proof, int | None, str | None]


@lru_cache(maxsize=8)
def _asked(same: Same) -> tuple[Asked, ...]:
    """The controls of a checklist, prepared once for all the projects that it judges."""
    found = [(control, tuple(leaves(control.met_when))) for control in same.checklist.controls]
    return tuple(
        Asked(c, own, tuple(dict.fromkeys(leaf.practice for leaf in own)), (c.proof, c.max_age, c.stage))
        for c, own in found
    )


@lru_cache(maxsize=8)
def practices_of(same: Same) -> frozenset[str]:
    """The practices that a checklist asks about."""
    return frozenset(n for each in _asked(same) for n in each.names)


class Run:
    """What is worked out once for all the controls of a run."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.states = case.states
        self.refused = frozenset(name for name, state in case.states.items() if state.not_applicable is not None)
        self._stages = tuple(stage.id for stage in case.checklist.stages)
        self._terms: dict[tuple[Proof, int | None, str | None], tuple[Terms, dict[str, Weight]]] = {}
        self._proofs: dict[str, Proof] = {}
        self._places: dict[tuple[str, ...], Location] = {}

    def terms(self, each: Asked) -> tuple[Terms, dict[str, Weight]]:
        """What a control asks, and what practices have been found to count under those terms."""
        found = self._terms.get(each.terms)
        if found is None:
            case = self.case
            made = terms(each.control, case.accepted, case.checklist.attestation_age, case.as_of, self._stages)
            found = self._terms[each.terms] = made, {}
        return found

    def proof(self, name: str) -> Proof:
        """The best proof of a practice."""
        found = self._proofs.get(name)
        if found is None:
            found = self._proofs[name] = self.states[name].proof
        return found

    def location(self, names: tuple[str, ...]) -> Location:
        """The line that declares one of some practices."""
        found = self._places.get(names)
        if found is None:
            found = self._places[names] = _location([self.states[name] for name in names], self.case)
        return found


def judge(each: Asked, fits: bool, run: Run, waiver: Waiver | None) -> Finding:
    """One control judged; `fits` says whether it applies by the facts."""
    control, wanted, names, _ = each
    states = run.states
    asked, weights = run.terms(each)
    if not fits:
        return _absent(each, run, asked, waiver, BY_FACTS)
    shown, needed, aged = False, CLAIMED, False
    for name in names:
        weight = weights.get(name)
        if weight is None:
            weight = weights[name] = weigh(states[name], asked)
        claimed, _, asks, problem, _ = weight
        shown = shown or claimed is not NO
        needed = max(needed, asks)
        aged = aged or (problem is not None and problem.kind in AGED)
    removed = NONE if control.severity is BLOCKER else run.refused.intersection(names)
    values = _values(control.met_when, removed, weights, run)
    if values is None:
        return _absent(each, run, asked, waiver, _reason(names, states))
    claimed, proven, hoped, proof = values
    outcome = _outcome(claimed, proven, hoped)
    given = control, outcome, wanted, states, weights, removed, asked
    lacking = names if len(wanted) == 1 else _lacking(wanted, removed, weights) or names
    return Finding(
        control,
        outcome,
        claimed,
        proven,
        proof if shown else CLAIMED,
        needed,
        Later(_observed, *given),
        "" if outcome is MET else Later(_passes, *given),
        names,
        run.location(lacking),
        waiver,
        None,
        None,
        aged and proven is not YES,
    )


def _lacking(
    wanted: tuple[PracticeLeaf, ...], removed: frozenset[str], weights: Mapping[str, Weight]
) -> tuple[str, ...]:
    """The practices that fall short of what is asked of them."""
    return tuple([n for n, least in wanted if n not in removed and weights[n].proven < least])


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


def _absent(each: Asked, run: Run, asked: Terms, waiver: Waiver | None, reason: str) -> Finding:
    """The finding of a control that does not apply."""
    return Finding(
        control=each.control,
        outcome=Outcome.NOT_APPLICABLE,
        claimed=NO,
        proven=NO,
        proof=CLAIMED,
        required_proof=max([required(asked.proof, run.states[name]) for name in each.names]),
        observed=f"Not applicable: {reason.rstrip('.')}.",
        passes="",
        practices=each.names,
        location=run.location(each.names),
        waiver=waiver,
        reason=reason,
    )


def _outcome(claimed: Level, proven: Level, hoped: Level) -> Outcome:
    if proven is YES:
        return MET
    if proven is PARTIAL:
        return Outcome.PARTIAL
    if claimed is not NO:
        return Outcome.UNPROVEN
    return Outcome.UNMET if hoped is NO else Outcome.UNKNOWN


# --------------------------------------------------------------------------- the condition


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
    most = YES if len(left) == len(found) else PARTIAL
    return min(most, *claimed), min(most, *proven), min(most, *hoped), min(proof)


def _value(leaf: PracticeLeaf, removed: frozenset[str], weights: Mapping[str, Weight], run: Run) -> Values | None:
    """What one practice is worth; one that is not done shows nothing, and a leaf that is content with `partial` is
    fulfilled by it."""
    name, least = leaf
    if name in removed:
        return None
    weight, state = weights[name], run.states[name]
    claimed, proven = weight.claimed, weight.proven
    proof = CLAIMED if claimed is NO else run.proof(name)
    if least is PARTIAL:
        claimed, proven = YES if claimed is not NO else NO, YES if proven is not NO else NO
    unanswered = (state.level is None and state.not_applicable is None) or state.detected
    return claimed, proven, YES if unanswered else claimed, proof


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
