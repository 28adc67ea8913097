"""Checklist files: the shipped ones, and every fault of one that is written wrongly."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import document
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.errors import InputError
from readiness.library import shelf
from readiness.loaders.checklist import build, check
from readiness.pipeline import practices
from readiness.schema_check import schema_faults
from readiness.schemas import schema

SHIPPED = sorted(p for p in shelf().glob("*/*.yaml") if p.parent.name != "practices")
GOOD = """id: own
version: "1.0.0"
title: Our ruler
released: 2026-11-01
scoring:
  scheme: {within: share, across: mean, rounding: down}
  weights: {blocker: 3, major: 2, minor: 1}
  default_proof: documented
  attestation_age: 365d
dimensions: [{id: monitoring, title: Monitoring}]
stages: [{id: pilot, title: Pilot}, {id: production, title: Production, threshold: 60}]
controls:
  - id: drift
    dimension: monitoring
    title: Drift is measured
    met_when: {all: [drift_detection, {alerting: partial}]}
    stage: pilot
    severity: blocker
    effort: days
    why: It goes wrong.
    fix: Measure it.
  - id: runbook
    dimension: monitoring
    title: There is a runbook
    met_when: runbook
    stage: production
    severity: minor
    effort: hours
    needs: [drift]
    why: People need it.
    fix: Write it.
"""


def faults(text: str) -> list[tuple[int, int, str]]:
    try:
        check(document(text), practices())
    except InputError as error:
        return [(d.line, d.column, d.message) for d in error.diagnostics]
    return []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_shipped_checklists_are_faultless(path: Path) -> None:
    read = document(path.read_bytes())
    check(read, practices())
    made = build(read.data, read.digest)
    assert (made.id, made.version) == (path.parent.name, path.stem)


def test_a_good_one() -> None:
    assert faults(GOOD) == []
    assert schema_faults(document(GOOD), schema("checklist", {})) == []
    empty = "needs:\n    references:\n    applies_when:\n    proof:\n    max_age:"
    made = build(document(GOOD.replace("needs: [drift]", empty)).data, "")
    assert (made.controls[1].needs, made.controls[1].references, made.changes) == ((), (), ())
    assert build(document(GOOD.replace("[drift]", "drift")).data, "").controls[1].needs == ("drift",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: own", "id: Own Ruler", (1, 5, "`Own Ruler` cannot be an id")),
        ('"1.0.0"', "1.0", (2, 10, "`version` must be three numbers, not the number 1.0")),
        ('"1.0.0"', '"1.0"', (2, 10, "`version` must be three numbers, not the text `1.0`")),
        ("2026-11-01", "2026-11-31", (4, 11, "`released`: there is no day 2026-11-31")),
        ("across: mean", "across: average", (6, 35, "`across` must be one of `mean`, `minimum`")),
        ("blocker: 3", "blocker: 0", (7, 22, "a weight must be a whole number from 1 to 1,000, not the number 0")),
        ("365d", "a year", (9, 20, "`attestation_age` must be a number of days, not the text `a year`")),
        ("threshold: 60", "threshold: 101", (11, 84, "a threshold must be a whole number of percent from 0 to 100, not the number 101")),
        ("{id: pilot, title: Pilot}", "{id: 5, title: Pilot}", (11, 15, "`id` must be text, not the number 5")),
        ("- id: drift", "- id: 5", (13, 9, "`id` must be text, not the number 5")),
        ("drift_detection,", "drift_detecton,", (16, 22, "unknown practice `drift_detecton`")),
        ("{alerting: partial}", "{alerting: half}", (16, 50, "`alerting` must be asked for with `partial`, `yes`")),
        ("{alerting: partial}", "{alertng: partial}", (16, 40, "unknown practice `alertng`")),
        ("stage: pilot", "stage: pilto", (17, 12, "`stage` must be one of `pilot`, `production`")),
        ("severity: blocker", "severity: critical", (18, 15, "`severity` must be one of `blocker`, `major`, `minor`")),
        ("why: It goes wrong.", "why: tbd", (20, 10, "`why` of the control `drift` says nothing: `tbd`")),
        ("- id: runbook", "- id: drift", (22, 9, "the control `drift` stands twice, first on line 13")),
        ("needs: [drift]", "needs: [drfit]", (29, 13, "the control `runbook` needs `drfit`, which is no control here")),
        ("needs: [drift]", "needs: runbook", (29, 12, "the control `runbook` needs itself, directly or by way of others")),
        ("needs: [drift]", "references: [{source: [a], id: x}]", (29, 27, "`source` must be text, not a list")),
        ("needs: [drift]", "applies_when: {system: robot}", (29, 28, "`system` must be one of `predictive`, `generative`, `agentic`")),
        ("stage: production", "stage: pilot", (11, 1, "no control belongs to the stage `production`, so it would be reached with the one below it")),
        ("- id: drift", "- 5\n  - id: drift", (13, 5, "a control holds fields, not the number 5")),
    ],
)  # fmt: skip
def test_faults(old: str, new: str, expected: tuple[int, int, str]) -> None:
    assert expected in faults(GOOD.replace(old, new, 1))


FULL = GOOD.replace(
    "stages:",
    """base: {id: begun, title: Begun}
