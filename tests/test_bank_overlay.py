"""The bank's own checklist: both ways to use it, what it changes, and the result of its project.

After a change that is meant to move the result, write `project/expected.json` anew with
`READINESS_UPDATE_GOLDEN=1 pytest tests/test_bank_overlay.py` and read what has changed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness.errors import InputError
from readiness.model import Assessment, Proof, Severity
from readiness.pipeline import assess
from readiness.rulers import Rulers
from readiness.steps.decide import is_gap
from readiness.validation import validate
from tests import doc_runner

HOME = Path(__file__).parent.parent / "examples/bank-overlay"
SHELF = HOME / "checklists"
EXPECTED = HOME / "project/expected.json"
AS_OF = date(2027, 3, 1)
VERSIONS = ("1.0.0", "1.1.0")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy as a newcomer has it, beside nothing else."""
    copy = tmp_path_factory.mktemp("bank") / "bank-overlay"
    shutil.copytree(HOME, copy)
    yield copy


@pytest.fixture(scope="module")
def wheel(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the package, built from the copy."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=home / "package", check=True, capture_output=True)
    return next(out.glob("*.whl"))


def judged(version: str) -> Assessment:
    return assess(HOME / "project/project.yaml", checklist=f"northbank@{version}", as_of=AS_OF, shelves=[SHELF])


def summary(result: Assessment) -> dict[str, Any]:
    """What `expected.json` holds of an assessment."""
    changed = ("removed", "added", "changed")
    own = [f for f in result.findings if f.control.history]
    return {
        "stage": result.verdict.stage,
        "ready": result.verdict.ready,
        "proven": result.score.proven,
        "claimed": result.score.claimed,
        "advisory": [f.control.id for f in result.findings if f.advisory],
        "open_blockers": [f.control.id for f in result.plan if f.control.severity == Severity.BLOCKER and is_gap(f)],
        "controls_of_the_bank": {
            f.control.id: f"{f.outcome.value}, {next(w for w in changed if f.control.history[-1].change.startswith(w))}"
            for f in own
        },
    }


def test_the_result_is_the_expected_one() -> None:
    found = {version: summary(judged(version)) for version in VERSIONS}
    if os.environ.get("READINESS_UPDATE_GOLDEN"):
        EXPECTED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_project_reaches_pilot(version: str) -> None:
    assert (judged(version).verdict.stage, judged(version).verdict.ready) == ("pilot", False)


def test_the_detector_of_the_bank_proves_the_entry() -> None:
    state = next(s for s in judged("1.0.0").practices if s.practice.id == "northbank_inventory_entry")
    (hit,) = [piece for piece in state.evidence if piece.line == 2]
    assert (state.answer, hit.proof, hit.path) == (None, Proof.VERIFIED, "model-inventory.yaml")


def test_the_first_version_changes_what_its_readme_says() -> None:
    base, made = (Rulers([SHELF]).find(name).checklist for name in ("core@1.0.0", "northbank@1.0.0"))
    before, after = ({c.id: c for c in checklist.controls} for checklist in (base, made))
    assert made.layers == ("core@1.0.0",)
    assert after.keys() - before.keys() == {"northbank_inventory_entry", "effective_challenge"}
    assert [r.control for r in made.removed] == ["risk_classified"]
    assert {name for name in before.keys() & after.keys() if before[name] != after[name]} == {
        "independent_validation", "four_eyes", "impact_assessment", "risk_register",
    }  # fmt: skip
    assert (after["four_eyes"].severity, before["four_eyes"].severity) == (Severity.BLOCKER, Severity.MAJOR)
    assert (after["impact_assessment"].proof, before["impact_assessment"].proof) == (Proof.ATTESTED, Proof.DOCUMENTED)
    assert (after["independent_validation"].stage, before["independent_validation"].stage) == ("production", "scale")
    thresholds = [{s.id: s.threshold for s in checklist.stages} for checklist in (base, made)]
    assert thresholds[1] == {**thresholds[0], "production": 70}
    assert made.attestation_age == 180
    assert all(step.because for control in made.controls for step in control.history)


def test_the_new_control_counts_from_its_day() -> None:
    (before, after) = (
        next(
            f
            for f in assess(
                HOME / "project/project.yaml", checklist="northbank@1.1.0", as_of=day, shelves=[SHELF]
            ).findings
            if f.control.id == "exit_from_suppliers"
        )
        for day in (date(2027, 6, 30), date(2027, 7, 1))
    )
    assert (before.advisory, after.advisory) == (date(2027, 7, 1), None)


def test_both_versions_are_released(tmp_path: Path) -> None:
    shelf = tmp_path / "checklists"
    shutil.copytree(SHELF, shelf)
    assert len(validate(shelf)) == 3
    assert all(f"northbank@{v}: sha256:" in (shelf / "released.yaml").read_text() for v in VERSIONS)
    path = shelf / "northbank/1.0.0.yaml"
    path.write_text(path.read_text().replace("threshold: 70", "threshold: 65"))
    with pytest.raises(InputError) as caught:
        validate(shelf)
    assert "was released with another digest" in caught.value.diagnostics[0].message


def test_the_package_holds_the_shelf_and_no_copy_stands_beside_it(wheel: Path) -> None:
    assert sorted(p.name for p in (HOME / "package").rglob("*.yaml")) == []
    shelf = {p.relative_to(SHELF).as_posix(): p.read_bytes() for p in SHELF.rglob("*.yaml")}
    with zipfile.ZipFile(wheel) as packed:
        inside = {name: packed.read(name) for name in packed.namelist() if name.endswith(".yaml")}
    assert inside == {f"northbank_checklists/checklists/{name}": data for name, data in shelf.items()}


def test_the_package_is_found_where_it_is_on_the_path(wheel: Path, home: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    command = [sys.executable, "-m", "readiness", "assess", str(home / "project/project.yaml"), "-f", "json"]
    done = subprocess.run(
        [*command, "--as-of", AS_OF.isoformat()],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["checklist"]["id"] == "northbank" and report["verdict"]["stage"] == "pilot"


def test_without_shelf_or_package_the_checklist_is_missed(home: Path) -> None:
    with pytest.raises(InputError) as caught:
        assess(home / "project/project.yaml", as_of=AS_OF)
    assert caught.value.diagnostics[0].message == "there is no checklist `northbank`"


def test_the_commands_of_the_readme(home: Path, tmp_path: Path) -> None:
    pip = {
        "PIP_TARGET": str(tmp_path),
        "PIP_NO_BUILD_ISOLATION": "false",  # hatchling is installed here already, and nothing is fetched
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPATH": str(tmp_path),
    }
    assert doc_runner.run(home / "README.md", home, pip) == 6
