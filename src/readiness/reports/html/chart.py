"""The dimensions: what is proven over what is claimed, as bars and as figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from readiness.model import Assessment, DimensionScore, Outcome
from readiness.reports import select, words
from readiness.reports.html.markup import Section, figure, table, text

LEGEND = (
    '<p class="legend" aria-hidden="true"><svg width="28" height="14"><rect class="proven" y="3" width="28" '
    'height="8"/></svg> proven <svg width="28" height="14"><rect class="claimed" x="1" y="1" width="26" '
    'height="12"/></svg> claimed <svg width="8" height="14"><line class="needed" x1="4" x2="4" y2="14"/></svg> '
    "needed</p>"
)


def section(assessment: Assessment) -> Section:
    """The chart, what it says in a sentence, and the controls by outcome."""
    return Section("dimensions", "Dimensions", tuple(_lines(assessment)))


def _lines(assessment: Assessment) -> Iterator[str]:
    score = assessment.score
    if score.weakest is not None:
        yield (
            f"<p>{words.overall(assessment.checklist.scheme)} of the dimensions: {score.proven} proven, "
            f"{score.claimed} claimed. Weakest: {text(score.weakest.dimension.title)}, {score.weakest.proven} proven. "
            f"Answered: {score.coverage} of 100.</p>"
        )
    yield LEGEND
    rows = [
        (
            text(each.dimension.title),
            bar(each),
            f"<b>{figure(each.proven)}</b>",
            figure(each.claimed),
            figure(each.threshold),
            _stands(each),
        )
        for each in assessment.dimensions
    ]
    caption = f"Scores {words.scope(assessment)}, from {words.most(assessment)}"
    head = ("Dimension", "Proven over claimed", "Proven", "Claimed", "Needed", "Standing")
    made = table(text(caption), head, rows, right=(2, 3, 4))
    yield from [made[0].replace('class="stack"', 'class="stack chart"'), *made[1:]]
    yield from _outcomes(assessment)


def bar(score: DimensionScore) -> str:
    """A bar whose lengths are shares of the greatest figure. The lengths are percentages, so that it takes any
    width without its strokes being drawn out."""
    said = f"{figure_said(score.proven)} proven, {figure_said(score.claimed)} claimed"
    said += f", {score.threshold} needed" if score.threshold is not None else ""
    most = score.scheme.most(score.possible)
    drawn = ""
    if most and score.possible:
        claimed = score.scheme.value(score.claimed_earned, score.possible)
        drawn += f'<rect class="claimed" y="2" width="{_share(claimed, most)}" height="18"/>'
        drawn += f'<rect class="proven" y="6" width="{_share(score.exact, most)}" height="10"/>'
        if score.threshold is not None:
            at = _share((score.threshold, 1), most)
            drawn += f'<line class="needed" x1="{at}" x2="{at}" y1="0" y2="22"/>'
    track = '<rect class="track" y="2" width="100%" height="18"/>'
    return f'<svg role="img" aria-label="{text(said)}" width="100%" height="22">{track}{drawn}</svg>'


def figure_said(value: object) -> str:
    """A figure in words, for those who hear the chart."""
    return "nothing" if value is None else str(value)


def _share(value: tuple[int, int] | None, most: int) -> str:
    """A share of the whole in percent, with one decimal, rounded down."""
    tenths = int(Fraction(*(value or (0, 1))) * 1000 / most)
    return f"{min(tenths, 1000) / 10:g}%"


def _stands(score: DimensionScore) -> str:
    if not score.possible:
        return "nothing applies"
    if score.threshold is None:
        return "no threshold"
    sign, said, kind = ("✓", "enough", "good") if score.passes else ("✗", "too low", "bad")
    return f'<span class="{kind}"><span aria-hidden="true">{sign}</span> {said}</span>'


def _outcomes(assessment: Assessment) -> list[str]:
    rows = [
        (text(each.dimension.title), *(str(each.counts.get(outcome.value, 0)) for outcome in Outcome))
        for each in assessment.dimensions
    ]
    totals = select.totals(assessment)
    rows.append(("All", *(str(totals[outcome]) for outcome in Outcome)))
    head = ("Dimension", *(words.OUTCOMES[outcome].capitalize() for outcome in Outcome))
    made = table(f"Controls by outcome, {text(words.scope(assessment))}", head, rows, right=range(1, 7))
    return [made[0].replace('class="stack"', 'class="stack counts"'), *made[1:]]
