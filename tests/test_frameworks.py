"""Published frameworks as checklists: nothing of a framework is lost, renamed or asked twice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness import assess, library
from readiness.condition import leaves
from readiness.model import Assessment, Checklist, Condition, Control
from readiness.pipeline import practices
from readiness.reports.words import interval

TABLES = sorted((Path(__file__).parent / "data" / "frameworks").glob("*.txt"))
SHIPPED = [library.checklist(entry.id, entry.version) for entry in library.shipped()]
FRAMEWORKS = [checklist for checklist in SHIPPED if checklist.source is not None]
DAY = date(2026, 11, 22)


def pin(checklist: Checklist) -> str:
    return f"{checklist.id}@{checklist.version}"


def rows(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(name, title) for name, _, title in (line.partition("\t") for line in lines)]


# --------------------------------------------------------------------------- the tables


def test_each_framework_has_its_table() -> None:
    assert {path.stem for path in TABLES} == {checklist.id for checklist in FRAMEWORKS}


@pytest.mark.parametrize("checklist", FRAMEWORKS, ids=pin)
def test_ids_and_titles_are_those_of_the_source(checklist: Checklist) -> None:
    table = rows(next(path for path in TABLES if path.stem == checklist.id))
    made = [(asked.id, asked.title) for asked in checklist.requirements]
    assert [name for name, _ in made] == [name for name, _ in table]
    assert [(name, title) for name, title in made if dict(table)[name]] == [row for row in table if row[1]]


@pytest.mark.parametrize("checklist", FRAMEWORKS, ids=pin)
def test_each_requirement_is_judged_or_outside_and_each_control_judges_one(checklist: Checklist) -> None:
    judged = {name for control in checklist.controls for name in control.requirements}
    outside = {asked.id for asked in checklist.requirements if asked.outside}
    assert judged | outside == {asked.id for asked in checklist.requirements}
    assert judged & outside == set()
    assert [control.id for control in checklist.controls if not control.requirements] == []


@pytest.mark.parametrize("checklist", FRAMEWORKS, ids=pin)
def test_a_reader_is_told_what_the_figure_is_worth(checklist: Checklist) -> None:
    assert checklist.source is not None
    assert len(checklist.source.note.split()) > 20
    assert [d.id for d in checklist.dimensions if d.id not in {c.dimension for c in checklist.controls}] == []


def same(condition: Condition | None) -> Any:
    """A condition without regard to the order in which it is written."""
    if condition is None or condition.op == "leaf":
        return condition
    return condition.op, frozenset(map(same, condition.parts))


@pytest.mark.parametrize("checklist", SHIPPED, ids=pin)
def test_no_two_controls_ask_the_same_of_the_same_projects(checklist: Checklist) -> None:
    seen: dict[Any, Control] = {}
    for control in checklist.controls:
        first = seen.setdefault((same(control.met_when), same(control.applies_when)), control)
        assert first is control, f"{control.id} asks what {first.id} asks"


@pytest.mark.parametrize("checklist", SHIPPED, ids=pin)
def test_every_practice_that_is_asked_about_is_in_the_vocabulary(checklist: Checklist) -> None:
    asked = {leaf.practice for control in checklist.controls for leaf in leaves(control.met_when)}
    assert asked - practices().keys() == set()


# --------------------------------------------------------------------------- the ML Test Score

SECTIONS = ("data", "model", "infrastructure", "monitoring")
TEXT = "The weekly run compares the new data with the stored bounds and mails what it found to the team.\n"
TEST_SCORE = library.checklist("ml-test-score", "1.0.0")


def described(points: dict[str, float], folder: Path, trains: bool = True) -> Path:
    """A description whose documented answers earn so many points in each section: whole tests first, then a half."""
    data: dict[str, Any] = {"readiness": 1, "project": {"name": "p"}, "facts": {"trains_model": trains}}
    data["assess"] = {"checklist": "ml-test-score@1.0.0"}
    for section, number in points.items():
        controls = [c for c in TEST_SCORE.controls if c.dimension == section]
        levels = ["yes"] * int(number) + ["partial"] * (number % 1 == 0.5)
        for control, said in zip(controls, levels, strict=False):
            for leaf in leaves(control.met_when):
                answer = {"answer": said, "evidence": {"path": "docs/results.md", "at": "L1"}}
                data.setdefault(practices()[leaf.practice].dimension, {})[leaf.practice] = answer
    (folder / "docs").mkdir()
    (folder / "docs" / "results.md").write_text(TEXT)
    path = folder / "project.yaml"
    path.write_text(json.dumps(data))
    return path


def band_of(found: Assessment) -> str:
    """The interval of the band as the paper writes it."""
    assert found.score.band is not None
    return interval(TEST_SCORE.bands, TEST_SCORE.bands.index(found.score.band)).replace(" ", "")


@pytest.mark.parametrize(
    ("points", "final", "band"),
    [
        # Worked examples and assessments that others have published, and the bounds of the bands.
        ((0, 7, 7, 7), 0, "0"),
        ((4, 3, 5, 1.5), 1.5, "(1,2]"),
        ((5, 4.5, 2, 6), 2, "(1,2]"),
        ((6.5, 6.5, 7, 7), 6.5, ">5"),
        ((2.5, 1, 2.5, 1), 1, "(0,1]"),
        ((5, 5, 5, 5), 5, "(3,5]"),
        ((5.5, 7, 7, 7), 5.5, ">5"),
        ((0, 0, 0, 0), 0, "0"),
        ((0.5, 7, 0.5, 7), 0.5, "(0,1]"),
        ((7, 7, 2.5, 7), 2.5, "(2,3]"),
        ((7, 3, 7, 7), 3, "(2,3]"),
        ((7, 7, 7, 3.5), 3.5, "(3,5]"),
        ((7, 7, 7, 7), 7, ">5"),
    ],
)
def test_the_ml_test_score_of_a_description(points: Any, final: float, band: str, tmp_path: Path) -> None:
    sections = dict(zip(SECTIONS, points, strict=True))
    found = assess(described(sections, tmp_path), as_of=DAY)
    assert {d.dimension.id: d.proven for d in found.dimensions} == sections
    assert (found.score.proven, found.score.claimed, found.score.most, band_of(found)) == (final, final, 7, band)
    assert found.score.weakest is not None
    assert found.score.weakest.proven == final
    assert (found.verdict.ready, found.target, found.stages) == (None, None, ())


def test_a_claim_earns_no_point(tmp_path: Path) -> None:
    path = described(dict.fromkeys(SECTIONS, 7), tmp_path)
    path.write_text(path.read_text().replace("docs/results.md", "docs/missing.md"))
    found = assess(path, as_of=DAY)
    assert (found.score.proven, found.score.claimed, band_of(found)) == (0, 7, "0")


def test_what_does_not_apply_earns_no_point_and_the_section_keeps_its_length(tmp_path: Path) -> None:
    """A project that trains nothing, and does all the rest, ends at 5: two tests of one section are about training."""
    found = assess(described(dict.fromkeys(SECTIONS, 7), tmp_path, trains=False), as_of=DAY)
    out = [f.control.id for f in found.findings if f.outcome.value == "not_applicable"]
    assert out == ["model-3", "model-4", "infrastructure-1", "infrastructure-2", "monitoring-3"]
    assert [(d.proven, d.possible) for d in found.dimensions] == [(7, 14), (5, 14), (5, 14), (6, 14)]
    assert (found.score.proven, found.score.most, band_of(found)) == (5, 7, "(3,5]")


def test_the_ml_test_score_scores_as_the_paper_does() -> None:
    assert TEST_SCORE.scheme == ("sum", "minimum", "halves", "points")
    assert set(TEST_SCORE.weights.values()) == {1}
    assert [interval(TEST_SCORE.bands, n) for n in range(6)] == ["0", "(0, 1]", "(1, 2]", "(2, 3]", "(3, 5]", "> 5"]
    assert [sum(c.dimension == section for c in TEST_SCORE.controls) for section in SECTIONS] == [7, 7, 7, 7]


# --------------------------------------------------------------------------- the EU AI Act


def high_risk(folder: Path, day: date, **facts: str) -> dict[str, date | None]:
    """The day from which each applicable control of the AI Act counts, where that is still to come."""
    stated = {"risk": "high", "role": ["provider"], **facts}
    data = {"readiness": 1, "project": {"name": "p"}, "facts": stated, "assess": {"checklist": "eu-ai-act@1.0.0"}}
    (folder / "project.yaml").write_text(json.dumps(data))
    found = assess(folder / "project.yaml", as_of=day)
    assert {f.control.id for f in found.plan} & {f.control.id for f in found.findings if f.advisory} == set()
    return {f.control.id: f.advisory for f in found.findings if f.outcome.value != "not_applicable"}


@pytest.mark.parametrize(
    ("day", "facts", "expected"),
    [
        (date(2027, 12, 1), {}, date(2027, 12, 2)),
        (date(2027, 12, 2), {}, None),
        (date(2027, 12, 1), {"high_risk_by": "use_case"}, date(2027, 12, 2)),
        (date(2027, 12, 2), {"high_risk_by": "use_case"}, None),
        (date(2027, 12, 2), {"high_risk_by": "product"}, date(2028, 8, 2)),
        (date(2028, 8, 1), {"high_risk_by": "product"}, date(2028, 8, 2)),
        (date(2028, 8, 2), {"high_risk_by": "product"}, None),
    ],
)
def test_the_dates_of_high_risk_systems(day: date, facts: Any, expected: date | None, tmp_path: Path) -> None:
    """Articles 9 to 15 count from 2 December 2027, for products from 2 August 2028; Articles 4 and 5 already."""
    act = library.checklist("eu-ai-act", "1.0.0")
    found = high_risk(tmp_path, day, **facts)
    judged = {control.id: set(control.requirements) for control in act.controls}
    deferred = {f"Art. {number}" for number in range(9, 16)}
    assert {at for name, at in found.items() if judged[name] & deferred} == {expected}
    in_force = [name for name in found if judged[name] == {"Art. 4"}]
    assert in_force
    assert {found[name] for name in in_force} == {None}
