"""The Code Quality report, held against what GitLab asks of each entry."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft7Validator

from readiness.model import Assessment, Location, Proof
from readiness.reports import render, render_all
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE

ENTRY = Draft7Validator(
    {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "engine_name": {"const": "readiness-report"},
            "description": {"type": "string", "minLength": 1, "maxLength": 1000},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    }
)
"""The fields that GitLab documents for its Code Quality report, and the engine's name, which Code Climate has."""


def entries(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    for each in found:
        assert list(ENTRY.iter_errors(each)) == []
    return found


@pytest.mark.parametrize("make", variants.ALL)
def test_the_open_gaps_and_no_others(make: Callable[[], Assessment]) -> None:
    made = make()
    report = variants.as_json(made)
    known = {each["control"]: each for each in report["findings"]}
    found = entries(render(made, "gitlab"))
    assert [each["check_name"].split("/")[1] for each in found] == report["plan"]
    assert set(report["plan"]) == set(variants.standing(report)["open"])
    for each, control in zip(found, report["plan"], strict=True):
        assert each["severity"] == known[control]["severity"]
        assert each["location"] == {"path": "project.yaml", "lines": {"begin": known[control]["location"]["line"]}}


def test_an_entry_in_full() -> None:
    first = entries(render(sample.not_ready(), "gitlab"))[3]
    assert first["description"] == (
        "Someone answers when it breaks (claimed, not proven). Its waiver expired: its last day was 2026-10-31. "
        "The attestation of 2025-06-01 is older than 365 days. A new attestation would pass."
    )
    lesser = sample.not_ready()._replace(accepted_proof=Proof.DOCUMENTED)
    assert entries(render(lesser, "gitlab"))[2]["description"] == (
        "Bad data stops the pipeline (not met). The answer is no. A check whose failure stops the pipeline, found in "
        "the repository, would pass. Judged by lesser proof: documented counts where the checklist asks for more."
    )


def test_nothing_open_is_an_empty_array() -> None:
    assert render(sample.ready()._replace(plan=()), "gitlab") == "[]\n"


def test_no_two_entries_share_a_fingerprint() -> None:
    first, second = sample.not_ready(), variants.unstaged()
    newer = first._replace(checklist=first.checklist._replace(version="1.1.0"))
    for together in ((first, second), (first, newer)):
        found = entries(render_all(together, "gitlab"))
        assert len({each["fingerprint"] for each in found}) == len(found) == sum(len(each.plan) for each in together)
    assert entries(render_all((first, second), "gitlab"))[0]["description"].startswith("core: Drift is measured")


def test_a_fingerprint_outlives_a_move() -> None:
    made = sample.not_ready()
    moved = made._replace(plan=tuple(f._replace(location=Location("project.yaml", 99, 1)) for f in made.plan))
    before, after = entries(render(made, "gitlab")), entries(render(moved, "gitlab"))
    assert [each["fingerprint"] for each in before] == [each["fingerprint"] for each in after]
    assert {each["location"]["lines"]["begin"] for each in after} == {99}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    report = render(sample.hostile(text), "gitlab")
    report.encode("utf-8")
    assert len(entries(report)) == len(sample.not_ready().plan)
