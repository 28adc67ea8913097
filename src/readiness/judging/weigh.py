"""What one practice counts for one control: its claimed level, its proven level, and why the
proof falls short where it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.model import Control, Evidence, Level, Part, PracticeState, Proof, Terms, Weight


def required(asked: Proof, state: PracticeState) -> Proof:
    """The proof that can be asked of a practice: where neither a detector nor a figure can verify
    it, `attested` is the most."""
    if asked == Proof.VERIFIED and state.practice.detect is None and state.practice.kind != "measure":
        return Proof.ATTESTED
    return asked


def terms(
    control: Control, accepted: Proof | None, attestation_age: int | None, as_of: date, stages: tuple[str, ...]
) -> Terms:
    """The terms of a control. `accepted` is a lesser proof that the run accepts."""
    proof = control.proof if accepted is None else min(control.proof, accepted)
    before = stages[: stages.index(control.stage)] if control.stage in stages else ()
    return Terms(proof, control.max_age, control.max_age or attestation_age, as_of, before)


def weigh(state: PracticeState, asked: Terms) -> Weight:
    """The claimed and the proven level of a practice under a control's terms."""
    level = state.level or Level.NO
    if state.answer is not None and state.answer.up_to in asked.later_than:
        level = min(level, Level.PARTIAL)
    needed = required(asked.proof, state)
    if level == Level.NO or needed == Proof.CLAIMED:
        return Weight(level, level, needed, None)
    if state.bare:
        return Weight(
            level, Level.NO, needed, "a plain answer to a measure or to records stays a claim: give its entries"
        )
    proven, problem = _parts(state, asked, needed) if state.parts else _whole(state.evidence, asked, needed)
    return Weight(level, min(level, proven), needed, problem)


def _whole(evidence: Iterable[Evidence], asked: Terms, needed: Proof) -> tuple[Level, str | None]:
    """YES where some piece counts; else NO and the most telling problem."""
    problems: list[tuple[int, str]] = []
    for piece in evidence:
        problem = shortfall(piece, piece.when, asked, needed)
        if problem is None:
            return Level.YES, None
        problems.append((0 if piece.kind == "answer" else int(piece.proof) + 1, problem))
    return Level.NO, max(problems, default=(0, "nothing is named to show it"), key=lambda p: p[0])[1]


def _parts(state: PracticeState, asked: Terms, needed: Proof) -> tuple[Level, str | None]:
    """The least over the entries or records, each by its own proof or by the practice's."""
    if state.practice.kind == "records":
        return _records(state, asked, needed)
    result, problem = Level.YES, None
    for part in state.parts:
        level, why = _part(part, state.evidence, asked, needed)
        if level < result:
            result, problem = level, why
    return result, problem


def _records(state: PracticeState, asked: Terms, needed: Proof) -> tuple[Level, str | None]:
    """Records are proven `yes` when all complete ones are; some proven make them `partial`."""
    weighed = [(part, *_part(part, state.evidence, asked, needed)) for part in state.parts]
    problem = next((why for _, _, why in weighed if why), None)
    if all(level == Level.YES for _, level, _ in weighed):
        return Level.YES, None
    return (Level.PARTIAL if any(level > Level.NO for _, level, _ in weighed) else Level.NO), problem


def _part(part: Part, shared: tuple[Evidence, ...], asked: Terms, needed: Proof) -> tuple[Level, str | None]:
    """One entry or record. Its own date is the date of its figure, whoever vouches for it."""
    problems: list[tuple[int, str]] = []
    for piece in (*part.evidence, *shared):
        problem = shortfall(piece, part.when or piece.when, asked, needed)
        if problem is None:
            return part.level, None
        problems.append((0 if piece.kind == "answer" else int(piece.proof) + 1, problem))
    why = max(problems, default=(0, "nothing is named to show it"), key=lambda p: p[0])[1]
    return Level.NO, f"{part.name}: {why}"


def shortfall(piece: Evidence, when: date | None, asked: Terms, needed: Proof) -> str | None:
    """Why a piece of evidence does not count; None where it does."""
    place = f"{piece.path}" if piece.path and piece.kind not in ("answer", "attestation") else ""
    if piece.proof < needed:
        if piece.kind == "answer":
            return "nothing is named to show it"
        reason = piece.problem or f"it is {piece.proof.name.lower()}, and `{needed.name.lower()}` is asked"
        return f"{place or piece.detail}: {reason}" if place or piece.detail else reason
    if piece.kind == "detection":
        return None
    name = place or f"the word of {piece.detail.split(' on ')[0]}"
    if when is not None and when > asked.as_of:
        return f"{name} is dated {when.isoformat()}, after the day of the assessment"
    limit = asked.attestation_age if piece.kind == "attestation" else asked.age
    if limit is None:
        return None
    if when is None:
        return f"{name} has no date (`as_of`), and only what is at most {limit} days old counts"
    days = (asked.as_of - when).days
    return f"{name} is {days} days old, and at most {limit} count" if days > limit else None
