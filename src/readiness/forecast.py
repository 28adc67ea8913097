"""Looking ahead and looking back: what runs out, and what changed since a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from readiness.errors import Diagnostic, InputError
from readiness.judging.gaps import RANK
from readiness.model import Assessment
from readiness.model.baseline import Kept
from readiness.model.forecast import Forecast
from readiness.pipeline import Session
from readiness.steps.against import against
from readiness.steps.foresee import days, turn

AHEAD = 30
"""How many days ahead a baseline's notices look."""


def forecast(session: Session, within: int) -> tuple[Forecast, ...]:
    """What runs out within a number of days, by each checklist. The assessment of a day is the one that a
    run as of that day would give."""
    return _forecast(session, session.assess(), within)


def _forecast(session: Session, today: Sequence[Assessment], within: int) -> tuple[Forecast, ...]:
    until = session.as_of + min(timedelta(days=within), date.max - session.as_of)
    coming = sorted({day for each in today for day in days(each, until)})
    later = [session.assess(day) for day in coming]
    found = []
    for number, start in enumerate(today):
        before, turns = start, []
        for day in later:
            made = turn(start, before, day[number])
            if made is not None:
                turns.append(made)
            before = day[number]
        found.append(Forecast(start, until, tuple(turns)))
    return tuple(found)


def compared(session: Session, kept: Kept, path: str, need_all: bool) -> tuple[Assessment, ...]:
    """The assessments of a session, each held against its baseline. Where `need_all`, a checklist without one is a
    fault: InputError."""
    today = session.assess()
    missing = [each.checklist.id for each in today if each.checklist.id not in kept.reports]
    if missing and (need_all or len(missing) == len(today)):
        names, known = ", ".join(f"`{name}`" for name in missing), ", ".join(f"`{name}`" for name in kept.reports)
        help = f"it holds {known}; `readiness baseline update` takes in the others"
        if not known:
            help = "it holds no report at all; `readiness baseline update` takes in those of this run"
        raise InputError([Diagnostic(path, 0, 0, f"the baseline holds no report by {names}", help)])
    soon = _soon(session, today)
    found = []
    for number, each in enumerate(today):
        baseline = kept.reports.get(each.checklist.id)
        if baseline is None:
            notice = f"The baseline holds no report by {each.checklist.id}: nothing is compared."
            found.append(each._replace(notices=(*each.notices, notice)))
            continue
        then = session.assess(baseline.as_of)[number] if baseline.as_of < each.as_of else None
        made = against(each, baseline, then, kept.growth)
        found.append(made._replace(notices=(*made.notices, *soon[number])))
    return tuple(found)


def _soon(session: Session, today: Sequence[Assessment]) -> Sequence[tuple[str, ...]]:
    """For each checklist, what time alone will make worse in the days ahead."""
    told = []
    for each in _forecast(session, today, AHEAD):
        lines: list[str] = []
        for day in each.turns:
            falls = [s for s in day.shifts if RANK.get(s.new, 9) < RANK.get(s.old, 9) or (s.starts and s.new != "met")]
            lines += [_line(day.day, shift.control, shift.old, shift.new, shift.starts) for shift in falls]
            lines += [
                f"The waiver of `{ending.waiver.control}` ends: from {day.day.isoformat()} it excuses nothing."
                for ending in day.endings
            ]
        told.append(tuple(lines))
    return told


def _line(day: date, control: str, old: str, new: str, starts: bool) -> str:
    if starts:
        stands = "is" if old == new else "will be"
        return f"From {day.isoformat()} `{control}` counts, and it {stands} {new} {'today' if old == new else 'then'}."
    return f"From {day.isoformat()} `{control}` will be {new} instead of {old}, unless its evidence is renewed."
