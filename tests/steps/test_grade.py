"""Outcomes: conditions over practices, what answers and facts take out, three-valued facts."""

# ruff: noqa: E501
from __future__ import annotations

from typing import Any

import pytest

from readiness.judging.facts import holds
from readiness.judging.removed import loses
from readiness.model import Outcome, Proof
from readiness.terms import read_facts, read_practices
from tests.factories import control, judge

D = "docs/a.md"
MET, PARTIAL, UNPROVEN = Outcome.MET, Outcome.PARTIAL, Outcome.UNPROVEN
UNMET, UNKNOWN, ABSENT = Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE

YES: Any = {"answer": "yes", "evidence": {"path": D, "at": "L1"}}
HALF: Any = {"answer": "partial", "evidence": {"path": D, "at": "L1"}}
CLAIM, NO, OUT = "yes", "no", {"not_applicable": "there is no such thing here"}


def outcome(met_when: Any, answers: dict[str, Any], **changes: Any) -> Outcome:
    return judge(control(met_when=met_when, **changes), answers).only.outcome


BOTH, EITHER = {"all": ["a", "b"]}, {"any": ["a", "b"]}
NESTED = {"all": ["a", {"any": ["b", "c"]}]}
DEEP = {"any": [{"all": ["a", "b"]}, "c"]}
LENIENT = {"all": [{"a": "partial"}, "b"]}


@pytest.mark.parametrize(
    ("met_when", "answers", "expected"),
    [
        ("a", {"a": YES}, MET), ("a", {"a": HALF}, PARTIAL), ("a", {"a": CLAIM}, UNPROVEN),
        ("a", {"a": "partial"}, UNPROVEN), ("a", {"a": NO}, UNMET), ("a", {}, UNKNOWN), ("a", {"a": OUT}, ABSENT),
        (BOTH, {"a": YES, "b": YES}, MET), (BOTH, {"a": YES, "b": HALF}, PARTIAL),
        (BOTH, {"a": YES, "b": CLAIM}, UNPROVEN), (BOTH, {"a": YES, "b": NO}, UNMET), (BOTH, {"a": YES}, UNKNOWN),
        (BOTH, {"b": NO}, UNMET), (BOTH, {"a": YES, "b": OUT}, PARTIAL), (BOTH, {"a": CLAIM, "b": OUT}, UNPROVEN),
        (BOTH, {"a": NO, "b": OUT}, UNMET), (BOTH, {"b": OUT}, UNKNOWN), (BOTH, {"a": OUT, "b": OUT}, ABSENT),
        (EITHER, {"a": YES}, MET), (EITHER, {"a": HALF}, PARTIAL), (EITHER, {"a": HALF, "b": YES}, MET),
        (EITHER, {"a": CLAIM, "b": NO}, UNPROVEN), (EITHER, {"a": CLAIM, "b": HALF}, PARTIAL),
        (EITHER, {"a": NO}, UNKNOWN), (EITHER, {"a": NO, "b": NO}, UNMET), (EITHER, {"a": YES, "b": OUT}, MET),
        (EITHER, {"a": NO, "b": OUT}, UNMET), (EITHER, {"a": OUT}, UNKNOWN), (EITHER, {"a": OUT, "b": OUT}, ABSENT),
        (NESTED, {"a": YES, "b": YES}, MET), (NESTED, {"a": YES, "b": OUT, "c": YES}, MET),
        (NESTED, {"a": YES, "b": OUT, "c": OUT}, PARTIAL), (NESTED, {"a": OUT, "b": YES}, PARTIAL),
        (NESTED, {"a": OUT, "b": OUT, "c": OUT}, ABSENT), (NESTED, {"a": YES, "b": NO, "c": NO}, UNMET),
        (NESTED, {"a": YES, "b": NO}, UNKNOWN), (NESTED, {"a": OUT, "b": NO, "c": NO}, UNMET),
        (DEEP, {"a": YES, "b": OUT}, PARTIAL), (DEEP, {"a": YES, "b": OUT, "c": YES}, MET),
        (DEEP, {"a": OUT, "b": OUT, "c": YES}, MET), (DEEP, {"a": NO, "c": NO}, UNMET), (DEEP, {"a": NO}, UNKNOWN),
        (LENIENT, {"a": HALF, "b": YES}, MET), (LENIENT, {"a": "partial", "b": YES}, UNPROVEN),
        (LENIENT, {"a": HALF, "b": HALF}, PARTIAL), (LENIENT, {"a": NO, "b": YES}, UNMET),
        ({"a": "partial"}, {"a": HALF}, MET),
    ],
)  # fmt: skip
@pytest.mark.parametrize("severity", ["major", "minor"])
def test_outcomes(met_when: Any, answers: dict[str, Any], expected: Outcome, severity: str) -> None:
    assert outcome(met_when, answers, severity=severity) == expected


