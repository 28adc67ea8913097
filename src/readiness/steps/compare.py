"""Two reports held against each other, and the change of each score split exactly.

From the earlier report to the later one three things are changed one after the other, and each is
charged with what it moves: the checklist (its controls, weights, stages, with the outcomes that there were), then
time (evidence that became too old, and controls that began to count), then the project (all other outcomes). Waivers
come last and move no score, for they never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from readiness.judging.gaps import RANK
from readiness.model.baseline import Baseline, Earlier
from readiness.model.comparison import Comparison, Parts, Turned

CREDIT = {"met": 2, "partial": 1}
ZERO = Fraction(0)
State = Mapping[str, Earlier]
"""The findings of a report, or of a step between two, by control."""


def compare(old: Baseline, new: Baseline) -> Comparison:
    """What changed from an earlier report to a later one by the same checklist."""
    before = _known(old, new)
    target = new.target if new.target is not None and (not old.stages or new.target in old.stages) else old.target
    steps = _steps(before, new)
    stages = (old.stages, new.stages, new.stages, new.stages)
    weights = (old.weights, new.weights, new.weights, new.weights)
    schemes = (old.scheme, new.scheme, new.scheme, new.scheme)
    views = [
        _View(state, _allowed(order, target), weight, scheme)
        for state, order, weight, scheme in zip(steps, stages, weights, schemes, strict=True)
    ]
    names = list(dict.fromkeys([*old.dimensions, *new.dimensions]))
    scores = []
    for kind, credit in (("proven", _proven), ("claimed", _claimed)):
        scores.append(_parts("overall", kind, [view.overall(names, credit) for view in views]))
        scores += [_parts(name, kind, [view.dimension(name, credit) for view in views]) for name in names]
    return Comparison(old, new, target, old.target != target, tuple(scores), tuple(_turned(before, steps, new)))


def _known(old: Baseline, new: Baseline) -> State:
    """The earlier findings by the ids of the later report: a control that is gone and asked about the same
    practices as one that is new was renamed."""
    gone = {frozenset(e.practices): name for name, e in old.findings.items() if name not in new.findings}
    found = dict(old.findings)
    for name, finding in new.findings.items():
        if name not in found and (former := gone.pop(frozenset(finding.practices), None)) is not None:
            found[name] = found.pop(former)._replace(control=name)
    return found


def _steps(before: State, new: Baseline) -> tuple[State, State, State, State]:
    """The earlier report; the later checklist with the earlier outcomes; the same after time has passed; the
    later report."""
    checklist, aged = {}, {}
    for name, after in new.findings.items():
        was = before.get(name)
        if was is None:
            checklist[name] = aged[name] = after
            continue
        kept = after._replace(outcome=was.outcome, claimed=was.claimed, advisory=was.advisory)
        checklist[name] = kept
        started = kept._replace(advisory=after.advisory)
        fell = after.lapsed and RANK.get(after.outcome, 9) < RANK.get(was.outcome, 0)
        aged[name] = started._replace(outcome=after.outcome) if fell else started
    return before, checklist, aged, new.findings


def _allowed(stages: tuple[str, ...], target: str | None) -> frozenset[str | None]:
    if target is None or target not in stages:
        return frozenset({None, *stages})
    return frozenset({None, *stages[: stages.index(target) + 1]})


def _proven(finding: Earlier) -> int:
    return CREDIT.get(finding.outcome, 0)


def _claimed(finding: Earlier) -> int:
    return finding.claimed if finding.outcome != "not_applicable" else 0


class _View:
    """The scores of one step."""

    def __init__(
        self, state: State, stages: frozenset[str | None], weights: Mapping[str, int], scheme: Mapping[str, str]
    ) -> None:
        self._findings = [f for f in state.values() if f.stage in stages and not f.advisory]
        self._weights = weights
        self._summed = scheme.get("within") == "sum"
        self._least = scheme.get("across") == "minimum"

    def dimension(self, name: str, credit: Callable[[Earlier], int]) -> Fraction | None:
        """The exact score of a dimension; None where nothing applies."""
        counted = [f for f in self._findings if f.dimension == name and (self._summed or f.outcome != "not_applicable")]
        earned = sum(self._weights[f.severity] * credit(f) for f in counted)
        possible = sum(self._weights[f.severity] * 2 for f in counted)
        if not possible:
            return None
        return Fraction(earned, 2) if self._summed else Fraction(100 * earned, possible)

    def overall(self, names: Iterable[str], credit: Callable[[Earlier], int]) -> Fraction | None:
        """The exact overall score."""
        held = [score for name in names if (score := self.dimension(name, credit)) is not None]
        if not held:
            return None
        return min(held) if self._least else sum(held, ZERO) / len(held)


def _parts(name: str, kind: str, values: list[Fraction | None]) -> Parts:
    """The change of a score, charged step by step. A step at which nothing applies passes its charge on."""
    old, new = values[0], values[3]
    if old is None or new is None:
        return Parts(name, kind, old, new, None, None, None, None)
    checklist = values[1] if values[1] is not None else old
    time = values[2] if values[2] is not None else checklist
    return Parts(name, kind, old, new, new - time, checklist - old, time - checklist, ZERO)


def _turned(before: State, steps: tuple[State, State, State, State], new: Baseline) -> Iterable[Turned]:
    for name in dict.fromkeys([*new.findings, *before]):
        was, now = before.get(name), new.findings.get(name)
        outcomes = (was.outcome if was else None, now.outcome if now else None)
        waived = (bool(was and was.waived), bool(now and now.waived))
        started = bool(was and now and was.advisory and not now.advisory)
        if outcomes[0] == outcomes[1] and waived[0] == waived[1] and not started:
            continue
        cause = "project"
        if was is None or now is None:
            cause = "checklist"
        elif started or (steps[2][name].outcome == now.outcome and was.outcome != now.outcome):
            cause = "time"
        yield Turned(name, *outcomes, cause, *waived)
