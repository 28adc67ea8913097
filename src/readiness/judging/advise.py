"""The second sentence of a finding: what would pass."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from readiness.model import Condition, Control, Entry, Level, PracticeLeaf, Proof, Seen, Severity, Terms
from readiness.phrases import number
from readiness.tuples import NamedTuple

AT_MOST = 3
"""How many practices a sentence names before it counts the rest."""


class Want(NamedTuple):
    """What one practice lacks: `is_` is the level that it must have, or `clause` says in whole what
    must be so; `how` is the proof to add, empty where the evidence is good enough."""

    name: str
    is_: str
    clause: str
    how: str


def passes(control: Control, seen: list[Seen], asked: Terms) -> str:
    """What would make the control met, in one sentence."""
    by_leaf = {item.leaf: item for item in seen}
    if control.met_when.op == "leaf":
        wanted = _clause([_want(seen[0], asked)], "and")
    else:
        wanted = _group(_least_group(control.met_when, by_leaf), by_leaf, asked)
    text = f"Passes when {wanted}"
    if control.severity == Severity.BLOCKER and any(item.state.not_applicable is not None for item in by_leaf.values()):
        fact = "state the fact that takes the control out, or " if control.applies_when is not None else ""
        text += f"; if it truly does not apply, {fact}waive it"
    return f"{text}."


def _group(condition: Condition, seen: dict[PracticeLeaf, Seen], asked: Terms) -> str:
    """What a condition lacks; a group inside it stands in brackets."""
    word = "or" if condition.op == "any" else "and"
    alike: dict[object, list[Want]] = {}
    inner: dict[object, str] = {}
    for part in _open(condition, seen):
        if part.op == "leaf":
            want = _want(seen[part.leaf], asked)
            alike.setdefault(want[1:], []).append(want)
        else:
            alike[part] = []
            inner[part] = f"({_group(part, seen, asked)})"
    clauses = [_clause(wants, word) if wants else inner[key] for key, wants in alike.items()]
    more = len(clauses) - AT_MOST
    shown = clauses[:AT_MOST] + ([f"{more} more"] if more > 0 else [])
    return f", {word} ".join(shown)


def _least_group(condition: Condition, seen: dict[PracticeLeaf, Seen]) -> Condition:
    """The innermost group that holds all that is open."""
    while condition.op != "leaf" and len(open_ := _open(condition, seen)) == 1:
        condition = open_[0]
    return condition


def _open(condition: Condition, seen: dict[PracticeLeaf, Seen]) -> list[Condition]:
    """The parts that a group still lacks: a group of one counts as what it holds, and one of the
    same kind as its parts."""
    if condition.op == "leaf":
        return [condition]
    left = [part for part in condition.parts if not _holds(part, seen)]
    if condition.op == "any":
        left = [part for part in left if not _gone(part, seen)] or left
    found: list[Condition] = []
    for part in left:
        inside = _open(part, seen)
        found += inside if len(inside) == 1 or part.op == condition.op else [part]
    return list(dict.fromkeys(found))


def _holds(condition: Condition, seen: dict[PracticeLeaf, Seen]) -> bool:
    """Whether a part of the condition is met already."""
    if condition.op == "leaf":
        item = seen[condition.leaf]
        return not item.removed and not item.lacking
    found = [_holds(part, seen) for part in condition.parts]
    return all(found) if condition.op == "all" else any(found)


def _gone(condition: Condition, seen: dict[PracticeLeaf, Seen]) -> bool:
    """Whether an answer of not applicable took out all of a part."""
    if condition.op == "leaf":
        return seen[condition.leaf].removed
    return all(_gone(part, seen) for part in condition.parts)


def _clause(wants: list[Want], word: str) -> str:
    first = wants[0]
    if first.clause:
        return first.clause + (f", {first.how}" if first.how else "")
    names = [want.name for want in wants[:AT_MOST]]
    more = len(wants) - len(names)
    if more:
        names.append(f"{more} more")
    named = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
    several = len(names) > 1 and word == "and"
    verb = "are" if several else "is"
    each = "each " if several and first.is_ else ""
    if not first.is_:
        return f"{named} {verb} {first.how}"
    return f"{named} {verb} {first.is_}" + (f", {each}{first.how}" if first.how else "")


# --------------------------------------------------------------------------- one practice


def _want(item: Seen, asked: Terms) -> Want:
    """What one practice lacks."""
    state, weight = item.state, item.weight
    name = f"`{state.practice.id}`"
    how = _how(item, asked)
    short = weight.claimed < item.leaf.at_least
    bare = weight.problem is not None and weight.problem.kind == "bare"
    least = "at least `partial`" if item.leaf.at_least == Level.PARTIAL else "`yes`"
    if state.practice.kind != "level" and (short or bare):
        return Want(name, "", _filled(item), how)
    if not short and how:
        return Want(name, "", "", how)
    later = state.answer is not None and state.answer.up_to in asked.later_than
    if short and state.capped:
        return Want(name, "", f"the figure named for {name} meets its limit", how)
    if short and later and state.answer is not None and state.level == Level.YES:
        return Want(name, "", f"{name} is {least} beyond `{state.answer.up_to}` (its `up_to`)", how)
    return Want(name, f"answered {least}", "", how)


def _filled(item: Seen) -> str:
    """What a measure or records need to count."""
    state = item.state
    name, partial = f"`{state.practice.id}`", item.leaf.at_least == Level.PARTIAL
    answer = state.answer
    if state.practice.kind == "records":
        fields = ", ".join(f"`{key}`" for key in state.practice.fields)
        short = [part for part in state.parts if part.level < Level.YES]
        if not short or partial:
            return f"{name} lists {'a record' if partial else 'records'} with {fields}"
        lacking = "; ".join(f"{part.name} {_fills(part.said)}" for part in short[:AT_MOST])
        return f"in {name}, {lacking}" + (f", and {len(short) - AT_MOST} more" if len(short) > AT_MOST else "")
    entries = answer.entries if answer is not None else ()
    short_ = [
        (entry, part) for entry, part in zip(entries, state.parts, strict=False) if part.level < item.leaf.at_least
    ]
    if not short_:
        if state.capped:
            return f"the figure named for {name} meets its limit"
        rest = "" if partial else " and an `actual` that meets it"
        if answer is not None and answer.up_to is not None and state.level == Level.YES and not state.bare:
            return f"{name} is `yes` beyond `{answer.up_to}` (its `up_to`)"
        return f"{name} has a limit (`min` or `max`){rest}"
    needs = [_entry(entry, part.said, partial) for entry, part in short_[:AT_MOST]]
    more = len(short_) - AT_MOST
    return " and ".join(needs) + (f", and {more} more" if more > 0 else "")


def _fills(said: str) -> str:
    return f"fills {said.removeprefix('lacks ')}" if said.startswith("lacks ") else "has a figure that meets its limit"


def _entry(entry: Entry, said: str, partial: bool) -> str:
    """What one entry of a measure needs."""
    bounds = [
        f"at least {number(entry.minimum)}" if entry.minimum is not None else "",
        f"at most {number(entry.maximum)}" if entry.maximum is not None else "",
    ]
    limit = " and ".join(bound for bound in bounds if bound)
    if not limit:
        return f"{entry.name} has a limit (`min` or `max`)" + ("" if partial else " and an `actual` that meets it")
    unit = f" {entry.unit}" if entry.unit else ""
    if ", which misses" in said:
        return f"the figure named for {entry.name} meets its limit"
    return f"{entry.name} has an `actual` of {limit}{unit}"


# --------------------------------------------------------------------------- the proof


def _how(item: Seen, asked: Terms) -> str:
    """The proof to add, in words; empty where the evidence is good enough."""
    weight, problem = item.weight, item.weight.problem
    if problem is None or (problem.kind == "bare" and weight.shown is not None):
        return ""
    if problem.kind in ("old", "ahead"):
        age = asked.age if asked.age is not None else asked.attestation_age
        what = "figures" if _is_measure(item) else "records"
        return f"shown by {what} dated {_span(age, asked.as_of, problem.kind == 'ahead')} (`as_of`)"
    late = problem.kind == "future"
    if weight.needed == Proof.ATTESTED:
        when = _span(asked.attestation_age, asked.as_of, late)
        return (
            "attested by a named person"
            + (f" {when}" if late else f" on {when}" if when else "")
            + " (`attested: {by, date}`)"
        )
    when = _span(asked.age, asked.as_of, late)
    dated = f", with `as_of` {when}" if when else ""
    if weight.needed == Proof.DOCUMENTED:
        return f"documented in a file with content{dated}"
    if _is_measure(item):
        return f"verified by an `actual` read from a file (`{{path, at}}`){dated}"
    return "found in the repository itself"


def _is_measure(item: Seen) -> bool:
    return item.state.practice.kind == "measure"


@cache
def _span(age: int | None, as_of: date, late: bool) -> str:
    """The dates that count, in words; empty where any does."""
    last = as_of.isoformat()
    if age is None:
        return f"{last} or earlier" if late else ""
    days = min(age, (as_of - date.min).days)
    first = (as_of - timedelta(days=days)).isoformat()
    return f"between {first} and {last}" if late else f"{first} or later"
