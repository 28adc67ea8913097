"""Baselines as a CI job sees them: what an update takes in, what it refuses, and what the ratchet says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readiness.cli import over_time as _over_time
from tests.cli.test_commands import DAY, PROJECT, RULER, Done, quick

LOADED = (_over_time,)
KEPT = "readiness-baseline.json"
BROKEN = PROJECT.replace("{answer: yes, evidence: ops.md}", "{answer: no}")
WATCHED = "  dashboards: {answer: yes, evidence: ops.md}\n"
REFUSED = "readiness: the baseline only shrinks: close these gaps, or give --allow-growth --reason"
ALLOWED = ("--allow-growth", "--reason", "The alerts are rebuilt")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, text in (("own", RULER), ("other", RULER.replace("id: own", "id: other", 1)), ("project", PROJECT)):
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "ops.md").write_text("# Alerts\n\nEach late run calls the person on duty within five minutes.\n")
    return tmp_path


def said(done: Done) -> list[str]:
    return [line for line in done.stderr.decode().splitlines() if "not today" not in line]


def update(home: Path, *more: str) -> Done:
    return quick("baseline", "update", *(() if "--as-of" in more else DAY), *more, cwd=home)


def ratchet(home: Path, *more: str) -> Done:
    return quick("assess", *DAY, "-f", "json", "--mode", "ratchet", *more, cwd=home)


def held(home: Path) -> dict[str, dict[str, str]]:
    data = json.loads((home / KEPT).read_text())
    return {
        each["checklist"]["id"]: {f["control"]: f["outcome"] for f in each["findings"]} for each in data["assessments"]
    }


def describe(home: Path, text: str) -> None:
    (home / "project.yaml").write_text(text)


def test_the_first_update_writes_and_one_after_a_fix_shrinks(home: Path) -> None:
    done = update(home)
    assert (done.returncode, done.stdout) == (0, f"{KEPT}: own@1.0.0 with 1 open gap\n".encode())
    assert held(home) == {"own": {"named": "met", "watched": "unknown"}}
    describe(home, PROJECT + WATCHED)
    done = update(home)
    assert (done.returncode, done.stdout) == (0, f"{KEPT}: own@1.0.0 with 0 open gaps, 1 before\n".encode())
    assert held(home) == {"own": {"named": "met", "watched": "met"}}


@pytest.mark.parametrize("now", [BROKEN, BROKEN + WATCHED], ids=["worse", "fixed elsewhere"])
def test_no_fix_hides_a_new_fault_and_no_update_takes_it_in(now: str, home: Path) -> None:
    update(home)
    before = (home / KEPT).read_bytes()
    describe(home, now)
    done = ratchet(home)
    line = "gate not passed: 1 gap is new or worse since the baseline of 2026-11-22: named"
    assert (done.returncode, said(done)) == (1, [line])
    done = update(home)
    assert (done.returncode, said(done)) == (1, ["readiness: named is unmet, and was met", REFUSED])
    assert (home / KEPT).read_bytes() == before
    assert ratchet(home).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--allow-growth"], "readiness: --allow-growth and --reason go together"),
        (["--reason", "So"], "readiness: --allow-growth and --reason go together"),
        (["--allow-growth", "--reason", " "], "readiness: --reason is empty: give it a value, or leave it out"),
        (["--root", "none"],
         "readiness: a baseline without a repository would prove nothing: leave --root none out"),
        (["--as-of", "2026-11-01"], f"readiness: {KEPT} is of 2026-11-22, after this day"),
    ],
)  # fmt: skip
def test_what_an_update_refuses(arguments: list[str], message: str, home: Path) -> None:
    update(home)
    before = (home / KEPT).read_bytes()
    done = update(home, *arguments)
    assert (done.returncode, done.stdout, said(done)) == (2, b"", [message])
    assert (home / KEPT).read_bytes() == before


def test_growth_in_the_change_that_adds_the_debt_is_told_in_every_report(home: Path) -> None:
    update(home)
    base = (home / KEPT).read_bytes()
    describe(home, BROKEN)
    assert update(home, *ALLOWED).returncode == 0
    told = "The baseline grew on 2026-11-22 by `named`: The alerts are rebuilt"
    done = ratchet(home)
    assert done.returncode == 0 and told in json.loads(done.stdout)["notices"]
    update(home)
    assert told in json.loads(ratchet(home).stdout)["notices"]
    (home / "base.json").write_bytes(base)
    assert ratchet(home, "--baseline", "base.json").returncode == 1


def test_a_narrow_run_keeps_the_rest(home: Path) -> None:
    update(home)
    done = update(home, "--checklist", "other.yaml")
    assert done.stdout == f"{KEPT}: other@1.0.0 with 1 open gap; kept as it was: own\n".encode()
    assert set(held(home)) == {"own", "other"}
    describe(home, PROJECT.replace("checklist: ./own.yaml", "checklist: ./own.yaml, target: pilot"))
    assert update(home).returncode == 0
    assert held(home)["own"] == {"named": "met", "watched": "unknown"}


def test_time_alone_is_told(home: Path) -> None:
    describe(home, PROJECT.replace("evidence: ops.md", "attested: {by: J. Okafor, date: 2026-01-01}"))
    assert update(home).returncode == 0
    later = [*DAY[:1], "2027-02-01", "--fail-on", "worse"]
    done = quick("assess", "-f", "json", *later, cwd=home)
    line = "gate not passed: 1 gap is new or worse since the baseline of 2026-11-22: named; "
    assert (done.returncode, said(done)) == (1, [line + "time alone brought this about: renew the evidence"])
    done = quick("expiring", *DAY, "--within", "90d", "-f", "json", cwd=home)
    (forecast,) = json.loads(done.stdout)["forecasts"]
    assert [day["day"] for day in forecast["days"]] == ["2027-01-02"]
    assert forecast["days"][0]["controls"][0]["control"] == "named"


@pytest.mark.parametrize("within", ["soon", "-1", "9999", "30 d", "３０"])
def test_no_such_time_ahead(within: str, home: Path) -> None:
    done = quick("expiring", *DAY, f"--within={within}", cwd=home)
    line = f"readiness: --within cannot be `{within}`: write a number of days, such as 30d"
    assert (done.returncode, done.stdout, said(done)) == (2, b"", [line])


def test_two_reports_are_compared(home: Path) -> None:
    for name, text, ruler in (("old", PROJECT, "own"), ("new", PROJECT + WATCHED, "own"), ("odd", PROJECT, "other")):
        describe(home, text)
        assert quick("assess", *DAY, "--checklist", f"{ruler}.yaml", "-o", f"{name}.json", cwd=home).returncode == 0
    done = quick("compare", "old.json", "new.json", "-f", "json", cwd=home)
    (found,) = json.loads(done.stdout)["comparisons"]
    assert [(c["control"], c["old"], c["new"], c["cause"]) for c in found["controls"]] == [
        ("watched", "unknown", "met", "project")
    ]
    overall = found["scores"][0]
    assert [overall[key] for key in ("old", "new", "project", "checklist", "time")] == ["60", "100", "40", "0", "0"]
    for kind, part in (("terminal", "watched: unknown to met"), ("markdown", "| `watched` | unknown to met | project")):
        assert part in quick("compare", "old.json", "new.json", "-f", kind, cwd=home).stdout.decode()
    done = quick("compare", "old.json", "odd.json", cwd=home)
    line = "readiness: the reports have no checklist in common: own and other"
    assert (done.returncode, done.stdout, said(done)) == (2, b"", [line])


@pytest.mark.parametrize(
    ("mode", "code"), [("report", 0), ("ratchet", 0), ("gate", 1)]
)  # fmt: skip
def test_the_mode_of_the_description_and_of_the_command_line(mode: str, code: int, home: Path) -> None:
    update(home)
    assert quick("assess", *DAY, "--mode", mode, cwd=home).returncode == code
    describe(home, PROJECT.replace("own.yaml}", f"own.yaml, mode: {mode}}}"))
    assert quick("assess", *DAY, cwd=home).returncode == code
    assert quick("assess", *DAY, "--mode", "report", cwd=home).returncode == 0
    done = quick("assess", *DAY, "--mode", mode, "--fail-on", "blocker", cwd=home)
    line = "readiness: --mode sets the gate itself: give it, or --fail-on and --fail-under"
    assert (done.returncode, said(done)) == (2, [line])
    assert quick("assess", *DAY, "--accept", "claimed", cwd=home).returncode == (0 if mode == "report" else 2)


def test_a_ratchet_without_a_baseline(home: Path) -> None:
    done = ratchet(home)
    line = f"readiness: there is no baseline {KEPT}: `readiness baseline update` writes one, or name it with --baseline"
    assert (done.returncode, done.stdout, said(done)) == (2, b"", [line])


def test_no_output_replaces_the_baseline(home: Path) -> None:
    update(home)
    kept = (home / KEPT).read_bytes()
    done = ratchet(home, "-o", KEPT)
    assert (done.returncode, said(done)) == (2, [f"readiness: --output {KEPT}: that is the baseline itself"])
    assert (home / KEPT).read_bytes() == kept
