"""Which controls apply, by the stated facts."""

from __future__ import annotations

from typing import Any

import pytest

from readiness import library
from readiness.judging.facts import Same, applies, holds, questions
from tests.factories import checklist, control

STATED: list[dict[str, Any]] = [
    {},
    {"risk": "high"},
    {"risk": "minimal", "personal_data": False, "serving": ("batch", "online")},
    {"system": "agentic", "acts": "writes", "retrieves": "none", "exposure": "public"},
]


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("entry", library.shipped(), ids=lambda e: f"{e.id}@{e.version}")
def test_each_control_applies_as_its_condition_says(entry: library.Shipped, stated: dict[str, Any]) -> None:
    ruler = library.checklist(entry.id, entry.version)
    expected = [c.applies_when is None or holds(c.applies_when, stated) for c in ruler.controls]
    assert list(applies(ruler, stated)) == expected
    assert sum(questions(ruler, stated).values()) >= expected.count(None)
    assert stated.keys().isdisjoint(questions(ruler, stated))


def test_what_is_remembered_of_one_checklist_is_not_taken_for_another() -> None:
    first = checklist(control("x", "a", applies_when={"risk": "high"}))
    second = checklist(control("x", "a", applies_when={"risk": "minimal"}))
    assert (applies(first, {"risk": "high"}), applies(second, {"risk": "high"})) == ((True,), (False,))
    assert (applies(first, {"risk": "minimal"}), applies(first, {})) == ((False,), (None,))
    assert Same(first) == Same(first) != Same(second)


def test_the_report_asks_for_facts_that_would_decide() -> None:
    ruler = checklist(
        control("x", applies_when={"risk": "high"}),
        control("y", applies_when={"risk": "high", "acts": "writes"}),
        control("z", applies_when={"any": [{"system": "agentic"}, {"acts": "writes"}]}),
    )
    assert questions(ruler, {}) == {"acts": 2, "risk": 2, "system": 1}
    assert questions(ruler, {"system": "agentic"}) == {"acts": 1, "risk": 2}
    assert questions(ruler, {"risk": "limited"}) == {"acts": 1, "system": 1}
    assert questions(ruler, {"risk": "high", "acts": "reads"}) == {"system": 1}
