"""The JSON report keeps its schema, and its scores and verdict can be recomputed from it alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import readiness.reports
from readiness.model import Assessment, Finding, Level, Outcome
from readiness.reports import render
from tests.reports import sample
from tests.reports.hostile import HOSTILE
from tests.reports.scoring import assessment

SCHEMA = json.loads(
    (Path(readiness.reports.__file__).parents[1] / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
HALF_POINTS = {"met": 2, "partial": 1}
LEVELS = {"yes": 2, "partial": 1, "no": 0}
Report = dict[str, Any]


def unanswered() -> Assessment:
    """Nothing at all is answered."""
    blank = tuple(
        f._replace(outcome=Outcome.UNKNOWN, proven=Level.NO, claimed=Level.NO) for f in sample.not_ready().findings
    )
    return assessment(blank, (), target="pilot")


def at_scale() -> Assessment:
    """Everything is met, up to the last stage."""
    met: tuple[Finding, ...] = tuple(
        f._replace(outcome=Outcome.MET, proven=Level.YES, claimed=Level.YES) for f in sample.ready().findings
    )
    return assessment(met, (), target="scale")


SAMPLES = [sample.ready, sample.not_ready, unanswered, at_scale]


def loaded(made: Assessment) -> Report:
    report: Report = json.loads(render(made, "json"))
    return report


def in_stages(report: Report, stages: list[str]) -> list[Report]:
    return [f for f in report["findings"] if f["stage"] in stages and f["outcome"] != "not_applicable"]


def shares(report: Report, stages: list[str]) -> dict[str, tuple[int, int, int]]:
    """For each dimension the half points that are proven, claimed and possible."""
    result = {}
    for dimension in report["dimensions"]:
        mine = [f for f in in_stages(report, stages) if f["dimension"] == dimension["id"]]
        weights = [report["scoring"]["weights"][f["severity"]] for f in mine]
        result[dimension["id"]] = (
            sum(w * HALF_POINTS.get(f["outcome"], 0) for w, f in zip(weights, mine, strict=True)),
            sum(w * LEVELS[f["claimed"]] for w, f in zip(weights, mine, strict=True)),
            sum(w * 2 for w in weights),
        )
    return result


def blocked(report: Report, stage: str) -> bool:
    return any(
        f["severity"] == "blocker"
        and f["outcome"] != "met"
        and (f["waiver"] is None or f["waiver"]["status"] != "in_force")
        for f in in_stages(report, [stage])
    )


def reached(report: Report) -> list[str]:
    """The stages that are reached, the lowest first."""
    stages = list(report["scoring"]["thresholds"])
    result: list[str] = []
    for stage, threshold in report["scoring"]["thresholds"].items():
        below = stages[: stages.index(stage) + 1]
        scored = [(earned, possible) for earned, _, possible in shares(report, below).values() if possible]
        high = all(Fraction(earned * 100, possible) >= (threshold or 0) for earned, possible in scored)
        if not scored or not high or blocked(report, stage):
            break
        result.append(stage)
    return result


@pytest.mark.parametrize("make", SAMPLES)
def test_scores_can_be_recomputed(make: Callable[[], Assessment]) -> None:
    report = loaded(make())
    stages = list(report["scoring"]["thresholds"])
    counted = shares(report, stages[: stages.index(report["target"]) + 1])
    proven = []
    for dimension in report["dimensions"]:
        earned, claimed, possible = counted[dimension["id"]]
        assert (dimension["earned"], dimension["claimed_earned"], dimension["possible"]) == (earned, claimed, possible)
        assert dimension["proven"] == (earned * 100 // possible if possible else None)
        assert dimension["claimed"] == (claimed * 100 // possible if possible else None)
        proven += [(Fraction(earned * 100, possible), dimension["id"])] if possible else []
    lowest = min(value for value, _ in proven)
    assert report["score"]["weakest"]["proven"] == int(lowest)
    assert (lowest, report["score"]["weakest"]["dimension"]) in proven
    assert report["score"]["proven"] == int(sum(value for value, _ in proven) / len(proven))


@pytest.mark.parametrize("make", SAMPLES)
def test_the_verdict_can_be_recomputed(make: Callable[[], Assessment]) -> None:
    report = loaded(make())
    stages = reached(report)
    assert report["verdict"]["stage"] == (stages[-1] if stages else "proof_of_concept")
    assert report["verdict"]["ready"] is (report["target"] in stages)
    assert [s["id"] for s in report["stages"] if s["reached"]] == stages


@pytest.mark.parametrize("make", SAMPLES)
def test_report_keeps_its_schema(make: Callable[[], Assessment]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(loaded(make()))


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
