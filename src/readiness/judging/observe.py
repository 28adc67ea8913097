"""The two sentences of a finding: what was observed, and what would pass."""

from __future__ import annotations

from readiness.model import Control, Level, Outcome, PracticeState, Proof, Seen, Terms

AT_MOST = 3
"""How many practices a sentence names before it counts the rest."""

SHOWN_BY = {
    Proof.CLAIMED: "an answer is enough",
    Proof.DOCUMENTED: "a file with real content is named as evidence",
    Proof.ATTESTED: "a named person vouches for it (`attested: {by, date}`)",
    Proof.VERIFIED: "the repository itself shows it",
}


def sentences(
    control: Control, outcome: Outcome, seen: list[Seen], asked: Terms, reason: str | None
) -> tuple[str, str]:
    """What was observed, and what would pass (empty where nothing is asked for)."""
    if outcome == Outcome.NOT_APPLICABLE:
        return f"Not applicable: {reason}.", ""
    if outcome == Outcome.MET:
        return _met([s for s in seen if not s.removed and not s.lacking]), ""
    lacking = [s for s in seen if s.lacking] or [s for s in seen if not s.removed]
    observed = _join([_observed(item, asked) for item in lacking])
    lost = [f"`{s.state.practice.id}`" for s in seen if s.removed]
    if lost:
        observed += f" {', '.join(lost)} is taken out by answer, so this stays partial at most."
    return observed, _passes(control, lacking, asked)


def _join(clauses: list[str]) -> str:
    shown = clauses[:AT_MOST]
    more = len(clauses) - len(shown)
    text = "; ".join(shown) + (f"; and {more} more" if more else "")
    return text[:1].upper() + text[1:] + "."


def _met(seen: list[Seen]) -> str:
    return _join([f"{_name(item)} is {_level(item.weight.proven)}, {_best(item.state)}" for item in seen])


def _name(item: Seen) -> str:
    return f"`{item.state.practice.id}`"


def _level(level: Level) -> str:
    return f"`{level.name.lower()}`"


def _best(state: PracticeState) -> str:
    """The best evidence of a practice in words."""
    pieces = [*state.evidence, *(piece for part in state.parts for piece in part.evidence)]
    best = max(pieces, key=lambda piece: piece.proof, default=None)
    if best is None or best.kind == "answer":
        return "claimed"
    if best.kind == "attestation":
        return f"attested by {best.detail}"
    place = f"{best.path}:{best.line}" if best.line else f"{best.path}"
    return f"{best.proof.name.lower()} at {place}"


def _observed(item: Seen, asked: Terms) -> str:
    """One practice as it was found, in a clause without a full stop."""
    state, name = item.state, _name(item)
    if state.not_applicable is not None:
        return f"{name} is answered not applicable, which no blocker accepts"
    if state.level is None:
        return f"{name} has evidence but no answer" if _has_evidence(state) else f"{name} is not answered"
    if state.level == Level.NO:
        worst = next((p for p in state.parts if p.level == Level.NO), None)
        return f"{name} is `no`: {worst.name}: {worst.said}" if worst else f"{name} is answered `no`"
    source = "found, not answered, so it counts as" if state.detected else "is"
    told = f"{name} {source} {_level(item.weight.claimed)}"
    short = _short_of(item, asked)
    return f"{told}, {short}" if short else told


def _short_of(item: Seen, asked: Terms) -> str:
    """Why a practice falls short: its proof, else its level."""
    state, weight = item.state, item.weight
    if weight.proven < weight.claimed and weight.problem:
        return f"but not proven: {weight.problem}"
    if state.capped:
        return f"because {state.capped}"
    short = next((p for p in state.parts if p.level < Level.YES), None)
    if short is not None:
        return (
            f"because {short.name} {short.said}"
            if state.practice.kind == "records"
            else f"because {short.name}: {short.said}"
        )
    if state.answer is not None and state.answer.up_to in asked.later_than:
        return f"because the answer holds only up to {state.answer.up_to}"
    return ""


def _has_evidence(state: PracticeState) -> bool:
    return bool(state.evidence)


def _passes(control: Control, lacking: list[Seen], asked: Terms) -> str:
    """What would pass, in one sentence."""
    wanted = []
    for item in lacking[:AT_MOST]:
        least = " at least" if item.leaf.at_least == Level.PARTIAL else ""
        wanted.append(f"{_name(item)} is{least} {_level(item.leaf.at_least)}")
    more = len(lacking) - len(wanted)
    tail = f" and {more} more are" if more else ""
    joiner = " or " if control.met_when.op == "any" else " and "
    proofs = sorted({item.weight.needed for item in lacking})
    shown = " or ".join(SHOWN_BY[proof] for proof in proofs)
    age = f", at most {asked.age} days ago" if asked.age and any(p != Proof.CLAIMED for p in proofs) else ""
    return f"Passes when {joiner.join(wanted)}{tail}, and {shown}{age}."
