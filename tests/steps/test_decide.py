"""Scores, stages, the verdict, waivers, and the plan."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from readiness.judging import score
from readiness.model import Checklist, Dimension, Outcome, Severity, Stage
from tests import factories
from tests.factories import DAY, Result, attested, checklist, control, waiver

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
HALF: Any = {**YES, "answer": "partial"}


def judge(asked: Any, answers: dict[str, Any] | None = None, **more: Any) -> Result:
    """Judge by a checklist that has no stage without a control, but for production."""
    if not isinstance(asked, Checklist):
        controls = tuple(asked) if isinstance(asked, list) else (asked,)
        used = {c.stage for c in controls} | {"production"}
        asked = checklist(*controls, stages=tuple(s for s in checklist().stages if s.id in used))
    return factories.judge(asked, answers, **more)


def scores(found: Result, stage: str = "production") -> dict[str, tuple[int, int, int, int | None]]:
    result = next(r for r in found.stages if r.stage.id == stage)
    return {d.dimension.id: (d.earned, d.claimed_earned, d.possible, d.proven) for d in result.dimensions}


# --------------------------------------------------------------------------- scores


def test_credit_and_weights() -> None:
    asked = [
        control("met", "a", severity="blocker"), control("half", "b"), control("claim", "c", severity="minor"),
        control("unknown", "d"), control("unmet", "e"), control("absent", "found", applies_when={"risk": "high"}),
    ]  # fmt: skip
    found = judge(asked, {"a": YES, "b": HALF, "c": "yes", "e": "no"}, facts={"risk": "minimal"})
    assert [f.outcome.value for f in found.findings] == [
        "met",
        "partial",
        "unproven",
        "unknown",
        "unmet",
        "not_applicable",
    ]
    # blockers weigh 3, majors 2, minors 1; half points: (3*2 + 2*1) of 2 * (3+2+1+2+2)
    assert scores(found)["monitoring"] == (8, 10, 20, 40)
    assert found.score.coverage == 80
    assert dict(found.stages[-1].dimensions[0].counts) == {
        "met": 1, "partial": 1, "unproven": 1, "unmet": 1, "unknown": 1, "not_applicable": 1}  # fmt: skip


def test_a_dimension_in_which_nothing_applies_has_no_score_and_passes() -> None:
    found = judge(control(), {"a": YES})
    assert scores(found)["governance"] == (0, 0, 0, None)
    assert found.stages[-1].dimensions[1].passes
    assert found.score.weakest is not None
    assert (found.score.proven, found.score.weakest.dimension.id) == (100, "monitoring")


def test_a_stage_in_which_nothing_applies_is_not_reached() -> None:
    found = judge(control(applies_when={"risk": "high"}), {"a": YES}, facts={"risk": "minimal"})
    assert found.score[:4] == (None, None, None, None)
    assert not any(result.reached for result in found.stages)
    assert found.verdict.stage == "proof_of_concept"
    assert "nothing at all applies at production" in found.verdict.reasons[0]
    everything = judge(
        [control("x", "a"), control("y", "b", stage="scale")], {n: {"not_applicable": "not here"} for n in "ab"}
    )
    assert everything.verdict.stage == "proof_of_concept"


@pytest.mark.parametrize(("threshold", "passes"), [(59, True), (60, False), (0, True), (None, True)])
def test_a_threshold_is_exact_and_what_is_shown_is_rounded_down(threshold: int | None, passes: bool) -> None:
    # 5999 of 10000: 59.99 %
    weights = {"blocker": 4001, "major": 5999, "minor": 1}
    asked = [control("x", "a", severity="major"), control("y", "b", severity="blocker")]
    ruler = checklist(*asked, weights=weights, stages=(Stage("production", "P", threshold),))
    found = judge(ruler, {"a": YES, "b": "no"})
    (result,) = found.stages
    assert result.dimensions[0].proven == 59
    assert result.dimensions[0].passes is passes
    assert ("Monitoring is proven to 59 %, and production asks 60 %" in result.reasons) is (threshold == 60)


def test_exactly_the_threshold_passes() -> None:
    asked = [control(name, name) for name in "abcde"]
    found = judge(asked, dict.fromkeys("abc", YES))
    assert found.stages[-1].dimensions[0].proven == 60
    assert found.verdict.stage == "production"
    found = judge(asked, {"a": YES, "b": YES, "c": HALF})
    assert found.verdict.stage == "proof_of_concept" or not found.verdict.ready


def test_the_overall_figure_is_the_exact_mean_and_stands_beside_the_weakest() -> None:
    asked = [
        control("x", "a"),
        control("y", "b"),
        control("z", "c"),
        control("o", "accountable_owner", dimension="governance"),
    ]
    found = judge(asked, {"a": YES, "b": "yes", "accountable_owner": HALF})
    # monitoring 1/3 and 2/3 claimed, governance 1/2: (33.3 + 50) / 2
    assert (found.score.proven, found.score.claimed, found.score.coverage) == (41, 58, 75)
    assert found.score.weakest is not None
    assert found.score.weakest.dimension.id == "monitoring"


def test_the_score_of_a_stage_leaves_out_later_controls() -> None:
    asked = [control("x", "a", stage="pilot"), control("y", "b"), control("z", "c", stage="scale")]
    found = judge(asked, {"a": YES})
    assert [scores(found, stage)["monitoring"][2] for stage in ("pilot", "production", "scale")] == [4, 8, 12]
    assert [r.coverage for r in found.stages] == [100, 50, 33]


def test_a_checklist_has_its_own_dimensions() -> None:
    ruler = checklist(control(dimension="own"), dimensions=(Dimension("own", "Own"),))
    assert scores(judge(ruler, {"a": YES})) == {"own": (4, 4, 4, 100)}


# --------------------------------------------------------------------------- stages


def test_a_stage_needs_every_stage_below_it() -> None:
    asked = [control("x", "a", stage="pilot", severity="blocker"), control("y", "b"), control("z", "c", stage="scale")]
    found = judge(asked, {"b": YES, "c": YES}, target="scale")
    assert [r.reached for r in found.stages] == [False, False, False]
    assert found.verdict.stage == "proof_of_concept"
    assert judge(asked, {"a": YES, "b": YES}).verdict.stage == "production"
    assert judge(asked, {"a": YES, "b": YES, "c": YES}).verdict.stage == "scale"


def test_a_lower_stages_threshold_holds_back_the_higher_ones() -> None:
    stages = (Stage("pilot", "Pilot", 100), Stage("production", "Production", None))
    asked = [control("x", "a", stage="pilot"), control("y", "b")]
    found = judge(checklist(*asked, stages=stages), {"b": YES})
    assert [r.reached for r in found.stages] == [False, False]
    assert found.verdict.reasons == ("Monitoring is proven to 0 %, and pilot asks 100 %",)


@pytest.mark.parametrize("target", ["pilot", "production", "scale"])
def test_the_stage_reached_does_not_depend_on_the_target(target: str) -> None:
    asked = [control("x", "a", stage="pilot"), control("y", "b"), control("z", "c", stage="scale", severity="blocker")]
    found = judge(asked, {"a": YES, "b": YES}, target=target)
    assert found.verdict.stage == "production"
    assert found.verdict.ready is (target != "scale")
    assert bool(found.verdict.reasons) is (target == "scale")


def test_reasons_name_blockers_first() -> None:
    asked = [
        control("x", "a"),
        control("y", "b", severity="blocker"),
        control("z", "c", stage=None, severity="blocker"),
    ]
    assert judge(asked, {"b": "yes"}).verdict.reasons == (
        "Y: unproven (y, blocker at production)",
        "Z: unknown (z, blocker)",
        "Monitoring is proven to 0 %, and production asks 60 %",
    )


# --------------------------------------------------------------------------- waivers


@pytest.mark.parametrize(
    ("expires", "ready", "status"),
    [("2026-11-22", True, "in_force"), ("2026-11-21", False, "expired"), ("2027-01-01", True, "in_force")],
)
def test_a_waiver_holds_up_to_and_with_its_last_day(expires: str, ready: bool, status: str) -> None:
    asked = [
        control("x", "a", severity="blocker"),
        control("y", "b", severity="blocker"),
        control("z", "c", severity="blocker"),
    ]
    answers = {"b": YES, "c": YES}
    found = judge(asked, answers, waivers=[waiver("x", expires)])
    plain = judge(asked, answers)
    assert (found.verdict.ready, plain.verdict.ready) == (ready, False)
    assert [state.status for state in found.waivers] == [status]
    assert found.score == plain.score
    assert [f.outcome for f in found.findings] == [f.outcome for f in plain.findings]
    assert [f.control.id for f in found.plan] == ([] if ready else ["x"])


def test_a_waiver_does_not_lift_a_threshold() -> None:
    found = judge(control(severity="blocker"), {}, waivers=[waiver("ctl")])
    assert found.verdict.reasons == ("Monitoring is proven to 0 %, and production asks 60 %",)


def test_unneeded_waivers_and_those_of_other_rulers() -> None:
    found = judge([control("x", "a"), control("y", "b")], {"a": YES, "b": {"not_applicable": "not here"}},
                  waivers=[waiver("x"), waiver("ruler:y"), waiver("other:x"), ])  # fmt: skip
    assert [(s.waiver.control, s.status) for s in found.waivers] == [("x", "unneeded"), ("y", "unmatched")]
    assert judge(control(), {}, waivers=[waiver("other:ctl")]).only.waiver is None


# --------------------------------------------------------------------------- the plan


def order(*controls: Any) -> list[str]:
    return [f.control.id for f in judge(checklist(*controls), {}, target="scale").plan]


def test_the_plan_goes_by_blockers_stage_severity_effort_and_name() -> None:
    assert order(
        control("g", effort="hours", stage="scale"), control("f", severity="minor", effort="hours"),
        control("e", effort="weeks"), control("d", effort="hours"), control("c", stage="pilot", severity="minor"),
        control("b", severity="blocker", stage="scale"), control("a2", severity="blocker"), control("a1", severity="blocker"),
    ) == ["a1", "a2", "b", "c", "d", "e", "f", "g"]  # fmt: skip


def test_the_plan_puts_what_is_needed_first() -> None:
    first = control("first", severity="minor", stage="scale", effort="weeks", needs=("zero",))
    zero = control("zero", severity="minor", stage="scale")
    last = control("last", severity="blocker", needs=("first", "met", "elsewhere"))
    assert order(last, first, zero, control("other", severity="blocker")) == ["zero", "first", "last", "other"]
    assert order(control("x", needs=("y",)), control("y", needs=("x",))) == ["y", "x"]
    assert order(control("w", needs=("y", "x")), control("x"), control("y")) == order(
        control("w", needs=("x", "y")), control("y"), control("x")) == ["x", "y", "w"]  # fmt: skip


def test_a_long_chain_of_needs_is_no_trouble() -> None:
    chain = [control(f"c{n:04}", needs=(f"c{n + 1:04}",)) for n in range(3000)]
    assert order(*chain)[:2] == ["c2999", "c2998"]


def test_up_to_counts_controls_without_a_stage_everywhere() -> None:
    ruler = checklist(control("x", stage=None), control("y", stage="scale"))
    found = judge(ruler, {"a": attested(answer="yes")})
    assert [f.control.id for f in score.up_to(ruler, found.findings, "pilot")] == ["x"]
    assert {f.outcome for f in found.findings} == {Outcome.MET}
    assert found.findings[0].control.severity == Severity.MAJOR
    assert date(2026, 11, 22) == DAY
