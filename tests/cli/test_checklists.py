"""`readiness checklist` and `readiness explain` with an organisation's own checklists: no fault ends in a traceback."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shelf import ADDED, HEAD, PRACTICE, WHOLE, put

import readiness
from readiness.library import shelf
from tests.cli.test_commands import quick

EXAMPLE = re.search(r"```yaml\n(id: our-llm-apps.*?)```", (shelf() / "README.md").read_text(), re.DOTALL)
CONTROL = """  - id: {name}
    dimension: monitoring
    title: {name} is there
    met_when: {name}
    stage: production
    severity: major
    effort: days
    why: Without it nobody notices.
    fix: Write it.
"""
OVERLAY = f"""remove: [{{control: alerts, because: Others watch.}}]
override: [{{control: runbook, severity: major, because: It grew.}}]
add: [{{id: charts, {ADDED}}}]
"""
BASE = HEAD.replace("own@1.0.0", "../own/1.0.0.yaml")


@pytest.fixture
def beginner() -> str:
    """A checklist of five controls, written from the guide."""
    assert EXAMPLE is not None
    return EXAMPLE[1] + "".join(CONTROL.format(name=name) for name in ("runbook", "alerting", "on_call"))


def test_a_beginners_checklist_passes(tmp_path: Path, beginner: str) -> None:
    put(tmp_path, {"own.yaml": beginner})
    done = quick("checklist", "validate", "own.yaml", cwd=tmp_path)
    assert (
        done.stdout.decode() == "own.yaml: valid: our-llm-apps@1.0.0, 5 controls, 2 stages, 0 example answers passed\n"
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("old", "new", "message", "help"),
    [
        ('version: "1.0.0"', "version: 1.0", "`version` must be three numbers, not the number 1.0", 'write it quoted: version: "1.0.0"'),
        ("id: our-llm-apps", "id: Our LLM apps", "`Our LLM apps` cannot be an id", "use lower-case letters and digits, with single hyphens or underscores between them"),
        ("met_when: runbook", "met_when: runbooks", "unknown practice `runbooks`", "did you mean `runbook`?"),
        ("severity: blocker", "severity: critical", "`severity` must be one of `blocker`, `major`, `minor`", None),
        ("severity: blocker", "severity: Blocker", "`severity` must be one of `blocker`, `major`, `minor`", "did you mean `blocker`?"),
        ("    effort: hours\n", "", "the control `accountable_owner` lacks `effort`", "add `effort: ...`"),
        ("    effort: hours\n", "    effort: 3 hours\n", "`effort` must be one of `hours`, `days`, `weeks`", "did you mean `hours`?"),
        ("attestation_age: 365d", "attestation_age: 1 year", "`attestation_age` must be a number of days, not the text `1 year`", "write it like 180d"),
        ("threshold: 60", "threshold: 60%", "a threshold must be a whole number of percent from 0 to 100, not the text `60%`", None),
        ("    stage: pilot\n", "    stage: test\n", "`stage` must be one of `pilot`, `production`", None),
        ("released: 2026-11-22", "released: 22.11.2026", "`released` must be a date, not the text `22.11.2026`", "write it as YYYY-MM-DD, for example 2026-11-30"),
        ("proof: verified", "evidence: verified", "unknown field `evidence` in the control `evaluated_before_release`", None),
        ("    why: Without one, an", "    why: Without one: an", "a colon here would make a key, where no key can stand", 'quote text that holds a colon: `note: "first: second"`'),
        ("{all: [evaluation_set, model_evaluation, quality_gate]}", "[evaluation_set, model_evaluation]", "`met_when` is a list, and does not say how much of it must hold", "write `{all: [...]}` where each must hold, or `{any: [...]}` where one is enough"),
        ("controls:\n", "control:\n", "unknown field `control` in a checklist", "did you mean `controls`?"),
        ("  - {id: monitoring, title: Monitoring}\n", "", "`dimension` must be one of `governance`", None),
        ("- id: alerting", "- id: runbook", "the control `runbook` stands twice, first on line ", None),
        ("- id: accountable_owner", "- id: accountable_owner\n\tdimension: governance", "a tab", None),
    ],
)  # fmt: skip
def test_a_beginners_mistakes_are_told(
    tmp_path: Path, beginner: str, old: str, new: str, message: str, help: str | None
) -> None:
    assert old in beginner
    put(tmp_path, {"own.yaml": beginner.replace(old, new, 1)})
    done = quick("checklist", "validate", "own.yaml", cwd=tmp_path)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    (fault,) = [fault for fault in said.split("own.yaml:") if f": error: {message}" in fault][:1] or [said]
    assert re.match(rf"[0-9]+:[0-9]+: error: {re.escape(message)}", fault), said
    assert help is None or f"  help: {help}\n" in fault


# --------------------------------------------------------------------------- what is shown


@pytest.fixture
def shelved(tmp_path: Path) -> Path:
    published = WHOLE.replace("controls:", """source: {title: The norm, edition: "2020", note: We read it so.}
