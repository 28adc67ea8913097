"""What a new version of a checklist changes, and what that does to a project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from readiness.model import Band, Dimension, Proof, Published, Requirement, Scheme, Severity, Source, Stage
from readiness.model.comparison import Changed, Move
from readiness.steps.differ import difference, preview, said
from readiness.terms import read_facts, read_practices
from tests.factories import POINTS, assessment, checklist, control, judge, stageless, starts

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
OLD = control("one", "a")


def changed(**fields: Any) -> tuple[Changed, ...]:
    found = difference(checklist(OLD), checklist(OLD._replace(**fields), version="1.1.0"))
    assert not (found.added or found.removed or found.whole)
    assert [(c.control.id, c.former) for c in found.changed] == [("one", None)] * len(found.changed)
    return found.changed[0].fields if found.changed else ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"stage": "pilot"}, ("stage", "moved", "production", "pilot")),
        ({"stage": None}, ("stage", "moved", "production", "none")),
        ({"severity": Severity.BLOCKER}, ("severity", "moved", "major", "blocker")),
        ({"proof": Proof.VERIFIED}, ("proof", "moved", "documented", "verified")),
        ({"dimension": "governance"}, ("dimension", "moved", "monitoring", "governance")),
        ({"met_when": read_practices({"all": ["a", {"any": ["b", {"c": "partial"}]}]})},
         ("met_when", "asks", "a", "all [a, any [b, c partial]]")),
        ({"applies_when": read_facts({"trains_model": True})},
         ("applies_when", "asks", "every project", "trains_model true")),
        ({"applies_when": read_facts({"serving": ["online", "edge"]})},
         ("applies_when", "asks", "every project", "serving online or edge")),
        ({"max_age": 0}, ("max_age", "asks", "none", "0d")),
        ({"enforce_from": starts(("2028-08-02", {"high_risk_by": "product"}), ("2027-12-02", None))},
         ("enforce_from", "asks", "at once", "2028-08-02 high_risk_by product, 2027-12-02")),
        ({"title": "Two"}, ("title", "reworded", "One", "Two")),
        ({"why": "Because."}, ("why", "reworded", "So.", "Because.")),
        ({"fix": "Mend it."}, ("fix", "reworded", "Do it.", "Mend it.")),
        ({"effort": "weeks"}, ("effort", "other", "days", "weeks")),
        ({"needs": ("x", "y")}, ("needs", "other", "none", "x, y")),
        ({"references": (Source("NIST AI RMF", "MEASURE 2.4"),)},
         ("references", "other", "none", "NIST AI RMF MEASURE 2.4")),
        ({"requirements": ("A.2.2",)}, ("requirements", "other", "none", "A.2.2")),
    ],
)  # fmt: skip
def test_a_field_of_a_control(fields: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert changed(**fields) == (Changed(*expected),)


def test_several_fields_of_a_control_and_none() -> None:
    assert changed() == ()
    assert changed(since="1.1.0") == ()
    assert [(c.field, c.kind) for c in changed(title="Two", severity=Severity.MINOR, effort="hours")] == [
        ("severity", "moved"), ("title", "reworded"), ("effort", "other"),
    ]  # fmt: skip


def test_added_and_removed() -> None:
    old = checklist(control("kept", "a"), control("gone", "b"))
    new = checklist(control("new", "c"), control("kept", "a"), version="2.0.0")
    found = difference(old, new)
    assert [c.id for c in found.added] == ["new"]
    assert [c.id for c in found.removed] == ["gone"]
    assert (found.changed, found.whole) == ((), ())
    assert (found.old, found.new) == (old, new)


def test_a_control_that_was_renamed_is_the_same_control() -> None:
    old = checklist(control("before", "a", title="T"), control("other", "b"))
    new = checklist(control("after", "a", title="T", stage="pilot"), control("other", "b"), aliases=ALIAS)
    found = difference(old, new)
    assert (found.added, found.removed) == ((), ())
    assert [(c.control.id, c.former, [f.field for f in c.fields]) for c in found.changed] == [
        ("after", "before", ["stage"])
    ]
    same = difference(old, checklist(*(new.controls[0]._replace(stage="production"), new.controls[1]), aliases=ALIAS))
    assert [(c.control.id, c.former, c.fields) for c in same.changed] == [("after", "before", ())]
    back = difference(new, old)
    assert ([c.id for c in back.added], [c.id for c in back.removed]) == ([], [])
    assert [(c.control.id, c.former, [f.field for f in c.fields]) for c in back.changed] == [
        ("before", "after", ["stage"])
    ]


ALIAS = (("before", "after"),)


@pytest.mark.parametrize("order", [("before", "after"), ("after", "before")])
def test_of_two_that_became_one_the_namesake_goes_on_and_the_other_is_gone(order: tuple[str, str]) -> None:
    old = checklist(*(control(name, "a" if name == "after" else "b") for name in order))
    found = difference(old, checklist(control("after", "a"), aliases=ALIAS))
    assert (found.added, found.changed) == ((), ())
    assert [c.id for c in found.removed] == ["before"]


def test_of_two_former_ids_of_one_control_the_first_goes_on() -> None:
    old = checklist(control("x", "a"), control("y", "b"))
    found = difference(old, checklist(control("z", "a"), aliases=(("y", "z"), ("x", "z"))))
    assert [(c.control.id, c.former) for c in found.changed] == [("z", "x")]
    assert [c.id for c in found.removed] == ["y"]


NOTE = Published("A standard", "2023", None, "Read this.")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"scheme": POINTS}, [("scheme", "asks", "share mean down percent", "sum minimum halves points")]),
        ({"weights": {"blocker": 5, "major": 2, "minor": 1}},
         [("weights", "asks", "blocker 3, major 2, minor 1", "blocker 5, major 2, minor 1")]),
        ({"attestation_age": None}, [("attestation_age", "asks", "365d", "none")]),
        ({"bands": (Band("Low", 0, True), Band("Middle", 2.5, False), Band("High", None, False))},
         [("bands", "asks", "none", "up to 0 Low, below 2.5 Middle, above High")]),
        ({"stages": (Stage("pilot", "Pilot", 20), Stage("production", "Production", 60))},
         [("stages: pilot", "asks", "pilot Pilot", "pilot Pilot 20"),
          ("stages: scale", "asks", "scale Scale 80", "none")]),
        ({"dimensions": (Dimension("monitoring", "Watching"), Dimension("x", "X"))},
         [("dimensions: monitoring", "asks", "monitoring Monitoring", "monitoring Watching"),
          ("dimensions: governance", "asks", "governance Governance", "none"),
          ("dimensions: x", "asks", "none", "x X")]),
        ({"title": "Another ruler"}, [("title", "reworded", "Ruler", "Another ruler")]),
        ({"source": NOTE}, [("source", "reworded", "none", "A standard 2023 Read this.")]),
        ({"base": Dimension("idea", "An idea")},
         [("base", "other", "proof_of_concept Proof of concept", "idea An idea")]),
        ({"requirements": (Requirement("A.1", "One", None), Requirement("A.2", "Two", "not shown"))},
         [("requirements: A.1", "other", "none", "A.1 One"),
          ("requirements: A.2", "other", "none", "A.2 Two not shown")]),
        ({"version": "2.0.0", "released": date(2027, 1, 1), "digest": "sha256:1", "changes": ("All.",)}, []),
    ],
)  # fmt: skip
def test_the_checklist_itself(fields: dict[str, Any], expected: list[tuple[str, ...]]) -> None:
    found = difference(checklist(OLD), checklist(OLD, **fields))
    assert list(found.whole) == [Changed(*each) for each in expected]
    assert not (found.added or found.removed or found.changed)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "none"), ((), "none"), ("", "none"), (0, "0"), (False, "false"), (True, "true"),
     (Proof.ATTESTED, "attested"), (("a", "b"), "a, b"), ({"a": None, "b": 1}, "a none, b 1"),
     (Scheme(), "share mean down percent")],
)  # fmt: skip
def test_a_value_in_words(value: Any, words: str) -> None:
    assert said(value) == words


def test_a_project_under_both_versions() -> None:
    old = stageless(control("kept", "a"), control("before", "b"), control("gone", "c"), control("dated", "d"))
    later = control("dated", "d", enforce_from=starts(("2027-01-01", None)))
    new = stageless(control("new", "e"), control("after", "b", severity="blocker"), control("kept", "a"), later,
                    version="1.1.0", aliases=ALIAS)  # fmt: skip
    answers = {"a": YES, "b": "no", "c": YES}
    seen = preview(assessment(judge(old, answers)), assessment(judge(new, answers)))
    assert list(seen.moves) == [
        Move("new", "New", None, "unknown", False, False),
        Move("after", "After", "unmet", "unmet", False, False),
        Move("kept", "Kept", "met", "met", False, False),
        Move("dated", "Dated", "unknown", "unknown", False, True),
        Move("gone", "Gone", "met", None, False, False),
    ]
    assert [move.control for move in seen.moves if not move.same] == ["new", "dated", "gone"]
    assert (seen.old.score.proven, seen.new.score.proven) == (50, 28)


def test_what_never_applies_waits_for_no_day() -> None:
    later = control("x", "a", applies_when={"risk": "high"}, enforce_from=starts(("2027-01-01", None)))
    for facts, expected in ({"risk": "limited"}, ("not_applicable", False)), ({"risk": "high"}, ("unknown", True)):
        found = assessment(judge(stageless(later), facts=facts))
        (move,) = preview(found, found).moves
        assert (move.new, move.new_advisory) == expected
        assert move.same


def test_a_project_under_two_that_became_one() -> None:
    old = stageless(control("after", "a"), control("before", "b"))
    seen = preview(
        assessment(judge(old, {"a": YES})),
        assessment(judge(stageless(control("after", "a"), aliases=ALIAS), {"a": YES})),
    )
    assert [(m.control, m.old, m.new) for m in seen.moves] == [("after", "met", "met"), ("before", "unknown", None)]
