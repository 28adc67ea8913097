"""Each format against a stored report. tests/README.md says how to renew the stored ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.model import Assessment, Proof
from readiness.reports import render
from readiness.reports.manual import checklist_page, checklists, explain
from tests.reports import sample
from tests.reports.hostile import HOSTILE
from tests.reports.rulers import CONTROLS, PRACTICES, checklist

GOLDEN = Path(__file__).parent / "golden"


def lesser() -> Assessment:
    return sample.not_ready()._replace(accepted_proof=Proof.DOCUMENTED, repository=False)


def hostile() -> Assessment:
    return sample.hostile(" ".join(HOSTILE[name] for name in ("ansi", "rich", "html", "github", "bidi")))


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
