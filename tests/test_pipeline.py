"""A run as a whole: checklists of the user's own, several in one run, pins, and what is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness import assess
from readiness.errors import InputError
from readiness.pipeline import assess_all
from readiness.reports import render

HEAD = """id: own
version: "{version}"
title: Own
released: 2026-01-01
changes: [first]
scoring:
  scheme: {{within: share, across: mean, rounding: down}}
  weights: {{blocker: 3, major: 2, minor: 1}}
  default_proof: attested
  attestation_age: 365d
dimensions: [{{id: monitoring, title: Monitoring}}]
stages: [{{id: production, title: Production, threshold: 60}}]
controls:
"""
WAIVER = {
    "control": "before",
    "reason": "agreed until spring",
    "owner": "a@x.org",
    "approved_by": "b@x.org",
    "expires": "2027-03-31",
}


def ruler(path: Path, version: str, control: str) -> Path:
    made = {"id": control, "dimension": "monitoring", "title": "Someone is called", "met_when": "on_call"}
    made |= {"stage": "production", "severity": "blocker", "effort": "days", "why": "So it is.", "fix": "Do it now."}
    made["references"] = [{"source": "own", "id": "1"}]  # type: ignore[assignment]
    path.write_text(HEAD.format(version=version) + f"  - {json.dumps(made)}\n", encoding="utf-8")
    return path


def test_another_version_of_the_checklist_can_be_tried_on_a_description_with_waivers(tmp_path: Path) -> None:
    ruler(tmp_path / "one.yaml", "1.0.0", "before")
    new = ruler(tmp_path / "two.yaml", "2.0.0", "after")
    head = "readiness: 1\nproject: {name: x}\nassess: {checklist: ./one.yaml, target: production}\n"
    (tmp_path / "project.yaml").write_text(f"{head}waivers: [{json.dumps(WAIVER)}]\n", encoding="utf-8")
    day = date(2026, 11, 22)
    own = assess(tmp_path / "project.yaml", as_of=day)
    assert [state.status for state in own.waivers] == ["in_force"]
    preview = assess(tmp_path / "project.yaml", checklist=str(new), as_of=day)
    assert [state.status for state in preview.waivers] == ["unmatched"]
    assert [finding.control.id for finding in preview.plan] == ["after"] and not preview.verdict.ready


# --------------------------------------------------------------------------- several checklists

TWO = """
  - {{id: {0}, dimension: monitoring, title: Called, met_when: on_call, stage: production, severity: blocker,
     effort: days, why: Someone has to come., fix: Name them.}}
  - {{id: {1}, dimension: monitoring, title: Warned, met_when: alerting, stage: production, severity: major,
     effort: days, why: Nobody would know., fix: Send it.}}
