"""The JSON report keeps its schema, and its scores and verdict can be recomputed from it alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import readiness.reports
from readiness.model import Assessment, Finding, Level, Outcome, Scheme
from readiness.reports import render, render_all
from tests.reports import sample, stageless
from tests.reports.hostile import HOSTILE
from tests.reports.recompute import recomputed, stated
from tests.reports.scoring import assessment

SCHEMA = json.loads(
    (Path(readiness.reports.__file__).parents[1] / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
Report = dict[str, Any]


def unanswered() -> Assessment:
    """Nothing at all is answered."""
    blank = tuple(
        f._replace(outcome=Outcome.UNKNOWN, proven=Level.NO, claimed=Level.NO, waiver=None)
        for f in sample.not_ready().findings
    )
    return assessment(blank, (), target="pilot")


def at_scale() -> Assessment:
    """Everything is met, up to the last stage."""
    met: tuple[Finding, ...] = tuple(
        f._replace(outcome=Outcome.MET, proven=Level.YES, claimed=Level.YES) for f in sample.ready().findings
    )
    return assessment(met, (), target="scale")


SAMPLES = [sample.ready, sample.not_ready, unanswered, at_scale, stageless.framework, stageless.points]
SCHEMES = [
    Scheme(within, across, rounding, "points" if within == "sum" else "percent")
    for within in ("share", "sum")
    for across in ("mean", "minimum")
    for rounding in ("down", "halves")
]


def loaded(made: Assessment) -> Report:
    report: Report = json.loads(render(made, "json"))
    return report


def rescored(make: Callable[[], Assessment], scheme: Scheme) -> Assessment:
    """The same findings under another scheme."""
    made = make()
    ruler = made.checklist._replace(scheme=scheme)
    return assessment(made.findings, made.practices, made.waivers, made.target, ruler)


@pytest.mark.parametrize("make", SAMPLES)
def test_every_figure_and_the_verdict_can_be_recomputed(make: Callable[[], Assessment]) -> None:
    report = loaded(make())
    assert stated(report) == recomputed(report)


@pytest.mark.parametrize("scheme", SCHEMES, ids="-".join)
@pytest.mark.parametrize("make", SAMPLES)
def test_they_can_under_every_scheme(make: Callable[[], Assessment], scheme: Scheme) -> None:
    report = loaded(rescored(make, scheme))
    assert report["scoring"]["scheme"] == {
        "within": scheme.within,
        "across": scheme.across,
        "rounding": scheme.rounding,
    }
    assert report["score"]["unit"] == scheme.unit
    assert stated(report) == recomputed(report)


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        (("score", "proven"), 47), (("score", "coverage"), 99), (("score", "max"), 99), (("score", "band"), "Tested"),
        (("dimensions", 0, "earned"), 9), (("dimensions", 1, "counts", "met"), 1), (("findings", 0, "advisory"), None),
        (("findings", 1, "outcome"), "partial"), (("findings", 3, "waiver", "expires"), "2026-11-21"), (("plan",), []),
    ],
)  # fmt: skip
def test_a_figure_that_does_not_follow_is_noticed(path: tuple[Any, ...], changed: Any) -> None:
    report = loaded(stageless.framework())
    place = report
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != changed
    place[path[-1]] = changed
    assert stated(report) != recomputed(report)


@pytest.mark.parametrize("make", SAMPLES)
def test_report_keeps_its_schema(make: Callable[[], Assessment]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(loaded(make()))


def test_a_set_holds_the_very_reports() -> None:
    several = (sample.not_ready(), stageless.framework(), stageless.points())
    made = json.loads(render_all(several, "json"))
    assert made == {"schema": "readiness/report-set/v1", "assessments": [loaded(each) for each in several]}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_survives_and_does_nothing(text: str) -> None:
    written = render(sample.hostile(text), "json")
    written.encode("utf-8")
    assert not {c for c in written if c in "\x1b\x07\x7f\x9b\u202e\u200b\u2066"}
    report = json.loads(written)
    assert report["project"]["name"] == f"{text} churn-predictor"
    jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_the_order_of_controls_and_practices_makes_no_difference() -> None:
    made = sample.not_ready()
    turned = made._replace(
        findings=made.findings[::-1],
        practices=made.practices[::-1],
        contradictions=made.contradictions[::-1],
        removals=made.removals[::-1],
        waivers=made.waivers[::-1],
    )
    for name in ("json", "markdown", "terminal"):
        assert render(turned, name, verbose=True) == render(made, name, verbose=True)


def test_waivers_stand_at_their_findings() -> None:
    found = {f["control"]: f["waiver"] for f in loaded(sample.not_ready())["findings"] if f["waiver"]}
    assert {name: waiver["status"] for name, waiver in found.items()} == {
        "fallback": "in_force",
        "on_call": "expired",
        "workflow": "unneeded",
    }
