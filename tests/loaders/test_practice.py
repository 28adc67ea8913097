"""Practice files: the shipped ones, and every fault of one that is written wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import document

from readiness.errors import InputError
from readiness.library import shelf
from readiness.loaders.practice import build, check
from readiness.model import Level

SHIPPED = sorted(shelf().glob("practices/*/*.yaml"))
GOOD = """id: on_call
title: On-call duty
ask: Is someone on call?
kind: level
levels: {partial: One person., "yes": A rota.}
counts: [a rota]
does_not_count: [a name in a file]
"""


def faults(text: str, dimension: str = "monitoring", name: str = "on_call") -> list[tuple[int, int, str]]:
    try:
        check(document(text), dimension, name)
    except InputError as error:
        return [(d.line, d.column, d.message) for d in error.diagnostics]
    return []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_practices_are_faultless(path: Path) -> None:
    check(document(path.read_bytes()), path.parent.name, path.stem)


def test_a_good_one() -> None:
    assert faults(GOOD) == []
    made = build(document(GOOD.replace("[a rota]", "one text") + "tools:\napplies_when:\n").data, "monitoring")
    assert (made.counts, made.tools, made.applies_when, made.detected) == (("one text",), (), None, Level.PARTIAL)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: on_call", "id: oncall", (1, 5, "the id must be the file's name, `on_call`")),
        ("id: on_call", "id: 5", (1, 5, "`id` must be text, not the number 5")),
        ("title: On-call duty", "title:", (2, 1, "`title` of the practice has no value")),
        ("title: On-call duty", "title: 5", (2, 8, "`title` must be text, not the number 5")),
        ("kind: level", "kind: levl", (4, 7, "`kind` must be one of `level`, `measure`, `records`")),
        ("kind: level", "kind: records", (1, 1, "a practice of kind `records` needs `fields`")),
        ("kind: level", "kind: level\nfields: {a: b}", (5, 1, "`fields` belongs to a practice of kind `records`")),
        ("partial: One person.", "partial: tbd", (5, 19, "`partial` of `levels` says nothing: `tbd`")),
        (', "yes": A rota.', "", (5, 9, "`levels` lacks `yes`")),
        ("[a rota]", "[[a]]", (6, 10, "each entry of `counts` must be text, not a list")),
        ("counts: [a rota]", "count: [a]\ncounts: [a]", (6, 1, "unknown field `count` in a practice")),
        ("kind: level", "kind: level\napplies_when: {sytem: agentic}", (5, 16, "unknown fact `sytem`")),
        ("kind: level", "kind: level\napplies_when: {any: []}", (5, 21, "`any` needs a list of conditions")),
    ],
)  # fmt: skip
def test_faults(old: str, new: str, expected: tuple[int, int, str]) -> None:
    assert expected in faults(GOOD.replace(old, new, 1))


def test_a_folder_that_is_no_dimension() -> None:
    assert faults(GOOD, "monitor") == [(1, 1, "`monitor` is not a dimension")]


def test_no_mapping() -> None:
    assert faults("- a\n") == [(1, 1, "a practice file holds fields, not a list")]
