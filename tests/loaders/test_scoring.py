"""Scoring of a checklist: what it means where little is written, and every fault in it."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import pytest
from helpers import document
from shelf import WHOLE, told

from readiness.errors import InputError
from readiness.loaders.checklist import build, check
from readiness.model import Band, Checklist, Scheme
from readiness.pipeline import practices

Fault = tuple[int, int, str, str | None]


def made(text: str) -> Checklist:
    read = document(text)
    check(read, practices())
    return build(read.data, read.digest)


def faults(text: str) -> list[Fault]:
    try:
        made(text)
    except InputError as error:
        return told(error)
    return []


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("{}", Scheme("share", "mean", "down", "percent")),
        ("{within: sum}", Scheme("sum", "mean", "down", "points")),
        ("{within: sum, across: minimum, rounding: halves}", Scheme("sum", "minimum", "halves", "points")),
        ("{within: share}\n  unit: marks", Scheme("share", "mean", "down", "marks")),
        ("{within: , across: }\n  unit:", Scheme()),
    ],
)
def test_what_a_scheme_leaves_open(scheme: str, expected: Scheme) -> None:
    text = WHOLE.replace("{within: share}", scheme).replace("threshold: 60", "threshold: 3")
    assert made(text).scheme == expected


def test_bands_are_read_from_the_lowest() -> None:
    bands = "\n  bands: [{title: low, up_to: 0}, {title: some, below: 2.5}, {title: more, up_to: 2.5}, {title: high}]"
    expected = (Band("low", 0, True), Band("some", 2.5, False), Band("more", 2.5, True), Band("high", None, False))
    assert made(WHOLE.replace("{within: share}", "{}" + bands)).bands == expected


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("[{title: a, up_to: 2}, {title: b, up_to: 1}, {title: c}]", (7, 51, "a band must end above the one before it", "list the bands from the lowest")),
        ("[{title: a, up_to: 2}, {title: b, below: 2}, {title: c}]", (7, 51, "a band must end above the one before it", "list the bands from the lowest")),
        ("[{title: a, below: 2}, {title: b, below: 2}, {title: c}]", (7, 51, "a band must end above the one before it", "list the bands from the lowest")),
        ("[{title: a, up_to: 2.25}, {title: b}]", (7, 29, "a band must end at a whole number or a half, from 0 to 1,000", None)),
        ("[{title: a, up_to: 1e300}, {title: b}]", (7, 29, "a band must end at a whole number or a half, from 0 to 1,000", None)),
        ("[{title: a, up_to: -1}, {title: b}]", (7, 29, "a band must end at a whole number or a half, from 0 to 1,000", None)),
        ("[{title: a, up_to: ten}, {title: b}]", (7, 29, "`up_to` must be a plain number, not the text `ten`", "write a bare number, without quotes or unit, for example 0.85")),
        ("[{title: a, up_to: }, {title: b}]", (7, 22, "`up_to` of a band has no value", "write it behind `up_to:`")),
        ("[{title: a}, {title: b}]", (7, 11, "a band needs `up_to` (that figure included) or `below` (not included)", None)),
        ("[{title: a, up_to: 1, below: 2}, {title: b}]", (7, 11, "a band needs `up_to` (that figure included) or `below` (not included)", None)),
        ("[{title: a, up_to: 1}, {title: b, up_to: 2}]", (7, 44, "the last band has no end, so that no score lies above it", None)),
        ("[{up_to: 1}, {title: b}]", (7, 11, "a band lacks `title`", "add `title: ...`")),
        ("[low, high]", (7, 11, "each band holds fields, not the text `low`", "write {title: ..., up_to: ...}")),
        ("low", (7, 10, "`bands` must be a list, not the text `low`", "begin each entry on its own line with `- `")),
    ],
)  # fmt: skip
def test_faulty_bands(bands: str, expected: Fault) -> None:
    assert expected in faults(WHOLE.replace("{within: share}", f"{{}}\n  bands: {bands}"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{within: share}", "share", (6, 11, "`scheme` must hold fields, not the text `share`", "write `scheme:` and indent `within:`, `across:` and `rounding:` below")),
        ("{within: share}", "{witin: share}", (6, 12, "unknown field `witin` in `scheme`", "did you mean `within`?")),
        ("{within: share}", "{within: total}", (6, 20, "`within` must be one of `share`, `sum`", None)),
        ("  scheme: {within: share}\n", "", (6, 3, "`scoring` lacks `scheme`", "add `scheme: ...`")),
        ("{blocker: 3, major: 2, minor: 1}", "{}", (7, 12, "`weights` lacks `blocker`", "add `blocker: ...`")),
        ("{blocker: 3, major: 2, minor: 1}", "{blocker: 3, major: 2}", (7, 12, "`weights` lacks `minor`", "add `minor: ...`")),
        ("{blocker: 3, major: 2, minor: 1}", "3", (7, 12, "`weights` must hold fields, not the number 3", "write `weights:` and indent a weight for each severity below")),
        ("blocker: 3", "blocker: 1001", (7, 22, "a weight must be a whole number from 1 to 1,000, not the number 1001", None)),
        ("blocker: 3", "blocker: true", (7, 22, "a weight must be a whole number from 1 to 1,000, not `true`", None)),
        ("default_proof: documented", "default_proof: proven", (8, 18, "`default_proof` must be one of `claimed`, `documented`, `attested`, `verified`", None)),
        ("attestation_age: 365d", "attestation_age: 365", (9, 20, "`attestation_age` must be a number of days, not the number 365", "write it like 180d")),
        ("attestation_age: 365d", "unit: ' '", (9, 9, "`unit` of `scoring` is empty", "write something there, or leave it out")),
    ],
)  # fmt: skip
def test_faults(old: str, new: str, expected: Fault) -> None:
    assert expected in faults(WHOLE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (6, []),
        (7, [(11, 84, "no project can reach this stage: a dimension has 6 points up to it, and 7 are asked", None)]),
    ],
)
def test_a_threshold_in_points_must_be_within_reach(threshold: int, expected: list[Fault]) -> None:
    text = WHOLE.replace("within: share", "within: sum").replace("threshold: 60", f"threshold: {threshold}")
    assert faults(text) == expected


def test_the_poorest_dimension_decides_what_is_within_reach() -> None:
    text = WHOLE.replace("within: share", "within: sum").replace("threshold: 60", "threshold: 2")
    text = text.replace("title: Monitoring}]", "title: Monitoring}, {id: cost, title: Cost}]")
    text = text.replace("{id: runbook, dimension: monitoring", "{id: runbook, dimension: cost")
    said = "no project can reach this stage: a dimension has 1 points up to it, and 2 are asked"
    assert faults(text) == [(11, 84, said, None)]
