"""The README says what is so: its worked example, its commands and its snippets."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from readiness import assess
from readiness.pipeline import read_inputs
from readiness.reports import render
from readiness.rulers import Rulers

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CREDIT = {"met": 2, "partial": 1}
CLAIMED = {"yes": 2, "partial": 1, "no": 0}


def worked() -> tuple[list[list[str]], list[str]]:
    """The rows of the table, and its sum."""
    _, _, rest = README.partition("<!-- by-hand: examples/churn-batch data_pipelines -->")
    lines = [line for line in rest.split("\n\n")[1].splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in lines]
    return rows[:-1], rows[-1]


def report() -> dict[str, Any]:
    made = assess(ROOT / "examples/churn-batch/project.yaml", as_of=date(2026, 11, 22))
    found: dict[str, Any] = json.loads(render(made, "json"))
    return found


def test_the_worked_example_is_the_report() -> None:
    data = report()
    weights, (rows, total) = data["scoring"]["weights"], worked()
    expected = {
        f["control"]: [
            f["control"],
            f["severity"],
            str(2 * weights[f["severity"]]),
            f["outcome"],
            str(weights[f["severity"]] * CREDIT.get(f["outcome"], 0)),
            str(weights[f["severity"]] * CLAIMED[f["claimed"]]),
        ]
        for f in data["findings"]
        if f["dimension"] == "data_pipelines" and f["outcome"] != "not_applicable" and f["stage"] != "scale"
    }
    assert {row[0]: row for row in rows} == expected
    possible, earned, claimed = (sum(int(row[i]) for row in rows) for i in (2, 4, 5))
    assert total == ["sum", "", str(possible), "", str(earned), str(claimed)]
    dimension = next(d for d in data["dimensions"] if d["id"] == "data_pipelines")
    assert (dimension["possible"], dimension["earned"], dimension["claimed_earned"]) == (possible, earned, claimed)
    assert f"{earned} of {possible} is {earned * 100 // possible} %" in README
    assert f"{claimed} of {possible} is {claimed * 100 // possible} %" in README
    assert dimension["proven"] == earned * 100 // possible < dimension["threshold"]


def test_the_description_in_the_readme_is_valid(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    text = next(block for block in blocks if block.startswith("readiness: 1"))
    path = tmp_path / "project.yaml"
    path.write_text(text, encoding="utf-8")
    project = read_inputs(path).project
    assert project.name == "churn-predictor" and len(project.waivers) == 1


def test_ci_runs_the_command_that_the_readme_gives_for_the_tests() -> None:
    command = next(line for line in README.splitlines() if line.endswith("-m pytest"))
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_ci_snippets_are_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 4
    assert all(isinstance(yaml.safe_load(block), dict) for block in blocks)


def test_the_small_checklist_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "checklists/README.md").read_text(encoding="utf-8")
    path = tmp_path / "ours.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    assert Rulers().read(path).id == "our-llm-apps"


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "checklists/README.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert link.startswith("https://") or (page.parent / link).exists(), link


def test_an_example_of_ten_lines() -> None:
    path = ROOT / "examples/minimal/project.yaml"
    assert read_inputs(path).project.name
