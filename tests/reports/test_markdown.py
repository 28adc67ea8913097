"""The Markdown report holds its shape under any text."""

from __future__ import annotations

from collections import Counter

import pytest
from markdown_it import MarkdownIt

from readiness.model import Proof
from readiness.reports import render, render_all
from tests.reports import sample, stageless
from tests.reports.hostile import HOSTILE
from tests.reports.test_words import leaves

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"<details>", "</details>", "<br>", "<!-- readiness-report: readiness/report/v1 -->"}


def shape(report: str) -> Counter[str]:
    return Counter(token.type for token in PARSER.parse(report))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_changes_no_structure(text: str) -> None:
    report = render(sample.hostile(text), "markdown")
    assert shape(report) == shape(render(sample.hostile("word"), "markdown"))
    report.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_changes_no_structure_of_a_set(text: str) -> None:
    def several(text: str) -> str:
        return render_all(
            (sample.hostile(text, stageless.framework), sample.hostile(text, stageless.points)), "markdown"
        )

    assert shape(several(text)) == shape(several("word"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_makes_no_link_image_or_html(text: str) -> None:
    tokens = PARSER.parse(render(sample.hostile(text), "markdown"))
    inline = {token.type for token in leaves(tokens)}
    assert not inline & {"link_open", "image", "em_open", "s_open"}
    html = {token.content for token in leaves(tokens) if token.type == "html_inline"}
    html |= {line for t in tokens if t.type == "html_block" for line in t.content.splitlines()}
    assert {line for line in html if not line.startswith("<summary>")} <= OURS


def test_first_line_names_the_format() -> None:
    first = render(sample.ready(), "markdown").splitlines()[0]
    assert first == "<!-- readiness-report: readiness/report/v1 -->"


def test_a_ruler_without_stages_has_a_score_its_note_and_what_counts_later() -> None:
    report = render(stageless.framework(), "markdown")
    assert "## 46 of 100 proven, 93 claimed\n" in report
    assert "The figure says what a project can show of Annex A, and is no certificate." in report
    assert "| A person approves what the model decides `approval` (A.4) | 2027-12-02 | not met |" in report
    register = report.partition("### Gap register")[2].partition("###")[0]
    assert "approval" not in register
    assert "No blocker is open.\n" in report


def test_a_set_has_one_table_and_then_each_report() -> None:
    report = render_all((sample.not_ready(), stageless.points()), "markdown")
    assert report.startswith("<!-- readiness-report: readiness/report-set/v1 -->\n# churn-predictor\n")
    assert "| `points@1.0.0` | Tested in parts | 1 of 3 | 1.5 of 3 | Model: 1 | 0 | 3 |" in report
    assert render(stageless.points(), "markdown").strip() in report
    assert render(sample.not_ready(), "markdown").strip() in report


def test_lesser_proof_is_said_before_the_verdict() -> None:
    lesser = sample.ready()._replace(accepted_proof=Proof.DOCUMENTED, repository=False)
    report = render(lesser, "markdown")
    assert report.index("Judged by lesser proof: documented") < report.index("READY for production")
    assert "Judged without a repository" in report


def test_long_lists_are_folded() -> None:
    many = sample.not_ready()
    report = render(many._replace(plan=many.plan * 3), "markdown")
    assert "<details>\n<summary>16 gaps</summary>\n\n| Control" in report
    assert shape(report)["table_open"] == shape(render(many, "markdown"))["table_open"]


def test_owner_and_due_come_from_the_answers() -> None:
    row = next(line for line in render(sample.not_ready(), "markdown").splitlines() if "| days | data-science" in line)
    assert "data-science, platform | 2026-12-15 |" in row
