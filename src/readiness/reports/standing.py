"""How a project stands, in the few words and the one colour that a badge has room for."""

from __future__ import annotations

from readiness.model import Assessment, Figure
from readiness.reports import select, words
from readiness.tuples import NamedTuple

KINDS = ("poor", "held", "fair", "good", "figure", "nothing")
"""What a standing amounts to, the worst first: not ready and no stage reached; not ready; ready, but only with waivers
or by less than the checklist asks; ready; a score without a verdict; nothing applies."""


class Standing(NamedTuple):
    """What a badge says, and which of `KINDS` it is."""

    said: str
    kind: str


def standing(assessment: Assessment) -> Standing:
    """How one checklist sees the project. What a verdict leans on is said beside it: a badge travels without the
    report that explains it."""
    verdict, score = assessment.verdict, assessment.score
    if score.weakest is None and score.proven is None:
        return Standing("nothing applies", "nothing")
    leans = _leans(assessment)
    if verdict.target is None or verdict.stage is None:
        figure = f"{_figure(score.proven)} of {score.most} proven"
        band = [score.band.title] if score.band is not None else []
        return Standing(", ".join([figure, *band, *leans]), "figure")
    said = f"{'ready' if verdict.ready else 'not ready'} for {words.stage(verdict.target)}"
    if verdict.ready:
        return Standing(", ".join([said, *leans]), "fair" if leans else "good")
    if verdict.stage == assessment.checklist.base.id:
        return Standing(", ".join([said, *leans]), "poor")
    return Standing(", ".join([said, f"reached {words.stage(verdict.stage)}", *leans]), "held")


def pin(assessment: Assessment) -> str:
    """The checklist with its version."""
    return f"{assessment.checklist.id}@{assessment.checklist.version}"


def _figure(figure: Figure | None) -> str:
    return "0" if figure is None else str(figure)


def _leans(assessment: Assessment) -> list[str]:
    """What a verdict leans on: waivers that decide it, lesser proof, no repository."""
    found = []
    bare, held = assessment.unwaived, assessment.verdict
    if bare is not None and (not bare.ready if held.ready else bare.stage != held.stage):
        in_force = sum(state.status == "in_force" for state in select.waivers(assessment))
        found.append(f"with {words.count(in_force, 'waiver')}")
    if assessment.accepted_proof is not None:
        found.append(f"by {words.PROOFS[assessment.accepted_proof]} proof")
    if not assessment.repository:
        found.append("no repository")
    return found
