"""The in-toto statement: read by in-toto's own classes, and its figures are those of the JSON report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from readiness.model import Assessment
from readiness.reports import CannotWrite, render, render_all
from readiness.reports.intoto import PREDICATE
from tests.reports import sample
from tests.reports.hostile import HOSTILE

DIGEST, COMMIT = "ab" * 32, "1f" * 20
SAMPLES = [sample.ready, sample.not_ready]


def named(made: Assessment, digest: str | None = f"sha256:{DIGEST}", commit: str | None = COMMIT) -> Assessment:
    model = {**made.project.model, **({"digest": digest} if digest else {})}
    return made._replace(project=made.project._replace(model=model, commit=commit))


def loaded(*made: Assessment) -> dict[str, Any]:
    text = render_all(made, "in-toto") if len(made) > 1 else render(made[0], "in-toto")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize(
    ("digest", "commit", "subjects"),
    [
        (f"sha256:{DIGEST}", None, [{"name": "churn-gbm", "digest": {"sha256": DIGEST}}]),
        (f"sha512:{DIGEST * 2}", None, [{"name": "churn-gbm", "digest": {"sha512": DIGEST * 2}}]),
        (None, COMMIT, [{"name": "churn-predictor", "digest": {"gitCommit": COMMIT}}]),
        (
            f"sha256:{DIGEST}",
            COMMIT,
            [
                {"name": "churn-gbm", "digest": {"sha256": DIGEST}},
                {"name": "churn-predictor", "digest": {"gitCommit": COMMIT}},
            ],
        ),
    ],
)
def test_the_subject_is_what_the_description_names(digest: str | None, commit: str | None, subjects: object) -> None:
    assert loaded(named(sample.ready(), digest, commit))["subject"] == subjects


def test_a_description_that_names_no_artifact_is_refused_with_the_fields_to_add() -> None:
    with pytest.raises(CannotWrite) as fault:
        render(named(sample.ready(), None, None), "in-toto")
    assert str(fault.value) == "an in-toto statement is about an artifact, and the description names none"
    assert "`project.model.digest`" in fault.value.help and "`project.commit`" in fault.value.help


@pytest.mark.parametrize("make", SAMPLES)
def test_in_toto_reads_the_statement(make: Callable[[], Assessment]) -> None:
    json_format = pytest.importorskip("google.protobuf.json_format")
    v1 = pytest.importorskip("in_toto_attestation.v1.statement")
    pb2 = pytest.importorskip("in_toto_attestation.v1.statement_pb2")
    message = pb2.Statement()
    json_format.Parse(render(named(make()), "in-toto"), message)
    v1.Statement.copy_from_pb(message).validate()
    assert message.predicate_type == PREDICATE == "tag:readiness,2026:assessment/v1"
    assert dict(message.subject[0].digest) == {"sha256": DIGEST}
    assert message.predicate["assessments"][0]["checklist"]["id"] == "core"


@pytest.mark.parametrize("make", SAMPLES)
def test_the_figures_are_those_of_the_report(make: Callable[[], Assessment]) -> None:
    made = named(make())
    report, predicate = json.loads(render(made, "json")), loaded(made)["predicate"]
    for key in ("tool", "description", "repository", "as_of", "accepted_proof"):
        assert predicate[key] == report[key]
    (said,) = predicate["assessments"]
    assert said["checklist"] == {key: report["checklist"][key] for key in ("id", "version", "digest")}
    assert said["target"] == report["target"]
    assert said["verdict"] == {key: report["verdict"][key] for key in ("ready", "stage", "without_waivers")}
    for mine, its in zip(said["dimensions"], report["dimensions"], strict=True):
        assert mine == {key: its[key] for key in ("id", "earned", "claimed_earned", "possible", "threshold")}
    for outcome, count in said["counts"].items():
        assert count == sum(entry["counts"][outcome] for entry in report["dimensions"])
    blockers = [f["control"] for f in report["findings"] if f["severity"] == "blocker"]
    assert said["open_blockers"] == sorted(name for name in report["plan"] if name in blockers)
    in_force = [w["control"] for w in report["waivers"] if w["status"] == "in_force"]
    assert [w["control"] for w in said["waivers"]] == in_force


@pytest.mark.parametrize("make", SAMPLES)
def test_anyone_can_recompute_the_digest_of_the_report(make: Callable[[], Assessment]) -> None:
    made = named(make())
    report = json.loads(render(made, "json"))
    del report["notices"], report["baseline"]
    for finding in report["findings"]:
        del finding["change"]
    text = json.dumps(report, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert loaded(made)["predicate"]["assessments"][0]["report"] == {
        "schema": "readiness/report/v1",
        "digest": f"sha256:{digest}",
    }


def test_how_it_was_asked_for_makes_no_difference() -> None:
    made = named(sample.not_ready())
    other = made._replace(notices=(), findings=tuple(f._replace(change="new") for f in made.findings))
    assert render(other, "in-toto") == render(made, "in-toto")


def test_several_checklists_make_one_statement() -> None:
    found = loaded(named(sample.ready()), named(sample.not_ready()))
    assert [each["verdict"]["ready"] for each in found["predicate"]["assessments"]] == [True, False]
    assert found["predicate"]["assessments"][0] == loaded(named(sample.ready()))["predicate"]["assessments"][0]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    written = render(named(sample.hostile(text)), "in-toto")
    written.encode("utf-8")
    found = json.loads(written)
    name, waiver = found["predicate"]["project"]["name"], found["predicate"]["assessments"][0]["waivers"][0]
    assert name.endswith("churn-predictor") and waiver["reason"].endswith("last month's list")
    assert all(said.isprintable() or "\ufe0f" in said for said in (name, *map(str, waiver.values())))
    assert found["subject"][0]["digest"] == {"sha256": DIGEST}