source: {title: A norm, edition: "2020", note: Ours}
requirements: [{id: "1.1", title: One}, {id: "1.2", title: Two, outside: It is about people}]
aliases: {old-drift: drift}
stages:""",
).replace(
    "    needs: [drift]\n",
    """    needs: [drift]
    requirement: "1.1"
    enforce_from: [{date: 2026-01-01, when: {risk: high}}, {date: 2027-01-01}]
""",
)


def test_a_full_one() -> None:
    assert faults(FULL) == []
    assert schema_faults(document(FULL), schema("checklist", {})) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: begun", "id: pilot", (11, 12, "`pilot` is a stage, and `base` lies below all of them")),
        ("base: {id: begun, title: Begun}", "base: begun", (11, 7, "`base` must hold fields, not the text `begun`")),
        ("base: {id: begun, title: Begun}\n", "", None),
        ("title: A norm, ", "", (12, 9, "`source` lacks `title`")),
        ("note: Ours", "note: tbd", (12, 48, "`note` of `source` says nothing: `tbd`")),
        ("note: Ours", "note: Ours, url: ''", (12, 59, "`url` of `source` is empty")),
        (", outside: It is about people", "", (13, 46, "no control judges the requirement `1.2`")),
        ("outside: It is about people", "outside: ' '", (13, 74, "`outside` of a requirement is empty")),
        ('requirement: "1.1"', 'requirement: ["1.1", "1.2"]', (13, 65, "the requirement `1.2` is outside, and yet a control judges it")),
        ('requirement: "1.1"', 'requirement: "1.3"', (34, 18, "the control `runbook` judges `1.3`, which is none of the `requirements`")),
        ('{id: "1.2"', '{id: "1.1"', (13, 46, "the requirement `1.1` stands twice")),
        ('[{id: "1.1", title: One}', "[One, {id: '1.1', title: One}", (13, 16, "each requirement holds fields, not the text `One`")),
        ("old-drift: drift", "old-drift: drfit", (14, 22, "`drfit` is no control here")),
        ("old-drift: drift", "old-drift: ' drift'", (14, 22, "` drift` is no control here")),
        ("old-drift: drift", "old-drift: ", (14, 11, "`old-drift` of `aliases` has no value")),
        ("old-drift: drift", "runbook: drift", (14, 11, "`runbook` is a control here, so it cannot be a former id")),
        ("when: {risk: high}", "when: {risk: higher}", (35, 52, "`risk` must be one of `minimal`, `limited`, `high`")),
        (", when: {risk: high}", "", (35, 20, "only the last entry of `enforce_from` goes without `when`")),
        ("{date: 2027-01-01}", "{date: 2027-01-01, when: {risk: high}}", (35, 60, "the last entry of `enforce_from` holds under any facts, so it has no `when`")),
        ("{date: 2027-01-01}", "{date: 2027-13-01}", (35, 67, "`date`: there is no day 2027-13-01")),
        ("{date: 2027-01-01}", "2027-01-01", (35, 60, "each entry of `enforce_from` holds fields, not the text `2027-01-01`")),
        ("{date: 2027-01-01}", "{}", (35, 60, "an entry of `enforce_from` lacks `date`")),
        ("[{date: 2026-01-01, when: {risk: high}}, {date: 2027-01-01}]", "[]", (35, 19, "`enforce_from` is empty")),
        ("[{date: 2026-01-01, when: {risk: high}}, {date: 2027-01-01}]", "soon", (35, 19, "`enforce_from` must be a date, not the text `soon`")),
        ("needs: [drift]", "needs: ''", (33, 12, "`needs` of the control `runbook` is empty")),
        ("    effort: hours\n", "    effort: hours\n    since: 1.0\n", (33, 12, "`since` must be three numbers, not the number 1.0")),
        ("    effort: hours\n", "    effort: hours\n    max_age: 30\n", (33, 14, "`max_age` must be a number of days, not the number 30")),
        ("id: own", "id: ' own'", (1, 5, "` own` cannot be an id")),
        ("id: own", "id: own\nextend: core@1.0.0", (2, 1, "unknown field `extend` in a checklist")),
    ],
)  # fmt: skip
def test_faults_of_a_full_one(old: str, new: str, expected: tuple[int, int, str] | None) -> None:
    assert old in FULL
    found = faults(FULL.replace(old, new, 1))
    assert found == [] if expected is None else expected in found


def test_the_usual_base_is_no_stage() -> None:
    said = "`proof_of_concept` is where a project stands that has reached no stage"
    assert (11, 1, said) in faults(
        GOOD.replace("id: pilot", "id: proof_of_concept").replace("stage: pilot", "stage: proof_of_concept")
    )


@pytest.mark.parametrize(
    "condition",
    ["{all: [drift_detection, {alerting: partial}]}", "{all: [{alerting: partial}, drift_detection]}",
     "{all: [{any: [drift_detection]}, {alerting: partial}, drift_detection]}", "{any: [{all: [drift_detection, {alerting: partial}]}]}"],
)  # fmt: skip
def test_twins_are_told_however_they_are_written(condition: str) -> None:
    text = GOOD.replace("met_when: runbook", f"met_when: {condition}")
    assert (25, 15, "the control `runbook` has the same condition as `drift`") in faults(text)


@pytest.mark.parametrize(
    "change",
    [("met_when: runbook", "met_when: {all: [drift_detection, alerting]}"),
     ("met_when: runbook", "met_when: {any: [drift_detection, {alerting: partial}]}"),
     ("met_when: runbook", "met_when: {all: [drift_detection, {alerting: partial}]}\n    applies_when: {risk: high}")],
)  # fmt: skip
def test_what_differs_a_little_is_no_twin(change: tuple[str, str]) -> None:
    assert faults(GOOD.replace(*change)) == []


@pytest.mark.parametrize(
    ("text", "what"), [("- a\n", "a list"), ("5\n", "the number 5"), ("core\n", "the text `core`")]
)
def test_a_file_that_is_no_checklist(text: str, what: str) -> None:
    assert faults(text) == [(1, 1, f"a checklist holds fields, not {what}")]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.sampled_from(["", "a", "drift", "180d", "tbd", "yes"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "all", "any", "x"]), inner),
    max_leaves=5,
)
KEYS = [
    "id", "version", "title", "released", "changes", "scoring", "dimensions", "stages", "controls", "base", "source",
    "requirements", "aliases",
]  # fmt: skip
CONTROL = [
    "id", "dimension", "title", "met_when", "stage", "severity", "proof", "max_age", "applies_when", "effort",
    "needs", "why", "fix", "references", "requirement", "since", "enforce_from",
]  # fmt: skip
SCORING = ["scheme", "unit", "bands", "weights", "default_proof", "attestation_age"]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([("", k) for k in KEYS] + [("controls", k) for k in CONTROL] + [("scoring", k) for k in SCORING]),
    ANYTHING,
)
def test_what_is_found_faultless_can_be_built(place: tuple[str, str], value: Any) -> None:
    data = json.loads(json.dumps(document(FULL).data))
    within = {"": data, "controls": data["controls"][1], "scoring": data["scoring"]}[place[0]]
    within[place[1]] = value
    read = document(json.dumps(data))
    try:
        check(read, practices())
    except InputError:
        return
    build(read.data, read.digest)
    assert schema_faults(read, schema("checklist", {})) == []
