"""Example answers: what they must give, and every fault in one."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import document
from shelf import WHOLE, told

from readiness import example_answers
from readiness.errors import InputError
from readiness.loaders import checklist
from readiness.pipeline import practices
from readiness.schema_check import schema_faults
from readiness.schemas import schema

TEXT = WHOLE.replace(
    "met_when: runbook", "met_when: {all: [runbook, {on_call: partial}]}, applies_when: {serving: [online]}"
)
Fault = tuple[int, int, str, str | None]


def run(cases: str) -> int:
    read = document(TEXT.replace("{id: runbook, ", f"{{id: runbook, cases: {cases}, "))
    checklist.check(read, practices())
    made = checklist.build(read.data, read.digest)
    count = example_answers.run(read, made, practices(), ("controls",))
    assert schema_faults(read, schema("checklist", {})) == []
    return count


def faults(cases: str) -> list[Fault]:
    try:
        run(cases)
    except InputError as error:
        return told(error)
    return []


@pytest.mark.parametrize(
    "cases",
    [
        "[{met: {runbook: yes, on_call: partial}}]", "[{met: {runbook: yes, on_call: yes}}]",
        "[{partial: {runbook: partial, on_call: yes}}]", "[{unmet: {runbook: yes}}]", "[{unmet: {}}]", "[{unmet: }]",
        "[{partial: {runbook: not_applicable, on_call: yes}}]", "[{not_applicable: {}, facts: {serving: batch}}]",
        "[{met: {runbook: yes, on_call: yes}, facts: {serving: [batch, online]}}]",
    ],
)  # fmt: skip
def test_an_example_that_passes(cases: str) -> None:
    assert run(cases) == 1


@pytest.mark.parametrize(
    ("cases", "count"), [("[]", 0), ("", 0), ("[{unmet: {}}, {met: {runbook: yes, on_call: yes}}]", 2)]
)
def test_examples_are_counted(cases: str, count: int) -> None:
    assert run(cases) == count


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ("[{met: {runbook: yes}}]", (15, 27, "these answers make `runbook` unmet, and not met", "change the example, or what the control asks")),
        ("[{unmet: {runbook: yes, on_call: yes}}]", (15, 27, "these answers make `runbook` met, and not unmet", "change the example, or what the control asks")),
        ("[{met: {runbok: yes}}]", (15, 34, "`runbook` does not ask about `runbok`", "did you mean `runbook`?")),
        ("[{met: {drift_detection: yes}}]", (15, 34, "`runbook` does not ask about `drift_detection`", "it asks about `on_call`, `runbook`")),
        ("[{met: {runbook: full}}]", (15, 43, "`runbook` must be one of `no`, `partial`, `yes`, `not_applicable`", None)),
        ("[{met: {runbook: true}}]", (15, 43, "`runbook` must be one of `no`, `partial`, `yes`, `not_applicable`", "did you mean `yes`?")),
        ("[{met: {runbook: }}]", (15, 34, "`runbook` of an example has no value", "write it behind `runbook:`")),
        ("[{fulfilled: {runbook: yes}}]", (15, 27, "an example names one outcome (`met`, `partial`, `unmet`, `not_applicable`) with answers", "write `- met: {practice: yes}`")),
        ("[{met: {}, unmet: {}}]", (15, 27, "an example names one outcome (`met`, `partial`, `unmet`, `not_applicable`) with answers", "write `- met: {practice: yes}`")),
        ("[met]", (15, 27, "an example names one outcome (`met`, `partial`, `unmet`, `not_applicable`) with answers, not the text `met`", "write `- met: {practice: yes}`")),
        ("[{met: {runbook: yes}, because: x}]", (15, 49, "unknown field `because` in an example", None)),
        ("[{met: [runbook]}]", (15, 33, "`met` must hold fields, not a list", "write `met:` and indent the answers below")),
        ("met", (15, 26, "`cases` must be a list, not the text `met`", "begin each entry on its own line with `- `")),
        ("[{unmet: {}, facts: {sytem: agentic}}]", (15, 47, "unknown fact `sytem`", "did you mean `system`?")),
        ("[{unmet: {}, facts: {system: robot}}]", (15, 55, "`system` must be one of `predictive`, `generative`, `agentic`", None)),
        ("[{unmet: {}, facts: {system: [agentic, predictive]}}]", (15, 55, "an example states one value of `system`", None)),
        ("[{unmet: {}, facts: {any: [{system: agentic}, {risk: high}]}}]", (15, 46, "an example states facts, and no condition over them", None)),
        ("[{unmet: {}, facts: agentic}]", (15, 46, "expected facts with their values, not the text `agentic`", None)),
    ],
)  # fmt: skip
def test_faults(cases: str, expected: Fault) -> None:
    found = faults(cases)
    assert any(fault[:3] == expected[:3] and (expected[3] is None or fault[3] == expected[3]) for fault in found), found


WRONG: list[Any] = [
    None, True, 5, -1, 2.5, "", " ", "a", "met", "yes", [], [[]], [None], [""], ["a"], [{}], {}, {"a": None},
    {"met": None}, {"runbook": None}, {"runbook": "yes"}, {"runbook": ["yes"]}, [{"met": {"runbook": {}}}],
]  # fmt: skip
PLACES = [(), (0,), (0, "unmet"), (0, "unmet", "runbook"), (0, "facts"), (0, "facts", "serving")]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_no_value_anywhere_is_an_unexpected_one(place: tuple[Any, ...]) -> None:
    for value in WRONG:
        held: dict[str, Any] = {"at": [{"unmet": {"runbook": "no"}, "facts": {"serving": "online"}}]}
        within: Any = held
        for step, following in zip(("at", *place), (*place, None), strict=True):
            if following is None:
                within[step] = value
            else:
                within = within[step]
        for line, column, *_ in faults(json.dumps(held["at"])):
            assert line and column
