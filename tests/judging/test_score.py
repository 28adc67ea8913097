"""The arithmetic of every scheme: share or sum, mean or minimum, rounding, bands, and what cannot be scored."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.judging.score import band, overall
from readiness.model import Band, Checklist, Control, Dimension, Figure, Scheme
from tests.factories import POINTS, Result, checklist, control, judge, stageless

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
HALF: Any = {**YES, "answer": "partial"}
CLAIM = "yes"
OUT: Any = {"not_applicable": "it has no use for us"}
FLAT = {"blocker": 1, "major": 1, "minor": 1}
USUAL = {"blocker": 3, "major": 2, "minor": 1}
SCHEMES = [
    Scheme(within, across, rounding, "points" if within == "sum" else "percent")
    for within in ("share", "sum")
    for across in ("mean", "minimum")
    for rounding in ("down", "halves")
]


def ruler(*controls: Control, scheme: Scheme = POINTS, **more: Any) -> Checklist:
    return stageless(*controls, scheme=scheme, **{"weights": FLAT, **more})


def figures(found: Result) -> list[tuple[int, int, int, Figure | None, Figure | None]]:
    return [(d.earned, d.claimed_earned, d.possible, d.proven, d.claimed) for d in found.dimensions]


# --------------------------------------------------------------------------- within a dimension


@pytest.mark.parametrize(
    ("answers", "weights", "share", "summed"),
    [
        ({"a": YES, "b": HALF, "c": CLAIM}, FLAT, (3, 5, 6, 50, 83), (3, 5, 6, 1.5, 2.5)),
        ({"a": YES, "b": HALF, "c": CLAIM}, USUAL, (8, 10, 12, 66, 83), (8, 10, 12, 4, 5)),
        ({"a": YES, "b": YES, "c": YES}, FLAT, (6, 6, 6, 100, 100), (6, 6, 6, 3, 3)),
        ({}, FLAT, (0, 0, 6, 0, 0), (0, 0, 6, 0, 0)),
        ({"a": HALF, "b": "no", "c": HALF}, FLAT, (2, 2, 6, 33, 33), (2, 2, 6, 1, 1)),
        ({"b": OUT, "c": HALF}, USUAL, (1, 1, 8, 12, 12), (1, 1, 12, 0.5, 0.5)),
        ({"a": "no", "b": OUT, "c": OUT}, FLAT, (0, 0, 2, 0, 0), (0, 0, 6, 0, 0)),
    ],
)
def test_share_and_sum_within_a_dimension(answers: Any, weights: Any, share: Any, summed: Any) -> None:
    """A control that does not apply leaves a share, and earns nothing in a sum."""
    asked = (control("x", "a", severity="blocker"), control("y", "b"), control("z", "c", severity="minor"))
    assert figures(judge(ruler(*asked, scheme=Scheme(), weights=weights), answers))[0] == share
    assert figures(judge(ruler(*asked, scheme=POINTS, weights=weights), answers))[0] == summed


def test_facts_take_a_control_out_of_a_share_and_leave_a_sum_its_length() -> None:
    asked = (control("x", "a"), control("y", "b", severity="blocker", applies_when={"risk": "high"}))
    facts = {"risk": "limited"}
    assert figures(judge(ruler(*asked), {"a": YES}, facts=facts))[0] == (2, 2, 4, 1, 1)
    assert figures(judge(ruler(*asked, scheme=Scheme()), {"a": YES}, facts=facts))[0] == (2, 2, 2, 100, 100)


def test_a_sum_of_which_nothing_applies_is_nothing_and_a_share_is_none() -> None:
    asked = control("x", "a", applies_when={"risk": "high"})
    summed, share = (judge(ruler(asked, scheme=s), {}, facts={"risk": "limited"}) for s in (POINTS, Scheme()))
    assert (summed.score.proven, summed.score.claimed, summed.score.coverage, summed.score.most) == (0, 0, None, 1)
    assert (share.score.proven, share.score.claimed, share.score.coverage, share.score.weakest) == (None,) * 4


# --------------------------------------------------------------------------- across dimensions


def two(scheme: Scheme, answers: Any, **more: Any) -> Result:
    """Three controls watch and two govern."""
    asked = [control(name, name) for name in "abc"]
    asked += [control(name, name, dimension="governance") for name in ("d", "e")]
    return judge(ruler(*asked, scheme=scheme, **more), answers)


@pytest.mark.parametrize(
    ("within", "across", "rounding", "proven", "most"),
    [
        ("share", "mean", "down", 45, 100),  # (66.67 + 25) / 2 = 45.83
        ("share", "mean", "halves", 45.5, 100),
        ("share", "minimum", "down", 25, 100),
        ("share", "minimum", "halves", 25, 100),
        ("sum", "mean", "down", 1, 2),  # (2 + 0.5) / 2 = 1.25 of (3 + 2) / 2 = 2.5
        ("sum", "mean", "halves", 1, 2.5),
        ("sum", "minimum", "down", 0, 2),
        ("sum", "minimum", "halves", 0.5, 2),
    ],
)
def test_mean_and_minimum_across_dimensions(
    within: str, across: str, rounding: str, proven: Figure, most: Figure
) -> None:
    found = two(Scheme(within, across, rounding), {"a": YES, "b": HALF, "c": HALF, "d": HALF})
    assert (found.score.proven, found.score.most) == (proven, most)
    assert found.score.weakest is not None
    assert found.score.weakest.dimension.id == "governance"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_dimension_without_controls_is_left_out(scheme: Scheme) -> None:
    found = judge(ruler(control("x", "a"), control("y", "b"), scheme=scheme), {"a": YES})
    assert [d.possible for d in found.dimensions] == [4, 0]
    assert found.dimensions[1].passes
    assert (found.score.proven, found.score.most) == ((1, 2) if scheme.within == "sum" else (50, 100))
    assert found.score.weakest == found.dimensions[0]


def test_of_equally_weak_dimensions_the_first_is_named() -> None:
    for names in (("monitoring", "governance"), ("governance", "monitoring")):
        order = tuple(Dimension(name, name.capitalize()) for name in names)
        found = two(POINTS, {"a": YES, "d": YES}, dimensions=order)
        assert found.score.weakest is not None
        assert found.score.weakest.dimension.id == names[0]


def test_the_weakest_is_found_by_exact_scores() -> None:
    """33.33 and 33.0 both show 33: of 300 and 200 half points, 100 and 66."""
    found = two(Scheme(), {"a": YES})
    one, other = found.dimensions
    rounded = (one._replace(earned=100, possible=300), other._replace(earned=66, possible=200))
    assert [d.proven for d in rounded] == [33, 33]
    for pair in (rounded, rounded[::-1]):
        made = overall(found.ruler, pair, found.findings)
        assert made.weakest is not None
        assert made.weakest.dimension.id == "governance"


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=4),
    st.sampled_from(SCHEMES),
)
def test_every_overall_figure_is_the_exact_one_rounded_down(halves: list[tuple[int, int]], scheme: Scheme) -> None:
    """The same by fractions, whatever was earned of what could be."""
    blank = judge(ruler(control("x", "a"), scheme=scheme), {}).dimensions[0]
    scores = tuple(
        blank._replace(earned=min(earned, 2 * points), claimed_earned=2 * points, possible=2 * points)
        for earned, points in halves
    )
    values = [Fraction(s.earned, 2) if scheme.within == "sum" else Fraction(100 * s.earned, s.possible) for s in scores]
    mean = sum(values, Fraction()) / len(values)
    exact = mean if scheme.across == "mean" else min(values)
    made = overall(ruler(control("x", "a"), scheme=scheme), scores, ())
    parts = 2 if scheme.rounding == "halves" else 1
    assert made.proven == float(Fraction(exact * parts // 1, parts))
    assert made.proven is not None
    assert made.claimed is not None
    assert made.proven <= made.claimed == made.most
    assert isinstance(made.proven, int) is (made.proven == int(made.proven))


# --------------------------------------------------------------------------- rounding and thresholds


@pytest.mark.parametrize(
    ("value", "down", "halves"),
    [((0, 1), 0, 0), ((1, 2), 0, 0.5), ((3, 4), 0, 0.5), ((1, 1), 1, 1), ((199, 100), 1, 1.5), ((2, 1), 2, 2),
     ((200, 3), 66, 66.5), ((100, 3), 33, 33), (None, None, None)],
)  # fmt: skip
def test_rounding(value: Any, down: Figure | None, halves: Figure | None) -> None:
    assert Scheme(rounding="down").shown(value) == down
    assert Scheme(rounding="halves").shown(value) == halves


@pytest.mark.parametrize(
    ("answers", "reached"),
    [({"a": YES, "b": YES}, True), ({"a": YES, "b": HALF}, False), ({"a": YES, "b": YES, "c": HALF}, True)],
)
def test_a_threshold_in_points(answers: Any, reached: bool) -> None:
    stages = (checklist().stages[1]._replace(threshold=2),)
    asked = tuple(control(name, name) for name in "abc")
    found = judge(checklist(*asked, stages=stages, scheme=Scheme("sum", rounding="down"), weights=FLAT), answers)
    assert found.stages[0].reached is reached
    said = () if reached else ("Monitoring is proven to 1 of 3, and production asks 2 of 3",)
    assert found.verdict.reasons == said


def test_a_ruler_without_stages_has_a_score_and_nothing_to_be_ready_for() -> None:
    found = judge(ruler(control("x", "a", severity="blocker")), {})
    assert found.verdict == (None, None, None, ())
    assert (found.stages, found.target) == ((), None)
    assert [f.control.id for f in found.plan] == ["x"]


# --------------------------------------------------------------------------- bands

TEST_SCORE = (Band("0", 0, True), Band("(0,1]", 1, True), Band("(1,2]", 2, True), Band("(2,3]", 3, True),
              Band("(3,5]", 5, True), Band(">5", None, False))  # fmt: skip
OPEN = (Band("[0,1)", 1, False), Band("[1,1]", 1, True), Band("(1,2.5)", 2.5, False), Band("rest", None, False))


@pytest.mark.parametrize(
    ("bands", "exact", "title"),
    [
        (TEST_SCORE, (0, 2), "0"), (TEST_SCORE, (1, 100), "(0,1]"), (TEST_SCORE, (1, 2), "(0,1]"),
        (TEST_SCORE, (2, 2), "(0,1]"), (TEST_SCORE, (201, 200), "(1,2]"), (TEST_SCORE, (3, 2), "(1,2]"),
        (TEST_SCORE, (4, 2), "(1,2]"), (TEST_SCORE, (5, 2), "(2,3]"), (TEST_SCORE, (6, 2), "(2,3]"),
        (TEST_SCORE, (10, 2), "(3,5]"), (TEST_SCORE, (1001, 200), ">5"), (TEST_SCORE, (11, 2), ">5"),
        (TEST_SCORE, (14, 2), ">5"),
        (OPEN, (0, 1), "[0,1)"), (OPEN, (999, 1000), "[0,1)"), (OPEN, (1, 1), "[1,1]"), (OPEN, (1001, 1000), "(1,2.5)"),
        (OPEN, (2499, 1000), "(1,2.5)"), (OPEN, (5, 2), "rest"), ((), (1, 1), None),
    ],
)  # fmt: skip
def test_the_band_of_an_exact_figure(bands: tuple[Band, ...], exact: tuple[int, int], title: str | None) -> None:
    found = band(ruler(control(), bands=bands), exact)
    assert (found.title if found else None) == title


def test_a_band_is_decided_on_the_exact_figure_and_not_on_the_one_shown() -> None:
    """Two of three are 66.67, shown as 66, and above the band that ends there."""
    bands = (Band("up to 66", 66, True), Band("above", None, False))
    found = judge(ruler(*(control(n, n) for n in "abc"), scheme=Scheme(), bands=bands), {"a": YES, "b": YES})
    assert (found.score.proven, found.score.band) == (66, bands[1])


def test_where_nothing_applies_there_is_no_band() -> None:
    asked = control("x", "a", applies_when={"risk": "high"})
    found = judge(ruler(asked, scheme=Scheme(), bands=TEST_SCORE), {}, facts={"risk": "limited"})
    assert found.score.band is None