requirements: [{id: N-1, title: Watch}, {id: N-2, title: Alert}, {id: N-3, title: Hire, outside: It is about people.}]
controls:""").replace("{id: drift, ", "{id: drift, requirement: N-1, ").replace("{id: alerts, ", "{id: alerts, requirement: N-2, ")  # fmt: skip
    team = HEAD.replace("own@1.0.0", "acme@1.0.0").replace("id: acme", "id: team")
    change = "override: [{control: runbook, proof: verified, because: We can.}]\n"
    put(tmp_path, {"s/own/1.0.0.yaml": published, "s/acme/1.0.0.yaml": HEAD + OVERLAY, "s/team/1.0.0.yaml": team + change,
                   "s/practices/governance/acme_log.yaml": PRACTICE})  # fmt: skip
    return tmp_path


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a command printed, on one line, so that the width of the page does not matter."""
    assert done.returncode == 0, done.stderr.decode()
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("runbook", "History • own@1.0.0 defined it • acme@1.0.0 changed `severity` minor → major: It grew. • team@1.0.0 changed `proof` documented → verified: We can."),
        ("drift", "History • own@1.0.0 defined it"),
        ("charts", "History • acme@1.0.0 added: We look."),
        ("alerts", "alerts: removed by acme@1.0.0: Others watch."),
        ("acme_log", "Judged by • no control of team@1.0.0"),
    ],
)  # fmt: skip
def test_explain_says_who_defined_and_who_changed(shelved: Path, id: str, expected: str) -> None:
    assert expected in told(quick("explain", id, "--checklist", "team", "--checklists", "s", cwd=shelved))
    assert expected in told(quick("explain", id, "--checklist", "s/team/1.0.0.yaml", "--checklists", "s", cwd=shelved))


def test_a_control_without_layers_has_no_history(shelved: Path) -> None:
    assert "History" not in told(quick("explain", "drift", "--checklist", "own", "--checklists", "s", cwd=shelved))


def test_a_former_id_leads_to_todays(shelved: Path) -> None:
    done = quick("explain", "guide", "--checklist", "own", "--checklists", "s", cwd=shelved)
    assert done.stderr == b"readiness: `guide` is called `runbook` in own@1.0.0\n"
    assert "There is a guide" in told(done)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("own", ["Source The norm · 2020 We read it so. 2 of 3 requirements judged.", "Outside 1 requirement • N-3: Hire (It is about people.)"]),
        ("acme", ["1 of 3 requirements judged.", "Extends • own@1.0.0", "Removed 1 control • alerts: Alerts reach someone (by acme@1.0.0: Others watch.)"]),
        ("team", ["Extends • acme@1.0.0 • own@1.0.0", "Removed 1 control • alerts: Alerts reach someone (by acme@1.0.0: Others watch.)"]),
    ],
)  # fmt: skip
def test_show_says_what_is_judged_removed_and_extended(shelved: Path, name: str, expected: list[str]) -> None:
    page = told(quick("checklist", "show", name, "--checklists", "s", cwd=shelved))
    assert [one for one in expected if one not in page] == [], page


