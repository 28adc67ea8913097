"""The claimed level of a practice, and the proof that stands behind it."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.model import Level, Outcome, Proof
from tests.factories import DOC, FILES, PRACTICES, attested, control, judge, practice

D = "docs/a.md"
MET, PARTIAL, UNPROVEN = Outcome.MET, Outcome.PARTIAL, Outcome.UNPROVEN
UNMET, UNKNOWN, ABSENT = Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


def outcome(answers: dict[str, Any], met_when: Any = "a", **changes: Any) -> Outcome:
    more = {key: changes.pop(key) for key in ("hits", "files", "facts", "accept", "practices") if key in changes}
    return judge(control(met_when=met_when, **changes), answers, **more).only.outcome


@pytest.mark.parametrize(
    ("answer", "level"),
    [("yes", Level.YES), (True, Level.YES), ("partial", Level.PARTIAL), ("no", Level.NO), (False, Level.NO),
     ({"evidence": D}, None), (None, None)],
)  # fmt: skip
def test_an_answer_gives_its_level(answer: Any, level: Level | None) -> None:
    assert judge(control(), {"a": answer}).states["a"].level == level


@pytest.mark.parametrize(
    ("entry", "level"),
    [
        ({"max": 200, "actual": 200}, Level.YES),
        ({"max": 200, "actual": 200.0001}, Level.PARTIAL),
        ({"min": 5, "actual": 5}, Level.YES),
        ({"min": 5, "actual": 4}, Level.PARTIAL),
        ({"min": 5, "max": 6, "actual": 7}, Level.PARTIAL),
        ({"max": 200}, Level.PARTIAL),
        ({"actual": 200}, Level.NO),
        ({"baseline": 200}, Level.NO),
        ({"max": 0, "actual": 0}, Level.YES),
        ({"max": 200, "actual": {"path": "load.json", "at": "/p99"}}, Level.YES),
        ({"max": 200, "actual": {"path": "load.json", "at": "/slow"}}, Level.PARTIAL),
        ({"max": 200, "actual": {"path": "load.json", "at": "/p99", "max": 100}}, Level.PARTIAL),
        ({"max": 200, "actual": {"path": "load.json", "at": "/p99", "max": 190}}, Level.YES),
        ({"max": 200, "actual": {"path": "load.json", "at": "/text"}}, Level.PARTIAL),
        ({"max": 200, "actual": {"path": "gone.json", "at": "/p99"}}, Level.PARTIAL),
    ],
)
def test_figures_give_the_level_of_a_measure(entry: dict[str, Any], level: Level) -> None:
    assert judge(control(met_when="latency"), {"latency": entry}).states["latency"].level == level


def test_a_measure_is_the_least_of_its_entries() -> None:
    entries = [{"name": "x", "max": 1, "actual": 1}, {"name": "y", "max": 1}, {"name": "z", "actual": 1}]
    levels = [judge(control(met_when="latency"), {"latency": entries[:n]}).states["latency"].level for n in range(4)]
    assert levels == [None, Level.YES, Level.PARTIAL, Level.NO]


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([{"name": "crm", "owner": "x"}], Level.YES),
        ([{"name": "crm", "owner": "x"}, {"name": "erp", "owner": "tbd"}], Level.PARTIAL),
        ([{"name": "crm", "owner": "x"}, {"name": "none", "owner": "-"}], Level.PARTIAL),
        ([{"name": "crm"}], Level.PARTIAL),
        ([{"name": "TBD.", "owner": "none"}], Level.NO),
        ([], None),
    ],
)
def test_fields_give_the_level_of_records(records: list[dict[str, str]], level: Level | None) -> None:
    assert judge(control(met_when="sources"), {"sources": records}).states["sources"].level == level


def test_a_record_with_a_figure_that_misses_is_partial() -> None:
    missing = {"path": "load.json", "at": "/slow", "max": 200}
    found = judge(control(met_when="sources"), {"sources": [{"name": "crm", "owner": "x", "evidence": [D, missing]}]})
    assert found.states["sources"].level == Level.PARTIAL
    assert "load.json says 420, which misses the limit of at most 200 by 220" in found.only.observed


@pytest.mark.parametrize("answer", ["yes", "partial"])
def test_a_figure_that_misses_its_limit_holds_the_level_at_partial(answer: str) -> None:
    evidence = [D, {"path": "load.json", "at": "/slow", "max": 200}]
    found = judge(control(), {"a": {"answer": answer, "evidence": evidence}})
    assert found.states["a"].level == Level.PARTIAL
    assert found.only.outcome == PARTIAL
    met = [D, {"path": "load.json", "at": "/slow", "max": 420}]
    assert outcome({"a": {"answer": "yes", "evidence": met}}) == MET


def test_up_to_holds_later_controls_at_partial() -> None:
    answer = {"answer": "yes", "evidence": D, "up_to": "production"}
    outcomes = {stage: outcome({"a": answer}, stage=stage) for stage in ("pilot", "production", "scale", None)}
    assert outcomes == {"pilot": MET, "production": MET, "scale": PARTIAL, None: MET}


def test_where_nobody_answered_the_detector_gives_its_level() -> None:
    assert judge(control(met_when="found"), hits=["found"]).states["found"].level == Level.PARTIAL
    whole = {**PRACTICES, "found": practice("found", detectable=True, detected=Level.YES)}
    found = judge(control(met_when="found", proof="verified"), hits=["found"], practices=whole)
    assert (found.states["found"].level, found.only.outcome) == (Level.YES, MET)


def test_with_an_answer_the_detector_gives_proof_alone() -> None:
    for answer, expected in (("yes", MET), ("partial", PARTIAL), ("no", UNMET)):
        assert outcome({"found": answer}, "found", proof="verified", hits=["found"]) == expected


def test_the_owner_of_the_project_is_a_claimed_answer() -> None:
    found = judge(control(met_when="accountable_owner", proof="claimed"), {}, project={"owner": "me@x.org"})
    assert found.only.outcome == MET
    assert judge(control(met_when="accountable_owner"), {}, project={"owner": "me@x.org"}).only.outcome == UNPROVEN
    denied = {"accountable_owner": "no"}
    assert judge(control(met_when="accountable_owner"), denied, project={"owner": "me@x.org"}).only.outcome == UNMET


# --------------------------------------------------------------------------- proof


@pytest.mark.parametrize(
    ("evidence", "proof"),
    [
        (D, Proof.DOCUMENTED),
        ("docs", Proof.DOCUMENTED),
        ("docs/*.md", Proof.DOCUMENTED),
        ("gone.md", Proof.CLAIMED),
        ("empty.md", Proof.CLAIMED),
        ("todo.md", Proof.CLAIMED),
        ("project.yaml", Proof.CLAIMED),
        ("https://x.org/a", Proof.CLAIMED),
        ({"url": "https://x.org/a", "as_of": "2026-11-01"}, Proof.CLAIMED),
        ({"path": "load.json", "at": "/p99"}, Proof.DOCUMENTED),
        ({"path": "load.json", "at": "/p99", "max": 200}, Proof.VERIFIED),
        ({"path": "load.json", "at": "/p99", "max": 100}, Proof.CLAIMED),
        ({"path": "load.json", "at": "/none", "max": 100}, Proof.CLAIMED),
        ({"path": D, "at": "L1"}, Proof.DOCUMENTED),
        ({"path": D, "at": "L7-L9"}, Proof.CLAIMED),
    ],
)
def test_what_evidence_is_worth(evidence: Any, proof: Proof) -> None:
    assert judge(control(), {"a": {"answer": "yes", "evidence": evidence}}).states["a"].proof == proof


@pytest.mark.parametrize(
    ("asked", "documented", "signed", "detected"),
    [
        ("claimed", MET, MET, MET),
        ("documented", MET, MET, MET),
        ("attested", UNPROVEN, MET, MET),
        ("verified", UNPROVEN, UNPROVEN, MET),
    ],
)
def test_a_greater_proof_satisfies_a_lesser_demand(asked: str, documented: Any, signed: Any, detected: Any) -> None:
    assert outcome({"found": {"answer": "yes", "evidence": D}}, "found", proof=asked) == documented
    assert outcome({"found": attested(answer="yes")}, "found", proof=asked) == signed
    assert outcome({"found": "yes"}, "found", proof=asked, hits=["found"]) == detected


def test_verified_becomes_attested_where_nothing_could_verify() -> None:
    for name, answer in (("a", {"answer": "yes"}), ("sources", {"entries": [{"name": "crm", "owner": "x"}]})):
        found = judge(control(met_when=name, proof="verified"), {name: attested(**answer)}).only
        assert (found.outcome, found.required_proof) == (MET, Proof.ATTESTED)
        assert outcome({name: {**answer, "evidence": D}}, name, proof="verified") == UNPROVEN
    typed = attested(max=200, actual=180)
    found = judge(control(met_when="latency", proof="verified"), {"latency": typed}).only
    assert (found.outcome, found.required_proof) == (UNPROVEN, Proof.VERIFIED)
    read = {"max": 200, "actual": {"path": "load.json", "at": "/p99"}}
    assert outcome({"latency": read}, "latency", proof="verified") == MET


def test_lesser_proof_can_be_accepted() -> None:
    assert outcome({"a": "yes"}, proof="attested", accept=Proof.CLAIMED) == MET
    assert outcome({"a": "yes"}, proof="attested", accept=Proof.DOCUMENTED) == UNPROVEN
    assert outcome({"a": "yes"}, proof="claimed", accept=Proof.DOCUMENTED) == MET


@pytest.mark.parametrize("name", ["latency", "sources"])
def test_a_bare_answer_stays_a_claim(name: str) -> None:
    answer = attested(answer="yes", evidence=D)
    assert outcome({name: answer}, name) == UNPROVEN
    assert outcome({name: answer}, name, proof="claimed") == MET
    assert judge(control(met_when=name), {name: answer}).states[name].proof == Proof.CLAIMED


def test_a_whole_file_named_for_more_than_three_practices_shows_none() -> None:
    asked = [control(name, name) for name in "abcd"]
    for names in ("abc", "abcd"):
        found = judge(asked, {name: {"answer": "yes", "evidence": D} for name in names})
        expected = MET if len(names) == 3 else UNPROVEN
        assert {found[name].outcome for name in names} == {expected}
    parts = {name: {"answer": "yes", "evidence": {"path": D, "at": "L1"}} for name in "abcd"}
    assert {f.outcome for f in judge(asked, parts).findings} == {MET}


def test_each_entry_has_its_own_proof_or_the_practices() -> None:
    own = [
        {"name": "x", "max": 1, "actual": 1},
        {"name": "y", "max": 200, "actual": {"path": "load.json", "at": "/p99"}},
    ]
    assert outcome({"latency": own}, "latency") == UNPROVEN
    assert outcome({"latency": {"entries": own, "evidence": D}}, "latency") == MET
    records = [{"name": "crm", "owner": "x", "evidence": D}, {"name": "erp", "owner": "y"}]
    assert outcome({"sources": records}, "sources") == PARTIAL
    assert outcome({"sources": {"entries": records, "evidence": "docs/b.md"}}, "sources") == MET


def test_a_figure_that_cannot_be_read_leaves_its_entry_without_an_actual() -> None:
    answer = {"max": 200, "actual": {"path": "load.json", "at": "/text"}, "evidence": D}
    found = judge(control(met_when="latency"), {"latency": answer})
    assert found.states["latency"].level == Level.PARTIAL
    assert "its actual cannot be read from load.json" in found.only.observed


# --------------------------------------------------------------------------- age


def test_an_attestation_ages_by_the_default_and_by_the_controls_own_age() -> None:
    for day, default, strict in (
        ("2025-11-22", MET, UNPROVEN),
        ("2025-11-21", UNPROVEN, UNPROVEN),
        ("2026-11-12", MET, MET),
        ("2026-11-11", MET, UNPROVEN),
        ("2026-11-22", MET, MET),
        ("2026-11-23", UNPROVEN, UNPROVEN),
    ):
        answers = {"a": attested(day, answer="yes")}
        assert outcome(answers, proof="attested") == default, day
        assert outcome(answers, proof="attested", max_age=10) == strict, day


def test_an_age_of_no_days_is_an_age() -> None:
    assert outcome({"a": attested("2026-11-21", answer="yes")}, proof="attested", max_age=0) == UNPROVEN
    assert outcome({"a": attested("2026-11-22", answer="yes")}, proof="attested", max_age=0) == MET


@pytest.mark.parametrize(
    ("as_of", "free", "aged"),
    [(None, MET, UNPROVEN), ("2026-11-12", MET, MET), ("2026-11-11", MET, UNPROVEN), ("2020-01-01", MET, UNPROVEN),
     ("2026-11-23", UNPROVEN, UNPROVEN)],
)  # fmt: skip
@pytest.mark.parametrize(
    "piece", [{"path": D}, {"path": "load.json", "at": "/p99"}, {"path": "load.json", "at": "/p99", "max": 200}]
)
def test_documents_and_figures_age_only_where_the_control_says_so(
    piece: dict[str, Any], as_of: str | None, free: Outcome, aged: Outcome
) -> None:
    answers = {"a": {"answer": "yes", "evidence": {**piece, **({"as_of": as_of} if as_of else {})}}}
    assert outcome(answers) == free
    assert outcome(answers, max_age=10) == aged


def test_detections_do_not_age() -> None:
    assert outcome({"found": "yes"}, "found", proof="verified", max_age=1, hits=["found"]) == MET


def test_a_fresh_signature_does_not_renew_an_old_figure() -> None:
    entry = {"name": "p99", "max": 200, "actual": 180}
    signed = attested("2026-11-20")
    ages = {"2026-11-12": MET, "2026-11-11": UNPROVEN, "2026-11-23": UNPROVEN}
    for as_of, expected in ages.items():
        answers = {"latency": {"entries": [{**entry, "as_of": as_of}], **signed}}
        assert outcome(answers, "latency", proof="attested", max_age=10) == expected
    old = {"latency": {"entries": [{**entry, "as_of": "2025-11-01"}], **signed}}
    assert outcome(old, "latency", proof="attested") == UNPROVEN
    assert outcome({"latency": {"entries": [entry], **signed}}, "latency", proof="attested", max_age=10) == MET


def test_a_fresh_figure_does_not_renew_an_old_signature() -> None:
    entry = {"name": "p99", "max": 200, "actual": 180, "as_of": "2026-11-20"}
    answers = {"latency": {"entries": [entry], **attested("2020-01-01")}}
    assert outcome(answers, "latency", proof="attested") == UNPROVEN


def test_an_old_figure_is_old_even_where_a_claim_is_enough() -> None:
    for as_of, expected in (("2026-11-12", MET), ("2026-11-11", UNPROVEN), ("2027-01-01", UNPROVEN), (None, MET)):
        entry = {"max": 200, "actual": 180, **({"as_of": as_of} if as_of else {})}
        assert outcome({"latency": entry}, "latency", proof="claimed", max_age=10) == expected


def test_a_records_own_date_counts_too() -> None:
    records = [{"name": "crm", "owner": "x", "as_of": "2026-01-01", "evidence": D}]
    assert outcome({"sources": records}, "sources") == MET
    assert outcome({"sources": records}, "sources", max_age=30) == UNPROVEN


def test_one_good_piece_is_enough() -> None:
    pieces = ["gone.md", "todo.md", {"path": "docs/b.md", "as_of": "2020-01-01"}, {"path": D, "as_of": "2026-11-20"}]
    assert outcome({"a": {"answer": "yes", "evidence": pieces}}, max_age=10) == MET
    assert outcome({"a": {"answer": "yes", "evidence": pieces[:3]}}, max_age=10) == UNPROVEN


# --------------------------------------------------------------------------- contradictions


def test_contradictions_are_told() -> None:
    found = judge(control(met_when="found"), {"found": "no"}, hits=["found"])
    assert [(c.practice, c.said) for c in found.contradictions] == [("found", "answered `no`")]
    assert found.only.outcome == UNMET
    found = judge(control(met_when="found"), {"found": {"not_applicable": "no use"}}, hits=["found"])
    assert found.contradictions[0].seen.endswith("the answer is ignored")
    assert found.only.outcome == PARTIAL
    assert found.removals == ()
    evidence = {"path": "load.json", "at": "/p99"}
    found = judge(control(met_when="latency"), {"latency": {"max": 200, "actual": 175, "evidence": evidence}})
    assert [c.seen for c in found.contradictions] == ["load.json says 180"]
    assert (
        judge(
            control(met_when="latency"), {"latency": {"max": 200, "actual": 180, "evidence": evidence}}
        ).contradictions
        == ()
    )


def test_the_text_of_the_fixture_is_content() -> None:
    assert FILES[D] == DOC


@pytest.mark.parametrize("place", ["answer", "entry"])
def test_a_file_that_gives_another_figure_does_not_document_the_typed_one(place: str) -> None:
    def judged(actual: int) -> Any:
        piece = {"evidence": {"path": "load.json", "at": "/p99"}}
        entry = {"name": "p99", "max": 200, "actual": actual}
        answer = {**entry, **piece} if place == "answer" else {"entries": [{**entry, **piece}]}
        return judge(control(met_when="latency"), {"latency": answer})

    assert judged(180).only.outcome == MET and not judged(180).contradictions
    differing = judged(90)
    assert differing.only.outcome == UNPROVEN and len(differing.contradictions) == 1
    assert "it says 180, not the 90 that is given as the actual" in differing.only.observed


def test_a_refused_answer_is_not_called_unanswered() -> None:
    asked = control(met_when={"found": "partial"}, proof="verified")
    found = judge(asked, {"found": {"not_applicable": "we need none"}}, hits=["found"])
    assert found.only.observed == "`found` is answered not applicable, but found at ops/found.py:3."
