"""The gate: severities, readiness and the least score, under rulers of every kind."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.model import Checklist, Scheme
from readiness.steps.gate import gate
from tests.factories import POINTS, assessment, checklist, control, judge, stageless, starts, waiver

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
HALF: Any = {**YES, "answer": "partial"}


def failures(
    asked: Any, answers: Any, conditions: tuple[str, ...] = (), least: float | None = None, **more: Any
) -> tuple[str, ...]:
    ruler = asked if isinstance(asked, Checklist) else checklist(*asked, stages=checklist().stages[1:])
    return gate(assessment(judge(ruler, answers, **more)), conditions, least)


@pytest.mark.parametrize("make", [stageless, lambda c: checklist(c, stages=checklist().stages[1:])])
@pytest.mark.parametrize(
    ("severity", "conditions", "passes"),
    [
        ("blocker", ("blocker",), False), ("blocker", ("major",), False), ("blocker", ("minor",), False),
        ("major", ("blocker",), True), ("major", ("major",), False), ("minor", ("major",), True),
        ("minor", ("minor",), False), ("minor", ("blocker", "minor"), False), ("minor", ("blocker", "major"), True),
        ("minor", (), True),
    ],
)  # fmt: skip
def test_a_severity_means_an_open_gap_of_at_least_that(
    make: Any, severity: str, conditions: tuple[str, ...], passes: bool
) -> None:
    ruler = make(control(severity=severity))
    assert (failures(ruler, {}, conditions) == ()) is passes
    assert failures(ruler, {}, conditions, waivers=[waiver("ctl")]) == ()
    assert (failures(ruler, {}, conditions, waivers=[waiver("ctl", "2026-01-01")]) == ()) is passes


def test_gaps_beyond_the_target_are_no_gaps() -> None:
    ruler = checklist(control(severity="blocker", stage="scale"))
    assert failures(ruler, {}, ("minor",)) == ()


def test_not_ready_and_the_weakest_dimension() -> None:
    asked = [control("x", "a"), control("y", "b"), control("z", "c")]
    assert failures(asked, {"a": YES, "b": YES}, ("not-ready",), 66) == ()
    said = ("Monitoring, the weakest dimension, is proven to 66 %, under 67 %",)
    assert failures(asked, {"a": YES, "b": YES}, ("not-ready",), 67) == said
    twice = ("not-ready", "not-ready")
    assert failures(asked, {"a": YES}, twice) == ("the project is not ready for production",)
    assert len(failures(asked, {"a": YES}, ("not-ready", "minor"), 50)) == 3


def test_where_nothing_applies_no_limit_holds() -> None:
    ruler = stageless(control(applies_when={"risk": "high"}))
    said = ("nothing applies, so there is no score to hold against the limit",)
    assert failures(ruler, {}, ("minor",), 0, facts={"risk": "minimal"}) == said


@pytest.mark.parametrize(
    ("answers", "least", "said"),
    [
        ({"a": YES, "b": HALF}, 1.5, ()),
        ({"a": YES, "b": HALF}, 1.6, "proven to 1.5 of 3 points, under 1.6 points"),
        ({"a": YES, "b": HALF}, 2, "proven to 1.5 of 3 points, under 2 points"),
        ({"a": YES}, 1.5, "proven to 1 of 3 points, under 1.5 points"),
        ({}, 0, ()),
    ],
)
def test_a_limit_in_points(answers: dict[str, Any], least: float, said: Any) -> None:
    ruler = stageless(control("x", "a"), control("y", "b"), control("z", "c"), scheme=POINTS, weights=FLAT)
    expected = said if said == () else (f"Monitoring, the weakest dimension, is {said}",)
    assert failures(ruler, answers, (), least) == expected


FLAT = {"blocker": 1, "major": 1, "minor": 1}


def test_a_limit_is_held_against_the_exact_score_of_the_weakest() -> None:
    """Two of three are 66.67: more than 66.6, and less than 66.7, although 66 is shown."""
    asked = [control("x", "a"), control("y", "b"), control("z", "c"), control("w", "d", dimension="governance")]
    full = {"a": YES, "b": YES, "d": YES}
    assert failures(asked, full, (), 66.6) == ()
    assert failures(asked, full, (), 66.7) == ("Monitoring, the weakest dimension, is proven to 66 %, under 66.7 %",)


def test_a_limit_is_the_number_that_was_typed() -> None:
    """161 of 250 are exactly 64.4, of which the nearest float times 250 is more than 16,100."""
    made = assessment(judge(stageless(control()), {}))
    assert made.score.weakest is not None
    weakest = made.score.weakest._replace(earned=161, possible=250)
    assert gate(made._replace(score=made.score._replace(weakest=weakest)), (), 64.4) == ()
    assert len(gate(made._replace(score=made.score._replace(weakest=weakest)), (), 64.5)) == 1


@pytest.mark.parametrize("scheme", [Scheme(), POINTS])
def test_what_does_not_count_yet_fails_no_gate(scheme: Scheme) -> None:
    later = control("later", "b", severity="blocker", enforce_from=starts(("2027-01-01", None)))
    ruler = stageless(control("now", "a"), later, scheme=scheme, weights=FLAT)
    most = 1 if scheme.within == "sum" else 100
    assert failures(ruler, {"a": YES}, ("minor",), most) == ()
    staged = checklist(control("now", "a"), later._replace(stage="production"), stages=checklist().stages[1:2])
    assert failures(staged, {"a": YES}, ("not-ready", "minor"), 100) == ()
