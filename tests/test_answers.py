"""The forms of one answer: levels, measures, records, evidence."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import HEAD, fault, project

from readiness.model import Answer, Level, Reference


def answer(text: str, practice: str = "on_call", dimension: str = "monitoring") -> Answer:
    return project(f"{HEAD}{dimension}:\n  {practice}: {text}\n").answers[practice]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("yes", Level.YES), ("no", Level.NO), ("partial", Level.PARTIAL), ("true", Level.YES), ("false", Level.NO),
        ('"yes"', Level.YES), ("{answer: no}", Level.NO), ("{answer: }", None), ("{}", None),
    ],
)  # fmt: skip
def test_levels(text: str, level: Level | None) -> None:
    assert answer(text).level == level


def test_a_plain_level_is_allowed_for_every_kind() -> None:
    assert answer("yes", "latency_objective", "infrastructure").level == Level.YES
    assert answer("{answer: partial}", "data_sources", "data_pipelines").level == Level.PARTIAL


@pytest.mark.parametrize(
    "text",
    [
        "{name: p99, unit: ms, max: 200, actual: 180}",
        "[{name: p99, unit: ms, max: 200, actual: 180}]",
        "{entries: [{name: p99, unit: ms, max: 200, actual: 180}], note: x}",
    ],
)
def test_the_forms_of_a_measure(text: str) -> None:
    (entry,) = answer(text, "latency_objective", "infrastructure").entries
    assert (entry.name, entry.unit, entry.minimum, entry.maximum, entry.actual) == ("p99", "ms", None, 200, 180)


def test_an_actual_from_a_file() -> None:
    text = "{max: 200, actual: {path: ./r//load.json, at: /p99_ms, as_of: 2026-11-01}}"
    (entry,) = answer(text, "latency_objective", "infrastructure").entries
    assert isinstance(entry.actual, Reference)
    assert (entry.actual.path, entry.actual.at) == ("r/load.json", "/p99_ms")


@pytest.mark.parametrize("text", ["[{name: crm}]", "{entries: [{name: crm}]}"])
def test_the_forms_of_records(text: str) -> None:
    (record,) = answer(text, "data_sources", "data_pipelines").records
    assert record.fields == {"name": "crm", "owner": "", "contract": "", "refresh": ""}


def test_evidence_among_a_measure_belongs_to_the_practice_and_in_an_entry_to_the_entry() -> None:
    direct = answer("{max: 2, evidence: a.md}", "latency_objective", "infrastructure")
    assert (len(direct.evidence), len(direct.entries[0].evidence)) == (1, 0)
    own = answer("[{max: 2, evidence: a.md}]", "latency_objective", "infrastructure")
    assert (len(own.evidence), len(own.entries[0].evidence)) == (0, 1)


@pytest.mark.parametrize(
    ("text", "path", "url"),
    [
        ("docs/a.md", "docs/a.md", None),
        ("./docs//a.md", "docs/a.md", None),
        ("docs\\a.md", "docs/a.md", None),
        (".", ".", None),
        ("lib:docs/./a.md", "lib:docs/a.md", None),
        ("'docs/**/*.md'", "docs/**/*.md", None),
        ("https://x.example/a", None, "https://x.example/a"),
        ("{url: https://x.example/a}", None, "https://x.example/a"),
        ("{path: docs/a.md}", "docs/a.md", None),
        ("[docs/a.md]", "docs/a.md", None),
        ("docs/手册.md", "docs/手册.md", None),
    ],
)
def test_evidence(text: str, path: str | None, url: str | None) -> None:
    (piece,) = answer(f"{{answer: yes, evidence: {text}}}").evidence
    assert (piece.path, piece.url) == (path, url)


@pytest.mark.parametrize("key", ["max", "min", "baseline", "actual"])
@pytest.mark.parametrize("value", ['"200"', "200 ms", "yes", "[1]", '""'])
def test_figures_are_plain_numbers(key: str, value: str) -> None:
    line, column, message, _ = fault(f"{HEAD}infrastructure:\n  latency_objective: {{{key}: {value}}}\n")
    assert (line, column) == (4, 25 + len(key))
    assert message.startswith(f"`{key}` must be a plain number, not ")


def test_a_figure_of_forty_digits() -> None:
    entry: Any = answer(f"{{max: {'9' * 40}}}", "latency_objective", "infrastructure").entries[0]
    assert entry.maximum == int("9" * 40)
