"""The manual's pages: conditions in words, and no text that does something."""

from __future__ import annotations

import pytest

from readiness.model import Condition, Level, Published, Removed, Requirement, Step
from readiness.reports.conditions import facts, practices, used
from readiness.reports.manual import checklist_page, checklists, explain
from tests.reports.hostile import HOSTILE
from tests.reports.rulers import CONTROLS, PRACTICES, checklist, fact, leaf


def group(op: str, *parts: Condition) -> Condition:
    return Condition(op, parts)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (leaf("alerting"), "alerting"),
        (leaf("alerting", Level.PARTIAL), "alerting (partial is enough)"),
        (group("all", leaf("drift_detection"), leaf("alerting")), "all of: drift_detection, alerting"),
        (group("all", leaf("a"), group("any", leaf("b"), leaf("c"))), "all of: a, (any of: b, c)"),
        (group("any", leaf("a")), "a"),
    ],
)
def test_practices_in_words(condition: Condition, said: str) -> None:
    assert practices(condition) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (None, "to every project"),
        (fact("system", "generative", "agentic"), "only where the system is generative or agentic"),
        (fact("trains_model", True), "only where it trains its own model"),
        (fact("personal_data", True, False), "only where personal_data is true or false"),
        (group("any", fact("risk", "high"), fact("exposure", "public")),
         "only where risk is high, or exposure is public"),
        (group("all", fact("risk", "high"), group("any", fact("acts", "writes"), fact("serving", "online"))),
         "only where risk is high, and (what it does in other systems is writes, or serving includes online)"),
        (group("not", fact("acts", "none")), "only where it is not so that what it does in other systems is nothing"),
    ],
)  # fmt: skip
def test_facts_in_words(condition: Condition | None, said: str) -> None:
    assert facts(condition) == said


def test_used_finds_every_practice() -> None:
    assert list(used(group("all", leaf("a"), group("any", leaf("b"), leaf("a"))))) == ["a", "b", "a"]


def test_a_practice_page_says_which_controls_judge_it() -> None:
    alerting = next(practice for practice in PRACTICES if practice.id == "alerting")
    page = explain(None, alerting, checklist(), {})
    assert "drift: Drift is measured against a reference" in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_shown(text: str) -> None:
    practice = PRACTICES[0]._replace(title=text, ask=text, partial=text, yes=text, counts=(text,), tools=(text,))
    control = CONTROLS[0]._replace(title=text, why=text, fix=text, effort=text)
    ruler = checklist([control])._replace(title=text, changes=(text,))
    pages = [
        explain(control, practice, ruler, {practice.id: practice}),
        checklist_page(ruler, width=140),
        checklists([ruler]),
    ]
    for page in pages:
        assert all(c.isprintable() or c == "\n" for c in page.replace("\ufe0f", ""))
    assert checklist_page(ruler, ascii_only=True).isascii()


def test_hostile_reasons_of_overlays_are_shown() -> None:
    for hostile in HOSTILE.values():
        control = CONTROLS[0]._replace(history=(Step("own@1.0.0", f"changed {hostile}", hostile),))
        ruler = checklist([control])._replace(
            layers=("core@1.0.0",), removed=(Removed("gone", hostile, "own@1.0.0", hostile),),
            source=Published(hostile, hostile, hostile, hostile), requirements=(Requirement("1", hostile, hostile),),
        )  # fmt: skip
        for page in (explain(control, None, ruler, {}), checklist_page(ruler, width=140)):
            assert all(c.isprintable() or c == "\n" for c in page.replace("\ufe0f", ""))
        assert checklist_page(ruler, ascii_only=True).isascii()
