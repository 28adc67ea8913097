"""Two versions of a checklist, held against each other; and a project under both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from readiness.model import Assessment, Band, Checklist, Condition, Control, Finding, Level, Outcome, Proof
from readiness.model.comparison import Changed, ControlChange, Difference, Move, Preview

MOVED = ("stage", "severity", "proof", "dimension")
ASKS = ("met_when", "applies_when", "max_age", "enforce_from")
REWORDED = ("title", "why", "fix")
OTHER = ("effort", "needs", "references", "requirements")
KINDS = {"moved": MOVED, "asks": ASKS, "reworded": REWORDED, "other": OTHER}
WHOLE = {"title": "reworded", "source": "reworded", "scheme": "asks", "weights": "asks", "bands": "asks",
         "attestation_age": "asks", "base": "other"}  # fmt: skip
AGES = ("max_age", "attestation_age")
NONE = {"applies_when": "every project"}
"""What the absence of a field means, where "none" would say something else."""
LISTED = {"stages": "asks", "dimensions": "asks", "requirements": "other"}


def difference(old: Checklist, new: Checklist) -> Difference:
    """What the new version adds, removes and changes. A control that was renamed is the same control."""
    today = _today(old, new)
    before = {today[c.id]: c for c in old.controls}
    kept = {control.id: control for control in new.controls}
    changed = []
    for control in new.controls:
        was = before.get(control.id)
        if was is None:
            continue
        former = was.id if was.id != control.id else None
        fields = tuple(_fields(was._replace(needs=tuple(today.get(name, name) for name in was.needs)), control))
        if fields or former:
            changed.append(ControlChange(control, former, fields))
    return Difference(
        old,
        new,
        tuple(c for c in new.controls if c.id not in before),
        tuple(c for name, c in before.items() if name not in kept),
        tuple(changed),
        tuple(_whole(old, new)),
    )


def _today(old: Checklist, new: Checklist) -> Mapping[str, str]:
    """The id that each old control has in the new version. One of several that became the same control goes on
    under its name: the one that has it already, else the first. The others are gone."""
    now = {control.id for control in new.controls}
    back = {today: former for former, today in old.aliases if former in now and today not in now}
    aliases = {**back, **dict(new.aliases)}
    taken = {control.id for control in old.controls}
    found = {}
    for name in (control.id for control in old.controls):
        renamed = aliases.get(name, name)
        found[name] = name if renamed in taken else renamed
        taken.add(found[name])
    return found


def _fields(old: Control, new: Control) -> Iterable[Changed]:
    for kind, names in KINDS.items():
        for name in names:
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                yield Changed(name, kind, _said(name, was), _said(name, now))


def _whole(old: Checklist, new: Checklist) -> Iterable[Changed]:
    """What differs in the checklist itself: its scoring, stages, dimensions, ages and published source."""
    for name, kind in WHOLE.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Changed(name, kind, _said(name, was), _said(name, now))
    for name, kind in LISTED.items():
        was, now = ({each.id: each for each in getattr(version, name)} for version in (old, new))
        for key in dict.fromkeys([*was, *now]):
            if was.get(key) != now.get(key):
                yield Changed(f"{name}: {key}", kind, said(was.get(key)), said(now.get(key)))


def _said(name: str, value: Any) -> str:
    if value is None and name in NONE:
        return NONE[name]
    if name == "enforce_from":
        return (
            ", ".join(f"{start.day} {said(start.when)}" if start.when else str(start.day) for start in value)
            or "at once"
        )
    return f"{value}d" if name in AGES and value is not None else said(value)


def said(value: Any) -> str:
    """A value of a checklist in words, as its YAML has it."""
    if value is None or value == () or value == "":
        return "none"
    if isinstance(value, Condition):
        return condition(value)
    if isinstance(value, Band):
        ends = "above" if value.end is None else f"{'up to' if value.closed else 'below'} {value.end}"
        return f"{ends} {value.title}"
    if isinstance(value, (Proof, Level)):
        return value.name.lower()
    if isinstance(value, dict):
        return ", ".join(f"{key} {said(held)}" for key, held in value.items())
    if hasattr(value, "_fields"):
        return " ".join(said(held) for held in value if held is not None)
    if isinstance(value, tuple):
        return ", ".join(map(said, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def condition(value: Condition) -> str:
    """A condition as it is written: `all [a, any [b, c]]`, `system agentic`."""
    if value.op != "leaf":
        return f"{value.op} [{', '.join(map(condition, value.parts))}]"
    leaf = value.leaf
    if hasattr(leaf, "practice"):
        return leaf.practice if leaf.at_least == Level.YES else f"{leaf.practice} partial"
    return f"{leaf.fact} {' or '.join(map(said, leaf.values))}"


def preview(old: Assessment, new: Assessment, whole: Assessment | None = None) -> Preview:
    """One project under two versions of a checklist, control by control, in the order of the new one. `whole` is the
    new version with all that it will count later."""
    today = _today(old.checklist, new.checklist)
    was = {today[f.control.id]: f for f in old.findings}
    now = {f.control.id: f for f in new.findings}
    moves = []
    for name in dict.fromkeys([*now, *was]):
        before, after = was.get(name), now.get(name)
        shown = after or before
        assert shown is not None
        moves.append(
            Move(
                name,
                shown.control.title,
                before.outcome.value if before else None,
                after.outcome.value if after else None,
                _waits(before),
                _waits(after),
            )
        )
    return Preview(old, new, tuple(moves), whole)


def _waits(finding: Finding | None) -> bool:
    """Whether a finding is to count later; one that does not apply never will."""
    return finding is not None and finding.advisory is not None and finding.outcome != Outcome.NOT_APPLICABLE
