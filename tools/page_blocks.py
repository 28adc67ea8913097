"""The generated blocks in pages that are otherwise written by hand: lists, and worked examples."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from page_checklist import prose, row, table

from readiness import assess
from readiness.init import MEANINGS
from readiness.judging.score import up_to
from readiness.model import FACTS, LISTED_FACTS, Assessment, Checklist, DimensionScore, Finding, Outcome
from readiness.reports import safe, words

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 11, 22)
HALVES = {Outcome.MET: 2, Outcome.PARTIAL: 1}
SHOWN = "monitoring"
"""The dimension whose controls the worked examples list one by one."""


def checklists(shelf: Sequence[Checklist]) -> Iterator[str]:
    """Every shipped checklist, with its size and what it restates."""
    yield from table("checklist", "name", "controls", "restates")
    for checklist in shelf:
        source, inside = checklist.source, [r for r in checklist.requirements if r.outside is None]
        said = "nothing: it is our own" if source is None else f"{safe.md(source.title)}, {safe.md(source.edition)}"
        if inside:
            said += f"; {len(inside)} of {len(checklist.requirements)} requirements judged"
        link = f"[{safe.md(checklist.title)}](checklists/{checklist.id}.md)"
        yield row(link, f"`{checklist.id}@{checklist.version}`", str(len(checklist.controls)), said)


def frameworks(shelf: Sequence[Checklist]) -> Iterator[str]:
    """The shipped checklists in short, for the README."""
    yield from table("checklist", "name", "controls", "requirements judged")
    for checklist in shelf:
        inside = [requirement for requirement in checklist.requirements if requirement.outside is None]
        judged = f"{len(inside)} of {len(checklist.requirements)}" if inside else "our own"
        link = f"[{safe.md(checklist.title)}](docs/checklists/{checklist.id}.md)"
        yield row(link, f"`{checklist.id}`", str(len(checklist.controls)), judged)


def facts(shelf: Sequence[Checklist]) -> Iterator[str]:
    """Every fact with its values."""
    yield from table("fact", "values", "what it says")
    for name, values in FACTS.items():
        held = ", ".join(f"`{str(value).lower() if isinstance(value, bool) else value}`" for value in values)
        listed = "a list of any of " if name in LISTED_FACTS else ""
        yield row(f"`{name}`", f"{listed}{held}", prose(MEANINGS[name]))


def core_example(shelf: Sequence[Checklist]) -> Iterator[str]:
    """The core checklist's arithmetic for an example project."""
    assessment = assess(ROOT / "examples/churn-batch/project.yaml", as_of=AS_OF)
    score = next(s for s in assessment.dimensions if s.dimension.id == SHOWN)
    yield from findings(assessment)
    yield from ("", f"{score.earned} of {score.possible} half points is {score.proven} %, rounded down.")
    yield from table("dimension", "earned", "could earn", "proven", "claimed")
    for each in assessment.dimensions:
        yield row(safe.md(each.dimension.title), str(each.earned), str(each.possible), *percents(each))
    sum_ = " + ".join(f"{s.earned}/{s.possible}" for s in assessment.dimensions if s.possible)
    count, total = len([s for s in assessment.dimensions if s.possible]), assessment.score
    weakest = total.weakest.dimension.title.lower() if total.weakest else ""
    stage = words.stage(assessment.verdict.stage or "")
    yield from (
        "",
        f"The mean is ({sum_}) × 100 / {count}, which is {total.proven} % when rounded down once, at the end.",
    )
    limit = score.threshold
    yield (
        f"The weakest dimension is {safe.md(weakest)}, {total.weakest.proven if total.weakest else 0} %; production "
        f"asks {limit} % of each, beside its blockers. The stage reached is *{stage}*."
    )


def percents(score: DimensionScore) -> tuple[str, str]:
    """The shown figures of a dimension."""
    return ("–", "–") if score.proven is None else (f"{score.proven} %", f"{score.claimed} %")


def sum_example(shelf: Sequence[Checklist]) -> Iterator[str]:
    """The ML Test Score's arithmetic for the description that stands in `docs/scoring.md`."""
    assessment = rubric()
    yield from findings(assessment)
    yield from table("section", "earned, in half points", "points", "of")
    for each in assessment.dimensions:
        yield row(safe.md(each.dimension.title), str(each.earned), str(each.proven), str(each.possible // 2))
    points = ", ".join(str(each.proven) for each in assessment.dimensions)
    total = assessment.score
    band = total.band.title if total.band else ""
    yield from ("", f"The score is the least of {points}: **{total.proven} points**, “{safe.md(band)}”.")
    whole = sum(each.earned for each in assessment.dimensions) / 2
    yield f"That the sections hold {whole:g} points together changes nothing."


def rubric() -> Assessment:
    """The description that stands in `docs/scoring.md`, judged by the ML Test Score."""
    text = (ROOT / "docs/scoring.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml file=rubric/project.yaml\n(.*?)```", text, re.DOTALL)
    if found is None:
        raise ValueError("docs/scoring.md holds no description for its second example")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "project.yaml")
        path.write_text(found[1], encoding="utf-8")
        return assess(path, checklist="ml-test-score", as_of=AS_OF)


def findings(assessment: Assessment) -> Iterator[str]:
    """The controls of one dimension, with what each could earn and has earned."""
    weights = assessment.checklist.weights
    mine = [f for f in up_to(assessment.checklist, assessment.findings, assessment.target) if counts(f, assessment)]
    yield from table("control", "severity", "outcome", "could earn", "earned", "claimed")
    sums = [0, 0, 0]
    for finding in mine:
        weight = weights[finding.control.severity]
        applies = finding.outcome != Outcome.NOT_APPLICABLE
        cells = (2 * weight, weight * HALVES.get(finding.outcome, 0), weight * finding.claimed if applies else 0)
        sums = [sum(pair) for pair in zip(sums, cells, strict=True)]
        outcome = finding.outcome.value.replace("_", " ")
        yield row(f"`{finding.control.id}`", finding.control.severity.value, outcome, *map(str, cells))
    yield row("**sum**", "", "", *(f"**{figure}**" for figure in sums))


def counts(finding: Finding, assessment: Assessment) -> bool:
    """Whether a finding is one of the shown dimension that is part of its sum."""
    summed = assessment.checklist.scheme.within == "sum"
    return finding.control.dimension == SHOWN and (summed or finding.outcome != Outcome.NOT_APPLICABLE)


BLOCKS: Mapping[str, Callable[[Sequence[Checklist]], Iterator[str]]] = {
    "checklists": checklists,
    "frameworks": frameworks,
    "facts": facts,
    "core-example": core_example,
    "sum-example": sum_example,
}
"""What makes each generated block."""
