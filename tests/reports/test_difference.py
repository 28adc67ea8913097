"""What a new version of a checklist changes, as people read it."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from readiness.model import Start
from readiness.reports.difference import page
from readiness.steps.differ import difference, preview
from tests.reports import sample, stageless
from tests.reports.hostile import HOSTILE
from tests.reports.rulers import CONTROLS, checklist, control

STARTS = (Start(date(2027, 3, 1), None),)


def test_an_added_control_says_its_severity_its_stage_and_its_day() -> None:
    added = [control("one", "governance", "The first")._replace(enforce_from=STARTS)]
    added += [control("two", "governance", "The second", stage="proof_of_value")]
    found = difference(checklist(), checklist([*CONTROLS, *added])._replace(version="1.1.0"))
    lines = page(found, None).splitlines()
    assert lines[0] == "core@1.0.0 to core@1.1.0: 2 added, 0 removed, 0 changed"
    assert "  • one: The first (major at production, counts from 2027-03-01)" in lines
    assert "  • two: The second (major at proof of value)" in lines


def test_a_project_that_nothing_moves() -> None:
    made = sample.not_ready()
    lines = page(difference(made.checklist, made.checklist), preview(made, made)).splitlines()
    said = "  1.0.0  NOT READY for production: reached pilot; 55 proven, 75 claimed, weakest"
    assert lines[3:7] == [said, "         Monitoring 0", said, "         Monitoring 0"]
    assert lines[7] == "  No control moves."


def test_two_checklists_are_told_apart_by_their_names() -> None:
    one, other = stageless.framework(), stageless.points()
    lines = page(difference(one.checklist, other.checklist), preview(one, other), width=100).splitlines()
    assert lines[3:5] == [
        "  standard@2.1.0  46 of 100 proven, 93 claimed; weakest Operation 12",
        "  points@1.0.0  1 of 3 points proven, 1.5 claimed: Tested in parts; weakest Model 1",
    ]


def test_where_nothing_applies_there_is_no_figure() -> None:
    made = stageless.framework()
    none = made._replace(score=made.score._replace(proven=None, claimed=None, coverage=None, weakest=None))
    report = page(difference(made.checklist, made.checklist), preview(made, none))
    assert "  2.1.0  Nothing of this checklist applies\n" in report
    assert "None" not in report


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_inside(text: str) -> None:
    one, other = sample.hostile(text), sample.hostile(text, stageless.framework)
    for width in (60, 120):
        report = page(difference(one.checklist, other.checklist), preview(one, other), width=width)
        assert max(map(cell_len, report.splitlines())) <= width
        assert report.replace("\n", "").isprintable()
    assert page(difference(one.checklist, other.checklist), preview(one, other), ascii_only=True).isascii()