@pytest.mark.parametrize(
    ("met_when", "answers", "expected"),
    [("a", {"a": OUT}, UNMET), (BOTH, {"a": YES, "b": OUT}, UNMET), (EITHER, {"a": YES, "b": OUT}, MET),
     (EITHER, {"a": OUT, "b": OUT}, UNMET), (EITHER, {"a": OUT}, UNKNOWN), (NESTED, {"a": YES, "b": OUT, "c": OUT}, UNMET)],
)  # fmt: skip
def test_not_applicable_counts_as_no_in_a_blocker(met_when: Any, answers: dict[str, Any], expected: Outcome) -> None:
    assert outcome(met_when, answers, severity="blocker") == expected


def test_what_an_answer_takes_out_is_listed() -> None:
    asked = [
        control("gone", "a"), control("half", BOTH), control("free", EITHER), control("block", "a", severity="blocker"),
        control("else", "a", applies_when={"risk": "high"}),
    ]  # fmt: skip
    found = judge(asked, {"a": {"not_applicable": "as the facts show"}}, facts={"risk": "limited"})
    (removal,) = found.removals
    assert removal.controls == ("gone", "half", "free", "block")
    assert removal.effect == (
        "takes out gone; counts as `no` in the blocker block: state the fact that takes it out, or waive it; "
        "leaves half partial at most; leaves free to what else is asked there"
    )
    assert removal.reason == "as the facts show"


@pytest.mark.parametrize(
    ("met_when", "removed", "expected"),
    [(BOTH, "b", True), (EITHER, "b", False), (NESTED, "b", False), (NESTED, "bc", True), (DEEP, "a", True),
     (DEEP, "c", False), ("a", "a", False), (BOTH, "", False)],
)  # fmt: skip
def test_which_removals_a_condition_feels(met_when: Any, removed: str, expected: bool) -> None:
    assert loses(read_practices(met_when), set(removed)) is expected


# --------------------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"risk": "high"}, {"risk": "high"}, True), ({"risk": "high"}, {"risk": "limited"}, False),
        ({"risk": "high"}, {}, None), ({"risk": ["high", "limited"]}, {"risk": "limited"}, True),
        ({"personal_data": True}, {"personal_data": True}, True), ({"personal_data": True}, {"personal_data": False}, False),
        ({"serving": "batch"}, {"serving": ["batch", "online"]}, True), ({"serving": "edge"}, {"serving": ["batch"]}, False),
        ({"risk": "high", "acts": "writes"}, {"risk": "limited"}, False),
        ({"risk": "high", "acts": "writes"}, {"risk": "high"}, None),
        ({"any": [{"risk": "high"}, {"acts": "writes"}]}, {"risk": "high"}, True),
        ({"any": [{"risk": "high"}, {"acts": "writes"}]}, {"risk": "limited"}, None),
        ({"any": [{"risk": "high"}, {"acts": "writes"}]}, {"risk": "limited", "acts": "none"}, False),
    ],
)  # fmt: skip
def test_facts_in_three_values(condition: Any, facts: dict[str, Any], expected: bool | None) -> None:
    stated = {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}
    assert holds(read_facts(condition), stated) is expected
    found = judge(control(applies_when=condition), {"a": YES}, facts=facts)
    assert found.only.outcome == (ABSENT if expected is False else MET)


def test_facts_are_stronger_than_answers_and_severity() -> None:
    found = judge(control(severity="blocker", applies_when={"risk": "high"}), {"a": OUT}, facts={"risk": "minimal"})
    assert found.only.outcome == ABSENT


# --------------------------------------------------------------------------- the rest of a finding


def test_the_proof_of_a_finding() -> None:
    signed = {"answer": "yes", "attested": {"by": "R. Meyer", "date": "2026-10-01"}}
    found = judge(control(met_when=BOTH), {"a": YES, "b": signed}).only
    assert (found.proof, found.required_proof) == (Proof.DOCUMENTED, Proof.DOCUMENTED)
    assert judge(control(met_when=EITHER), {"a": YES, "b": signed}).only.proof == Proof.ATTESTED
    refused = {**signed, "answer": "no"}
    assert judge(control(met_when=EITHER), {"a": YES, "b": refused}).only.proof == Proof.DOCUMENTED


def test_the_location_is_where_the_lack_is_declared() -> None:
    found = judge(control(met_when=BOTH), {"a": YES, "b": NO}).only
    text = found.location
    assert text.path == "project.yaml"
    assert text.column > judge(control(), {"a": YES}).only.location.column
    assert judge(control(met_when="accountable_owner"), {}, project={"owner": "x"}).only.location.column > 1
    assert judge(control(met_when="b"), {"a": YES}).only.location.column > 1
    assert judge(control(), {}).only.location == ("project.yaml", 1, 1)


def test_a_practice_named_twice_is_told_once() -> None:
    found = judge(control(met_when={"all": ["a", {"any": ["a", "b"]}]}), {"a": NO, "b": YES}).only
    assert found.observed == "`a` is answered `no`."
    assert found.practices == ("a", "b")