"""
DAY = date(2026, 11, 22)


def versions(folder: Path, aliases: str = "{before: after}") -> tuple[Path, Path]:
    """A ruler, and its next version, in which one control has another name."""
    old, new = folder / "one.yaml", folder / "two.yaml"
    old.write_text(HEAD.format(version="1.0.0") + TWO.format("before", "warned"), encoding="utf-8")
    head = HEAD.format(version="2.0.0").replace("controls:\n", f"aliases: {aliases}\ncontrols:\n")
    new.write_text(head + TWO.format("after", "warned"), encoding="utf-8")
    return old, new


def describe(folder: Path, *waived: dict[str, str], checklist: str = "./one.yaml") -> Path:
    path = folder / "project.yaml"
    text = f"readiness: 1\nproject: {{name: x}}\nassess: {{checklist: {checklist}, target: production}}\n"
    path.write_text(f"{text}waivers: {json.dumps(list(waived))}\n" if waived else text, encoding="utf-8")
    return path


TAKEN = "The waiver of `before` is taken as one of `after`, as that control is called now."


def test_a_waiver_follows_a_control_that_was_renamed(tmp_path: Path) -> None:
    _, new = versions(tmp_path)
    path = describe(tmp_path, WAIVER)
    for found in (assess(path, checklist=str(new), as_of=DAY), assess_all(path, checklists=[str(new)], as_of=DAY)[0]):
        assert [(state.waiver.control, state.status) for state in found.waivers] == [("after", "in_force")]
        assert [finding.control.id for finding in found.plan] == ["warned"]
        assert found.notices == (TAKEN,)
    adopted = assess(describe(tmp_path, WAIVER, checklist="./two.yaml"), as_of=DAY)
    assert ([s.status for s in adopted.waivers], adopted.notices) == (["in_force"], (TAKEN,))
    late = assess(path, checklist=str(new), as_of=date(2027, 4, 1))
    assert [state.status for state in late.waivers] == ["expired"]


@pytest.mark.parametrize("order", [("before", "after"), ("after", "before")])
def test_of_two_waivers_of_one_control_that_under_its_own_name_holds(order: tuple[str, str], tmp_path: Path) -> None:
    """Whichever stands first, and although the other holds longer."""
    versions(tmp_path)
    ends = {"before": "2027-03-31", "after": "2026-10-31"}
    waivers = [{**WAIVER, "control": name, "expires": ends[name]} for name in order]
    found = assess(describe(tmp_path, *waivers, checklist="./two.yaml"), as_of=DAY)
    assert {state.waiver.control: state.status for state in found.waivers} == {
        "before": "unmatched",
        "after": "expired",
    }
    assert [finding.control.id for finding in found.plan] == ["after", "warned"]
    said = "The waiver of `before` is left aside: `after`, as it is called now, has another."
    assert found.notices == (said,)


def test_each_ruler_of_a_run_has_its_own_waivers_and_target(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "{}")
    new.write_text(new.read_text().replace("id: own", "id: other"))
    waivers = [WAIVER, {**WAIVER, "control": "other:after"}, {**WAIVER, "control": "third:x"}]
    path = describe(tmp_path, *waivers)
    both = assess_all(path, checklists=[str(old), str(new)], target="production", as_of=DAY)
    assert [[(s.waiver.control, s.status) for s in found.waivers] for found in both] == [
        [("before", "in_force")], [("after", "in_force")],
    ]  # fmt: skip
    assert both[0] == assess(path, checklist=str(old), as_of=DAY)
    assert both[1] == assess(path, checklist=str(new), as_of=DAY)


@pytest.mark.parametrize(
    ("pins", "targets", "bases"),
    [
        (["core@1.0.0", "mlops-maturity", "ml-test-score"], ["production", "level-4", None],
         ["proof_of_concept", "level-0", None]),
        (["ml-test-score", "eu-ai-act"], [None, None], [None, None]),
    ],
)  # fmt: skip
def test_each_ruler_has_its_own_stages(pins: list[str], targets: list[Any], bases: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text("readiness: 1\nproject: {name: x}\n")
    found = assess_all(path, checklists=pins, as_of=DAY)
    assert [each.target for each in found] == targets
    assert [each.verdict.stage for each in found] == bases


def test_a_target_that_no_ruler_of_the_run_has(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text("readiness: 1\nproject: {name: x}\n")
    with pytest.raises(InputError) as caught:
        assess_all(path, checklists=["ml-test-score", "eu-ai-act"], target="pilot")
    (fault,) = caught.value.diagnostics
    assert fault.message == "`ml-test-score` or `eu-ai-act` has no stage `pilot`"
    assert fault.help == "it has a score, and no stages: leave --target out"


# --------------------------------------------------------------------------- what a pin promises, and what a run reads

EXAMPLE = Path(__file__).parent.parent / "examples" / "churn-batch" / "project.yaml"
PINNED = Path(__file__).parent / "data" / "pinned" / "churn-batch.core-1.0.0.json"


def test_a_pinned_description_gives_the_same_bytes_whatever_else_is_shipped() -> None:
    """The report of an example by core@1.0.0, which its description pins, but for the version of the tool.

    It changes where the example does, or what a detector finds in it; never because there is a newer checklist.
    """
    found = assess(EXAMPLE, as_of=DAY)
    assert (found.checklist.id, found.checklist.version) == ("core", "1.0.0")
    made = render(found._replace(tool_version="any"), "json")
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PINNED.write_text(made, encoding="utf-8", newline="\n")
    with PINNED.open(encoding="utf-8", newline="") as stored:
        assert made == stored.read()


READ = """
import json, os, sys
opened = set()
def seen(event, args):
    if event == "open" and isinstance(args[0], (str, os.PathLike)):
        folder, name = os.path.split(os.fspath(args[0]))
        if os.path.basename(folder) == "_compiled":
            opened.add(name)
sys.addaudithook(seen)
from readiness import assess
assess(sys.argv[1], checklist=sys.argv[2] or None)
print(json.dumps(sorted(name for name in opened if "@" in name)))
"""


@pytest.mark.parametrize(
    ("pin", "checklist", "read"),
    [
        ("core@1.0.0", "", ["core@1.0.0.pickle"]),
        ("ml-test-score@1.0.0", "", ["ml-test-score@1.0.0.pickle"]),
        ("core@1.0.0", "core@1.0.0", ["core@1.0.0.pickle"]),
        # The description's own checklist is read too: its bare waivers belong to that.
        ("core@1.0.0", "eu-ai-act@1.0.0", ["core@1.0.0.pickle", "eu-ai-act@1.0.0.pickle"]),
    ],
)
def test_a_run_reads_no_checklist_that_it_does_not_judge_by(
    pin: str, checklist: str, read: list[str], tmp_path: Path
) -> None:
    assess(describe(tmp_path, checklist=pin), as_of=DAY)  # the shelf is compiled from here on
    command = [sys.executable, "-c", READ, str(tmp_path / "project.yaml"), checklist]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == read
