"""The published schemas: valid in themselves, and equal to what the loaders accept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers import FULL, document, faults
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from readiness.library import shelf
from readiness.pipeline import practices
from readiness.schema_check import schema_faults
from readiness.schemas import schema, schema_text

NAMES = ("project", "checklist", "practice", "report")
PROJECT = Draft202012Validator(schema("project", practices()))
SHIPPED = sorted(shelf().glob("practices/*/*.yaml"))
CHECKLISTS = sorted(p for p in shelf().glob("*/*.yaml") if p.parent.name != "practices")

BEYOND = re.compile(
    "|".join(
        [
            r"there is no day",  # a date that does not exist
            r"says nothing:|`not_applicable` needs a reason",  # words that say nothing
            r"`min` is greater than `max`",
            r"is answered twice|stands beside `entries`",  # one answer in two ways
            r"has no control|names no control|is waived twice",  # controls
            r"must be someone other than its owner",
            r"an evidence path|needs the path of a file",  # the forms of a path
            r"`(up_to|target)` must be one of",  # the stages of a checklist
        ]
    )
)
"""What a JSON Schema of the format cannot express; only the loader finds these."""


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_a_schema(name: str) -> None:
    found = json.loads(schema_text(name, practices()))
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["title"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_practices_fit_their_schema(path: Path) -> None:
    assert schema_faults(document(path.read_bytes()), schema("practice", {})) == []


@pytest.mark.parametrize("path", CHECKLISTS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_shipped_checklists_fit_their_schema(path: Path) -> None:
    assert schema_faults(document(path.read_bytes()), schema("checklist", {})) == []


OVERLAY: dict[str, Any] = {
    "id": "acme", "version": "1.0.0", "title": "Ours", "released": "2026-11-01", "extends": "core@1.0.0",
    "remove": [{"control": "alerts", "because": "Others watch."}],
    "override": [{"control": "drift", "severity": "major", "because": "So."},
                 {"stage": "production", "threshold": 70, "because": "So."}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, None),
        ({"changes": None, "scoring": {"attestation_age": "90d"}}, None),
        ({"version": None}, "`version` must be text"),
        ({"controls": []}, "unknown key `controls`"),
        ({"stages": []}, "unknown key `stages`"),
        ({"remove": [{"control": "alerts"}]}, "element 1 of `remove` lacks `because`"),
        ({"remove": ["alerts"]}, "element 1 of `remove` must be a mapping"),
        ({"override": [{"control": "drift", "proof": "signed", "because": "So."}]}, "element 1 of `override` has none"),
        ({"override": [{"control": "drift", "id": "other", "because": "So."}]}, "element 1 of `override` has none"),
        ({"override": [{"stage": "production", "because": "So."}]}, "element 1 of `override` has none"),
        ({"add": [{"id": "own", "because": "So."}]}, "element 1 of `add` lacks"),
        ({"scoring": {"weights": {"blocker": 1}}}, "unknown key `weights`"),
    ],
    ids=str,
)  # fmt: skip
def test_an_overlay_has_a_schema_of_its_own(change: dict[str, Any], message: str | None) -> None:
    found = [
        fault.message for fault in schema_faults(document(json.dumps({**OVERLAY, **change})), schema("checklist", {}))
    ]
    assert found == [] if message is None else any(said.startswith(message) for said in found), found


def test_without_extends_a_checklist_is_whole() -> None:
    data = {key: value for key, value in OVERLAY.items() if key != "extends"}
    found = {fault.message for fault in schema_faults(document(json.dumps(data)), schema("checklist", {}))}
    needed = {f"the file lacks `{name}`" for name in ("scoring", "dimensions", "controls")}
    assert found == {*needed, "unknown key `remove`", "unknown key `override`"}


def test_a_full_description_fits() -> None:
    assert schema_faults(document(FULL), schema("project", practices())) == []


def test_every_practice_bears_its_question() -> None:
    properties = schema("project", practices())["properties"]
    for practice in practices().values():
        assert properties[practice.dimension]["properties"][practice.id]["description"]


# --------------------------------------------------------------------------- schema against loader

TEXT = st.sampled_from(["a", "docs/a.md", "see, there", "tbd", "", " ", "x y"])
WRONG: st.SearchStrategy[Any] = st.sampled_from([None, True, False, 5, 2.5, "", "yes", "5", [], {}, ["a"], {"a": 1}])
DAY = st.sampled_from(["2026-01-31", "2026-02-30", "2026-1-1", "2026-01-31\n", "20260131"])
NUMBER = st.sampled_from([0, 1, -2, 3.5, 10**30])


def fields(known: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """A mapping with some of the fields; now and then a wrong value or an unknown field."""
    dice = st.integers(0, 14)
    held = {
        key: st.tuples(dice, value, WRONG).map(lambda drawn: drawn[1] if drawn[0] else drawn[2])
        for key, value in known.items()
    }
    return st.tuples(
        st.fixed_dictionaries({}, optional=held), st.sampled_from([*[{}] * 20, {"extra": 1}, {"extra": None}])
    ).map(lambda parts: {**parts[0], **parts[1]})


PIECE = st.one_of(
    TEXT,
    st.sampled_from(["/etc", "../x", "https://x.example"]),
    fields(
        {
            "path": TEXT,
            "at": st.sampled_from(["/a", " /a", "Drift", "L2"]),
            "as_of": DAY,
            "min": NUMBER,
            "max": NUMBER,
            "url": st.just("https://x"),
        }
    ),
)
EVIDENCE = st.one_of(PIECE, st.lists(st.one_of(PIECE, PIECE, WRONG), max_size=2))
BESIDE = {
    "answer": st.sampled_from(["yes", "no", "partial", True, False, "on"]),
    "not_applicable": st.sampled_from(["a batch job", "tbd", "yes"]),
    "evidence": EVIDENCE,
    "attested": fields({"by": TEXT, "date": DAY, "link": TEXT}),
    "note": TEXT,
    "owner": TEXT,
    "due": DAY,
    "up_to": st.sampled_from(["pilot", "trial"]),
}
ENTRY = {
    "name": TEXT,
    "unit": TEXT,
    "min": NUMBER,
    "max": NUMBER,
    "baseline": NUMBER,
    "actual": st.one_of(
        NUMBER, fields({"path": TEXT, "at": st.sampled_from(["/a", "a"]), "min": NUMBER, "url": st.just("u")})
    ),
    "as_of": DAY,
}
ENTRIES = st.lists(st.one_of(fields({**ENTRY, "evidence": EVIDENCE}), WRONG), max_size=2)
RECORDS = st.lists(
    st.one_of(fields({"name": TEXT, "owner": TEXT, "contract": TEXT, "refresh": NUMBER, "as_of": DAY}), WRONG),
    max_size=2,
)
SHORT = st.sampled_from(["yes", "no", "partial", True, None, "maybe"])
WAIVER = st.one_of(
    st.fixed_dictionaries(
        {
            "control": st.sampled_from(["drift", "core:drift", "nothing", "core:"]),
            "reason": TEXT,
            "owner": st.sampled_from(["a", "b", ""]),
            "approved_by": st.sampled_from(["b", "B"]),
            "expires": DAY,
        }
    ),
    fields({"control": TEXT, "reason": TEXT}),
)
FACTS = fields(
    {
        "system": st.sampled_from(["predictive", "agentic", "none"]),
        "serving": st.sampled_from(["batch", ["batch", "edge"], ["batch", None], [], "all"]),
        "personal_data": st.sampled_from([True, "yes", "no", "maybe"]),
        "acts": st.sampled_from(["none", "no", False]),
    }
)
DESCRIPTIONS = st.fixed_dictionaries(
    {"readiness": st.sampled_from([1, 1, 1, 1, 1.0, True, "1", 2, None]), "project": st.just({"name": "churn"})},
    optional={
        "facts": FACTS,
        "assess": fields({"checklist": st.just("core@1"), "target": st.sampled_from(["pilot", "x"])}),
        "monitoring": fields({"on_call": st.one_of(SHORT, fields(BESIDE)), "runbook": SHORT}),
        "infrastructure": fields(
            {"latency_objective": st.one_of(SHORT, ENTRIES, fields({**BESIDE, **ENTRY, "entries": ENTRIES}))}
        ),
        "data_pipelines": fields({"data_sources": st.one_of(SHORT, RECORDS, fields({**BESIDE, "entries": RECORDS}))}),
        "waivers": st.one_of(st.lists(WAIVER, max_size=2), WRONG),
    },
)
HEADS = st.one_of(
    fields({"name": TEXT, "summary": TEXT, "owner": TEXT, "model": fields({"name": TEXT, "trained": DAY})}), WRONG
).map(lambda head: {"readiness": 1, "project": head})


def check(data: Any) -> None:
    fits = PROJECT.is_valid(data)
    found = faults(json.dumps(data))
    if fits:
        strange = [d.head() for d in found if not BEYOND.search(d.message)]
        assert not strange, (data, strange)
    else:
        assert found, (data, [error.message for error in PROJECT.iter_errors(data)])


@settings(max_examples=400, deadline=None)
@given(DESCRIPTIONS)
def test_the_loader_accepts_what_the_schema_accepts(data: Any) -> None:
    check(data)


@settings(max_examples=100, deadline=None)
@given(HEADS)
def test_the_loader_accepts_the_heads_that_the_schema_accepts(data: Any) -> None:
    check(data)
