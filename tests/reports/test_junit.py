"""The JUnit report, as `junitparser` reads it and as an XML parser does."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from readiness.model import Assessment
from readiness.reports import render, render_all
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "file"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "failure": {"type", "message"},
    "skipped": {"message"},
}
"""The elements and attributes that the schema of Jenkins' xUnit plugin allows, as far as they are used."""
LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def read(text: str) -> JUnitXml:
    found = JUnitXml.fromstring(text.encode("utf-8"))
    assert isinstance(found, JUnitXml)
    return found


def suites(text: str) -> list[TestSuite]:
    return [suite for suite in read(text) if isinstance(suite, TestSuite)]


def cases(text: str) -> dict[str, TestCase]:
    return {str(case.name).split(":")[0]: case for suite in suites(text) for case in suite}


def kind(case: TestCase) -> str:
    if not case.result:
        return "passed"
    return {Failure: "failed", Skipped: "skipped"}[type(case.result[0])]


@pytest.mark.parametrize("make", variants.ALL)
def test_counts_are_those_of_the_json_report(make: Callable[[], Assessment]) -> None:
    made = make()
    expected = variants.standing(variants.as_json(made))
    text = render(made, "junit")
    found: dict[str, set[str]] = {"passed": set(), "failed": set(), "skipped": set()}
    for control, case in cases(text).items():
        found[kind(case)].add(control)
    assert found == {
        "passed": set(expected["met"]),
        "failed": set(expected["open"]),
        "skipped": {name for how in ("waived", "advisory", "later", "not applicable") for name in expected[how]},
    }
    whole = read(text)
    assert (whole.tests, whole.failures, whole.errors) == (len(made.findings), len(expected["open"]), 0)
    for suite in suites(text):
        held = [kind(case) for case in suite]
        assert (suite.tests, suite.failures, suite.skipped) == (len(held), held.count("failed"), held.count("skipped"))


@pytest.mark.parametrize("make", variants.ALL)
def test_suites_are_dimensions_with_their_scores(make: Callable[[], Assessment]) -> None:
    made = make()
    report = variants.as_json(made)
    found = {str(suite.name): {p.name: p.value for p in suite.properties()} for suite in suites(render(made, "junit"))}
    for dimension in report["dimensions"]:
        told = found.pop(dimension["id"])
        for name in ("proven", "claimed", "threshold"):
            shown = None if dimension[name] is None else str(dimension[name])
            assert told.get(f"dimension.{name}") == shown
        assert told["checklist"] == f"{report['checklist']['id']}@{report['checklist']['version']}"
        assert told["as_of"] == report["as_of"]
    assert found == {}


@pytest.mark.parametrize(
    ("make", "control", "message"),
    [
        (sample.not_ready, "fallback", "Waived until 2027-03-31: the campaign tool already falls back to last month's "
         "list (owner growth-ml@example.com, approved by cto@example.com)."),
        (sample.not_ready, "load_testing", "Not applicable: a nightly batch job on one machine."),
        (sample.not_ready, "feature_store", "Asked for scale, which lies beyond the target production."),
        (variants.advisory, "data_validation", "Advisory: counts from 2027-08-02."),
    ],
)  # fmt: skip
def test_what_is_skipped_has_its_reason(make: Callable[[], Assessment], control: str, message: str) -> None:
    (skipped,) = cases(render(make(), "junit"))[control].result
    assert skipped.message == message
    assert str(skipped.text).splitlines()[0] == message


def test_a_failure_says_everything_in_its_text() -> None:
    case = cases(render(sample.not_ready(), "junit"))["on_call"]
    (failure,) = case.result
    assert (case.classname, case.name) == ("core.monitoring", "on_call: Someone answers when it breaks")
    assert failure.type == "major.unproven"
    assert failure.message == ("major, claimed, not proven: The attestation of 2025-06-01 is older than 365 days.")
    assert str(failure.text).splitlines() == [
        "Its waiver expired: its last day was 2026-10-31.",
        "Outcome: claimed, not proven (major, stage production; claimed yes, proven no; proof claimed, asked is "
        "attested)",
        "Observed: The attestation of 2025-06-01 is older than 365 days.",
        "What would pass: A new attestation would pass.",
        "Why: Without it nobody learns in time that the model has stopped working.",
        "How to fix it: Write it down, and let a job do it.",
        "Where: project.yaml:41:3",
    ]


def test_several_checklists_have_suites_of_their_own() -> None:
    text = render_all((sample.not_ready(), variants.unstaged()), "junit")
    names = [str(suite.name) for suite in suites(text)]
    assert len(names) == len(set(names)) == 12
    assert {name.split("/")[0] for name in names} == {"core", "ml-test-score"}
    assert {str(case.classname).split(".")[0] for suite in suites(text) for case in suite} == {"core", "ml-test-score"}
    newer = sample.ready()._replace(checklist=sample.ready().checklist._replace(version="1.1.0"))
    both = [str(suite.name) for suite in suites(render_all((sample.ready(), newer), "junit"))]
    assert len(both) == len(set(both))


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "]]>", '"><x/>', "\ufffe\uffff"], ids=[*HOSTILE, "end", "quote", "non"]
)
def test_hostile_text_changes_no_structure(text: str) -> None:
    def shape(report: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(each.tag, tuple(sorted(each.attrib))) for each in ElementTree.fromstring(report.encode()).iter()]

    made = sample.hostile(text)
    report = render(made, "junit")
    assert LEGAL.fullmatch(report) is not None
    assert "]]>" not in report
    assert shape(report) == shape(render(sample.hostile("word"), "junit"))
    assert len(cases(report)) == len(made.findings)


@pytest.mark.parametrize("make", variants.ALL)
def test_only_what_jenkins_knows(make: Callable[[], Assessment]) -> None:
    for each in ElementTree.fromstring(render(make(), "junit").encode()).iter():
        assert set(each.attrib) <= ATTRIBUTES[each.tag]
        assert each.get("time", "0") == "0"
