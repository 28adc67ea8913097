"""The first sentence of a finding: what was observed."""

from __future__ import annotations

from readiness.model import Evidence, Level, Outcome, PracticeState, Seen, Terms

LEVELS = ("`no`", "`partial`", "`yes`")
AT_MOST = 3
"""How many practices a sentence names before it counts the rest."""


def observed(outcome: Outcome, seen: list[Seen], asked: Terms, loses: bool) -> str:
    """What was observed for a control that applies, in one sentence. `loses` says that an answer of
    not applicable keeps it from being met."""
    here = list({item.leaf: item for item in seen}.values())
    if outcome == Outcome.MET:
        return _join([_met(item) for item in here if not item.removed and not item.lacking])
    clauses = [_clause(item, asked) for item in here if item.lacking]
    lost = [_name(item) for item in here if item.removed] if loses else []
    if lost:
        verb = "is" if len(lost) == 1 else "are"
        clauses.append(f"{_listed(lost)} {verb} taken out by answer, which leaves this partial at most")
    return _join(clauses)


def _join(clauses: list[str]) -> str:
    shown = clauses[:AT_MOST]
    more = len(clauses) - len(shown)
    text = "; ".join(shown) + (f"; and {more} more" if more else "")
    return text[:1].upper() + text[1:] + "."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _name(item: Seen) -> str:
    return f"`{item.state.practice.id}`"


def _level(level: Level) -> str:
    return LEVELS[level]


# --------------------------------------------------------------------------- what is met


def _met(item: Seen) -> str:
    state, shown = item.state, item.weight.shown
    how = _how(shown) if shown is not None and shown.kind != "answer" else ""
    if state.detected:
        return f"{_name(item)} {_unanswered(state)}, but {how}"
    told = f"{_name(item)} is {_level(item.weight.proven)}"
    if state.parts and item.weight.proven == Level.YES and state.practice.kind == "measure":
        told += f" ({state.parts[0].name}: {state.parts[0].said})" if len(state.parts) == 1 else ""
    return f"{told}, {how}" if how else f"{told}, by the answer alone"


def _how(piece: Evidence) -> str:
    place = f"{piece.path}:{piece.line}" if piece.line else f"{piece.path}"
    if piece.kind == "attestation":
        return f"attested by {piece.detail}"
    if piece.kind == "detection":
        return f"found at {place}"
    if piece.kind == "figure":
        return f"{piece.proof.name.lower()} by {place} ({piece.detail})"
    return f"documented in {place}"


# --------------------------------------------------------------------------- what is lacking


def _clause(item: Seen, asked: Terms) -> str:
    """One practice as it was found, in a clause without a full stop."""
    state, name = item.state, _name(item)
    if state.not_applicable is not None:
        return f"{name} is answered not applicable, which no blocker accepts"
    if state.level is None:
        named = any(piece.kind != "answer" for piece in state.evidence)
        return f"{name} has evidence but no answer" if named else f"{name} is not answered"
    if state.level == Level.NO:
        worst = next((p for p in state.parts if p.level == Level.NO), None)
        if worst:
            return f"{name} is `no`: {worst.name}{' ' if worst.said.startswith('lacks ') else ': '}{worst.said}"
        seen = any(piece.kind == "detection" for piece in state.evidence)
        return f"{name} is answered `no`" + (", though the repository shows it" if seen else "")
    return f"{_standing(item)}{_because(item, asked)}"


def _standing(item: Seen) -> str:
    name, level = _name(item), _level(item.weight.claimed)
    if not item.state.detected:
        return f"{name} is {level}"
    return f"{name} {_unanswered(item.state)}, but found in the repository, which counts as {level}"


def _unanswered(state: PracticeState) -> str:
    """What the description says of a practice whose level the detector gave."""
    refused = state.answer is not None and state.answer.not_applicable is not None
    return "is answered not applicable" if refused else "is not answered"


def _because(item: Seen, asked: Terms) -> str:
    """Why a practice falls short: its level, its proof, or both."""
    weight = item.weight
    short = _short_of(item.state, asked) if weight.claimed < item.leaf.at_least else ""
    if weight.proven < weight.claimed and weight.problem:
        if weight.problem.said.rpartition(": ")[2] in short:
            return short
        joint = ", and it is not proven: " if short else ", but not proven: "
        if weight.proven > Level.NO:
            joint = ", but not wholly proven: "
        return f"{short}{joint}{weight.problem.said}"
    return short


def _short_of(state: PracticeState, asked: Terms) -> str:
    if state.capped:
        return f", because {state.capped}"
    short = next((p for p in state.parts if p.level < Level.YES), None)
    if short is not None:
        sign = " " if short.said.startswith("lacks ") else ": "
        return f", because {short.name}{sign}{short.said}"
    if state.answer is not None and state.answer.up_to in asked.later_than:
        return f", because the answer holds only up to `{state.answer.up_to}`"
    return ""
