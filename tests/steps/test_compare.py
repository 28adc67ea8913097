"""Two reports held against each other: the parts of a change add up exactly, and each part is what it says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.model import Outcome, Severity
from readiness.model.baseline import Baseline, Earlier
from readiness.model.comparison import Comparison, Parts
from readiness.pipeline import Session
from readiness.steps.compare import compare
from tests.factories import checklist, control, judge, starts, waiver
from tests.steps.earlier import kept

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/project.yaml"))
STAGES = ("pilot", "production", "scale")
DIMENSIONS = ("monitoring", "governance", "security")
CREDIT = {"met": 2, "partial": 1}
SCHEMES = [{"within": within, "across": across} for within in ("share", "sum") for across in ("mean", "minimum")]

outcomes = st.sampled_from([outcome.value for outcome in Outcome])
weights = st.fixed_dictionaries({severity.value: st.integers(0, 5) for severity in Severity})


@st.composite
def findings(draw: Any) -> dict[str, Earlier]:
    names = draw(st.lists(st.sampled_from(["c1", "c2", "c3", "c4", "c5", "c6"]), unique=True))
    return {
        name: Earlier(
            name, draw(st.sampled_from(DIMENSIONS)), draw(st.sampled_from(STAGES)),
            draw(st.sampled_from([s.value for s in Severity])), draw(outcomes), draw(st.integers(0, 2)),
            tuple(draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))),
            draw(st.booleans()), draw(st.booleans()), draw(st.booleans()),
        )
        for name in names
    }  # fmt: skip


def report(found: dict[str, Earlier], **changes: Any) -> Baseline:
    made = Baseline(
        "ruler", "1.0.0", "sha256:0", date(2026, 11, 22), "production", "p", "sha256:1", found,
        {"blocker": 3, "major": 2, "minor": 1}, SCHEMES[0], STAGES, dict.fromkeys(DIMENSIONS, (0, 0)), {}, {},
    )  # fmt: skip
    return made._replace(**changes)


def figures(of: Baseline, target: str | None, kind: str) -> dict[str, Fraction | None]:
    """Every score of a report, worked out from its findings alone."""
    allowed = STAGES if target is None else STAGES[: STAGES.index(target) + 1]
    found: dict[str, Fraction | None] = {}
    for name in DIMENSIONS:
        earned = possible = 0
        for f in of.findings.values():
            if f.dimension != name or f.stage not in allowed or f.advisory:
                continue
            weight, gone = of.weights[f.severity], f.outcome == "not_applicable"
            if gone and of.scheme["within"] == "share":
                continue
            got = f.claimed if kind == "claimed" else CREDIT.get(f.outcome, 0)
            earned += 0 if gone else weight * got
            possible += weight * 2
        share = of.scheme["within"] == "share"
        found[name] = None if not possible else Fraction(100 * earned, possible) if share else Fraction(earned, 2)
    held = [value for value in found.values() if value is not None]
    least = of.scheme["across"] == "minimum"
    found["overall"] = None if not held else min(held) if least else sum(held, Fraction(0)) / len(held)
    return found


def adds_up(found: Comparison) -> None:
    for part in found.scores:
        parts = (part.project, part.checklist, part.time, part.waivers)
        if part.old is None or part.new is None:
            assert parts == (None, None, None, None)
            continue
        assert None not in parts
        assert sum(parts, Fraction(0)) == part.new - part.old  # type: ignore[arg-type]
        assert part.waivers == 0


@settings(max_examples=300, deadline=None)
@given(findings(), findings(), weights, weights, st.sampled_from(SCHEMES), st.sampled_from(SCHEMES),
       st.sampled_from([None, *STAGES]), st.sampled_from([None, *STAGES]))  # fmt: skip
def test_the_parts_add_up(
    was: Any, now: Any, heavy: Any, light: Any, one: Any, other: Any, aim: str | None, later: str | None
) -> None:
    old = report(was, weights=heavy, scheme=one, target=aim)
    new = report(now, weights=light, scheme=other, target=later, version="1.1.0")
    found = compare(old, new)
    adds_up(found)
    assert (found.target, found.retargeted) == (later or aim, aim != (later or aim))
    for kind in ("proven", "claimed"):
        for side, of in (("old", old), ("new", new)):
            shown = {part.name: getattr(part, side) for part in found.scores if part.kind == kind}
            assert shown == figures(of, found.target, kind)


@settings(max_examples=200, deadline=None)
@given(findings(), st.data(), st.sampled_from(SCHEMES))
def test_the_same_checklist_without_time_charges_the_project(was: Any, data: Any, scheme: Any) -> None:
    now = {
        name: f._replace(outcome=data.draw(outcomes), claimed=data.draw(st.integers(0, 2)), lapsed=False)
        for name, f in was.items()
    }
    found = compare(report(was, scheme=scheme), report(now, scheme=scheme))
    adds_up(found)
    assert all(part.checklist in (0, None) and part.time in (0, None) for part in found.scores)
    assert {turned.cause for turned in found.controls} <= {"project"}
    assert {t.control for t in found.controls} == {name for name in was if was[name].outcome != now[name].outcome}


@settings(max_examples=200, deadline=None)
@given(findings(), findings(), weights, st.sampled_from(SCHEMES), st.sampled_from(SCHEMES))
def test_the_same_outcomes_charge_nothing_to_the_project(was: Any, now: Any, heavy: Any, one: Any, other: Any) -> None:
    same = {
        name: f._replace(practices=(name,), **({} if name not in was else {
            "outcome": was[name].outcome, "claimed": was[name].claimed, "advisory": was[name].advisory,
            "waived": was[name].waived,
        }))
        for name, f in now.items()
    }  # fmt: skip
    found = compare(report({n: f._replace(practices=(n,)) for n, f in was.items()}, scheme=one),
                    report(same, weights=heavy, scheme=other))  # fmt: skip
    adds_up(found)
    assert all(part.project in (0, None) and part.time in (0, None) for part in found.scores)
    assert {(t.control, t.cause) for t in found.controls} == {(n, "checklist") for n in was.keys() ^ same.keys()}


def proven(found: Comparison, name: str = "monitoring") -> Parts:
    return next(part for part in found.scores if (part.name, part.kind) == (name, "proven"))


DATED: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1", "as_of": "2026-11-01"}}
YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
RULER = checklist(control("dated", "a", max_age=60), control("plain", "b"),
                  control("later", "c", enforce_from=starts(("2027-01-10", None))))  # fmt: skip


def test_each_part_of_a_change() -> None:
    """To 33 by checklist, project and time: `later` begins to count, `dated` lapses, `plain` is done."""
    old = kept(judge(RULER, {"a": DATED}))
    new = kept(judge(RULER, {"a": DATED, "b": YES}, day=date(2027, 2, 1), waivers=[waiver("dated", "2027-12-31")]))
    found = compare(old, new)
    part = proven(found)
    assert (part.old, part.new) == (50, Fraction(100, 3))
    assert (part.checklist, part.time, part.project, part.waivers) == (0, -50, Fraction(100, 3), 0)
    assert {(t.control, t.old, t.new, t.cause, t.new_waived) for t in found.controls} == {
        ("dated", "met", "unproven", "time", True), ("plain", "unknown", "met", "project", False),
        ("later", "unknown", "unknown", "time", False),
    }  # fmt: skip


def test_a_waiver_alone_moves_no_score() -> None:
    found = compare(kept(judge(RULER)), kept(judge(RULER, waivers=[waiver("plain")])))
    assert {(p.project, p.checklist, p.time, p.waivers) for p in found.scores if p.old is not None} == {(0, 0, 0, 0)}
    assert [(t.control, t.old_waived, t.new_waived) for t in found.controls] == [("plain", False, True)]


def test_a_control_that_begins_to_apply_is_no_work_of_time() -> None:
    ruler = checklist(control("dated", "a", max_age=60, applies_when={"risk": "high"}), control("plain", "b"))
    old = kept(judge(ruler, {"a": DATED, "b": YES}, facts={"risk": "limited"}))
    new = kept(judge(ruler, {"a": DATED, "b": YES}, facts={"risk": "high"}, day=date(2027, 2, 1)))
    found = compare(old, new)
    assert (proven(found).time, proven(found).project) == (0, -50)
    assert [(t.control, t.old, t.new, t.cause) for t in found.controls] == [
        ("dated", "not_applicable", "unproven", "project")
    ]


def test_a_control_under_another_name_is_the_same() -> None:
    old = kept(judge(checklist(control("before", "a"), control("x", "b")), {"a": YES}))
    new = kept(judge(checklist(control("after", "a"), control("x", "b"), version="1.1.0"), {"a": YES}))
    found = compare(old, new)
    assert found.controls == ()
    assert proven(found).new == proven(found).old == 50


def test_nothing_applies_on_one_side() -> None:
    ruler = checklist(control("x", "a", applies_when={"risk": "high"}))
    none, some = (kept(judge(ruler, {"a": YES}, facts={"risk": risk})) for risk in ("limited", "high"))
    for one, two in ((none, some), (some, none), (none, none)):
        found = compare(one, two)
        adds_up(found)
        assert proven(found).project is None
        assert (proven(found).old, proven(found).new) == (100 if one is some else None, 100 if two is some else None)


# --------------------------------------------------------------------------- real reports

DAYS = (date(2026, 11, 22), date(2027, 9, 1))


@pytest.mark.parametrize("name", EXAMPLES)
def test_real_reports(name: str) -> None:
    made = {}
    for version in ("1.0.0", "1.1.0"):
        session = Session(ROOT / "examples" / name / "project.yaml", (f"core@{version}",), as_of=DAYS[0])
        made |= {(version, day): kept(session.assess(day)[0]) for day in DAYS}
    for (one, old), (two, new) in permutations(made.items(), 2):
        found = compare(old, new)
        adds_up(found)
        for part in found.scores:
            if part.kind == "proven" and part.name != "overall":
                for value, of in ((part.old, old), (part.new, new)):
                    earned, possible = of.dimensions.get(part.name, (0, 0))
                    assert value == (Fraction(100 * earned, possible) if possible else None)
        if one[0] == two[0] and one[1] < two[1]:
            assert all(part.project in (0, None) and part.checklist in (0, None) for part in found.scores)
            assert {turned.cause for turned in found.controls} <= {"time"}
        overall = {part.kind: part.new for part in found.scores if part.name == "overall"}
        shown = {kind: None if value is None else int(value) for kind, value in overall.items()}
        assert shown == {kind: new.score[kind] for kind in shown}
