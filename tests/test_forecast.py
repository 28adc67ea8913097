"""Looking ahead: each day of a forecast is a real assessment, and nothing changes on the days between."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from readiness import assess
from readiness.errors import InputError
from readiness.forecast import compared, forecast
from readiness.loaders.baseline import read_kept
from readiness.model import Assessment
from readiness.model.baseline import Kept
from readiness.model.forecast import Forecast
from readiness.pipeline import Session
from readiness.reports import render

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TODAY = date(2026, 11, 22)
ONE = timedelta(days=1)


@cache
def session(name: str, *rulers: str) -> Session:
    return Session(EXAMPLES / name / "project.yaml", rulers, as_of=TODAY)


@cache
def looked(name: str, ruler: str, within: int = 400) -> Forecast:
    (found,) = forecast(session(name, ruler), within)
    return found


CASES = [("churn-batch", "core@1.0.0"), ("churn-batch", "core@1.1.0"), ("support-assistant", "core@1.0.0")]


@pytest.mark.parametrize(("name", "ruler"), CASES)
def test_each_turn_is_the_assessment_of_its_day(name: str, ruler: str) -> None:
    found = looked(name, ruler)
    assert found.until == TODAY + timedelta(days=400)
    assert found.turns
    assert [t.day for t in found.turns] == sorted({t.day for t in found.turns})
    for turn in (found.turns[0], found.turns[-1]):
        real = assess(EXAMPLES / name / "project.yaml", checklist=ruler, as_of=turn.day)
        assert render(turn.assessment, "json") == render(real, "json")
    for turn in found.turns:
        (real,) = session(name, ruler).assess(turn.day)
        assert render(turn.assessment, "json") == render(real, "json")


def state(found: Assessment) -> Any:
    judged = tuple((f.outcome, f.claimed, f.proven, f.advisory) for f in found.findings)
    return judged, found.verdict, found.score, [s.status for s in found.waivers]


def test_nothing_changes_on_the_days_between() -> None:
    found = looked("churn-batch", "core@1.0.0")
    turns = {turn.day: turn for turn in found.turns}
    before = state(found.today)
    for number in range(1, 401):
        day = TODAY + number * ONE
        (real,) = session("churn-batch", "core@1.0.0").assess(day)
        after = state(real)
        if day in turns:
            assert state(turns[day].assessment) == after
        else:
            assert after == before, day
        before = after


def test_a_waiver_ends_the_day_after_its_last() -> None:
    (found,) = forecast(session("fraud-online", "core@1.0.0"), 131)
    assert [(t.day, e.waiver.control) for t in found.turns for e in t.endings] == [
        (date(2027, 4, 1), "security_review")
    ]
    (short,) = forecast(session("fraud-online", "core@1.0.0"), 129)
    assert not [e for t in short.turns for e in t.endings]


PROJECT = {
    "readiness": 1,
    "project": {"name": "p"},
    "assess": {"checklist": "eu-ai-act@1.0.0"},
    "waivers": [],
}


def small(folder: Path, **more: Any) -> Path:
    path = folder / "project.yaml"
    path.write_text(json.dumps({**PROJECT, **more}))
    return path


def test_controls_that_begin_to_count(tmp_path: Path) -> None:
    one = Session(small(tmp_path), as_of=TODAY)
    (found,) = forecast(one, 800)
    due = {f.advisory for f in found.today.findings if f.advisory and f.outcome != "not_applicable"}
    assert due
    assert {t.day for t in found.turns if any(s.starts for s in t.shifts)} == {d for d in due if d <= found.until}
    for turn in found.turns:
        assert all(f.advisory is None or f.advisory > turn.day for f in turn.assessment.findings)
        began = {s.control for s in turn.shifts if s.starts}
        assert began <= {f.control.id for f in found.today.findings if f.advisory == turn.day}


@pytest.mark.parametrize("as_of", [date(9999, 12, 31), date(1, 1, 1)])
def test_the_ends_of_the_calendar(as_of: date, tmp_path: Path) -> None:
    waived = {"control": "core:owner", "reason": "r", "owner": "a", "approved_by": "b", "expires": "9999-12-31"}
    own = Session(small(tmp_path, assess={}, waivers=[{**waived, "control": _one(tmp_path)}]), as_of=as_of)
    (found,) = forecast(own, 3660)
    assert found.until <= date.max
    assert not [e for t in found.turns for e in t.endings]


def _one(folder: Path) -> str:
    """A control of the newest core."""
    return assess(small(folder, assess={}), as_of=TODAY).findings[0].control.id


# --------------------------------------------------------------------------- against a baseline


def kept(*found: Assessment) -> Kept:
    reports = {}
    for each in found:
        reports |= read_kept(json.loads(render(each, "json"))).reports
    return Kept(reports, ())


def test_a_baseline_without_the_checklist(tmp_path: Path) -> None:
    both = Session(small(tmp_path), ("core@1.0.0", "eu-ai-act@1.0.0"), as_of=TODAY)
    first = kept(both.assess()[0])
    with pytest.raises(InputError) as caught:
        compared(both, first, "base.json", True)
    (fault,) = caught.value.diagnostics
    assert (fault.path, fault.message, fault.help) == (
        "base.json", "the baseline holds no report by `eu-ai-act`",
        "it holds `core`; `readiness baseline update` takes in the others",
    )  # fmt: skip
    with pytest.raises(InputError) as caught:
        compared(both, Kept({}, ()), "base.json", True)
    assert caught.value.diagnostics[0].help == (
        "it holds no report at all; `readiness baseline update` takes in those of this run"
    )
    core, act = compared(both, first, "base.json", False)
    assert core.baseline is not None
    assert act.baseline is None
    assert act.notices[-1] == "The baseline holds no report by eu-ai-act: nothing is compared."
    with pytest.raises(InputError):
        compared(Session(small(tmp_path), as_of=TODAY), first, "base.json", False)


def test_what_time_alone_made_worse_on_a_real_project() -> None:
    early, late = session("churn-batch", "core@1.0.0"), Session(
        EXAMPLES / "churn-batch" / "project.yaml", ("core@1.0.0",), as_of=date(2027, 9, 1)
    )  # fmt: skip
    (found,) = compared(late, kept(*early.assess()), "base.json", True)
    worse = {f.control.id for f in found.findings if f.change == "worse"}
    assert worse
    assert found.baseline is not None
    assert set(found.baseline.by_time) == worse
    assert found.baseline.as_of == TODAY


def test_what_runs_out_soon_is_said() -> None:
    soon = Session(EXAMPLES / "churn-batch" / "project.yaml", ("core@1.0.0",), as_of=date(2027, 4, 10))
    (found,) = compared(soon, kept(*soon.assess()), "base.json", True)
    told = [line for line in found.notices if line.startswith("From 2027-04-30 ")]
    turn = next(t for t in forecast(soon, 30)[0].turns if t.day == date(2027, 4, 30))
    assert told == [
        f"From 2027-04-30 `{s.control}` will be {s.new} instead of {s.old}, unless its evidence is renewed."
        for s in turn.shifts
    ]
    assert told


def test_an_end_of_a_waiver_and_a_beginning_are_said(tmp_path: Path) -> None:
    end = Session(EXAMPLES / "fraud-online" / "project.yaml", ("core@1.0.0",), as_of=date(2027, 3, 20))
    (found,) = compared(end, kept(*end.assess()), "base.json", True)
    assert "The waiver of `security_review` ends: from 2027-04-01 it excuses nothing." in found.notices
    (early,) = Session(small(tmp_path), as_of=TODAY).assess()
    waiting = [f for f in early.findings if f.advisory and f.outcome != "not_applicable"]
    day = min(f.advisory for f in waiting if f.advisory)
    (late,) = compared(Session(small(tmp_path), as_of=day - ONE), kept(early), "base.json", True)
    told = [line for line in late.notices if line.startswith(f"From {day.isoformat()} ")]
    assert set(told) == {
        f"From {day.isoformat()} `{f.control.id}` counts, and it is {f.outcome.value} today."
        for f in waiting if f.advisory == day
    }  # fmt: skip
