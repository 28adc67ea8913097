"""The gate as a CI job sees it, under rulers of every kind: exit codes, and what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import PROJECT, RULER, Done, quick

DAY = ["--as-of", "2026-11-22"]
SHARE = RULER.replace("id: own", "id: bare", 1).replace("stages:", "# ").replace("stage: pilot, ", "")
SHARE = SHARE.replace("stage: production, ", "")
POINTS = SHARE.replace("id: bare", "id: points", 1).replace(
    "{within: share, across: mean, rounding: down}", "{within: sum, across: minimum, rounding: halves}"
)
POINTS = POINTS.replace("{blocker: 3, major: 2, minor: 1}", "{blocker: 1, major: 1, minor: 1}")
HALF = "  dashboards: {answer: partial, evidence: ops.md}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A blocker that is met, and a major control that is half met: 80 of 100, or 1.5 of 2 points."""
    for name, text in (("own", RULER), ("bare", SHARE), ("points", POINTS), ("project", PROJECT + HALF)):
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "ops.md").write_text("# Alerts\n\nEach late run calls the person on duty within five minutes.\n")
    return tmp_path


def assess(home: Path, rulers: str, *gate: str) -> Done:
    named = [word for name in rulers.split() for word in ("--checklist", f"{name}.yaml")]
    return quick("assess", *DAY, "-f", "json", *named, *gate, cwd=home)


def said(done: Done) -> list[str]:
    """What stands on stderr, but for the remark that the day is another than today."""
    return [line for line in done.stderr.decode().splitlines() if "today" not in line]


@pytest.mark.parametrize(
    ("ruler", "gate", "code", "message"),
    [
        ("points", ["--fail-under", "1.5"], 0, []),
        ("points", ["--fail-under", "2"], 1,
         ["gate not passed: Monitoring, the weakest dimension, is proven to 1.5 of 2 points, under 2 points"]),
        ("points", ["--fail-under", "2.5"], 2,
         ["readiness: --fail-under 2.5: the scores of points@1.0.0 end at 2"]),
        ("points", ["--fail-on", "not-ready"], 2,
         ["readiness: --fail-on not-ready: points@1.0.0 has no stages: use a severity, or --fail-under"]),
        ("points", ["--fail-on", "blocker"], 0, []),
        ("points", ["--fail-on", "major", "--fail-under", "1"], 1,
         ["gate not passed: 1 open gap of severity major or above: watched"]),
        ("bare", ["--fail-under", "80"], 0, []),
        ("bare", ["--fail-under", "80.5"], 1,
         ["gate not passed: Monitoring, the weakest dimension, is proven to 80 %, under 80.5 %"]),
        ("bare", ["--fail-on", "blocker", "--fail-on", "not-ready"], 2,
         ["readiness: --fail-on not-ready: bare@1.0.0 has no stages: use a severity, or --fail-under"]),
        ("own bare", ["--fail-under", "80", "--fail-on", "blocker"], 0, []),
        ("own bare", ["--fail-under", "81"], 1,
         ["gate not passed: own: Monitoring, the weakest dimension, is proven to 80 %, under 81 %",
          "gate not passed: bare: Monitoring, the weakest dimension, is proven to 80 %, under 81 %"]),
        ("own bare", ["--fail-on", "not-ready"], 2,
         ["readiness: --fail-on not-ready: bare@1.0.0 has no stages: use a severity, or --fail-under"]),
        ("own points", ["--fail-under", "1"], 2,
         ["readiness: --fail-under: these checklists score in percent and points: run them apart"]),
        ("own points", ["--fail-on", "blocker"], 0, []),
        ("points own", ["--fail-on", "minor"], 1,
         ["gate not passed: points: 1 open gap of severity minor or above: watched",
          "gate not passed: own: 1 open gap of severity minor or above: watched"]),
    ],
)  # fmt: skip
def test_the_gate(ruler: str, gate: list[str], code: int, message: list[str], home: Path) -> None:
    done = assess(home, ruler, *gate)
    assert (done.returncode, said(done)) == (code, message)
    assert bool(done.stdout) is (code != 2)


def test_a_set_passes_only_where_each_ruler_does(home: Path) -> None:
    """The second ruler asks for a blocker that nobody does, and fails the run alone."""
    strict = SHARE.replace("id: bare", "id: strict", 1).replace("met_when: dashboards", "met_when: runbook")
    (home / "strict.yaml").write_text(strict.replace("severity: major", "severity: blocker"))
    assert assess(home, "bare", "--fail-on", "blocker").returncode == 0
    for order in ("bare strict", "strict bare"):
        done = assess(home, order, "--fail-on", "blocker")
        assert done.returncode == 1
        assert said(done) == ["gate not passed: strict: 1 open gap of severity blocker: watched"]
        made = json.loads(done.stdout)
        assert made["schema"] == "readiness/report-set/v1"
        assert [each["checklist"]["id"] for each in made["assessments"]] == order.split()


def test_what_does_not_count_yet_passes_the_gate_until_its_day(home: Path) -> None:
    later = SHARE.replace("title: Watched", "title: Watched, enforce_from: 2026-11-23")
    (home / "later.yaml").write_text(later)
    assert assess(home, "later", "--fail-on", "minor", "--fail-under", "100").returncode == 0
    for day, code in (("2026-11-22", 0), ("2026-11-23", 1), ("2026-11-24", 1)):
        assert assess(home, "later", "--fail-on", "major", "--as-of", day).returncode == code
