"""OSCAL assessment results: loaded by compliance-trestle, and what they count is what the JSON report counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from readiness.model import Assessment, Outcome
from readiness.reports import render, render_all, safe
from readiness.reports.oscal_parts import NAMESPACE
from tests.reports import sample
from tests.reports.hostile import HOSTILE

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MARKUP = {"title", "description", "statement", "remarks"}
Value = dict[str, Any]


def advisory() -> Assessment:
    """Its open controls do not count yet."""
    made = sample.not_ready()
    day = date(2027, 1, 1)
    later = tuple(f._replace(advisory=day) if f.outcome is Outcome.UNMET else f for f in made.findings)
    return made._replace(findings=later, plan=tuple(f for f in made.plan if f.outcome is not Outcome.UNMET))


SAMPLES: list[Callable[[], Assessment]] = [sample.ready, sample.not_ready, advisory]


def document(*made: Assessment) -> Value:
    text = render_all(made, "oscal") if len(made) > 1 else render(made[0], "oscal")
    found: Value = json.loads(text)["assessment-results"]
    return found


def result(made: Assessment) -> Value:
    found: Value = document(made)["results"][0]
    return found


def props(part: Value) -> dict[str, str]:
    return {f"{p['name']}/{p['class']}" if "class" in p else p["name"]: p["value"] for p in part.get("props", ())}


def parts(value: Any) -> Iterator[Value]:
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


def two() -> list[Assessment]:
    other = sample.ready()
    return [sample.not_ready(), other._replace(checklist=other.checklist._replace(version="1.1.0"))]


# --------------------------------------------------------------------------- the real reader


def reread(text: str, folder: Path) -> Value:
    """The document as compliance-trestle writes it after it has read it."""
    results = pytest.importorskip("trestle.oscal.assessment_results")
    path = folder / "assessment-results.json"
    path.write_text(text, encoding="utf-8")
    written = results.AssessmentResults.oscal_read(path).oscal_serialize_json()
    found: Value = json.loads(written.replace("T00:00:00+00:00", "T00:00:00Z"))["assessment-results"]
    return found


@pytest.mark.parametrize("make", SAMPLES)
def test_trestle_reads_all_of_it(make: Callable[[], Assessment], tmp_path: Path) -> None:
    made = make()
    found = reread(render(made, "oscal"), tmp_path)
    assert found == document(made)
    states = [f["target"]["status"]["state"] for f in found["results"][0]["findings"]]
    assert states.count("satisfied") == sum(f.outcome is Outcome.MET for f in made.findings)


def test_trestle_reads_the_results_of_several_checklists(tmp_path: Path) -> None:
    assert reread(render_all(two(), "oscal"), tmp_path) == document(*two())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_trestle_reads_hostile_text(text: str, tmp_path: Path) -> None:
    made = sample.hostile(text)
    found = reread(render(made, "oscal"), tmp_path)
    assert found == document(made)
    assert props(found["metadata"])["project"] == safe.plain(f"{text} churn-predictor")


# --------------------------------------------------------------------------- what it says


@pytest.mark.parametrize("make", SAMPLES)
def test_the_counts_are_those_of_the_report(make: Callable[[], Assessment]) -> None:
    made = make()
    report, found = json.loads(render(made, "json")), result(made)
    outcomes = {f["control"]: f["outcome"] for f in report["findings"]}
    applying = {props(f)["control"]: props(f)["outcome"] for f in found["findings"]}
    outside = {props(o)["control"]: props(o)["outcome"] for o in found["observations"] if "control" in props(o)}
    assert {**applying, **outside} == outcomes and not set(applying) & set(outside)
    assert set(outside.values()) == {"not_applicable"}
    (selection,) = found["reviewed-controls"]["control-selections"]
    assert {c["control-id"] for c in selection["include-controls"]} == set(applying)
    assert {c["control-id"] for c in selection["exclude-controls"]} == set(outside)
    figures = props(found)
    for dimension in report["dimensions"]:
        assert figures[f"dimension-earned/{dimension['id']}"] == str(dimension["earned"])
    for outcome in Outcome:
        total = sum(d["counts"][outcome.value] for d in report["dimensions"])
        assert make is advisory or figures[f"count/{outcome.value}"] == str(total)


@pytest.mark.parametrize("make", SAMPLES)
def test_only_what_is_met_is_satisfied(make: Callable[[], Assessment]) -> None:
    for finding in result(make())["findings"]:
        met = props(finding)["outcome"] == "met"
        assert (finding["target"]["status"]["state"] == "satisfied") is met
        assert finding["target"]["target-id"] == props(finding)["control"]


def test_open_gaps_are_risks_and_a_waiver_makes_a_deviation_of_one() -> None:
    made = sample.not_ready()
    risks = {props(r)["control"]: r for r in result(made)["risks"]}
    assert set(risks) == {f.control.id for f in made.plan} | {"fallback"}
    assert {name for name, risk in risks.items() if risk["status"] != "open"} == {"fallback"}
    (excuse,) = risks["fallback"]["mitigating-factors"]
    assert risks["fallback"]["status"] == "deviation-approved"
    assert excuse["description"] == "the campaign tool already falls back to last month's list"
    assert props(excuse) == {
        "owner": "growth-ml@example.com",
        "approved-by": "cto@example.com",
        "expires": "2027-03-31",
    }
    assert risks["drift"]["deadline"] == "2026-12-15T00:00:00Z"
    assert props(risks["drift"])["owner"] in ("data-science", "platform")


def test_what_does_not_count_yet_says_so_and_is_no_risk() -> None:
    found = result(advisory())
    (finding,) = [f for f in found["findings"] if props(f)["control"] == "data_validation"]
    assert (props(finding)["counted"], props(finding)["advisory-until"]) == ("no", "2027-01-01")
    assert "related-risks" not in finding
    assert "data_validation" not in {props(r)["control"] for r in found["risks"]}


def test_a_result_says_what_it_rests_on() -> None:
    found = result(sample.not_ready()._replace(repository=False))
    assert found["description"] == "NOT READY for production: reached pilot"
    assert found["remarks"].startswith("Judged without a repository: named files count as claims.")
    assert {key: props(found)[key] for key in ("ready", "stage", "target", "repository", "checklist-version")} == {
        "ready": "no",
        "stage": "pilot",
        "target": "production",
        "repository": "no",
        "checklist-version": "1.0.0",
    }


def test_a_path_becomes_a_reference_that_stays_inside() -> None:
    made = sample.not_ready()
    state = made.practices[2]
    piece = state.evidence[0]
    odd = [piece._replace(path=path) for path in ("infra:a b/ü#?.yaml", "\ud8ff")]
    links = [
        piece._replace(kind="link", path=None, detail=detail)
        for detail in ("https://x.example/a b", "javascript:alert(1)", "ftp://x.example/a", "http://[")
    ]
    changed = made._replace(practices=(state._replace(evidence=(*odd, *links)),))
    (seen,) = [o for o in result(changed)["observations"] if "relevant-evidence" in o]
    assert [e.get("href") for e in seen["relevant-evidence"]] == [
        "infra%3Aa%20b/%C3%BC%23%3F.yaml",
        "%ED%A3%BF",
        "https://x.example/a%20b",
        None,
        None,
        None,
    ]


# --------------------------------------------------------------------------- the form


@pytest.mark.parametrize("make", [*SAMPLES, *(lambda text=text: sample.hostile(text) for text in HOSTILE.values())])
def test_texts_are_markdown_that_shows_the_text_itself(make: Callable[[], Assessment]) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for part in parts(document(make())):
        for key in MARKUP & set(part):
            assert part[key].strip() == part[key] != ""
            tags = set(re.findall(r"<(/?\w+)", parser.render(part[key])))
            assert tags <= {"p", "/p", "code", "/code"}, part[key]
        for key in {"title"} & set(part):
            assert "\n" not in part[key]
        for found in part.get("props", ()):
            assert re.fullmatch(r"\S(.*\S)?", found["value"]) and found.get("ns", NAMESPACE) == NAMESPACE


def test_texts_are_shown_as_they_were_written() -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    said = "1. a_b _c_ *d* ~~e~~ ^f^ {{ insert: param, x }} <b>&amp;</b> [g](h) ![i](j) | # k \\ `l_m` core@1.0.0"
    made = sample.not_ready()
    made = made._replace(project=made.project._replace(name=said))
    title = document(made)["metadata"]["title"]
    assert parser.render(title) == f"<p>{_html(f'Readiness of {said}')}</p>\n"
    assert "{{" not in title.replace("\\{", "") and "core@1.0.0" in title


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize("made", [[sample.not_ready()], two()], ids=["one", "two"])
def test_ids_are_unique_and_every_reference_leads_somewhere(made: list[Assessment]) -> None:
    whole = document(*made)
    ids = [part["uuid"] for part in parts(whole) if "uuid" in part]
    assert len(ids) == len(set(ids)) and all(UUID.fullmatch(found) for found in ids)
    named = [value for part in parts(whole) for key, value in part.items() if key.endswith("-uuid")]
    assert named and set(named) <= set(ids)
    assert whole["import-ap"]["href"].removeprefix("#") in ids
    assert not [part for part in parts(whole) for value in part.values() if value in ([], {}, None)]


def test_ids_stay_from_day_to_day_but_not_the_document_s() -> None:
    made = sample.not_ready()
    today, later = document(made), document(made._replace(as_of=date(2026, 11, 23)))
    assert today["uuid"] != later["uuid"]
    for kind in ("findings", "observations", "risks"):
        assert [p["uuid"] for p in today["results"][0][kind]] == [p["uuid"] for p in later["results"][0][kind]]
    assert document(made) == today


def test_the_head_names_the_tool_and_is_known_as_a_report() -> None:
    made = sample.not_ready()
    text = render(made, "oscal")
    assert "readiness-report" in text[:2048]
    head = document(made)["metadata"]
    assert (head["oscal-version"], head["version"]) == ("1.1.3", "2026-11-22")
    assert props(head)["tool"] == "readiness 0.1.0"
