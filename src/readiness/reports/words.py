"""What every format shares: the words of a report."""

from __future__ import annotations

from collections.abc import Mapping

from readiness.model import (
    BASE_STAGE,
    Assessment,
    Band,
    Checklist,
    Dimension,
    Level,
    Outcome,
    Proof,
    Scheme,
    Score,
    Severity,
)

REPORT_SCHEMA = "readiness/report/v1"
SET_SCHEMA = "readiness/report-set/v1"

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MET: "met",
    Outcome.PARTIAL: "partly met",
    Outcome.UNPROVEN: "claimed, not proven",
    Outcome.UNMET: "not met",
    Outcome.UNKNOWN: "not answered",
    Outcome.NOT_APPLICABLE: "not applicable",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.BLOCKER: "blocker",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
}

PROOFS: Mapping[Proof, str] = {
    Proof.CLAIMED: "claimed",
    Proof.DOCUMENTED: "documented",
    Proof.ATTESTED: "attested",
    Proof.VERIFIED: "verified",
}

PROOFS_EXPLAINED: Mapping[Proof, str] = {
    Proof.CLAIMED: "an answer is enough",
    Proof.DOCUMENTED: "a file, section or figure in the repository with real content",
    Proof.ATTESTED: "a named person's word, with a date",
    Proof.VERIFIED: "the repository itself shows it, or a figure read from a file decides it",
}

LEVELS: Mapping[Level, str] = {Level.NO: "no", Level.PARTIAL: "partial", Level.YES: "yes"}

WAIVER_STATES: Mapping[str, str] = {
    "in_force": "in force",
    "expired": "expired",
    "refused": "refused",
    "unneeded": "no longer needed",
    "unmatched": "matches nothing",
}


def stage(id: str) -> str:
    """The name of a stage in words: `proof_of_concept` is a proof of concept."""
    return id.replace("_", " ")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 blocker, 2 blockers."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tally(severities: Mapping[Severity, int]) -> str:
    """How many gaps there are of each severity: 2 blockers, 3 major, 1 minor."""
    blockers = severities.get(Severity.BLOCKER, 0)
    named = [count(blockers, "blocker")] if blockers else []
    return ", ".join(named + [f"{n} {SEVERITIES[s]}" for s, n in severities.items() if n and s != Severity.BLOCKER])


def verdict(assessment: Assessment) -> str:
    """The verdict in one line: the target, and the stage reached; the score, where there are no stages."""
    found = assessment.verdict
    if found.target is None or found.stage is None:
        return _result(assessment.score, assessment.checklist.scheme)
    head = f"{'READY' if found.ready else 'NOT READY'} for {stage(found.target)}"
    if assessment.score.weakest is None:
        return f"{head}: nothing of this checklist applies"
    if found.stage != assessment.checklist.base.id:
        return f"{head}: reached {stage(found.stage)}"
    return f"{head}: still {at_base(assessment.checklist.base)}"


def without_waivers(assessment: Assessment) -> str | None:
    """What the verdict would be without waivers, where some are in force."""
    bare = assessment.unwaived
    counted = sum(state.status == "in_force" for state in assessment.waivers)
    if bare is None or bare.target is None or bare.stage is None or not counted:
        return None
    where = at_base(assessment.checklist.base) if bare.stage == assessment.checklist.base.id else stage(bare.stage)
    held = "ready" if bare.ready else "not ready"
    return f"Without the {count(counted, 'waiver')} in force: {held} for {stage(bare.target)}, reached {where}."


def at_base(base: Dimension) -> str:
    """Where a project stands that has reached no stage."""
    return f"a {stage(base.id)}" if base.id == BASE_STAGE else f"{stage(base.id)} ({base.title})"


def _result(score: Score, scheme: Scheme) -> str:
    if score.proven is None:
        return "Nothing of this checklist applies"
    unit = f"{scheme.unit} " if scheme.within == "sum" else ""
    said = f"{score.proven} of {score.most} {unit}proven, {score.claimed} claimed"
    return f"{said}: {score.band.title}" if score.band is not None else said


def scope(assessment: Assessment) -> str:
    """What of the checklist the figures cover: up to the target, or nothing to say where they cover all of it."""
    return f"up to {stage(assessment.target)}" if assessment.target is not None else ""


def overall(scheme: Scheme) -> str:
    """What the overall figure is."""
    return "Minimum" if scheme.across == "minimum" else "Mean"


def most(assessment: Assessment) -> str:
    """The range of the figures: `0 to 100`, `0 to 7 points`."""
    summed = assessment.checklist.scheme.within == "sum"
    return f"0 to {assessment.score.most}" + (f" {assessment.checklist.scheme.unit}" if summed else "")


def interval(bands: tuple[Band, ...], number: int) -> str:
    """The figures of a band, with round brackets at an open end: `(1, 2]`."""
    ends = [(band.end, band.closed) for band in bands]
    end, closed = ends[number]
    start, held = ends[number - 1] if number else (0, False)
    if number == 0 and end == 0:
        return "0"
    opening = "(" if held and number else "["
    if end is None:
        return f"> {start}" if held else f"≥ {start}"
    return f"{opening}{start}, {end}{']' if closed else ')'}"


def preface(assessment: Assessment) -> str | None:
    """What every reader must know before the verdict: that it rests on less than usual."""
    said = []
    if assessment.accepted_proof is not None:
        proof = PROOFS[assessment.accepted_proof]
        said.append(f"Judged by lesser proof: {proof} counts where the checklist asks for more.")
    if not assessment.repository:
        said.append("Judged without a repository: named files count as claims.")
    return " ".join(said) or None


def scoring(checklist: Checklist) -> str:
    """How the scores, and the stage or the band, come about, in one paragraph."""
    scheme = checklist.scheme
    weighed = ", ".join(f"{name} {weight}" for name, weight in checklist.weights.items())
    flat = len(set(checklist.weights.values())) == 1
    if scheme.within == "sum":
        each = "one point" if flat and 1 in checklist.weights.values() else f"the points of its severity ({weighed})"
        within = (
            f"A dimension's proven score is a sum: each control that is met with the proof asked earns {each}, "
            "partly met half of that, and what is claimed without proof, not answered or not applicable earns nothing."
        )
    else:
        within = (
            "A dimension's proven score is the share of its applicable controls that is met with the proof asked, "
            f"weighted by severity ({weighed}); partly met counts half, and what is claimed without proof or not "
            "answered counts nothing."
        )
    rounded = "down to whole figures and halves" if scheme.rounding == "halves" else "down"
    range_ = "Scores run from 0 to 100 and" if scheme.within == "share" else "Scores"
    return (
        f"{within} The claimed score is the same over what is claimed. The overall figure is the {scheme.across} of "
        f"the dimensions. {range_} are rounded {rounded}.{_stages(checklist)}{_bands(checklist)}"
    )


def _stages(checklist: Checklist) -> str:
    if not checklist.stages:
        return " There are no stages: the score says where a project stands, and there is nothing to be ready for."
    needed = ", ".join(
        f"{stage(s.id)} {'blockers alone' if s.threshold is None else s.threshold}" for s in checklist.stages
    )
    return (
        " A stage is reached when, for it and every stage below, each blocker is met or validly waived and each "
        f"dimension's proven score is high enough ({needed})."
    )


def _bands(checklist: Checklist) -> str:
    bands = checklist.bands
    if not bands:
        return ""
    said = "; ".join(f"{interval(bands, number)} {band.title}" for number, band in enumerate(bands))
    return f" What the overall figure means: {said}."
