"""The days on which waivers and evidence run out, or controls begin to count, worked out from an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from readiness.model import Assessment, Evidence, Finding, Outcome, Part, PracticeState
from readiness.model.forecast import Ending, Lapse, Shift, Turn


def days(found: Assessment, until: date) -> tuple[date, ...]:
    """Every day after the assessment and up to `until` on which its result may change by time alone."""
    coming = {lapse.day for lapse in lapses(found)}
    coming |= {day for s in found.waivers if (day := _shifted(s.waiver.expires, 1)) is not None}
    coming |= {start.day for control in found.checklist.controls for start in control.enforce_from}
    coming |= {finding.advisory for finding in found.findings if finding.advisory is not None}
    coming |= set(_beginnings(found))
    return tuple(sorted(day for day in coming if found.as_of < day <= until))


def lapses(found: Assessment) -> tuple[Lapse, ...]:
    """Each dated piece of evidence with the day from which it is too old for some control that applies."""
    by_piece: dict[tuple[date, str, str], list[str]] = {}
    states = {state.practice.id: state for state in found.practices}
    for finding in found.findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        for name in finding.practices:
            for what, day in _ends(states[name], finding, found.checklist.attestation_age):
                by_piece.setdefault((day, name, what), []).append(finding.control.id)
    return tuple(Lapse(*key, tuple(dict.fromkeys(controls))) for key, controls in sorted(by_piece.items()))


def _ends(state: PracticeState, finding: Finding, attestation_age: int | None) -> Iterator[tuple[str, date]]:
    """The dated pieces of a practice's evidence, each with the first day on which it is too old for a control."""
    age = finding.control.max_age
    word = attestation_age if age is None else age
    for part, piece in _pieces(state):
        limit = word if piece.kind == "attestation" else age
        for when, what in ((piece.when, _name(piece)), (part.when if part else None, part.name if part else "")):
            if when is not None and limit is not None and (day := _shifted(when, limit + 1)) is not None:
                yield what, day


def _pieces(state: PracticeState) -> Iterator[tuple[Part | None, Evidence]]:
    """Every piece of evidence that a practice rests on; a practice's own piece beside each entry, whose date
    counts with it."""
    for piece in state.evidence:
        yield from ((part, piece) for part in state.parts or (None,))
    for part in state.parts:
        yield from ((part, piece) for piece in part.evidence)


def _name(piece: Evidence) -> str:
    return f"attested by {piece.detail}" if piece.kind == "attestation" else piece.path or piece.detail


def _beginnings(found: Assessment) -> Iterator[date]:
    """Days on which something begins to be valid: a waiver, or evidence that is dated ahead."""
    limit = found.checklist.waiver_days
    for state in found.waivers:
        if state.waiver.granted is not None:
            yield state.waiver.granted
        elif limit is not None and (day := _shifted(state.waiver.expires, -limit)) is not None:
            yield day
    for practice in found.practices:
        for part, piece in _pieces(practice):
            yield from (when for when in (piece.when, part.when if part else None) if when is not None)


def endings(found: Assessment) -> tuple[Ending, ...]:
    """The waivers in force, each with the first day after its last."""
    held = [(_shifted(state.waiver.expires, 1), state) for state in found.waivers]
    return tuple(Ending(day, state.waiver) for day, state in held if day is not None and state.status == "in_force")


def _shifted(day: date, by: int) -> date | None:
    """A number of days later; None where the calendar has no such day, as after a waiver up to 9999-12-31."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def turn(today: Assessment, before: Assessment, after: Assessment) -> Turn | None:
    """What happens on the day of `after`, held against the day of change before it; None where nothing does."""
    day = after.as_of
    ended = tuple(ending for ending in endings(before) if ending.day == day)
    lapsed = tuple(lapse for lapse in lapses(today) if lapse.day == day)
    shifts = tuple(_shifts(before.findings, after))
    if not ended and not lapsed and not shifts and before.verdict == after.verdict:
        return None
    return Turn(day, lapsed, ended, shifts, after)


def _shifts(before: Iterable[Finding], after: Assessment) -> Iterator[Shift]:
    was = {finding.control.id: finding for finding in before}
    for finding in after.findings:
        old = was[finding.control.id]
        counts = finding.advisory is None and finding.outcome != Outcome.NOT_APPLICABLE
        starts = old.advisory is not None and counts
        if old.outcome != finding.outcome or starts:
            control = finding.control
            yield Shift(
                control.id, control.title, control.severity.value, old.outcome.value, finding.outcome.value, starts
            )
