"""The dimensions as bars: what is proven, drawn solid, over what is claimed, drawn light, against a threshold."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import set_cell_size
from rich.text import Text

from readiness.model import Assessment, DimensionScore, Figure
from readiness.reports import words
from readiness.reports.terminal.page import SHORT, Glyphs, Look, hanging, heading, text

NAME = 20
FIGURES = 35
"""The cells that the columns of figures take."""
LEAST, MOST = 8, 56
"""The shortest and the longest bar."""


def bar(score: DimensionScore, cells: int, glyphs: Glyphs) -> Text:
    """One bar of `cells` cells and a mark. The solid part touches the mark only where the threshold is reached."""
    most = max(1, score.scheme.most(score.possible))
    at = None if score.threshold is None else max(1, round(cells * min(score.threshold, most) / most))
    proven = _filled(score.proven, cells, most)
    if at is not None and proven >= at and not score.passes:
        proven = at - 1
    elif at is not None and score.passes and score.possible:
        proven = max(proven, at)
    claimed = max(proven, _filled(score.claimed, cells, most))
    line = Text()
    for cell in range(cells):
        if cell == at:
            line.append(glyphs.mark, "bold")
        if cell < proven:
            line.append(glyphs.solid, "green" if score.passes else "red")
        else:
            line.append(glyphs.light if cell < claimed else glyphs.empty, "dim")
    line.append(glyphs.mark if at is not None and at >= cells else " ", "bold")
    return line if at is None or at >= cells else line[:-1]


def _filled(value: Figure | None, cells: int, most: int) -> int:
    """How many cells a value of 0 to `most` fills: rounded down, but something is never nothing."""
    return 0 if not value else max(1, int(value * cells // most))


def state(score: DimensionScore, glyphs: Glyphs) -> tuple[str, str]:
    """How a dimension stands, in a symbol and a word, with the style of both."""
    if not score.possible:
        return f"{glyphs.none} none apply", "dim"
    if score.threshold is None:
        return "", ""
    return (f"{glyphs.yes} enough", "green") if score.passes else (f"{glyphs.no} too low", "bold red")


def dimensions(assessment: Assessment, look: Look) -> Iterator[Text]:
    """The section of the dimensions: a bar each, the mean and the weakest, and what the symbols mean."""
    about = ", ".join(filter(None, (words.scope(assessment), words.most(assessment))))
    yield from heading("Dimensions", look.show(about), look)
    cells = _cells(look.width)
    staged = assessment.target is not None
    head = f"  {'':<{NAME}} {'':<{cells + 1}} proven claimed{' needed' if staged else ''}"
    yield text((head, "dim"))
    for score in assessment.dimensions:
        yield _row(score, cells, look, staged)
    yield from _overall(assessment, look)
    if cells:
        yield from _legend(assessment.target, look)


def _cells(width: int) -> int:
    """How long the bars are: what the names and figures leave; where that is too little there is none."""
    room = width - NAME - FIGURES - 4
    return 0 if room < LEAST else min(room, MOST)


def _row(score: DimensionScore, cells: int, look: Look, staged: bool) -> Text:
    name = set_cell_size(look.show(score.dimension.title, NAME), NAME)
    line = text(f"  {name} ").append_text(bar(score, cells, look.glyphs) if cells else Text(" "))
    proven, claimed, needed = (
        look.glyphs.none if value is None else str(value) for value in (score.proven, score.claimed, score.threshold)
    )
    line.append(f" {proven:>6}", "bold").append(f" {claimed:>7} {f'{needed:>6} ' if staged else ''}")
    return line.append(*state(score, look.glyphs))


def _overall(assessment: Assessment, look: Look) -> Iterator[Text]:
    score = assessment.score
    if score.weakest is None:
        yield text("  Nothing applies here, so there is no score.")
        return
    weakest = look.show(score.weakest.dimension.title, SHORT)
    line = text(
        f"{words.overall(assessment.checklist.scheme)} ",
        (f"{score.proven} proven", "bold"),
        f", {score.claimed} claimed",
    )
    line.append(f" {look.glyphs.dot} weakest: ").append(f"{weakest}, {score.weakest.proven} proven", "bold")
    if score.coverage is not None:
        line.append(f" {look.glyphs.dot} {score.coverage}% answered")
    yield from hanging(Text("  "), line, look.width)


def _legend(target: str | None, look: Look) -> Iterator[Text]:
    glyphs = look.glyphs
    legend = f"{glyphs.solid * 2} proven   {glyphs.light * 2} claimed, not proven"
    needed = f"   {glyphs.mark} needed for {look.show(words.stage(target), SHORT)}" if target is not None else ""
    said = f"{legend}{needed}"
    yield from hanging(Text("  "), text((said, "dim")), look.width)
