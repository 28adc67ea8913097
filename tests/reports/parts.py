"""The parts of an assessment, made by hand."""

from __future__ import annotations

from datetime import date

from readiness.model import (
    Answer,
    Evidence,
    Finding,
    Level,
    Location,
    Mark,
    Outcome,
    Part,
    PracticeState,
    Project,
    Proof,
    Waiver,
)
from tests.reports.rulers import CONTROLS, CREDIT, PRACTICES


def evidence(
    kind: str = "file",
    proof: Proof = Proof.DOCUMENTED,
    path: str | None = "docs/operations.md",
    line: int | None = 12,
    detail: str = "42 lines of text",
    when: date | None = None,
    problem: str | None = None,
) -> Evidence:
    return Evidence(kind, proof, path, line, detail, when, problem)


def answer(id: str, said: Level | None = Level.YES, **changes: object) -> Answer:
    blank = Answer(id, said, None, (), (), None, (), None, None, None, None, Mark(20, 3))
    return blank._replace(**changes)  # type: ignore[arg-type]


def state(
    id: str, level: Level | None, /, *pieces: Evidence, parts: tuple[Part, ...] = (), **changes: object
) -> PracticeState:
    found = next(p for p in PRACTICES if p.id == id)
    said = None if level is None else answer(id, level, **changes)
    return PracticeState(found, said, level, pieces, parts, None, None, False, False)


def finding(
    id: str,
    outcome: Outcome,
    *,
    observed: str = "The answer is yes.",
    passes: str = "",
    claimed: Level | None = None,
    proof: Proof = Proof.DOCUMENTED,
    line: int = 20,
    waiver: Waiver | None = None,
    reason: str | None = None,
) -> Finding:
    judged = next(c for c in CONTROLS if c.id == id)
    proven = Level(CREDIT.get(outcome, 0))
    names = tuple(p.leaf.practice for p in judged.met_when.parts) or (judged.met_when.leaf.practice,)
    level = claimed if claimed is not None else Level.YES if outcome is Outcome.UNPROVEN else proven
    place = Location("project.yaml", line, 3)
    return Finding(judged, outcome, level, proven, proof, judged.proof, observed, passes, names, place, waiver, reason)


def waiver(control: str, expires: date = date(2027, 3, 31)) -> Waiver:
    return Waiver(
        "core",
        control,
        "the campaign tool already falls back to last month's list",
        "growth-ml@example.com",
        "cto@example.com",
        expires,
        Mark(60, 5),
    )


def project() -> Project:
    return Project(
        path="project.yaml",
        digest="sha256:" + "cd" * 32,
        name="churn-predictor",
        summary="Ranks subscribers by their risk of leaving next month",
        owner="growth-ml@example.com",
        owner_mark=Mark(5, 3),
        model={"name": "churn-gbm", "version": "17", "trained": "2026-10-30"},
        facts={"system": "predictive", "serving": ("batch",), "personal_data": True, "trains_model": True},
        checklist="core@1.0.0",
        target="production",
        answers={},
        waivers=(),
        dimension_marks={},
        commit="1f" * 20,
    )
