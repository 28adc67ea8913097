"""What a reader is told beside the verdict."""

from __future__ import annotations

import pytest

from readiness.steps.notices import notices
from tests.factories import Result, control, judge, stageless, starts


def told(found: Result, unpinned: str | None = None) -> tuple[str, ...]:
    return notices(found.ruler, unpinned, found.project, found.findings)


def test_a_ruler_that_nobody_pinned() -> None:
    said = (
        "No version of the checklist is pinned, so ruler@1.0.0 judges; pin it with `assess: {checklist: ruler@1.0.0}`."
    )
    assert told(judge(stageless(control())), "ruler") == (said,)
    assert told(judge(stageless(control()))) == ()


def test_facts_that_nobody_stated() -> None:
    ruler = stageless(
        control("x", "a", applies_when={"risk": "high"}),
        control("y", "b", applies_when={"all": [{"risk": "high"}, {"personal_data": True}]}),
    )
    assert told(judge(ruler)) == (
        "The fact `personal_data` is not stated: 1 control applies until it is.",
        "The fact `risk` is not stated: 2 controls apply until it is.",
    )
    assert told(judge(ruler, facts={"risk": "limited"})) == ()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 control is|`c0`."),
        (2, "2 controls are|`c0`, `c1`."),
        (5, "5 controls are|`c0`, `c1`, `c2`, `c3`, `c4`."),
        (6, "6 controls are|`c0`, `c1`, `c2`, `c3`, `c4` and 1 more."),
    ],
)
def test_what_does_not_count_yet_is_told_by_day(number: int, said: str) -> None:
    controls = [control(f"c{n}", enforce_from=starts(("2027-01-01", None))) for n in range(number)]
    sooner = control("sooner", enforce_from=starts(("2026-12-31", None)))
    out = control("out", applies_when={"risk": "high"}, enforce_from=starts(("2027-01-01", None)))
    past = control("past", enforce_from=starts(("2026-11-22", None)))
    first = "1 control is advisory until 2026-12-31, and counted from then on: `sooner`."
    expected = said.replace("|", " advisory until 2027-01-01, and counted from then on: ")
    found = judge(stageless(*controls, sooner, out, past), facts={"risk": "limited"})
    assert told(found) == (first, expected)
