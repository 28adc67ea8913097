"""What CI systems run: the action's steps, the GitLab job and the pre-commit hooks, each run as its host would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import readiness

ROOT = Path(__file__).parent.parent
SOURCE = Path(readiness.__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
JOB = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
DAY = "2026-11-22"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@pytest.fixture
def bin(tmp_path: Path) -> Path:
    """A folder for the path with a `readiness` that runs this checkout."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "readiness"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -m readiness "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/churn-batch", tmp_path / "repo")
    return tmp_path / "repo"


def environment(bin: Path, **more: str) -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "READINESS_"))}
    return {**plain, "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", **more}


def expanded(text: str, inputs: dict[str, str]) -> str:
    """An expression of the action as GitHub would fill it in."""
    filled = re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: inputs[m.group(1)], text)
    return filled.replace("${{ github.action_path }}", str(ROOT))


def act(
    home: Path, bin: Path, tmp_path: Path, **given: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str], str]:
    """The action's step that assesses, with its outputs and the job summary."""
    inputs = {name: str(held["default"]) for name, held in ACTION["inputs"].items()}
    unknown = {key.replace("_", "-") for key in given} - set(inputs)
    assert not unknown
    inputs |= {key.replace("_", "-"): value for key, value in given.items()}
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "assess")
    outputs, summary = tmp_path / "outputs", tmp_path / "summary"
    outputs.touch(), summary.touch()
    env = environment(
        bin,
        GITHUB_ACTIONS="true",
        GITHUB_OUTPUT=str(outputs),
        GITHUB_STEP_SUMMARY=str(summary),
        **{key: expanded(value, inputs) for key, value in step["env"].items()},
    )
    done = subprocess.run(["bash", "-c", step["run"]], cwd=home, env=env, capture_output=True, text=True, check=False)
    said = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    return done, said, summary.read_text(encoding="utf-8")


def test_the_action_reports_and_does_not_fail_without_a_gate(home: Path, bin: Path, tmp_path: Path) -> None:
    done, said, summary = act(home, bin, tmp_path, as_of=DAY)
    assert done.returncode == 0, done.stderr
    assert said == {
        "passed": "true", "reports": "readiness-reports", "sarif": "readiness-reports/readiness.sarif"
    }  # fmt: skip
    assert "NOT READY for production" in summary
    assert re.search(r"^::error file=project\.yaml,line=\d+", done.stdout, re.MULTILINE)
    made = {path.name for path in (home / "readiness-reports").iterdir()}
    assert made == {
        "readiness.json", "readiness.md", "readiness.html", "readiness.sarif", "readiness-junit.xml",
        "readiness-codequality.json", "readiness.csv", "summary.md",
    }  # fmt: skip
    assert json.loads((home / "readiness-reports/readiness.json").read_text())["checklist"]["id"] == "core"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"mode": "gate"}, 1),
        ({"mode": "gate", "target": "pilot"}, 0),
        ({"fail_on": "blocker\nmajor"}, 1),
        ({"fail_under": "5"}, 0),
        ({"mode": "ratchet"}, 2),
        ({"project": "nowhere.yaml"}, 2),
    ],
)
def test_the_action_exits_as_the_assessment_does(
    home: Path, bin: Path, tmp_path: Path, given: dict[str, str], code: int
) -> None:
    done, said, _ = act(home, bin, tmp_path, as_of=DAY, **given)
    assert done.returncode == code, done.stderr
    assert said["passed"] == ("true" if code == 0 else "false")
    assert ("sarif" in said) == (code != 2)


def test_the_action_takes_several_checklists_a_line_each(home: Path, bin: Path, tmp_path: Path) -> None:
    done, _, summary = act(home, bin, tmp_path, as_of=DAY, checklist="core@1.0.0\n  ml-test-score@1.0.0\n")
    assert done.returncode == 0, done.stderr
    assert "ml-test-score" in summary
    made = json.loads((home / "readiness-reports/readiness.json").read_text())
    assert [each["checklist"]["id"] for each in made["assessments"]] == ["core", "ml-test-score"]


def test_hostile_inputs_stay_text(home: Path, bin: Path, tmp_path: Path) -> None:
    done, _, _ = act(
        home, bin, tmp_path, as_of=DAY, target="pilot; touch owned", project='$(touch owned)"; touch owned #'
    )
    assert done.returncode == 2
    assert not (home / "owned").exists()


def test_every_input_of_the_action_is_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert [name for name in ACTION["inputs"] if f"inputs.{name} " not in text.partition("\nruns:")[2]] == []


# --------------------------------------------------------------------------- GitLab


def test_the_gitlab_job_leaves_what_its_reports_name(home: Path, bin: Path) -> None:
    job: dict[str, Any] = JOB[".readiness"]
    assert JOB["readiness"]["extends"] == ".readiness"
    script = "\n".join(line for line in job["script"] if not line.startswith("pip install"))
    env = environment(bin, **{**job["variables"], "READINESS_MODE": "gate"})
    done = subprocess.run(["sh", "-ec", script], cwd=home, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "gate not passed" in done.stderr
    reports = job["artifacts"]["reports"]
    assert isinstance(json.loads((home / reports["codequality"]).read_text()), list)
    assert (home / reports["junit"]).read_text().startswith("<?xml")
    assert all((home / name).is_file() for name in job["artifacts"]["paths"])


# --------------------------------------------------------------------------- pre-commit


@pytest.mark.parametrize("name", ["readiness-validate", "readiness-gate"])
def test_each_hook_runs_a_command_that_there_is(name: str, home: Path, bin: Path) -> None:
    hook = HOOKS[name]
    files = ["project.yaml"] if hook.get("pass_filenames", True) else []
    done = subprocess.run(
        [*hook["entry"].split(), *files], cwd=home, env=environment(bin), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_hook_of_descriptions_takes_several(home: Path, bin: Path) -> None:
    (home / "deep").mkdir()
    (home / "deep/project.yaml").write_text("readiness: 2\nproject: {}\n")
    assert re.search(HOOKS["readiness-validate"]["files"], "deep/project.yaml")
    command = [*HOOKS["readiness-validate"]["entry"].split(), "project.yaml", "deep/project.yaml"]
    done = subprocess.run(command, cwd=home, env=environment(bin), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout.startswith("project.yaml: valid")
    assert "deep/project.yaml:1:12: error" in done.stderr


# --------------------------------------------------------------------------- the page about it


def test_the_snippets_name_what_there_is() -> None:
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    snippets = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    workflow, include, hooks = snippets
    used = next(step for step in workflow["jobs"]["readiness"]["steps"] if "readiness@" in step.get("uses", ""))
    assert set(used["with"]) <= set(ACTION["inputs"])
    assert set(include["variables"]) <= set(JOB[".readiness"]["variables"])
    assert (ROOT / include["include"][0]["file"]).is_file()
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} == set(HOOKS)
    listed = re.search(r"^Inputs: (.*?)\. Outputs: (.*?)\.$", page, re.MULTILINE | re.DOTALL)
    assert listed
    assert set(re.findall(r"`([a-z-]+)`", listed.group(1))) == set(ACTION["inputs"])
    assert set(re.findall(r"`([a-z-]+)`", listed.group(2))) == set(ACTION["outputs"])
