"""Advisory controls: judged and shown before their day, and counted nowhere until it has come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from readiness.model import Checklist, Outcome, Scheme, Severity, Stage
from readiness.steps.enforce import starts
from tests import factories
from tests.factories import DAY, POINTS, Result, checklist, control, judge, stageless, waiver

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
EARLY, LATE = date(2027, 12, 2), date(2028, 8, 2)
PRODUCT, USE = {"high_risk_by": "product"}, {"high_risk_by": "use_case"}


@pytest.mark.parametrize(
    ("entries", "facts", "expected"),
    [
        ((), {}, None),
        ((("2027-12-02", None),), {}, EARLY),
        ((("2028-08-02", PRODUCT), ("2027-12-02", None)), {"high_risk_by": "product"}, LATE),
        ((("2028-08-02", PRODUCT), ("2027-12-02", None)), {"high_risk_by": "use_case"}, EARLY),
        ((("2028-08-02", PRODUCT), ("2027-12-02", None)), {}, EARLY),
        ((("2027-12-02", USE), ("2028-08-02", None)), {"high_risk_by": "use_case"}, EARLY),
        ((("2027-12-02", USE), ("2028-08-02", None)), {"high_risk_by": "product"}, LATE),
        ((("2027-12-02", USE), ("2028-08-02", None)), {}, EARLY),
        ((("2028-08-02", {"risk": "high"}), ("2027-12-02", PRODUCT), ("2029-01-01", None)),
         {"risk": "high", "high_risk_by": "product"}, LATE),
        ((("2028-08-02", {"risk": "high"}), ("2027-12-02", PRODUCT), ("2029-01-01", None)), {"risk": "high"}, LATE),
        ((("2028-08-02", {"risk": "high"}), ("2027-12-02", PRODUCT), ("2029-01-01", None)), {}, EARLY),
        ((("2028-08-02", PRODUCT),), {"high_risk_by": "use_case"}, None),
        ((("2028-08-02", PRODUCT),), {}, None),
    ],
)  # fmt: skip
def test_the_first_entry_that_fits_decides_and_an_unstated_fact_puts_nothing_off(
    entries: Any, facts: dict[str, Any], expected: date | None
) -> None:
    assert starts(control(enforce_from=factories.starts(*entries)), facts) == expected


@pytest.mark.parametrize(("before", "advisory"), [(2, True), (1, True), (0, False), (-1, False)])
def test_the_day_itself_counts(before: int, advisory: bool) -> None:
    asked = control(enforce_from=factories.starts(("2027-01-01", None)))
    found = judge(stageless(asked), {"a": "no"}, day=date(2027, 1, 1) - timedelta(before)).only
    assert found.advisory == (date(2027, 1, 1) if advisory else None)
    assert found.outcome == Outcome.UNMET


STAGED = checklist().stages[1:2]
RULERS: list[tuple[Scheme, tuple[Stage, ...]]] = [(Scheme(), ()), (POINTS, ()), (Scheme(), STAGED),
                                                  (Scheme("sum"), STAGED), (Scheme(across="minimum"), ())]  # fmt: skip


def rulers(scheme: Scheme, stages: tuple[Stage, ...]) -> tuple[Checklist, Checklist]:
    """The same ruler without the later control and with it."""
    stage = stages[0].id if stages else None
    now = control("now", "a", stage=stage)
    later = control("later", "b", severity="blocker", stage=stage, enforce_from=factories.starts(("2027-01-01", None)))
    plain = checklist(now, scheme=scheme, stages=stages)
    return plain, plain._replace(controls=(now, later))


def counted(found: Result) -> tuple[Any, ...]:
    """All that a later control must not touch."""
    named = [f.control.id for f in found.plan]
    return found.score, found.dimensions, found.verdict, found.stages, named


@pytest.mark.parametrize(("scheme", "stages"), RULERS)
@pytest.mark.parametrize("said", ["yes", "partial", "no", None])
def test_before_its_day_a_control_touches_no_figure_no_verdict_and_no_plan(
    scheme: Scheme, stages: tuple[Stage, ...], said: str | None
) -> None:
    plain, full = rulers(scheme, stages)
    answers = {"a": YES} if said is None else {"a": YES, "b": {**YES, "answer": said}}
    without, with_ = judge(plain, answers), judge(full, answers)
    assert counted(with_) == counted(without)
    assert with_["later"].advisory == date(2027, 1, 1)
    waived = judge(full, answers, waivers=[waiver("later")])
    assert counted(waived) == counted(without)


@pytest.mark.parametrize(("scheme", "stages"), RULERS)
def test_from_its_day_on_it_counts_everywhere(scheme: Scheme, stages: tuple[Stage, ...]) -> None:
    plain, full = rulers(scheme, stages)
    day = date(2027, 1, 1)
    before, after = judge(plain, {"a": YES}, day=day), judge(full, {"a": YES}, day=day)
    assert after["later"].advisory is None
    assert [f.control.id for f in after.plan] == ["later"]
    assert (after.dimensions[0].possible - before.dimensions[0].possible) == 2 * full.weights[Severity.BLOCKER]
    assert after.dimensions[0].counts["unknown"] == 1
    assert after.verdict.ready == (False if stages else None)


def test_a_ruler_of_which_nothing_counts_yet_has_no_score() -> None:
    later = control("later", enforce_from=factories.starts(("2027-01-01", None)))
    for scheme in (Scheme(), POINTS):
        found = judge(stageless(later, scheme=scheme), {"a": YES})
        assert (found.score.proven, found.score.claimed, found.score.coverage, found.score.weakest) == (None,) * 4
    staged = judge(checklist(later, stages=STAGED), {"a": YES})
    assert (staged.verdict.ready, staged.verdict.stage) == (False, "proof_of_concept")


def test_a_control_that_the_facts_take_out_is_not_applicable_before_and_after() -> None:
    later = control(applies_when={"risk": "high"}, enforce_from=factories.starts(("2027-01-01", None)))
    for day in (DAY, date(2027, 6, 1)):
        assert judge(stageless(later), {}, day=day, facts={"risk": "limited"}).only.outcome == Outcome.NOT_APPLICABLE
