"""An assessment against a baseline: how each finding changed, what only time did, and what is worth saying."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from readiness.model import Assessment, Checklist, Outcome
from readiness.model.baseline import Earlier, Growth
from readiness.steps.against import CHANGES, against, change
from tests.factories import assessment, checklist, control, judge, starts
from tests.steps.earlier import kept

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
DATED: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1", "as_of": "2026-11-01"}}
LATER = date(2027, 2, 1)
ORDER = [("unmet", "unknown"), ("unproven",), ("partial",), ("met",)]
PLACE = {name: number for number, names in enumerate(ORDER) for name in names}


def earlier(outcome: str) -> Earlier:
    return Earlier("one", "monitoring", "production", "major", outcome, 0, ("a",), False, False, False)


@pytest.mark.parametrize(("was", "now"), list(product([o.value for o in Outcome], repeat=2)))
def test_every_pair_of_outcomes(was: str, now: str) -> None:
    finding = judge(control("one", "a")).only._replace(outcome=Outcome(now))
    if "not_applicable" in (was, now) or PLACE[was] == PLACE[now]:
        expected = "same"
    elif PLACE[now] < PLACE[was]:
        expected = "worse"
    else:
        expected = "fixed" if now == "met" else "better"
    assert change(finding, earlier(was)) == expected
    assert change(finding._replace(advisory=LATER), earlier(was)) == "same"


@pytest.mark.parametrize("now", [o.value for o in Outcome])
def test_a_control_that_the_baseline_does_not_have(now: str) -> None:
    finding = judge(control("one", "a")).only._replace(outcome=Outcome(now))
    assert change(finding, None) == ("same" if now in ("met", "not_applicable") else "new")
    assert change(finding._replace(advisory=LATER), None) == "same"


def held(
    old: Checklist, new: Checklist, before: dict[str, Any], after: dict[str, Any], day: date | None = None, **more: Any
) -> Assessment:
    """The new state against the old one, both by the steps of a run."""
    baseline = kept(judge(old, before, **more))
    now = judge(new, after, **({"day": day} if day else {}), **more)
    then = assessment(judge(new, after, **more)) if day else None
    return against(assessment(now), baseline, then, ())


def changes(found: Assessment) -> dict[str, str | None]:
    return {f.control.id: f.change for f in found.findings}


RULER = checklist(control("dated", "a", max_age=60), control("plain", "b"), control("done", "c"))


def test_counts_plan_and_changes_agree() -> None:
    found = held(RULER, RULER, {"a": DATED, "b": YES}, {"a": DATED, "c": YES})
    assert changes(found) == {"dated": "same", "plain": "worse", "done": "fixed"}
    assert found.baseline is not None
    assert found.baseline.counts == dict.fromkeys(CHANGES, 0) | {"worse": 1, "fixed": 1, "same": 1}
    assert (found.baseline.version, found.baseline.by_time) == ("1.0.0", ())
    assert [(f.control.id, f.change) for f in found.plan] == [("plain", "worse")]


def test_what_only_time_made_worse_is_named() -> None:
    found = held(RULER, RULER, {"a": DATED, "b": YES}, {"a": DATED}, LATER)
    assert changes(found) == {"dated": "worse", "plain": "worse", "done": "same"}
    assert found.baseline is not None
    assert found.baseline.by_time == ("dated",)


def test_a_new_control_whose_evidence_was_good_then_is_times_work() -> None:
    old = checklist(control("plain", "b"))
    found = held(old, checklist(*old.controls, RULER.controls[0]), {"a": DATED}, {"a": DATED}, LATER)
    assert changes(found) == {"plain": "same", "dated": "new"}
    assert found.baseline is not None
    assert found.baseline.by_time == ("dated",)


def test_an_advisory_finding_is_no_change() -> None:
    later = control("later", "a", enforce_from=starts(("2027-01-10", None)))
    assert changes(held(checklist(later), checklist(later), {"a": YES}, {})) == {"later": "same"}
    assert changes(held(checklist(later), checklist(later), {"a": YES}, {}, LATER)) == {"later": "worse"}


@pytest.mark.parametrize("aliases", [(("before", "after"),), ()], ids=["alias", "practices"])
def test_a_renamed_control_keeps_its_past(aliases: Any) -> None:
    new = checklist(control("after", "a"), version="1.1.0", aliases=aliases)
    assert changes(held(checklist(control("before", "a")), new, {"a": YES}, {})) == {"after": "worse"}
    assert changes(held(checklist(control("before", "a")), new, {}, {})) == {"after": "same"}


def test_a_control_that_asks_about_others_is_new() -> None:
    assert changes(held(checklist(control("before", "a")), checklist(control("after", "b")), {}, {})) == {
        "after": "new"
    }


@pytest.mark.parametrize("order", [("before", "after"), ("after", "before")])
def test_of_two_that_became_one_the_namesake_goes_on(order: tuple[str, str]) -> None:
    old = checklist(*(control(name, "a" if name == "after" else "b") for name in order))
    new = checklist(control("after", "a"), aliases=(("before", "after"),))
    assert changes(held(old, new, {"a": YES}, {})) == {"after": "worse"}
    assert changes(held(old, new, {"b": YES}, {})) == {"after": "same"}


def told(found: Assessment, bare: Assessment) -> list[str]:
    return list(found.notices[len(bare.notices) :])


def test_notices() -> None:
    whole = checklist(
        control("one", "a", applies_when={"risk": "high"}), control("two", "b", applies_when={"risk": "high"}),
        control("three", "c", applies_when={"risk": "limited"}), *(control(f"g{n}", "d") for n in range(7)),
    )  # fmt: skip
    left = checklist(*whole.controls[:3], version="2.0.0")
    now = assessment(judge(left, facts={"risk": "limited"}, day=date(2026, 11, 1)))
    growth = (Growth(date(2026, 11, 2), "a merger", ("one",)),)
    found = against(now, kept(judge(whole, facts={"risk": "high"})), None, growth)
    assert told(found, now) == [
        "Since the baseline, `one`, `two` no longer apply.",
        "Since the baseline, `three` applies now.",
        "The baseline holds `g0`, `g1`, `g2`, `g3`, `g4` and 2 more, which ruler@2.0.0 does not have.",
        "The baseline was judged by ruler@1.0.0: `readiness checklist diff` shows what 2.0.0 changes.",
        "The baseline is of 2026-11-22, after the day of this assessment.",
        "The baseline grew on 2026-11-02 by `one`: a merger",
    ]
    assert set(changes(found).values()) == {"same"}


def test_a_checklist_that_changed_under_its_version() -> None:
    now = assessment(judge(RULER._replace(digest="sha256:9")))
    found = against(now, kept(judge(RULER)), None, ())
    assert told(found, now) == ["ruler@1.0.0 has changed since the baseline, though its version has not."]
    assert told(against(now, kept(now), None, ()), now) == []
