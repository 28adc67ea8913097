"""What must hold of every description, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness import assess, library
from readiness.model import Band, Checklist, Level, Outcome, Proof, Scheme, Severity
from readiness.pipeline import practices
from readiness.reports import render
from tests.factories import DAY, FILES, Result, assessment, checklist, control, judge, stageless, starts, waiver
from tests.reports import recompute

RANK = {Outcome.UNMET: 0, Outcome.UNKNOWN: 0, Outcome.UNPROVEN: 1, Outcome.PARTIAL: 2, Outcome.MET: 3}
CONTROLS = (
    control("p1", "a", stage="pilot", severity="blocker", proof="claimed"),
    control("p2", {"any": ["b", {"all": ["c", "d"]}]}, stage="pilot"),
    control("x1", {"all": ["a", "b"]}, severity="blocker"),
    control("x2", {"all": [{"c": "partial"}, {"any": ["d", "e"]}]}, proof="attested", max_age=180),
    control("x3", "latency", proof="verified", max_age=90, applies_when={"risk": "high"}),
    control("x4", {"all": ["sources", "accountable_owner"]}, severity="minor", dimension="governance"),
    control("s1", {"any": ["latency", "found"]}, stage="scale", proof="attested"),
    control("s2", {"all": ["found", "e"]}, stage="scale", severity="blocker", proof="verified", dimension="governance"),
)
RULER = checklist(*CONTROLS)
LATER = tuple(
    c._replace(enforce_from=starts(("2027-06-01", {"risk": "high"}), ("2026-12-01", None)))
    if c.id in ("x1", "s1")
    else c
    for c in CONTROLS
)
BANDS = (Band("none", 0, True), Band("some", 2.5, False), Band("many", None, False))
SCHEMES = tuple(
    Scheme(within, across, rounding, "points" if within == "sum" else "percent")
    for within in ("share", "sum")
    for across in ("mean", "minimum")
    for rounding in ("down", "halves")
)
STAGED = {f"staged-{s.within}-{s.across}-{s.rounding}": checklist(*LATER, scheme=s, bands=BANDS) for s in SCHEMES}
RULERS = {
    "staged": RULER,
    "staged-points": STAGED["staged-sum-minimum-halves"],
    **{f"{s.within}-{s.across}-{s.rounding}": stageless(*LATER, scheme=s, bands=BANDS) for s in SCHEMES},
}
"""Rulers of every scheme. All but the first have controls that do not count yet."""
under_every_scheme = pytest.mark.parametrize("ruler", RULERS.values(), ids=RULERS)
LEVELS = [*"abcde", "found", "accountable_owner"]

days = st.sampled_from(["2020-01-01", "2026-06-01", "2026-11-01", "2026-11-22", "2027-01-01"])
pieces = st.one_of(
    st.sampled_from(["docs/a.md", "docs/b.md", "gone.md", "todo.md", "https://x.org/a"]),
    st.fixed_dictionaries(
        {"path": st.sampled_from(["docs/a.md", "docs/c.md"]), "at": st.just("L1")}, optional={"as_of": days}
    ),
    st.fixed_dictionaries(
        {"path": st.just("load.json"), "at": st.sampled_from(["/p99", "/slow", "/none"])},
        optional={"as_of": days, "max": st.sampled_from([100, 200])},
    ),
)
beside = {
    "evidence": st.lists(pieces, max_size=3),
    "attested": st.fixed_dictionaries({"by": st.just("R. Meyer"), "date": days}),
    "up_to": st.sampled_from(["pilot", "production"]),
}
words = st.sampled_from(["yes", "partial", "no"])
level = st.one_of(
    words,
    st.fixed_dictionaries({"answer": words}, optional=beside),
    st.fixed_dictionaries({"not_applicable": st.just("it is a batch job")}, optional=beside),
    st.fixed_dictionaries({"evidence": st.lists(pieces, min_size=1, max_size=2)}),
)
entry = st.fixed_dictionaries(
    {"name": st.just("p99")},
    optional={
        "max": st.sampled_from([100, 200]),
        "actual": st.one_of(st.sampled_from([90, 180]), st.just({"path": "load.json", "at": "/p99"})),
        "as_of": days,
        "evidence": st.lists(pieces, max_size=2),
    },
)
measure = st.one_of(level, st.fixed_dictionaries({"entries": st.lists(entry, min_size=1, max_size=2)}, optional=beside))
record = st.fixed_dictionaries(
    {"name": st.just("crm"), "owner": st.sampled_from(["crm-team", "tbd"])},
    optional={"as_of": days, "evidence": st.lists(pieces, max_size=2)},
)
records = st.one_of(
    level, st.fixed_dictionaries({"entries": st.lists(record, min_size=1, max_size=2)}, optional=beside)
)
answers = st.fixed_dictionaries({}, optional={**dict.fromkeys(LEVELS, level), "latency": measure, "sources": records})
facts = st.fixed_dictionaries({}, optional={"risk": st.sampled_from(["high", "limited"])})
hits = st.sets(st.just("found"))
# The properties draw from the same strategies; each example costs a few milliseconds.
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def run(said: Mapping[str, Any], stated: Mapping[str, Any], seen: Any = (), **more: Any) -> Result:
    return judge(more.pop("ruler", RULER), said, hits=seen, **({"facts": dict(stated)} if stated else {}), **more)


few = settings(quick, max_examples=15)
"""The same for each of the rulers."""


def no_worse(before: Result, after: Result) -> None:
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.outcome in RANK and new.outcome in RANK:
            assert RANK[new.outcome] >= RANK[old.outcome], (old, new)
            assert (new.claimed, new.proven) >= (old.claimed, old.proven) or new.proven >= old.proven
    for one, two in zip(before.stages, after.stages, strict=True):
        for low, high in zip(one.dimensions, two.dimensions, strict=True):
            assert low.possible != high.possible or low.earned <= high.earned
    if [d.possible for d in before.dimensions] == [d.possible for d in after.dimensions]:
        assert all(low.earned <= high.earned for low, high in zip(before.dimensions, after.dimensions, strict=True))
        assert (before.score.proven or 0) <= (after.score.proven or 0)
        if before.score.band is not None and after.score.band is not None:
            assert BANDS.index(before.score.band) <= BANDS.index(after.score.band)


GOOD = st.sampled_from([{"path": "docs/c.md", "at": "L1"}, {"path": "docs/c.md", "at": "L1", "as_of": "2026-11-20"},
                        {"path": "load.json", "at": "/p99", "max": 200, "as_of": "2026-11-20"}, "gone.md",
                        {"path": "docs/c.md", "at": "L1", "as_of": "2020-01-01"}])  # fmt: skip


@under_every_scheme
@few
@given(said=answers, stated=facts, seen=hits, data=st.data())
def test_more_evidence_never_lowers_anything(ruler: Checklist, said: Any, stated: Any, seen: Any, data: Any) -> None:
    before = run(said, stated, seen, ruler=ruler)
    long = [name for name, answer in said.items() if isinstance(answer, dict)]
    if long:
        name = data.draw(st.sampled_from(long))
        piece = data.draw(GOOD)
        more = {**said[name], "evidence": [*said[name].get("evidence", []), piece]}
        no_worse(before, run({**said, name: more}, stated, seen, ruler=ruler))
        if "attested" not in said[name]:
            word = {"by": "J. Okafor", "date": data.draw(days)}
            no_worse(before, run({**said, name: {**said[name], "attested": word}}, stated, seen, ruler=ruler))
    no_worse(before, run(said, stated, {"found"}, ruler=ruler)) if "not_applicable" not in str(
        said.get("found")
    ) else None


@under_every_scheme
@few
@given(said=answers, stated=facts, seen=hits, name=st.sampled_from(LEVELS))
def test_a_truthful_yes_with_proof_never_lowers_anything(
    ruler: Checklist, said: Any, stated: Any, seen: Any, name: str
) -> None:
    signed = {"answer": "yes", "evidence": [{"path": "docs/c.md", "at": "L1", "as_of": "2026-11-20"}],
              "attested": {"by": "J. Okafor", "date": "2026-11-20"}}  # fmt: skip
    old = said.get(name)
    if isinstance(old, dict):
        kept = [p for p in old.get("evidence", []) if not (isinstance(p, dict) and "max" in p)]
        signed["evidence"] = [*kept, *signed["evidence"]]  # type: ignore[misc]
    before, after = run(said, stated, seen, ruler=ruler), run({**said, name: signed}, stated, seen, ruler=ruler)
    # A signature on another day may be of an age that a control takes and this one is not asked to.
    no_worse(before, after)


@under_every_scheme
@few
@given(said=answers, stated=facts, seen=hits, names=st.sets(st.sampled_from([c.id for c in CONTROLS])), day=days)
def test_a_waiver_changes_no_score_and_no_outcome(
    ruler: Checklist, said: Any, stated: Any, seen: Any, names: set[str], day: str
) -> None:
    before = run(said, stated, seen, ruler=ruler)
    after = run(said, stated, seen, ruler=ruler, waivers=[waiver(name, day) for name in sorted(names)])
    assert [f._replace(waiver=None) for f in after.findings] == list(before.findings)
    assert (after.score, after.dimensions) == (before.score, before.dimensions)
    assert [s.dimensions for s in after.stages] == [s.dimensions for s in before.stages]
    assert all(a.reached or not b.reached for a, b in zip(after.stages, before.stages, strict=True))


@under_every_scheme
@few
@given(said=answers, stated=facts, seen=hits, random=st.randoms(use_true_random=False))
def test_order_never_matters(ruler: Checklist, said: Any, stated: Any, seen: Any, random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            random.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        if isinstance(value, list):
            return random.sample([shuffled(v) for v in value], len(value))
        return value

    controls = tuple(random.sample(ruler.controls, len(ruler.controls)))
    before = run(said, stated, seen, ruler=ruler)
    after = run(shuffled(said), stated, seen, ruler=ruler._replace(controls=controls))
    assert {f.control.id: (f.outcome, f.claimed, f.proven, f.proof) for f in before.findings} == {
        f.control.id: (f.outcome, f.claimed, f.proven, f.proof) for f in after.findings
    }
    assert (before.score, before.verdict.stage) == (after.score, after.verdict.stage)
    assert before.dimensions == after.dimensions
    assert [s.dimensions for s in before.stages] == [s.dimensions for s in after.stages]
    assert [f.control.id for f in before.plan] == [f.control.id for f in after.plan]


@quick
@given(answers, facts, hits)
def test_proven_is_at_most_claimed_and_claimed_at_most_what_is_known(said: Any, stated: Any, seen: Any) -> None:
    found = run(said, stated, seen)
    assert all(f.proven <= f.claimed for f in found.findings)
    for result in found.stages:
        held = [d for d in result.dimensions if d.possible]
        assert all(d.earned <= d.claimed_earned <= d.possible for d in held)
        if held:
            claimed = sum(d.claimed_earned for d in held) * 100 // sum(d.possible for d in held)
            assert result.coverage is not None
            assert claimed <= result.coverage
        assert result.reached <= all(d.passes for d in result.dimensions)


@pytest.mark.parametrize("ruler", [*RULERS.values(), *STAGED.values()], ids=[*RULERS, *STAGED])
@few
@given(said=answers, stated=facts, seen=hits, names=st.sets(st.sampled_from([c.id for c in CONTROLS])), day=days)
def test_every_figure_follows_from_the_json_report(
    ruler: Checklist, said: Any, stated: Any, seen: Any, names: set[str], day: str
) -> None:
    found = run(said, stated, seen, ruler=ruler, waivers=[waiver(name, day) for name in sorted(names)])
    report = json.loads(render(assessment(found), "json"))
    assert recompute.stated(report) == recompute.recomputed(report)


@under_every_scheme
@few
@given(said=answers, stated=facts, seen=hits)
def test_what_does_not_count_yet_changes_nothing(ruler: Checklist, said: Any, stated: Any, seen: Any) -> None:
    found = run(said, stated, seen, ruler=ruler)
    waiting = {f.control.id for f in found.findings if f.advisory is not None}
    without = ruler._replace(controls=tuple(c for c in ruler.controls if c.id not in waiting))
    alone = run(said, stated, seen, ruler=without)
    assert waiting == ({"x1", "s1"} if ruler is not RULER else set())
    assert (found.score, found.dimensions, found.verdict, found.stages) == (
        alone.score, alone.dimensions, alone.verdict, alone.stages,
    )  # fmt: skip
    assert [f.control.id for f in found.plan] == [f.control.id for f in alone.plan]


@quick
@given(answers, facts, hits)
def test_the_stage_reached_does_not_depend_on_the_target(said: Any, stated: Any, seen: Any) -> None:
    found = [run(said, stated, seen, target=target) for target in ("pilot", "production", "scale")]
    assert len({f.verdict.stage for f in found}) == 1
    assert all(f.findings == found[0].findings and f.stages == found[0].stages for f in found)


@quick
@given(answers, facts, hits)
def test_lesser_proof_and_later_days_never_prove_less_or_more(said: Any, stated: Any, seen: Any) -> None:
    before = run(said, stated, seen)
    accepted = run(said, stated, seen, accept=Proof.CLAIMED)
    assert all(a.proven >= b.proven for a, b in zip(accepted.findings, before.findings, strict=True))
    assert [f.claimed for f in accepted.findings] == [f.claimed for f in before.findings]


@quick
@given(answers, facts, hits)
def test_every_open_finding_says_what_would_pass(said: Any, stated: Any, seen: Any) -> None:
    for finding in run(said, stated, seen).findings:
        assert finding.observed.endswith(".")
        assert "None" not in finding.message
        assert "  " not in finding.message
        open_ = finding.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE)
        assert finding.passes.startswith("Passes when ") if open_ else not finding.passes
        if finding.outcome == Outcome.UNPROVEN:
            assert finding.claimed > Level.NO == finding.proven


# --------------------------------------------------------------------------- the shipped rulers


def everything(answer: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"readiness": 1, "project": {"name": "p", "owner": "a@x.org"}}
    for name, practice in practices().items():
        data.setdefault(practice.dimension, {})[name] = answer
    return data


@pytest.mark.parametrize("entry", library.shipped(), ids=lambda e: f"{e.id}@{e.version}")
@pytest.mark.parametrize("kind", ["yes", "readme", "not_applicable", "bare evidence"])
def test_claims_alone_reach_nothing(entry: library.Shipped, kind: str, tmp_path: Path) -> None:
    said: Any = {
        "yes": "yes",
        "readme": {"answer": "yes", "evidence": "README.md"},
        "not_applicable": {"not_applicable": "it has no use for us"},
        "bare evidence": {"evidence": "README.md"},
    }[kind]
    data = everything(said)
    data["assess"] = {"checklist": f"{entry.id}@{entry.version}"}
    described = tmp_path / "project.yaml"
    described.write_text(json.dumps(data))
    if "evidence" in str(said):
        (tmp_path / "README.md").write_text(f"# Project\n\n{FILES['docs/a.md']}" * 5)
    found = assess(described, as_of=DAY)
    asked = [f for f in found.findings if f.required_proof > Proof.CLAIMED]
    assert not [f.control.id for f in asked if f.outcome in (Outcome.MET, Outcome.PARTIAL)]
    assert found.verdict.stage == (found.checklist.base.id if found.checklist.stages else None)
    if kind in ("yes", "readme"):
        assert (found.score.claimed or 0) > 0.9 * found.score.most
    if kind == "not_applicable":
        assert len(found.removals) == len(practices())
        blockers = [f for f in found.findings if f.control.severity == Severity.BLOCKER]
        assert all(f.outcome in (Outcome.UNMET, Outcome.NOT_APPLICABLE) for f in blockers)


def test_a_shipped_ruler_is_judged() -> None:
    assert [library.checklist(entry.id, entry.version).id for entry in library.shipped()]