def test_own_checklists_are_listed(shelved: Path) -> None:
    page = told(quick("checklist", "list", "--checklists", "s", cwd=shelved))
    assert "acme@1.0.0 Acme's ruler · 3 controls" in page
    assert "core@1.0.0" in page


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    "files",
    [
        {}, {"own/1.0.0.yaml": ""}, {"own/1.0.0.yaml": "- a\n"}, {"own/1.0.0.yaml": "\udcff"}, {"own/1.0.0.yaml": "a: [\n"},
        {"own/1.0.0.yaml": HEAD}, {"own/1.0.0.yaml": HEAD + "override: 5\n"}, {"own/1.0.0.yaml": HEAD + "override: [{control: [a], needs: 5}]\n"},
        {"acme/1.0.0.yaml": HEAD.replace("own@1.0.0", "acme@1.0.0")}, {"acme/1.0.0.yaml": HEAD.replace("own@1.0.0", '"\\0/x"')},
        {"own/1.0.0.yaml": WHOLE, "released.yaml": "- a\n"}, {"practices/monitoring/x.yaml": "5\n"},
        {"practices/monitoring/acme_log.yaml": PRACTICE + "detect: {text: {files: 5}}\ncases: 5\n"},
    ],
    ids=str,
)  # fmt: skip
def test_a_bad_shelf_exits_2_and_says_why(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "s").mkdir()
    for name, content in files.items():
        path = tmp_path / "s" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    done = quick("checklist", "validate", "s", cwd=tmp_path)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.search(r"^s.*: error: ", said) and "Traceback" not in said and "a fault in readiness itself" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    put(tmp_path, {"own.yaml": WHOLE})
    (tmp_path / "own.yaml").chmod(0)
    done = quick("checklist", "validate", "own.yaml", cwd=tmp_path)
    assert (done.returncode, b"no permission to read this file" in done.stderr) == (2, True)


def test_release_says_what_it_did(tmp_path: Path) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE})
    for said in ("released", "was released already, unchanged"):
        done = quick("checklist", "release", "own/1.0.0.yaml", cwd=tmp_path)
        assert done.stdout.decode() == f"own@1.0.0 {said}: released.yaml\n"
    put(tmp_path, {"own/1.0.0.yaml": WHOLE + "# a word\n"})
    done = quick("checklist", "release", "own/1.0.0.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr.startswith(b"released.yaml:2:12: error: `own@1.0.0` was released with")) == (
        2,
        True,
    )


# --------------------------------------------------------------------------- an installed package


@pytest.mark.parametrize(
    "arguments",
    [
        ["checklist", "show", "own"], ["checklist", "list"], ["checklist", "validate", "mine.yaml"],
        ["explain", "acme_log", "--checklist", "own"], ["assess", "project.yaml"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_shelf_of_an_installed_package_is_found(tmp_path: Path, arguments: list[str]) -> None:
    text = WHOLE.replace("met_when: runbook", "met_when: acme_log")
    put(tmp_path, {"site/acme_rulers/__init__.py": "raise SystemExit('run')\n",
                   "site/acme_rulers/checklists/own/1.0.0.yaml": text,
                   "site/acme_rulers/checklists/practices/governance/acme_log.yaml": PRACTICE,
                   "site/acme_rulers-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: acme-rulers\nVersion: 1.0\n",
                   "site/acme_rulers-1.0.dist-info/entry_points.txt": "[readiness.checklists]\nacme = acme_rulers\n",
                   "mine.yaml": HEAD + OVERLAY, "project.yaml":
                   "readiness: 1\nproject: {name: a}\nassess: {checklist: own@1.0.0}\ngovernance: {acme_log: yes}\n"})  # fmt: skip
    source = str(Path(readiness.__file__).parent.parent)
    for paths, code in (([str(tmp_path / "site"), source], 0), ([source], 2)):
        if code == 2 and arguments == ["checklist", "list"]:
            continue
        done = subprocess.run(
            [sys.executable, "-m", "readiness", *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=False,
            env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert done.returncode == code, done.stderr.decode()
        assert code == 0 or b"error: there is no checklist `own`" in done.stderr
