"""Several checklists on one page: how each judges the same project."""

from __future__ import annotations

from collections.abc import Sequence

from readiness.model import Assessment, Severity
from readiness.reports import select, words

HEAD = ("Checklist", "Result", "Proven", "Claimed", "Weakest dimension", "Blockers", "Gaps")


def rows(assessments: Sequence[Assessment]) -> list[tuple[str, ...]]:
    """A row for each checklist, as plain text in the order of `HEAD`."""
    return [_row(each) for each in assessments]


def _row(assessment: Assessment) -> tuple[str, ...]:
    score, checklist = assessment.score, assessment.checklist
    weakest = score.weakest
    open_ = select.severities(assessment.plan)
    of = "" if checklist.scheme.within == "share" else f" of {score.most}"
    return (
        f"{checklist.id}@{checklist.version}",
        result(assessment),
        "–" if score.proven is None else f"{score.proven}{of}",
        "–" if score.claimed is None else f"{score.claimed}{of}",
        "–" if weakest is None else f"{weakest.dimension.title}: {weakest.proven}",
        str(open_[Severity.BLOCKER]),
        str(len(assessment.plan)),
    )


def result(assessment: Assessment) -> str:
    """What a checklist says in a few words: the verdict, the band, or that it has neither."""
    score = assessment.score
    if assessment.target is not None:
        return words.verdict(assessment)
    if score.proven is None:
        return "nothing applies"
    return score.band.title if score.band is not None else "a score, no verdict"
