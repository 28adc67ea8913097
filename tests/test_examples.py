"""The example projects, end to end: each is assessed as a reader would assess it.

The stage that an example reaches, and whether it is ready, are fixed here by hand: they are what
the example is there to show. Its scores, weakest dimension, open blockers and waivers stand in
`examples/expected.json`, and in a line each what every shipped checklist says of it. After a change
that is meant to move them, write that file anew with
`READINESS_UPDATE_GOLDEN=1 pytest tests/test_examples.py` and read what has changed.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from readiness import assess, library
from readiness.inputs import read_inputs
from readiness.judging.gaps import is_gap
from readiness.model import Assessment, Evidence, Proof, Severity
from readiness.pipeline import assess_all
from readiness.reports import render, render_all, words
from readiness.steps.waive import waived
from tests.reports.recompute import recomputed, stated

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = EXAMPLES / "expected.json"
AS_OF = date(2026, 11, 22)
REACHED = {
    "booking-agent": ("proof_of_concept", False),
    "churn-batch": ("pilot", False),
    "demand-forecast": ("scale", True),
    "fraud-online": ("production", True),
    "minimal": ("proof_of_concept", False),
    "support-assistant": ("proof_of_concept", False),
}
SHOWS_WEAK_EVIDENCE = "support-assistant"
RULERS = tuple(f"{entry.id}@{entry.version}" for entry in library.shipped())


@cache
def assessed(name: str) -> Assessment:
    return assess(EXAMPLES / name / "project.yaml", as_of=AS_OF)


@cache
def judged(name: str) -> tuple[Assessment, ...]:
    """The same example by every shipped checklist, in one run."""
    return assess_all(EXAMPLES / name / "project.yaml", checklists=RULERS, as_of=AS_OF)


def line(result: Assessment) -> str:
    """What one checklist says: the verdict, or the score and its band; then the weakest dimension."""
    score, weakest = result.score, result.score.weakest
    if weakest is None:
        return words.verdict(result)
    figures = f"; {score.proven} proven, {score.claimed} claimed" if result.target is not None else ""
    least = f"; weakest {weakest.dimension.id} {weakest.proven}"
    return f"{words.verdict(result)}{figures}{least}; {words.count(len(result.plan), 'gap')}"


def summary(result: Assessment) -> dict[str, Any]:
    """What `expected.json` holds of an assessment."""
    assert result.target is not None
    order = [stage.id for stage in result.checklist.stages]
    asked = order[: order.index(result.target) + 1]
    weakest = result.score.weakest
    return {
        "target": result.target,
        "stage": result.verdict.stage,
        "ready": result.verdict.ready,
        "proven": result.score.proven,
        "claimed": result.score.claimed,
        "weakest": {"dimension": weakest.dimension.id, "proven": weakest.proven} if weakest else None,
        "open_blockers": [
            finding.control.id
            for finding in result.findings
            if finding.control.severity == Severity.BLOCKER
            and finding.control.stage in asked
            and is_gap(finding)
            and finding.control.id not in waived(result.waivers)
        ],
        "waivers_in_force": [waiver.waiver.control for waiver in result.waivers if waiver.status == "in_force"],
    }


def named(result: Assessment) -> Iterator[Evidence]:
    """Every piece of evidence that the description points to."""
    for state in result.practices:
        for pieces in (state.evidence, *(part.evidence for part in state.parts)):
            yield from (piece for piece in pieces if piece.kind != "answer")


def test_every_example_is_run() -> None:
    assert {path.parent.name for path in EXAMPLES.glob("*/project.yaml")} == set(REACHED)


@pytest.mark.parametrize("name", REACHED)
def test_the_description_is_without_fault(name: str) -> None:
    inputs = read_inputs(EXAMPLES / name / "project.yaml")
    assert inputs.rulers[0].checklist.id == "core"
    assert (inputs.rulers[0].unpinned is None) == (name != "minimal")


@pytest.mark.parametrize("name", REACHED)
def test_the_example_reaches_the_stage_that_it_is_there_to_show(name: str) -> None:
    verdict = assessed(name).verdict
    assert (verdict.stage, verdict.ready) == REACHED[name]


def test_scores_blockers_and_waivers_are_as_expected() -> None:
    found = {
        name: {**summary(assessed(name)), "by_checklist": dict(zip(RULERS, map(line, judged(name)), strict=True))}
        for name in sorted(REACHED)
    }
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        EXPECTED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", REACHED)
def test_every_figure_under_every_checklist_follows_from_the_json_report(name: str) -> None:
    for result in judged(name):
        report = json.loads(render(result, "json"))
        assert stated(report) == recomputed(report), report["checklist"]["id"]


@pytest.mark.parametrize("name", ["fraud-online", "booking-agent"])
def test_a_run_of_several_checklists_gives_what_each_gives_alone(name: str) -> None:
    place = EXAMPLES / name / "project.yaml"
    alone = [assess(place, checklist=pin, as_of=AS_OF) for pin in RULERS]
    assert [render(each, "json") for each in judged(name)] == [render(each, "json") for each in alone]
    turned = assess_all(place, checklists=RULERS[::-1], as_of=AS_OF)
    assert turned[::-1] == judged(name)
    reports = json.loads(render_all(judged(name), "json"))["assessments"]
    assert reports == [json.loads(render(each, "json")) for each in alone]


@pytest.mark.parametrize("name", sorted(set(REACHED) - {SHOWS_WEAK_EVIDENCE}))
def test_all_named_evidence_has_content(name: str) -> None:
    weak = [(piece.path, piece.problem) for piece in named(assessed(name)) if piece.proof == Proof.CLAIMED]
    assert weak == []


@pytest.mark.parametrize("name", REACHED)
def test_nothing_contradicts_the_repository(name: str) -> None:
    assert assessed(name).contradictions == ()


def test_many_claims_with_little_proof() -> None:
    result = assessed(SHOWS_WEAK_EVIDENCE)
    problems = {piece.problem for piece in named(result) if piece.proof == Proof.CLAIMED}
    assert (result.score.claimed or 0) >= 70
    assert (result.score.proven or 0) <= 25
    assert len(problems) >= 4


def test_the_waiver_is_needed() -> None:
    result = assessed("fraud-online")
    waived = [finding for finding in result.findings if finding.waiver]
    assert [(finding.control.id, is_gap(finding)) for finding in waived] == [("security_review", True)]
    assert all((score.proven or 0) >= (score.threshold or 0) for score in result.dimensions)
    late = assess(EXAMPLES / "fraud-online" / "project.yaml", as_of=date(2027, 4, 1))
    assert late.verdict.stage == "pilot"


def test_the_agent_meets_its_real_blockers() -> None:
    blockers = set(summary(assessed("booking-agent"))["open_blockers"])
    assert blockers >= {
        "action_safety",
        "agent_permissions",
        "audit_log",
        "cost_controls",
        "human_oversight",
        "kill_switch",
        "model_evaluated",
        "sandboxed_tools",
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.py")), ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_example_code_parses(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"))
