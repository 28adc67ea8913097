"""Each format against a stored report. tests/README.md says how to renew the stored ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.model import Assessment, Outcome, Proof, Severity
from readiness.model.comparison import Difference, Preview
from readiness.reports import render, render_all
from readiness.reports.difference import as_json, page
from readiness.reports.manual import checklist_page, checklists, explain
from readiness.steps.differ import difference, preview
from tests.reports import sample, stageless, variants
from tests.reports.hostile import HOSTILE
from tests.reports.parts import finding
from tests.reports.rulers import CONTROLS, PRACTICES, checklist, control
from tests.reports.scoring import assessment

GOLDEN = Path(__file__).parent / "golden"


def lesser() -> Assessment:
    return sample.not_ready()._replace(accepted_proof=Proof.DOCUMENTED, repository=False)


def hostile() -> Assessment:
    return sample.hostile(" ".join(HOSTILE[name] for name in ("ansi", "rich", "html", "github", "bidi")))


def named(made: Assessment) -> Assessment:
    """A description that names its model's artifact beside the commit."""
    model = {**made.project.model, "digest": "sha256:" + "ab" * 32}
    return made._replace(project=made.project._replace(model=model))


def both() -> tuple[Assessment, Assessment]:
    return sample.not_ready(), variants.unstaged()


def manual_page(id: str) -> str:
    practices = {practice.id: practice for practice in PRACTICES}
    control = next((control for control in CONTROLS if control.id == id), None)
    return explain(control, practices.get(id), checklist(), practices)


def of_two() -> tuple[Assessment, ...]:
    """Two rulers of different kinds for one project."""
    return sample.not_ready(), stageless.points()


def hostile_two() -> tuple[Assessment, ...]:
    text = " ".join(HOSTILE[name] for name in ("ansi", "rich", "html", "github", "bidi"))
    return sample.hostile(text), sample.hostile(text, stageless.framework)


def versions() -> tuple[Difference, Preview]:
    """A version that renames a control, moves one, drops one, adds one, and asks for more."""
    made = stageless.framework()
    old = made.checklist
    use, risks, approval, called, _dropped, *rest = old.controls
    renamed = called._replace(id="someone_called", severity=Severity.MAJOR, max_age=180)
    moved = risks._replace(proof=Proof.ATTESTED, title="Every risk has an owner, and a day")
    new = old._replace(
        version="3.0.0",
        digest="sha256:" + "ef" * 32,
        controls=(use, moved, approval._replace(enforce_from=()), renamed, *rest, ADDED),
        aliases=(("called", "someone_called"),),
        weights={"blocker": 5, "major": 2, "minor": 1},
        changes=("Risks have days.", "`called` is `someone_called` now."),
    )
    kept = {c.id: c for c in new.controls}
    today = {**{f.control.id: f.control.id for f in made.findings}, "called": "someone_called"}
    findings = tuple(
        f._replace(control=kept[today[f.control.id]], advisory=None if f.control.id == "approval" else f.advisory)
        for f in made.findings
        if today[f.control.id] in kept
    )
    asked = finding("workflow", Outcome.UNKNOWN, observed="`workflow` is not answered.", proof=Proof.CLAIMED)
    findings += (asked._replace(control=ADDED),)
    after = assessment(findings, made.practices, made.waivers, None, new)
    return difference(old, new), preview(made, after)


