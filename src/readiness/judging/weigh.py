"""What one practice counts for one control: its claimed level, its proven level, and why the
proof falls short where it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from readiness.model import (
    ATTESTED,
    CLAIMED,
    DOCUMENTED,
    NO,
    PARTIAL,
    VERIFIED,
    YES,
    Control,
    Evidence,
    Level,
    Part,
    PracticeState,
    Proof,
    Shortfall,
    Terms,
    Weight,
)

UNSHOWN = Shortfall("unshown", "nothing is named to show it")
UNSEEN = Shortfall("unshown", "nothing in the repository shows it")
TYPED = Shortfall("unshown", "its actual is typed here, not read from a file")
BARE = Shortfall("bare", "a plain answer to {what} stays a claim")
FILES = ("file", "section", "lines")
DOES = {DOCUMENTED: "documents", ATTESTED: "attests"}

Shown = tuple[Level, Shortfall | None, Evidence | None]
"""The level that is proven, why it is no more, and a piece of evidence that counts."""


def required(asked: Proof, state: PracticeState) -> Proof:
    """The proof that can be asked of a practice: where neither a detector nor a figure can verify
    it, `attested` is the most."""
    if asked is VERIFIED and not state.practice.detectable and state.practice.kind != "measure":
        return ATTESTED
    return asked


def terms(
    control: Control, accepted: Proof | None, attestation_age: int | None, as_of: date, stages: tuple[str, ...]
) -> Terms:
    """The terms of a control. `accepted` is a lesser proof that the run accepts."""
    proof = control.proof if accepted is None else min(control.proof, accepted)
    before = stages[: stages.index(control.stage)] if control.stage in stages else ()
    word = attestation_age if control.max_age is None else control.max_age
    return Terms(proof, control.max_age, word, as_of, before)


def weigh(state: PracticeState, asked: Terms) -> Weight:
    """The claimed and the proven level of a practice under a control's terms."""
    level = state.level or NO
    if state.answer is not None and state.answer.up_to in asked.later_than:
        level = min(level, PARTIAL)
    needed = required(asked.proof, state)
    if state.parts:
        proven, problem, shown = _parts(state, asked, needed)
    elif needed is CLAIMED:
        return Weight(level, level, needed, None, None)
    else:
        proven, problem, shown = _whole(state.evidence, asked, needed)
    if problem is UNSHOWN and needed is VERIFIED and state.practice.detectable:
        problem = UNSEEN
    if state.bare:
        what = "a measure" if state.practice.kind == "measure" else "records"
        return Weight(level, NO, needed, BARE._replace(said=BARE.said.format(what=what)), shown)
    return Weight(level, min(level, proven), needed, problem, shown)


def _whole(evidence: Iterable[Evidence], asked: Terms, needed: Proof) -> Shown:
    """YES where some piece counts; else NO and the most telling problem."""
    best, worst = -1, UNSHOWN
    for piece in evidence:
        problem = shortfall(piece, None, asked, needed)
        if problem is None:
            return YES, None, piece
        if piece.kind != "answer" and piece.proof > best:
            best, worst = piece.proof, problem
    return NO, worst, None


def _parts(state: PracticeState, asked: Terms, needed: Proof) -> Shown:
    """The least over a measure's entries. Records are proven `yes` when all are; some proven make
    them `partial`."""
    shared = state.evidence
    if needed is CLAIMED:
        claim = Evidence("answer", CLAIMED, None, None, "", None, None)
        shared = (claim, *shared)
    weighed = [_part(part, shared, asked, needed) for part in state.parts]
    levels = [level for level, _, _ in weighed]
    problem = next((problem for _, problem, _ in weighed if problem is not None), None)
    shown = next((piece for _, _, piece in weighed if piece is not None), None)
    if state.practice.kind != "records" or all(level is YES for level in levels):
        return min(levels), problem, shown
    return (PARTIAL if any(level > NO for level in levels) else NO), problem, shown


def _part(part: Part, shared: tuple[Evidence, ...], asked: Terms, needed: Proof) -> Shown:
    """One entry or record, by its own evidence or the practice's. Its own date stands beside that
    of the evidence: a fresh signature does not renew an old figure, nor a fresh figure an old one."""
    best, worst = -1, UNSHOWN
    for piece in (*part.evidence, *shared):
        problem = shortfall(piece, part.when, asked, needed)
        if problem is None:
            return part.level, None, piece
        if (piece.kind != "answer" or needed is CLAIMED) and piece.proof > best:
            best, worst = piece.proof, problem
    if worst is UNSHOWN and needed is VERIFIED and part.level is YES:
        worst = TYPED
    return NO, worst._replace(said=f"{part.name}: {worst.said}"), None


def shortfall(piece: Evidence, own: date | None, asked: Terms, needed: Proof) -> Shortfall | None:
    """Why a piece of evidence does not count; None where it does. `own` is the date of the entry
    or record that it is to show, where that has one."""
    if piece.proof < needed:
        return _weak(piece, needed)
    if piece.kind == "detection":
        return None
    limit = asked.attestation_age if piece.kind == "attestation" else asked.age
    dates = ((own, "it", "old", "ahead"), (piece.when, name_of(piece), "stale", "future"))
    for when, name, stale, future in dates:
        if when is None:
            continue
        if when > asked.as_of:
            said = f"{name} is dated {when.isoformat()}, after the day of the assessment"
            return Shortfall(future, said)
        days = (asked.as_of - when).days
        if limit is not None and days > limit:
            return Shortfall(stale, f"{name} is {days} days old, more than the {limit} allowed")
    if limit is None or own is not None or piece.when is not None or piece.kind == "answer":
        return None
    return Shortfall("undated", f"{name_of(piece)} has no date (`as_of`), and at most {limit} days are allowed")


def _weak(piece: Evidence, needed: Proof) -> Shortfall:
    if piece.kind == "answer":
        return UNSHOWN
    if piece.problem is not None or piece.proof is CLAIMED:
        return Shortfall("weak", f"{name_of(piece)}: {piece.problem or 'it is only a claim'}")
    if needed is VERIFIED and piece.kind in FILES:
        return Shortfall("weak", f"{name_of(piece)} exists, but does not show it")
    return Shortfall("weak", f"{name_of(piece)} only {DOES[piece.proof]} it, and `{needed.name.lower()}` is asked")


def name_of(piece: Evidence) -> str:
    """A piece of evidence in a few words."""
    if piece.kind == "attestation" and piece.when is not None:
        return f"the word of {piece.detail.split(f' on {piece.when.isoformat()}')[0]}"
    return piece.path or piece.detail
