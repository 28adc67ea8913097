"""Overlays: what they make of their base, and every fault in one."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import document
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import ADDED, HEAD, WHOLE, told

from readiness.errors import InputError
from readiness.loaders import checklist as whole
from readiness.loaders import overlay, overlay_faults
from readiness.model import Checklist, Proof, Removed, Severity, Stage, Step
from readiness.pipeline import practices
from readiness.schema_check import schema_faults
from readiness.schemas import schema

Fault = tuple[int, int, str, str | None]
REMOVE = "remove: [{control: alerts, because: Not ours.}]\n"
SUM = WHOLE.replace("within: share", "within: sum").replace("threshold: 60", "threshold: 5")


def base(text: str = WHOLE) -> Checklist:
    read = document(text, "own.yaml")
    whole.check(read, practices())
    return whole.build(read.data, read.digest)


def made(body: str, of: Checklist | None = None) -> Checklist:
    read, below = document(HEAD + body, "acme.yaml"), of or base()
    overlay_faults.check(read, below, practices())
    return overlay.build(read.data, read.digest, below)


def faults(body: str, of: Checklist | None = None) -> list[Fault]:
    try:
        made(body, of)
    except InputError as error:
        return told(error)
    return []


# --------------------------------------------------------------------------- what it makes


def test_an_overlay_adds_removes_and_changes() -> None:
    found = made(
        f"""scoring: {{default_proof: attested, attestation_age: 90d}}
dimensions: [{{id: cost, title: Cost}}]
add: [{{id: charts, {ADDED}}}]
remove: [{{control: alerts, because: Others watch.}}]
override:
  - {{control: drift, severity: major, proof: verified, needs: [charts], title: A title that is longer than that, because: It is young.}}
  - {{stage: production, threshold: 80, because: We ask more.}}
