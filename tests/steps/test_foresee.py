"""The days on which time alone changes something: each is found, and on no other day does anything change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.model import Assessment
from readiness.steps.foresee import days, endings, lapses, turn
from tests.factories import DAY, Result, assessment, attested, checklist, control, judge, starts, waiver
from tests.test_properties import STAGED, answers, facts, few, hits

UNTIL = DAY + timedelta(days=400)
ONE = timedelta(days=1)


def dated(day: str, **more: Any) -> dict[str, Any]:
    return {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1", "as_of": day}, **more}


def ahead(*given: Any, **more: Any) -> list[str]:
    return [day.isoformat() for day in days(assessment(judge(*given, **more)), UNTIL)]


LIMITED = checklist(control("one", "a"), waiver_days=90)


@pytest.mark.parametrize(
    ("ruler", "answers", "waivers", "expected"),
    [
        (control("one", "a", max_age=60), {"a": dated("2026-11-01")}, [], ["2027-01-01"]),
        (control("one", "a", max_age=60), {"a": dated("2026-09-23")}, [], ["2026-11-23"]),
        (control("one", "a", max_age=60), {"a": dated("2026-09-22")}, [], []),
        (control("one", "a"), {"a": dated("2026-11-01")}, [], []),
        (control("one", "a", max_age=60), {"a": dated("2026-12-01")}, [], ["2026-12-01", "2027-01-31"]),
        (control("one", "a", proof="attested"), {"a": {"answer": "yes", **attested("2026-10-01")}}, [],
         ["2027-10-02"]),
        (control("one", "a", max_age=60), {"a": dated("9999-12-31")}, [], []),
        (control("one", "a", enforce_from=starts(("2026-11-23", None))), {}, [], ["2026-11-23"]),
        (control("one", "a", enforce_from=starts(("2026-11-22", None))), {}, [], []),
        (control("one", "a"), {}, [waiver("one", "2026-11-22")], ["2026-11-23"]),
        (control("one", "a"), {}, [waiver("one", "2026-11-21")], []),
        (control("one", "a"), {}, [waiver("one", "9999-12-31")], []),
        (control("one", "a"), {}, [waiver("one", "2026-12-31", granted="2026-12-01")], ["2026-12-01", "2027-01-01"]),
        (LIMITED, {}, [waiver("one", "2027-03-31")], ["2026-12-31", "2027-04-01"]),
        (LIMITED, {}, [waiver("one", "0001-01-02")], []),
    ],
)  # fmt: skip
def test_the_days(ruler: Any, answers: dict[str, Any], waivers: list[Any], expected: list[str]) -> None:
    assert ahead(ruler, answers, waivers=waivers) == expected


def test_the_last_day_looked_at_counts() -> None:
    found = assessment(judge(control("one", "a"), waivers=[waiver("one", "2026-12-31")]))
    assert days(found, date(2027, 1, 1)) == (date(2027, 1, 1),)
    assert days(found, date(2026, 12, 31)) == ()


def test_a_lapse_names_its_practice_and_controls() -> None:
    ruler = checklist(control("one", "a", max_age=60), control("two", {"all": ["a", "b"]}, max_age=60),
                      control("any", "a"), control("gone", "a", max_age=60, applies_when={"risk": "high"}))  # fmt: skip
    found = assessment(judge(ruler, {"a": dated("2026-11-01")}, facts={"risk": "limited"}))
    (lapse,) = lapses(found)
    assert (lapse.day, lapse.practice, lapse.what) == (date(2027, 1, 1), "a", "docs/a.md")
    assert lapse.controls == ("one", "two")


def follow(ruler: Any, said: dict[str, Any] | None = None, **more: Any) -> list[Any]:
    """The turns of a year and a bit, as a forecast strings them together."""
    start = before = assessment(judge(ruler, said, **more))
    found = []
    for day in days(start, UNTIL):
        after = assessment(judge(ruler, said, day=day, **more))
        if (made := turn(start, before, after)) is not None:
            found.append(made)
        before = after
    return found


def test_a_waiver_that_begins_and_ends_within_the_window() -> None:
    said = [waiver("one", "2026-12-31", granted="2026-12-01")]
    turns = follow(control("one", "a", severity="blocker"), waivers=said)
    assert [(t.day.isoformat(), [e.waiver.control for e in t.endings]) for t in turns][-1] == ("2027-01-01", ["one"])


def test_a_waiver_that_is_needed_only_once_the_evidence_lapses() -> None:
    said = {"a": dated("2026-11-01")}
    turns = follow(control("one", "a", max_age=60, severity="blocker"), said, waivers=[waiver("one", "2027-01-31")])
    assert [(t.day.isoformat(), len(t.lapses), len(t.endings), len(t.shifts)) for t in turns] == [
        ("2027-01-01", 1, 0, 1), ("2027-02-01", 0, 1, 0),
    ]  # fmt: skip


def test_a_shift_says_what_starts() -> None:
    day = starts(("2027-01-01", None))
    ruler = checklist(control("one", "a", enforce_from=day),
                      control("gone", "b", enforce_from=day, applies_when={"risk": "high"}))  # fmt: skip
    (made,) = follow(ruler, facts={"risk": "limited"})
    assert [(s.control, s.old, s.new, s.starts) for s in made.shifts] == [("one", "unknown", "unknown", True)]
    assert made.assessment.as_of == date(2027, 1, 1)
    assert turn(made.assessment, made.assessment, made.assessment) is None


def test_only_a_waiver_in_force_ends() -> None:
    said = [waiver("one", "2026-12-31"), waiver("two", "2026-12-30", granted="2026-12-01"), waiver("six", "9999-12-31")]
    found = assessment(judge([control(n, "a") for n in ("one", "two", "six")], waivers=said))
    assert [(e.day.isoformat(), e.waiver.control) for e in endings(found)] == [("2027-01-01", "one")]


def state(found: Result | Assessment) -> Any:
    """All that a report would say of a day, but for ages in words."""
    judged = tuple((f.outcome, f.claimed, f.proven, f.advisory) for f in found.findings)
    return judged, found.verdict, found.score, [s.status for s in found.waivers]


NAMES = ("p1", "x1", "x2", "s2")
spans = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(-5, 200), st.integers(0, 200)), max_size=3)


@pytest.mark.parametrize("limit", [None, 60])
@settings(few, max_examples=25)
@given(said=answers, stated=facts, seen=hits, held=spans, random=st.randoms(use_true_random=False))
def test_nothing_changes_between_two_days(
    limit: int | None, said: Any, stated: Any, seen: Any, held: dict[str, tuple[int, int]], random: Any
) -> None:
    ruler = STAGED["staged-share-mean-down"]._replace(waiver_days=limit)
    begins = {name: DAY + timedelta(days=start) for name, (start, _) in held.items()}
    kept = [
        waiver(name, (begins[name] + timedelta(days=length)).isoformat(), **(
            {"granted": begins[name].isoformat()} if length % 2 else {}))
        for name, (_, length) in held.items()
    ]  # fmt: skip
    more: dict[str, Any] = {"facts": dict(stated)} if stated else {}

    def on(day: date) -> Result:
        return judge(ruler, said, hits=seen, day=day, waivers=kept, **more)

    coming = set(days(assessment(on(DAY)), UNTIL))
    asked = {DAY + timedelta(days=random.randint(1, 400)) for _ in range(10)}
    asked |= {day + by * ONE for day in coming for by in (-1, 1)} | {date(2026, 12, 1), date(2027, 6, 1)}
    for day in sorted(asked - coming):
        if DAY < day <= UNTIL:
            assert state(on(day)) == state(on(day - ONE)), day
