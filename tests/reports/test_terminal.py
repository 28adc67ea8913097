"""The terminal report: the verdict first, nothing wider than the terminal, nothing but what was asked."""

from __future__ import annotations

import re
import unicodedata

import pytest
from rich.cells import cell_len

from readiness.model import Assessment, Proof
from readiness.reports import render, render_all
from readiness.reports.terminal.bars import bar
from readiness.reports.terminal.page import ASCII
from tests.reports import sample, stageless
from tests.reports.hostile import HOSTILE

SGR = re.compile(r"\x1b\[[0-9;]*m")


def lines(assessment: Assessment, **options: object) -> list[str]:
    return render(assessment, "terminal", **options).splitlines()  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_shown_and_stays_inside(text: str, verbose: bool, width: int) -> None:
    report = render(sample.hostile(text), "terminal", width=width, verbose=verbose)
    shown = report.replace("\n", "")
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert max(map(cell_len, report.splitlines())) <= width


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_inside_a_set(text: str, width: int) -> None:
    several = (sample.hostile(text, stageless.framework), sample.hostile(text, stageless.points))
    report = render_all(several, "terminal", width=width, verbose=True)
    assert not [c for c in report.replace("\n", "") if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert max(map(cell_len, report.splitlines())) <= width


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_colour_adds_colour_and_nothing_else(text: str) -> None:
    coloured = render(sample.hostile(text), "terminal", colour=True, verbose=True)
    stripped = SGR.sub("", coloured)
    assert "\x1b" not in stripped
    assert [line.rstrip() for line in stripped.splitlines()] == lines(sample.hostile(text), verbose=True)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_ascii_only_is_ascii_only(text: str) -> None:
    assert render(sample.hostile(text), "terminal", ascii_only=True, verbose=True).isascii()


def test_rich_markup_is_text() -> None:
    assert "[red]alert[/red]" in render(sample.hostile(HOSTILE["rich"]), "terminal")


def test_verdict_is_the_first_and_nearly_the_last_line() -> None:
    report = lines(sample.not_ready())
    assert report[0] == report[-2] == "✗ NOT READY for production: reached pilot"
    assert lines(sample.ready())[0] == "✓ READY for production: reached production"


def test_lesser_proof_and_no_repository_come_first() -> None:
    lesser = sample.not_ready()._replace(accepted_proof=Proof.CLAIMED, repository=False)
    report = " ".join(lines(lesser)[:2])
    assert report.startswith("Judged by lesser proof: claimed counts where the checklist asks for more.")
    assert "Judged without a repository" in report


def test_six_reasons_and_seven_gaps_then_how_many_more() -> None:
    made = sample.not_ready()
    verdict = made.verdict._replace(reasons=tuple(f"reason {n}" for n in range(9)))
    many = made._replace(verdict=verdict, plan=made.plan * 2)
    short, full = lines(many), lines(many, verbose=True)
    assert sum("• reason" in line for line in short) == 6
    assert "    and 3 more reasons, with --verbose" in short
    assert sum(line.strip().startswith("Fix ") for line in short) == 7
    assert any(line.startswith("Do next  the first 7 of 10 gaps") for line in short)
    assert sum("• reason" in line for line in full) == 9
    assert sum(line.strip().startswith("Fix ") for line in full) == 10


def test_verbose_lists_every_finding() -> None:
    report = render(sample.not_ready(), "terminal", verbose=True)
    for finding in sample.not_ready().findings:
        assert f"{finding.control.id} · {finding.location.path}:{finding.location.line}" in report


@pytest.mark.parametrize(
    ("earned", "claimed", "threshold", "drawn"),
    [
        (0, 0, 70, ".......|..."),
        (20, 20, None, "########## "[:10] + "#"),
        (20, 20, 70, "#######|###"),
        (13, 20, 70, "######=|==="),
        (14, 14, 70, "#######|..."),
        (1, 1, 70, "#......|..."),
        (10, 10, 100, "#####.....|"),
        (10, 10, 0, "#|####....."),
    ],
)
def test_bar_touches_the_mark_only_where_the_threshold_is_reached(
    earned: int, claimed: int, threshold: int | None, drawn: str
) -> None:
    score = sample.ready().dimensions[0]._replace(earned=earned, claimed_earned=claimed, possible=20)
    cells = bar(score._replace(threshold=threshold), 11 if threshold is None else 10, ASCII)
    assert cells.plain[:11] == drawn


def test_nothing_applies() -> None:
    made = sample.ready()
    blank = tuple(d._replace(possible=0, earned=0, claimed_earned=0) for d in made.dimensions)
    score = made.score._replace(proven=None, claimed=None, coverage=None, weakest=None)
    report = render(made._replace(dimensions=blank, score=score), "terminal")
    assert "Nothing applies here, so there is no score." in report


def test_a_sum_of_which_nothing_applies_has_a_score_and_nothing_to_answer() -> None:
    made = stageless.points()
    report = lines(made._replace(score=made.score._replace(coverage=None)))
    assert "  Minimum 1 proven, 1.5 claimed · weakest: Model, 1 proven" in report
    assert "None" not in "".join(report)


def test_a_ruler_without_stages_has_a_score_and_no_ladder() -> None:
    report = lines(stageless.points())
    assert report[0] == report[-2] == "• 1 of 3 points proven, 1.5 claimed: Tested in parts"
    assert not [line for line in report if "reached" in line or line.startswith("Why not")]
    assert "Dimensions  0 to 3 points" in report
    done = stageless.points()._replace(plan=())
    assert "Do next  nothing: no gap is open" in lines(done)


def test_points_of_another_name() -> None:
    made = stageless.points()
    stars = made._replace(checklist=made.checklist._replace(scheme=made.checklist.scheme._replace(unit="stars")))
    assert lines(stars)[0] == "• 1 of 3 stars proven, 1.5 claimed: Tested in parts"


def test_what_does_not_count_yet_is_said_at_its_finding() -> None:
    short, full = lines(stageless.framework()), lines(stageless.framework(), verbose=True)
    assert not [line for line in short if line.strip().startswith("approval (A.4) · ")]
    at = next(number for number, line in enumerate(full) if line.strip().startswith("approval (A.4) · "))
    assert full[at + 1].strip().startswith("not met · blocker · advisory until 2027-12-02 · proof: claimed")


def test_a_set_begins_with_a_line_for_each_ruler() -> None:
    report = render_all((sample.not_ready(), stageless.points()), "terminal", width=120).splitlines()
    assert report[:7] == [
        "churn-predictor",
        "",
        "  core@1.0.0  NOT READY for production: reached pilot",
        "    55 proven · 75 claimed · weakest Monitoring: 0 · 2 blockers and 5 gaps open",
        "",
        "  points@1.0.0  Tested in parts",
        "    1 of 3 proven · 1.5 of 3 claimed · weakest Model: 1 · 0 blockers and 3 gaps open",
    ]