ADDED = control("insured", "operation", "Damage is insured", practices=("workflow",), stage=None)
PAGES: dict[str, Callable[[], str]] = {
    "ready.80.txt": lambda: render(sample.ready(), "terminal"),
    "not-ready.80.txt": lambda: render(sample.not_ready(), "terminal"),
    "not-ready.140.txt": lambda: render(sample.not_ready(), "terminal", width=140),
    "not-ready.verbose.txt": lambda: render(sample.not_ready(), "terminal", verbose=True),
    "not-ready.ascii.txt": lambda: render(sample.not_ready(), "terminal", ascii_only=True),
    "not-ready.colour.txt": lambda: render(sample.not_ready(), "terminal", colour=True),
    "lesser-proof.80.txt": lambda: render(lesser(), "terminal"),
    "hostile.80.txt": lambda: render(hostile(), "terminal"),
    "ready.md": lambda: render(sample.ready(), "markdown"),
    "not-ready.md": lambda: render(sample.not_ready(), "markdown"),
    "lesser-proof.md": lambda: render(lesser(), "markdown"),
    "hostile.md": lambda: render(hostile(), "markdown"),
    "ready.json": lambda: render(sample.ready(), "json"),
    "not-ready.json": lambda: render(sample.not_ready(), "json"),
    "framework.80.txt": lambda: render(stageless.framework(), "terminal"),
    "framework.verbose.txt": lambda: render(stageless.framework(), "terminal", verbose=True),
    "framework.md": lambda: render(stageless.framework(), "markdown"),
    "framework.json": lambda: render(stageless.framework(), "json"),
    "points.80.txt": lambda: render(stageless.points(), "terminal"),
    "points.md": lambda: render(stageless.points(), "markdown"),
    "points.json": lambda: render(stageless.points(), "json"),
    "set.80.txt": lambda: render_all(of_two(), "terminal"),
    "set.md": lambda: render_all(of_two(), "markdown"),
    "set.json": lambda: render_all(of_two(), "json"),
    "set-hostile.80.txt": lambda: render_all(hostile_two(), "terminal"),
    "set-hostile.md": lambda: render_all(hostile_two(), "markdown"),
    "diff.80.txt": lambda: page(versions()[0], None),
    "diff-project.80.txt": lambda: page(*versions()),
    "diff-project.json": lambda: as_json(*versions()),
    "ready.svg": lambda: render(sample.ready(), "badge"),
    "not-ready.svg": lambda: render(sample.not_ready(), "badge"),
    "lesser-proof.svg": lambda: render(lesser(), "badge"),
    "hostile.svg": lambda: render(hostile(), "badge"),
    "several.svg": lambda: render_all([sample.ready(), sample.not_ready()], "badge"),
    "ready.shields.json": lambda: render(sample.ready(), "shields"),
    "not-ready.shields.json": lambda: render(sample.not_ready(), "shields"),
    "ready.oscal.json": lambda: render(sample.ready(), "oscal"),
    "not-ready.oscal.json": lambda: render(sample.not_ready(), "oscal"),
    "ready.intoto.json": lambda: render(named(sample.ready()), "in-toto"),
    "not-ready.intoto.json": lambda: render(named(sample.not_ready()), "in-toto"),
    "ready.sarif": lambda: render(sample.ready(), "sarif"),
    "changed.sarif": lambda: render(variants.changed(), "sarif"),
    "set.sarif": lambda: render_all(both(), "sarif"),
    "not-ready.junit.xml": lambda: render(sample.not_ready(), "junit"),
    "set.junit.xml": lambda: render_all(both(), "junit"),
    "hostile.junit.xml": lambda: render(hostile(), "junit"),
    "not-ready.gitlab.json": lambda: render(sample.not_ready(), "gitlab"),
    "set.gitlab.json": lambda: render_all(both(), "gitlab"),
    "not-ready.github.txt": lambda: render(sample.not_ready(), "github"),
    "many.github.txt": lambda: render(variants.long(25), "github"),
    "set.github.txt": lambda: render_all(both(), "github"),
    "not-ready.summary.md": lambda: render(sample.not_ready(), "github-summary"),
    "changed.summary.md": lambda: render(variants.changed(), "github-summary"),
    "set.summary.md": lambda: render_all(both(), "github-summary"),
    "set.csv": lambda: render_all(both(), "csv"),
    "hostile.csv": lambda: render(hostile(), "csv"),
    "ready.html": lambda: render(sample.ready(), "html"),
    "changed.html": lambda: render(variants.changed(), "html"),
    "set.html": lambda: render_all(both(), "html"),
    "hostile.html": lambda: render(hostile(), "html"),
    "explain-control.txt": lambda: manual_page("drift"),
    "explain-practice.txt": lambda: manual_page("alerting"),
    "explain-both.txt": lambda: manual_page("risk_register"),
    "checklist.txt": lambda: checklist_page(checklist()),
    "checklists.txt": lambda: checklists([checklist()]),
}


@pytest.mark.parametrize("name", PAGES)
def test_report_is_as_stored(name: str) -> None:
    path = GOLDEN / name
    made = PAGES[name]()
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        path.write_text(made, encoding="utf-8", newline="\n")
    with path.open(encoding="utf-8", newline="") as stored:
        assert made == stored.read()


def test_every_stored_report_belongs_to_a_test() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(PAGES)
