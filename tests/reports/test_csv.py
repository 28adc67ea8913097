"""The table of findings, as a reader of CSV and a spreadsheet take it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest

from readiness.model import Assessment
from readiness.reports import csv as module
from readiness.reports import render, render_all
from readiness.reports.safe import plain
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\u00a0=1", "\uff1d1", "\uff0b1",
    "\uff0d1", "\uff20A1", "\ufe661", "\u22121", '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0",
    "\ufe0f=1", "x;=1", 'x;"=1', "x; @SUM(1)", "'=1",
]  # fmt: skip
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
Rows = list[dict[str, str]]


def rows(text: str) -> Rows:
    found = list(csv.DictReader(StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in found)
    return found


@pytest.mark.parametrize("make", variants.ALL)
def test_rows_are_the_findings_of_the_json_report(make: Callable[[], Assessment]) -> None:
    made = make()
    report = variants.as_json(made)
    expected = {name: how for how, names in variants.standing(report).items() for name in names}
    found = rows(render(made, "csv"))
    assert [row["control"] for row in found] == [each["control"] for each in report["findings"]]
    for row, each in zip(found, report["findings"], strict=True):
        for name in ("dimension", "severity", "outcome", "claimed", "proven", "proof", "required_proof", "effort"):
            assert row[name] == each[name]
        assert row["standing"] == expected[each["control"]]
        assert (row["stage"], row["target"]) == (each["stage"] or "", report["target"] or "")
        assert (row["counts_from"], row["change"]) == (each["advisory"] or "", each["change"] or "")
        assert row["waiver"] == ((each["waiver"] or {}).get("status") or "")
        assert [row["path"], row["line"], row["column"]] == [str(value) for value in each["location"].values()]
    planned = sorted((int(row["plan"]), row["control"]) for row in found if row["plan"])
    assert planned == list(enumerate(report["plan"], start=1))


def test_the_docstring_names_every_column() -> None:
    listed = re.findall(r"^- ([a-z_, ]+):", module.__doc__ or "", re.MULTILINE)
    listed += re.findall(r"^- (waiver, [^:]+):", module.__doc__ or "", re.MULTILINE)
    named = {name.strip() for line in listed for name in line.split(",")}
    assert named == set(module.COLUMNS)
    assert len(set(module.COLUMNS)) == len(module.COLUMNS)


def test_rows_end_as_the_standard_says() -> None:
    text = render(sample.not_ready(), "csv")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert len(text.splitlines()) == 1 + len(sample.not_ready().findings)


def test_who_answers_for_it_and_until_when() -> None:
    row = next(row for row in rows(render(sample.not_ready(), "csv")) if row["control"] == "drift")
    assert (row["owner"], row["due"], row["practices"]) == (
        "data-science, platform",
        "2026-12-15",
        "drift_detection alerting",
    )


def test_several_checklists_stand_in_one_table() -> None:
    first, second = sample.not_ready(), variants.unstaged()
    together = render_all((first, second), "csv")
    alone = render(second, "csv").split("\r\n", 1)
    assert together == render(first, "csv") + alone[1]
    assert {row["checklist"] for row in rows(together)} == {"core", "ml-test-score"}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula(text: str) -> None:
    for row in rows(render(sample.hostile(text), "csv")):
        for cell in row.values():
            assert not re.match(rf"[\s\ufe0e\ufe0f]*[{re.escape(SIGNS)}]", cell)
            for piece in cell.split(";"):
                assert not re.match(rf"[\s\"]*[{re.escape(SIGNS)}]", piece)


def test_a_formula_is_kept_as_text() -> None:
    row = rows(render(sample.hostile("=1+1"), "csv"))[0]
    assert row["title"] == "'=1+1 Every data source has an owner, a contract and a refresh time"
    assert row["control"] == "data_sources"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    made = sample.hostile(text)
    report = render(made, "csv")
    report.encode("utf-8")
    found = rows(report)
    assert len(found) == len(made.findings)
    assert len(report.split("\r\n")) == len(found) + 2
    for row in found:
        assert row["project"].lstrip("'") == plain(f"{text} churn-predictor")
        assert max(map(len, row.values())) < 32_767
