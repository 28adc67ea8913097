"""The waivers of a description: what is read, and every fault in them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from helpers import HEAD, faults, project

BASE = {"control": "drift", "reason": "agreed", "owner": "a@x", "approved_by": "b@x", "expires": "2027-03-31"}


def text(*entries: Any) -> str:
    return HEAD + "waivers: " + json.dumps(entries) + "\n"


def said(*entries: Any) -> list[tuple[str, str | None]]:
    return [(each.message, each.help) for each in faults(text(*entries))]


def test_what_is_read() -> None:
    found = project(text(BASE, {**BASE, "control": "own:only", "granted": "2026-10-01"})).waivers
    assert [(w.checklist, w.control, w.granted) for w in found] == [
        ("core", "drift", None), ("own", "only", date(2026, 10, 1)),
    ]  # fmt: skip
    assert (found[0].reason, found[0].owner, found[0].approved_by) == ("agreed", "a@x", "b@x")
    assert found[0].expires == date(2027, 3, 31)
    assert found[0].mark.line == 3


@pytest.mark.parametrize("granted", ["2027-03-31", "2026-01-01"])
def test_a_waiver_may_hold_for_one_day(granted: str) -> None:
    (found,) = project(text({**BASE, "granted": granted})).waivers
    assert found.granted == date.fromisoformat(granted)


def test_of_a_checklist_that_is_not_known_nothing_is_checked() -> None:
    (found,) = project(text({**BASE, "control": "theirs:anything"})).waivers
    assert (found.checklist, found.control) == ("theirs", "anything")


def test_no_waivers() -> None:
    assert project(text()).waivers == ()
    assert project(HEAD + "waivers:\n").waivers == ()


@pytest.mark.parametrize(
    ("changes", "message", "help"),
    [
        ({"granted": "2027-04-01"}, "the waiver ends before it begins", "`expires` is 2027-03-31"),
        ({"approved_by": " A@X "}, "the approver of a waiver must be someone other than its owner",
         "name the person who accepts the risk"),
        ({"expires": "never"}, None, "write it as YYYY-MM-DD, for example 2026-11-30"),
        ({"granted": "2026-02-30"}, "`granted`: there is no day 2026-02-30",
         "write a date that exists, as YYYY-MM-DD"),
        ({"control": "drft"}, "`core` has no control `drft`", "did you mean `drift`?"),
        ({"control": "zzzz"}, "`core` has no control `zzzz`", "`readiness checklist show core` lists its controls"),
        ({"control": "alerting"}, "`core` has no control `alerting`",
         "`alerting` is a practice; the controls that ask about it are `drift`"),
        ({"control": "own:drift"}, "`own` has no control `drift`", "`readiness checklist show own` lists its controls"),
        ({"control": "core:"}, "`core:` names no control",
         "write `fallback`, or `ml-test-score:monitor-7` for another checklist"),
        ({"control": ":drift"}, "`:drift` names no control",
         "write `fallback`, or `ml-test-score:monitor-7` for another checklist"),
        ({"until": "2027-01-01"}, None, None),
    ],
)  # fmt: skip
def test_a_fault(changes: dict[str, Any], message: str | None, help: str | None) -> None:
    ((what, advice),) = said({**BASE, **changes})
    assert message is None or what == message
    assert help is None or advice == help
    assert what


@pytest.mark.parametrize("key", sorted(BASE))
def test_a_field_that_is_missing(key: str) -> None:
    left = {name: value for name, value in BASE.items() if name != key}
    assert said(left) == [(f"the waiver lacks `{key}`", f"add `{key}: ...`")]


@pytest.mark.parametrize("entry", ["drift", 3, ["drift"], True])
def test_a_waiver_that_holds_no_fields(entry: Any) -> None:
    ((what, help),) = said(entry)
    assert what.startswith("a waiver holds fields, not ")
    assert help == "its fields are `control`, `reason`, `owner`, `approved_by`, `expires`"


@pytest.mark.parametrize("key", sorted(BASE))
@pytest.mark.parametrize("value", [[], {}, ["x", 1], {"a": 1}, True, ""])
def test_a_field_of_a_wrong_kind_is_a_fault(key: str, value: Any) -> None:
    assert said({**BASE, key: value})


def test_twice() -> None:
    assert said(BASE, {**BASE, "control": "core:drift"}) == [
        ("`drift` is waived twice, first on line 3", "keep the one that holds")
    ]