"""
    )
    assert [control.id for control in found.controls] == ["drift", "runbook", "charts"]
    drift, runbook, charts = found.controls
    assert (drift.severity, drift.proof, drift.needs) == (Severity.MAJOR, Proof.VERIFIED, ("charts",))
    assert drift.title == "A title that is longer than that"
    assert runbook == base().controls[1]
    assert (charts.proof, charts.history) == (Proof.ATTESTED, (Step("acme@1.0.0", "added", "We look."),))
    assert found.stages == (Stage("pilot", "Pilot", None), Stage("production", "Production", 80))
    assert [dimension.id for dimension in found.dimensions] == ["monitoring", "cost"]
    assert found.removed == (Removed("alerts", "Alerts reach someone", "acme@1.0.0", "Others watch."),)
    assert (found.id, found.version, found.attestation_age, found.layers) == ("acme", "1.0.0", 90, ("own@1.0.0",))


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ("severity: major", "changed `severity` blocker → major"),
        ("proof: verified, max_age: 90d", "changed `proof` documented → verified, `max_age` none → 90"),
        ("needs: [alerts]", "changed `needs`"),
        ("title: A title of more than twenty characters", "changed `title`"),
        ("met_when: {drift_detection: partial}", "changed `met_when`"),
    ],
)
def test_the_history_names_what_changed(fields: str, change: str) -> None:
    found = made(f"override: [{{control: drift, {fields}, because: So it is.}}]\n")
    assert found.controls[0].history == (Step("acme@1.0.0", change, "So it is."),)


def test_an_overlay_over_an_overlay_keeps_the_history() -> None:
    first = made(f"add: [{{id: charts, {ADDED}}}]\n" + REMOVE)
    second = made("override: [{control: charts, severity: major, because: More.}]\n", first._replace(id="below"))
    assert second.layers == ("below@1.0.0", "own@1.0.0")
    assert [removed.control for removed in second.removed] == ["alerts"]
    assert [step.change for step in second.controls[-1].history] == ["added", "changed `severity` minor → major"]


def test_the_digest_covers_the_base() -> None:
    assert made(REMOVE).digest == made(REMOVE).digest
    assert made(REMOVE).digest != made(REMOVE, base(WHOLE + "# a word\n")).digest


def test_a_removed_control_may_come_back_as_another() -> None:
    body = f"remove: [{{control: drift, because: Ours is better.}}]\nadd: [{{id: drift, {ADDED}}}]\n"
    assert [control.title for control in made(body).controls][-1] == "Charts are kept"


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", (5, 1, "nothing is added, removed or changed", "use the checklist itself")),
        ("dimensions: [{id: cost, title: Cost}]\n", (5, 1, "nothing is added, removed or changed", "use the checklist itself")),
        ("remove: [{control: alert, because: Not ours.}]\n", (6, 20, "`own@1.0.0` has no control `alert`", "did you mean `alerts`?")),
        ("remove: [{control: zzz, because: Not ours.}]\n", (6, 20, "`own@1.0.0` has no control `zzz`", "`readiness checklist show own@1.0.0` lists what it has")),
        ("remove: [{control: alerts}]\n", (6, 10, "what is removed lacks `because`", "add `because: ...`")),
        ("remove: [{control: alerts, because: tbd}]\n", (6, 37, "`because` of what is removed says nothing: `tbd`", "write what is really so, or leave it out")),
        ("remove: [{control: drift, because: Not ours.}]\n", (6, 20, "the control `runbook` needs `drift`", "override `needs` of `runbook`, or keep `drift`")),
        ("remove: [{control: alerts, because: So.}, {control: alerts, because: So.}]\n", (6, 53, "`alerts` is removed twice", None)),
        ("remove: alerts\n", (6, 9, "`remove` must be a list, not the text `alerts`", "begin each entry on its own line with `- `")),
        ("remove: [alerts]\n", (6, 10, "what is removed holds fields, not the text `alerts`", None)),
        ("override: [{control: dirft, severity: major, because: So.}]\n", (6, 22, "`own@1.0.0` has no control `dirft`", "did you mean `drift`?")),
        ("override: [{control: drift, severity: major}]\n", (6, 12, "an override lacks `because`", "add `because: ...`")),
        ("override: [{control: drift, because: So.}]\n", (6, 12, "the override of `drift` changes nothing", "name a field, such as `severity`")),
        ("override: [{control: drift, severity: blocker, because: So.}]\n", (6, 29, "`severity` of `drift` has that value already", "leave it out")),
        ("override: [{control: drift, applies_when: , severity: minor, because: So.}]\n", (6, 29, "`applies_when` of an override has no value", "write it behind `applies_when:`")),
        ("override: [{control: drift, id: other, because: So.}]\n", (6, 29, "an override cannot change `id`", "remove the control, and add one of your own")),
        ("override: [{control: drift, severity: major, because: So.}, {control: drift, effort: hours, because: So.}]\n", (6, 71, "`drift` is overridden twice", "put both changes into one entry")),
        (REMOVE + "override: [{control: alerts, severity: minor, because: So.}]\n", (7, 22, "`alerts` is removed, so it cannot be changed", None)),
        ("override: [{control: runbook, needs: [drfit], because: So.}]\n", (6, 39, "the control needs `drfit`, which is no control here", "did you mean `drift`?")),
        ("override: [{control: drift, needs: [runbook], because: So.}]\n", (6, 36, "the control `drift` needs itself, directly or by way of others", None)),
        (f"add: [{{id: charts, needs: [runbook], {ADDED}}}]\noverride: [{{control: drift, needs: charts, because: So.}}]\n",
         (6, 27, "the control `charts` needs itself, directly or by way of others", None)),
        ("override: [{control: drift, met_when: runbok, because: So.}]\n", (6, 39, "unknown practice `runbok`", "did you mean `runbook`?")),
        ("override: [{control: drift, met_when: {all: [alerting]}, because: So.}]\n",
         (6, 39, "the control `drift` has the same condition as `alerts`", "ask for something else, or judge both by one control")),
        ("override: [{stage: prodction, threshold: 70, because: So.}]\n", (6, 20, "`own@1.0.0` has no stage `prodction`", "did you mean `production`?")),
        ("override: [{stage: production, threshold: 60, because: So.}]\n", (6, 32, "`threshold` of `production` has that value already", "leave it out")),
        ("override: [{stage: production, threshold: 70, because: So.}, {stage: production, threshold: 75, because: So.}]\n",
         (6, 70, "the stage `production` is overridden twice", None)),
        ("override: [{stage: production, threshold: 170, because: So.}]\n", (6, 43, "a threshold must be a whole number from 0 to 100, not the number 170", None)),
        ("override: [{stage: production, because: So.}]\n", (6, 12, "an override of a stage lacks `threshold`", "add `threshold: ...`")),
        ("override: [{control: drift, stage: production, because: So.}]\n", (6, 1, "no control is left of the stage `pilot`, so it would be reached with the one below it", None)),
        (f"add: [{{id: drift, {ADDED}}}]\n", (6, 12, "`own@1.0.0` has a control `drift` already", "change it under `override`, or give yours another id")),
        (f"add: [{{id: guide, {ADDED}}}]\n", (6, 12, "`guide` is a former id of `runbook` in `own@1.0.0`", "give yours another id")),
        (f"add: [{{id: charts, {ADDED}}}, {{id: charts, {ADDED}}}]\n".replace("met_when: dashboards", "met_when: on_call", 1), (6, 180, "the control `charts` stands twice, first on line 6", None)),
        (f"add: [{{id: charts, {ADDED}}}]\n".replace("met_when: dashboards", "met_when: {any: [runbook, runbook]}"),
         (6, 77, "the control `charts` has the same condition as `runbook`", "ask for something else, or judge both by one control")),
        (f"add: [{{id: charts, {ADDED}}}]\n".replace(", because: We look.", ""), (6, 7, "an added control lacks `because`", "add `because: ...`")),
        (REMOVE + "dimensions: [{id: monitoring, title: Mine}]\n", (7, 19, "`own@1.0.0` has a dimension `monitoring` already", "list only those that you add")),
        ("scoring: {default_proof: claimed}\n", (6, 11, "`default_proof` is that of the added controls, and none is added", "override `proof` of the controls that you mean")),
        ("scoring: {attestation_age: 365d}\n", (6, 11, "`attestation_age` has that value already", "leave it out")),
        ("scoring: {weights: {blocker: 9}}\n" + REMOVE, (6, 11, "unknown field `weights` in `scoring` of a checklist that extends another", "text with a comma or a colon inside {...} must be quoted")),
        ("controls: []\n" + REMOVE, (6, 1, "unknown field `controls` in a checklist that extends another", "known here: `id`, `version`, `title`, `released`, `changes`, `extends`, `scoring`, `dimensions`, `aliases`, `waivers`, `add`, `remove`, `override`")),
    ],
)  # fmt: skip
def test_faults(body: str, expected: Fault) -> None:
    assert expected in faults(body)


def test_an_overlay_is_told_from_its_base() -> None:
    of = base()._replace(id="acme")
    said = "this checklist extends `acme@1.0.0`, and bears the same id and version"
    assert faults(REMOVE, of) == [(1, 5, said, "give it an id of its own, or a higher version")]


def test_what_a_layer_below_removed_is_said_to_be_removed() -> None:
    of = made(REMOVE)._replace(version="0.9.0")
    assert faults("override: [{control: alerts, severity: minor, because: So.}]\n", of) == [
        (6, 22, "`acme@0.9.0` has no control `alerts`", "`acme@1.0.0` removed it")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (REMOVE, (6, 1, "`production`: no project can reach this stage: a dimension has 4 points up to it, and 5 are asked", "lower its `threshold` under `override`")),
        ("override: [{stage: production, threshold: 7, because: So.}]\n", (6, 43, "no project can reach this stage: a dimension has 6 points up to it, and 7 are asked", None)),
        ("override: [{control: drift, severity: minor, because: So.}]\n", (6, 1, "`production`: no project can reach this stage: a dimension has 4 points up to it, and 5 are asked", "lower its `threshold` under `override`")),
    ],
)  # fmt: skip
def test_a_threshold_in_points_must_stay_within_reach(body: str, expected: Fault) -> None:
    assert faults(body, base(SUM)) == [expected]
    assert faults(body) == []


def test_every_fault_is_told_at_once() -> None:
    found = faults("remove: [{control: drift}]\noverride: [{control: alertz, severity: fatal}]\nadd: [{id: A}]\n")
    assert {line for line, *_ in found} == {6, 7, 8}
    assert len(found) >= 8


# --------------------------------------------------------------------------- anything at all

GOOD: dict[str, Any] = {
    "id": "acme", "version": "2.0.0", "title": "T", "released": "2026-11-01", "changes": ["x"], "extends": "own@1.0.0",
    "scoring": {"default_proof": "documented", "attestation_age": "300d"},
    "dimensions": [{"id": "cost", "title": "C"}],
    "add": [{"id": "charts", "because": "b c", "dimension": "cost", "title": "t", "met_when": "dashboards",
             "stage": "pilot", "severity": "minor", "effort": "hours", "needs": ["drift"], "why": "w", "fix": "f"}],
    "remove": [{"control": "alerts", "because": "b c"}],
    "override": [{"control": "runbook", "severity": "major", "because": "b c", "needs": ["drift", "charts"],
                  "met_when": {"runbook": "partial"}}, {"stage": "production", "threshold": 70, "because": "b c"}],
}  # fmt: skip
WRONG: list[Any] = [
    None, True, 0, 5, -1, 2.5, 1e300, "", " ", "a", "drift", " drift ", "runbook", "180d", "tbd", "yes", "pilot", [],
    [[]], [None], [""], ["a"], ["drift", "drift"], [5], [{}], {}, {"a": None}, {"all": []}, {"any": 5},
    {"runbook": "partial"}, [{"id": "monitoring", "title": "b"}], [{"control": ["a"]}], [{"stage": "pilot"}],
    [{"control": "drift", "needs": {"a": 1}}], "\u0085",
]  # fmt: skip


def places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([at] if at else []), *(place for key, value in inner for place in places(value, (*at, key)))]


def fits(data: Any) -> bool:
    """Whether an overlay passes; what passes must build, and satisfy the published schema."""
    read = document(json.dumps(data))
    try:
        overlay_faults.check(read, base(), practices())
    except InputError as error:
        assert all(fault.line and fault.column for fault in error.diagnostics)
        return False
    overlay.build(read.data, read.digest, base())
    assert schema_faults(read, schema("checklist", {})) == [], data
    return True


def test_the_good_one_fits() -> None:
    assert fits(GOOD)


@pytest.mark.parametrize("place", [place for place in places(GOOD) if place != ("extends",)], ids=str)
def test_no_value_anywhere_is_an_unexpected_one(place: tuple[Any, ...]) -> None:
    for value in WRONG:
        data = json.loads(json.dumps(GOOD))
        within = data
        for step in place[:-1]:
            within = within[step]
        within[place[-1]] = value
        fits(data)


ANYTHING = st.recursive(
    st.sampled_from([value for value in WRONG if not isinstance(value, (list, dict))]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["control", "stage", "needs", "id", "because", "all"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["add", "remove", "override", "scoring", "dimensions"]), ANYTHING)
def test_what_is_found_faultless_can_be_built(key: str, value: Any) -> None:
    fits({**GOOD, key: value})
