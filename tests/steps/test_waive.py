"""How each waiver stands, why, and that it touches nothing but the verdict."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness import assess
from readiness.steps.waive import waived, waiver_states
from tests.factories import DAY, checklist, control, judge, waiver

ROOT = Path(__file__).resolve().parents[2]
YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
ONE = control("one", "a", severity="blocker")
SECURITY = control("one", "a", severity="blocker", waivable=False)
LIMITED = checklist(ONE, waiver_days=90)
APPROVED = checklist(ONE, approvers=("CISO@x.org", "Head of  Risk"))
ONLY_THEY = "ruler lets only CISO@x.org, Head of  Risk approve a waiver"


@pytest.mark.parametrize(
    ("ruler", "said", "expected"),
    [
        (ONE, {"expires": "2026-11-23"}, ("in_force", "")),
        (ONE, {"expires": "2026-11-22"}, ("in_force", "")),
        (ONE, {"expires": "2026-11-21"}, ("expired", "its last day was 1 day ago")),
        (ONE, {"expires": "2026-11-20"}, ("expired", "its last day was 2 days ago")),
        (ONE, {"expires": "9999-12-31"}, ("in_force", "")),
        (ONE, {"granted": "2026-11-22"}, ("in_force", "")),
        (ONE, {"granted": "2026-11-23"}, ("refused", "it begins on 2026-11-23")),
        (SECURITY, {}, ("refused", "ruler lets nobody waive this control")),
        (SECURITY, {"expires": "2026-11-21"}, ("expired", "its last day was 1 day ago")),
        (APPROVED, {}, ("refused", ONLY_THEY)),
        (APPROVED, {"approved_by": "ciso@X.org"}, ("in_force", "")),
        (APPROVED, {"approved_by": " head of risk "}, ("in_force", "")),
        (LIMITED, {"expires": "2027-02-20"}, ("in_force", "")),
        (LIMITED, {"expires": "2027-02-21"}, ("refused", "it still runs for 91 days, and ruler allows 90")),
        (LIMITED, {"granted": "2026-10-01", "expires": "2026-12-30"}, ("in_force", "")),
        (LIMITED, {"granted": "2026-10-01", "expires": "2026-12-31"},
         ("refused", "it was granted for 91 days, and ruler allows 90")),
        (LIMITED, {"granted": "2026-11-23", "expires": "2027-06-01"}, ("refused", "it begins on 2026-11-23")),
    ],
)  # fmt: skip
def test_an_open_control(ruler: Any, said: dict[str, Any], expected: tuple[str, str]) -> None:
    found = judge(ruler, waivers=[waiver("one", **said)])
    (state,) = found.waivers
    assert (state.status, state.why) == expected
    assert waived(found.waivers) == (frozenset({"one"}) if expected[0] == "in_force" else frozenset())


@pytest.mark.parametrize(
    ("ruler", "answers", "expected"),
    [
        (ONE, {"a": YES}, ("unneeded", "the control is met")),
        (SECURITY, {"a": YES}, ("unneeded", "the control is met")),
        (control("one", "a"), {"a": {"not_applicable": "no such model"}},
         ("unmatched", "the control does not apply, by answer")),
        (control("one", "a", applies_when={"risk": "high"}), {},
         ("unmatched", "the control does not apply, by the stated facts")),
    ],
)  # fmt: skip
def test_nothing_to_waive(ruler: Any, answers: dict[str, Any], expected: tuple[str, str]) -> None:
    for last in ("2026-12-31", "2026-01-01"):
        found = judge(ruler, answers, facts={"risk": "limited"}, waivers=[waiver("one", last)])
        assert [(s.status, s.why) for s in found.waivers] == [expected]
        assert not waived(found.waivers)


def test_a_control_of_another_version() -> None:
    found = judge(checklist(ONE, control("two", "b")), waivers=[waiver("two"), waiver("one")])
    without = checklist(ONE, version="1.1.0")
    states = waiver_states(found.project, without, found.findings[:1], DAY, "p.yaml")
    assert [(s.waiver.control, s.status, s.why) for s in states] == [
        ("one", "in_force", ""), ("two", "unmatched", "ruler@1.1.0 has no such control"),
    ]  # fmt: skip
    assert {s.location.path for s in states} == {"p.yaml"}


def test_a_waiver_of_another_checklist_is_left_alone() -> None:
    assert judge(ONE, waivers=[waiver("other:one")]).waivers == ()


def test_a_waiver_changes_the_verdict_and_no_score() -> None:
    bare, held = judge(ONE), judge(ONE, waivers=[waiver("one")])
    assert (bare.verdict.ready, held.verdict.ready) == (False, False)
    assert [s.reasons for s in bare.stages] != [s.reasons for s in held.stages]
    assert (held.score, held.dimensions) == (bare.score, bare.dimensions)
    assert [f._replace(waiver=None) for f in held.findings] == list(bare.findings)
    assert [f.control.id for f in bare.plan] == ["one"]
    assert held.plan == ()


RULER = checklist(control("b", "b", stage="pilot"), *(control(name, name) for name in "cde"), ONE)
MOST: Any = dict.fromkeys("bcde", YES)


@pytest.mark.parametrize(("last", "ready"), [("2026-11-22", True), ("2026-11-21", False)])
def test_the_verdict_turns_the_day_after_the_last(last: str, ready: bool) -> None:
    found = judge(RULER, MOST, waivers=[waiver("one", last)])
    assert found.verdict.ready is ready
    assert found.score == judge(RULER, MOST).score


@pytest.mark.parametrize(("day", "status"), [(date(2027, 3, 31), "in_force"), (date(2027, 4, 1), "expired")])
def test_both_verdicts_of_a_real_project(day: date, status: str) -> None:
    """Without a waiver in force the two verdicts are one."""
    project = ROOT / "examples" / "fraud-online" / "project.yaml"
    found = assess(project, as_of=day, checklist="core@1.0.0")
    assert [(s.waiver.control, s.status) for s in found.waivers] == [("security_review", status)]
    assert found.unwaived is not None
    if status == "expired":
        assert found.unwaived == found.verdict
    else:
        assert len(found.unwaived.reasons) > len(found.verdict.reasons)
        assert not found.unwaived.ready
