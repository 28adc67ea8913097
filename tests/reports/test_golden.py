"""Each format against a stored report. tests/README.md says how to renew the stored ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.model import Assessment, Proof
from readiness.reports import render, render_all
from readiness.reports.manual import checklist_page, checklists, explain
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE
from tests.reports.rulers import CONTROLS, PRACTICES, checklist

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
