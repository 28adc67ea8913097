"""What GitHub's runner and a reader of its summary get to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from readiness.model import Assessment, Proof
from readiness.reports import render, render_all
from readiness.reports.safe import plain
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE
from tests.reports.runner import Command, command

NASTY = {
    **HOSTILE,
    "command": "::error::no\n::stop-commands::x\r::add-mask::y",
    "old command": "##[error]no ##[set-env name=PATH;]x",
    "percent": "100% %0A %25 %3A",
    "property": "x,line=1,file=/etc/passwd::y",
}
KINDS = {"blocker": "error", "major": "warning", "minor": "notice"}
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LIMIT = 1_000_000
OURS = {"<details>", "</details>"}


def commands(text: str) -> list[Command]:
    return [found for line in text.splitlines() if (found := command(line)) is not None]


def annotations(text: str) -> list[Command]:
    return [found for found in commands(text) if found.name in KINDS.values()]


# --------------------------------------------------------------------------- annotations


@pytest.mark.parametrize("make", variants.ALL)
def test_the_open_gaps_in_the_order_of_the_plan(make: Callable[[], Assessment]) -> None:
    made = make()
    report = variants.as_json(made)
    known = {each["control"]: each for each in report["findings"]}
    found = annotations(render(made, "github"))
    assert len(found) == len(report["plan"])
    for each, control in zip(found, report["plan"], strict=True):
        finding = known[control]
        assert each.name == KINDS[finding["severity"]]
        assert each.properties["file"] == "project.yaml"
        assert each.properties["line"] == str(finding["location"]["line"])
        assert each.properties["col"] == str(finding["location"]["column"])
        assert each.properties["title"].startswith(f"{finding['title']} ({control}): ")
        assert each.data.endswith(f"\nHow to fix it: {finding['fix']}")


@pytest.mark.parametrize(
    ("make", "last"),
    [
        (sample.ready, "readiness: core@1.0.0: READY for production: reached production; 0 errors, 0 warnings, "
         "1 notice; not counted: 1 beyond the target."),
        (sample.not_ready, "readiness: core@1.0.0: NOT READY for production: reached pilot; 2 errors, 3 warnings, "
         "0 notices; not counted: 1 waived, 1 beyond the target."),
        (variants.advisory, "readiness: core@1.0.0: NOT READY for production: reached pilot; 2 errors, 2 warnings, "
         "0 notices; not counted: 1 waived, 1 advisory, 1 beyond the target."),
        (variants.unstaged, "readiness: ml-test-score@1.0.0: 55 of 100 proven, 75 claimed; 2 errors, 3 warnings, "
         "1 notice; not counted: 1 waived."),
        (lambda: variants.long(23, "blocker"), "readiness: core@1.0.0: NOT READY for production: reached pilot; "
         "23 errors, 0 warnings, 0 notices; GitHub shows 10 of a kind, so 13 more errors stand in the log alone."),
    ],
)  # fmt: skip
def test_the_last_line_sums_it_up(make: Callable[[], Assessment], last: str) -> None:
    assert render(make(), "github").splitlines()[-1] == last


def test_what_has_no_annotation_is_in_the_log() -> None:
    text = render(variants.long(25), "github")
    found = commands(text)
    assert Counter(each.name for each in found) == {"error": 10, "warning": 10, "group": 1, "endgroup": 1}
    lines = text.splitlines()
    start, end = lines.index("::group::5 more gaps"), lines.index("::endgroup::")
    assert [line.split(" at project.yaml:")[0] for line in lines[start + 1 : end]] == ["major"] * 5
    told = {each.properties["title"].split("(")[1].split(")")[0] for each in annotations(text)}
    told |= {line.split("(control_")[1].split(")")[0] for line in lines[start + 1 : end]}
    assert len(told) == 25


def test_the_limit_holds_for_all_checklists_together() -> None:
    first, second = variants.long(8, "blocker"), variants.unstaged()
    text = render_all((first, second, first._replace(checklist=second.checklist._replace(id="third"))), "github")
    assert Counter(each.name for each in annotations(text)) == {"error": 10, "warning": 3, "notice": 1}
    assert text.splitlines()[-4:] == [
        "readiness: core@1.0.0: NOT READY for production: reached pilot",
        "readiness: ml-test-score@1.0.0: 55 of 100 proven, 75 claimed",
        "readiness: third@1.0.0: NOT READY for production: reached pilot",
        "readiness: 3 checklists; 18 errors, 3 warnings, 1 notice; not counted: 1 waived; GitHub shows 10 of a kind, "
        "so 8 more errors stand in the log alone.",
    ]
    assert annotations(text)[0].properties["title"].startswith("core: ")


def test_lesser_proof_is_said_first() -> None:
    lesser = sample.ready()._replace(accepted_proof=Proof.DOCUMENTED)
    assert render(lesser, "github").splitlines()[0] == (
        "readiness: Judged by lesser proof: documented counts where the checklist asks for more."
    )


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_hostile_text_is_no_command(text: str) -> None:
    made = sample.hostile(text)
    report = render(made, "github")
    report.encode("utf-8")
    found = annotations(report)
    assert commands(report) == found
    assert [each.name for each in found] == [each.name for each in annotations(render(sample.not_ready(), "github"))]
    for each, finding in zip(found, made.plan, strict=True):
        assert set(each.properties) == {"file", "line", "col", "title"}
        assert each.properties["file"] == plain(finding.location.path)
        assert each.properties["line"] == str(finding.location.line)
        assert len(each.data) < 4096


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_hostile_text_in_the_log_is_no_command(text: str) -> None:
    made = sample.hostile(text)
    report = render(made._replace(plan=made.plan * 8), "github")
    assert Counter(each.name for each in commands(report)) == {"error": 10, "warning": 10, "group": 1, "endgroup": 1}


@pytest.mark.parametrize("format", ["sarif", "junit", "gitlab", "csv", "github-summary"])
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_other_formats_in_a_log_hold_no_command(text: str, format: str) -> None:
    assert commands(render(sample.hostile(text), format)) == []


@pytest.mark.parametrize("line", ["::error::x", "  ::error file=a::x", "some ##[error]x"])
def test_the_runner_of_these_tests_finds_commands(line: str) -> None:
    assert command(line) is not None


# --------------------------------------------------------------------------- the job's summary


def shape(text: str) -> Counter[str]:
    return Counter(token.type for token in PARSER.parse(text))


def html(text: str) -> set[str]:
    tokens = PARSER.parse(text)
    found = {line for token in tokens if token.type == "html_block" for line in token.content.splitlines()}
    return found | {leaf.content for token in tokens for leaf in token.children or [] if leaf.type == "html_inline"}


def test_verdict_dimensions_and_plan_come_first() -> None:
    text = render(sample.not_ready(), "github-summary")
    places = [
        text.index(part)
        for part in ("## ❌ NOT READY for production: reached pilot", "| Dimension |", "### What to do", "<details>")
    ]
    assert places == sorted(places)
    assert text.count("<details>") == text.count("</details>") == 8


@pytest.mark.parametrize("make", variants.ALL)
def test_the_plan_is_that_of_the_json_report(make: Callable[[], Assessment]) -> None:
    made = make()
    rows = [line for line in render(made, "github-summary").splitlines() if line.startswith("| ") and line[2].isdigit()]
    assert [row.split("`")[1] for row in rows] == variants.as_json(made)["plan"]


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_hostile_text_changes_no_summary(text: str) -> None:
    report = render(sample.hostile(text), "github-summary")
    report.encode("utf-8")
    assert shape(report) == shape(render(sample.hostile("word"), "github-summary"))
    inline = {leaf.type for token in PARSER.parse(report) for leaf in token.children or []}
    assert not inline & {"link_open", "image", "em_open", "s_open"}
    assert {line for line in html(report) if not line.startswith("<summary>")} <= OURS


@pytest.mark.parametrize("text", ["", "A" * 10_000, "模型" * 200, "@x #1 <b> | ` [a](b)" * 40], ids=["", "a", "w", "e"])
@pytest.mark.parametrize("gaps", [200, 3000])
def test_always_below_the_limit(text: str, gaps: int) -> None:
    made = sample.hostile(text) if text else sample.not_ready()
    plan = (made.plan * gaps)[:gaps]
    many = made._replace(plan=plan, verdict=made.verdict._replace(reasons=made.verdict.reasons * gaps))
    report = render(many, "github-summary")
    assert len(report.encode()) < LIMIT
    assert report.count("<details>") == report.count("</details>")
    assert "### What to do" in report
    assert len(render_all((many, many, many), "github-summary").encode()) < LIMIT


def test_it_says_what_was_left_out() -> None:
    made = sample.not_ready()
    report = render(made._replace(plan=made.plan * 2000), "github-summary")
    rows = sum(line.startswith("| ") and line[2].isdigit() for line in report.splitlines())
    said = report.rstrip().splitlines()[-1]
    assert said.startswith(
        "**Left out, because GitHub takes no summary of more than 1 MiB:** "
        f"What to do, {10_000 - rows} of 10000 rows; What was observed, "
    )
    assert "Waivers (3)" in report and "Left out" not in render(made, "github-summary")


def test_several_checklists_share_a_table() -> None:
    report = render_all((sample.not_ready(), variants.unstaged()), "github-summary")
    assert report.index("| Checklist |") < report.index("### ❌ NOT READY") < report.index("### 55 of 100 proven")
    assert "Restates the rubric; not endorsed by its authors." in report
