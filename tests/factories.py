"""Small rulers and descriptions, judged in process by the steps of an assessment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from readiness.collect import collect
from readiness.condition import leaves
from readiness.document import parse
from readiness.judging import score
from readiness.judging.gaps import is_gap
from readiness.loaders.project import Vocabulary, load_project
from readiness.model import (
    STAGES,
    Assessment,
    Checklist,
    Contradiction,
    Control,
    Dimension,
    DimensionScore,
    Evidence,
    Finding,
    Level,
    Practice,
    PracticeState,
    Project,
    Proof,
    Removal,
    Scheme,
    Score,
    Severity,
    Stage,
    StageResult,
    Start,
    Verdict,
    WaiverState,
)
from readiness.repository import MemoryRepository
from readiness.steps.decide import stages, verdict
from readiness.steps.enforce import enforce
from readiness.steps.grade import Case, grade
from readiness.steps.notices import notices
from readiness.steps.plan import plan
from readiness.steps.prove import contradictions, prove
from readiness.steps.removals import removals
from readiness.steps.waive import waived, waiver_states
from readiness.terms import read_facts, read_practices

DAY = date(2026, 11, 22)
DOC = "The nightly job compares each feature with its reference and writes to the team.\n"
"""A text that is real content."""
FILES = {"docs/a.md": DOC, "docs/b.md": DOC, "docs/c.md": DOC, "todo.md": "TODO\n", "empty.md": "",
         "load.json": '{"p99": 180, "p50": 90, "slow": 420, "text": "fast"}'}  # fmt: skip


def practice(id: str, kind: str = "level", **changes: Any) -> Practice:
    fields = {"name": "what it is called", "owner": "who answers for it"} if kind == "records" else {}
    made = Practice(
        id=id, dimension="monitoring", title=id.replace("_", " ").capitalize(), ask="Is it so?", partial="Half.",
        yes="Whole.", kind=kind, applies_when=None, counts=(), does_not_count=(), tools=(), fields=fields,
        file_fields=(), detectable=False, detected=Level.PARTIAL,
    )  # fmt: skip
    return made._replace(**changes)


PRACTICES = {
    p.id: p
    for p in (
        practice("a"), practice("b"), practice("c"), practice("d"), practice("e"),
        practice("found", detectable=True), practice("latency", "measure"), practice("sources", "records"),
        practice("accountable_owner", dimension="governance"),
    )
}  # fmt: skip


def starts(*entries: tuple[str, Any]) -> tuple[Start, ...]:
    """Days from which a control counts, each with the facts under which it is this day."""
    return tuple(Start(date.fromisoformat(day), None if when is None else read_facts(when)) for day, when in entries)


def control(id: str = "ctl", met_when: Any = "a", **changes: Any) -> Control:
    facts = changes.pop("applies_when", None)
    made = Control(
        id=id, dimension="monitoring", title=id.capitalize(), met_when=read_practices(met_when), stage="production",
        severity=Severity.MAJOR, proof=Proof.DOCUMENTED, max_age=None,
        applies_when=read_facts(facts) if facts is not None else None, effort="days", needs=(), why="So.",
        fix="Do it.", references=(),
    )  # fmt: skip
    for key in ("severity", "proof"):
        if key in changes and isinstance(changes[key], str):
            changes[key] = Severity(changes[key]) if key == "severity" else Proof[changes[key].upper()]
    return made._replace(**changes)


def checklist(*controls: Control, **changes: Any) -> Checklist:
    made = Checklist(
        id="ruler", version="1.0.0", title="Ruler", released=date(2026, 1, 1), digest="sha256:0",
        dimensions=(Dimension("monitoring", "Monitoring"), Dimension("governance", "Governance")),
        stages=(Stage("pilot", "Pilot", None), Stage("production", "Production", 60), Stage("scale", "Scale", 80)),
        weights={"blocker": 3, "major": 2, "minor": 1}, attestation_age=365, controls=controls, changes=(),
    )  # fmt: skip
    return made._replace(**changes)


SHARE = Scheme()
POINTS = Scheme("sum", "minimum", "halves", "points")
"""The scheme of the ML Test Score."""


def stageless(*controls: Control, **changes: Any) -> Checklist:
    """A ruler without stages; its controls have none either."""
    bare = tuple(c._replace(stage=None) for c in controls)
    return checklist(*bare, **{"stages": (), "scheme": SHARE, **changes})


class Result(NamedTuple):
    ruler: Checklist
    target: str | None
    as_of: date
    project: Project
    states: Mapping[str, PracticeState]
    findings: tuple[Finding, ...]
    stages: tuple[StageResult, ...]
    verdict: Verdict
    score: Score
    dimensions: tuple[DimensionScore, ...]
    plan: tuple[Finding, ...]
    removals: tuple[Removal, ...]
    waivers: tuple[WaiverState, ...]
    contradictions: tuple[Contradiction, ...]

    def __getitem__(self, name: str) -> Finding:  # type: ignore[override]
        return next(f for f in self.findings if f.control.id == name)

    @property
    def only(self) -> Finding:
        assert len(self.findings) == 1
        return self.findings[0]


def describe(answers: Mapping[str, Any], practices: Mapping[str, Practice] = PRACTICES, **head: Any) -> dict[str, Any]:
    """A description with answers in the dimensions of their practices."""
    last = {key: head.pop(key) for key in ("waivers",) if key in head}
    data: dict[str, Any] = {"readiness": 1, "project": {"name": "p", **head.pop("project", {})}, **head}
    for name, answer in answers.items():
        data.setdefault(practices[name].dimension, {})[name] = answer
    return {**data, **last}


def judge(
    ruler: Checklist | Iterable[Control] | Control,
    answers: Mapping[str, Any] | None = None,
    *,
    files: Mapping[str, str] | None = None,
    hits: Iterable[str] = (),
    practices: Mapping[str, Practice] = PRACTICES,
    day: date = DAY,
    accept: Proof | None = None,
    target: str = "production",
    **head: Any,
) -> Result:
    """Judge answers by a ruler. `hits` are practices that a detector finds in `ops/<id>.py`. The target is
    of no account where the ruler has no stages."""
    if isinstance(ruler, Control):
        ruler = checklist(ruler)
    elif not isinstance(ruler, Checklist):
        ruler = checklist(*ruler)
    text = json.dumps(describe(answers or {}, practices, **head))
    controls = {c.id: tuple(leaf.practice for leaf in leaves(c.met_when)) for c in ruler.controls}
    words = Vocabulary(
        practices,
        tuple(s.id for s in ruler.stages) or STAGES,
        ruler.id,
        lambda name: controls if name == ruler.id else None,
    )
    project = load_project(parse(text.encode(), "project.yaml"), words)
    held = FILES if files is None else files
    roots = {"": MemoryRepository({"project.yaml": text, **held})}
    found_ = {name: (Evidence("detection", Proof.VERIFIED, f"ops/{name}.py", 3, "seen", None, None),) for name in hits}
    found = collect(project, practices, roots, found_)
    states = prove(project, practices, found)
    graded = grade(Case(project, ruler, states, day, accept, "project.yaml", True))
    findings = enforce(graded, project.facts, day)
    waivers = waiver_states(project, ruler, findings, day, "project.yaml")
    excused = waived(waivers)
    reached = stages(ruler, findings, excused)
    aim = target if ruler.stages else None
    asked = score.up_to(ruler, findings, aim)
    scores = next((r.dimensions for r in reached if r.stage.id == aim), None) or score.dimensions(ruler, findings, None)
    gaps = [f for f in asked if is_gap(f) and f.control.id not in excused]
    return Result(
        ruler, aim, day, project, states, findings, reached, verdict(reached, aim, ruler.base.id),
        score.overall(ruler, scores, asked), scores, plan(ruler, gaps), removals(findings, states, "project.yaml"),
        waivers,
        contradictions(project, states, found, "project.yaml"),
    )  # fmt: skip


def assessment(found: Result, **changes: Any) -> Assessment:
    """The assessment that such a result is part of."""
    made = Assessment(
        tool_version="0", project=found.project, checklist=found.ruler, as_of=found.as_of, target=found.target,
        accepted_proof=None, repository=True, verdict=found.verdict, score=found.score, stages=found.stages,
        dimensions=found.dimensions, findings=found.findings, plan=found.plan,
        practices=tuple(found.states[name] for name in sorted({n for f in found.findings for n in f.practices})),
        contradictions=found.contradictions, removals=found.removals, waivers=found.waivers,
        notices=notices(found.ruler, None, found.project, found.findings),
    )  # fmt: skip
    return made._replace(**changes)


def waiver(name: str, expires: str = "2026-12-31", **changes: Any) -> dict[str, Any]:
    return {"control": name, "reason": "agreed", "owner": "a@x.org", "approved_by": "b@x.org", "expires": expires,
            **changes}  # fmt: skip


def attested(day: str = "2026-10-01", **more: Any) -> dict[str, Any]:
    return {"attested": {"by": "R. Meyer", "date": day}, **more}
