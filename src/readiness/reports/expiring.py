"""What runs out in the days to come, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from readiness.model.forecast import Forecast, Shift, Turn
from readiness.reports import words
from readiness.reports.json_text import dumps
from readiness.reports.terminal.page import SHORT, Look, Span, hanging, heading, look, rendered, text, wrapped

SCHEMA = "readiness/expiring/v1"


def terminal(found: Sequence[Forecast], *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """The forecasts as text for a terminal."""
    at = look(width, ascii_only)
    return rendered((line for each in found for line in _page(each, at)), at.width, colour)


def _page(found: Forecast, at: Look) -> Iterator[Text]:
    today = found.today
    pin = f"{today.checklist.id}@{today.checklist.version}"
    head = f"{today.project.name}, judged by {pin}: {today.as_of.isoformat()} to {found.until.isoformat()}"
    yield from wrapped(text((at.show(head, SHORT * 2), "bold")), at.width)
    yield from hanging(Text("  "), text("today  ", (at.show(words.verdict(today)), "bold")), at.width)
    if not found.turns:
        yield from hanging(Text("  "), text("Nothing runs out, and nothing begins to count."), at.width)
    said = words.verdict(today)
    for turn in found.turns:
        then = words.verdict(turn.assessment)
        yield from heading(turn.day.isoformat(), at.show(then) if then != said else "the verdict stays", at)
        said = then
        for entry in _entries(turn, at):
            yield from hanging(text(f"  {at.glyphs.bullet} "), text(*entry), at.width)
    yield Text()


def _entries(turn: Turn, at: Look) -> Iterator[tuple[Span, ...]]:
    for ending in turn.endings:
        waiver = ending.waiver
        said = f" ends; its owner is {at.show(waiver.owner, SHORT)}"
        yield "the waiver of ", (at.show(waiver.control, SHORT), "cyan"), said
    for lapse in turn.lapses:
        controls = at.show(", ".join(lapse.controls))
        yield (at.show(lapse.practice, SHORT), "cyan"), f": {at.show(lapse.what)} is too old for {controls}"
    for shift in turn.shifts:
        yield (at.show(shift.control, SHORT), "cyan"), f" ({shift.severity}): {_said(shift)}"


def _said(shift: Shift) -> str:
    old, new = shift.old.replace("_", " "), shift.new.replace("_", " ")
    if shift.starts:
        return f"counts from this day, and is {new}"
    return f"{old} to {new}"


def as_json(found: Sequence[Forecast]) -> str:
    """The forecasts for other programs."""
    return dumps({"schema": SCHEMA, "forecasts": [_data(each) for each in found]})


def _data(found: Forecast) -> dict[str, Any]:
    checklist = found.today.checklist
    return {
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": checklist.digest},
        "as_of": found.today.as_of.isoformat(),
        "until": found.until.isoformat(),
        "today": _verdict(found.today.verdict, found.today.score),
        "days": [
            {
                "day": turn.day.isoformat(),
                **_verdict(turn.assessment.verdict, turn.assessment.score),
                "waivers": [
                    {"control": e.waiver.control, "owner": e.waiver.owner, "expires": e.waiver.expires.isoformat()}
                    for e in turn.endings
                ],
                "evidence": [
                    {"practice": lapse.practice, "what": lapse.what, "controls": list(lapse.controls)}
                    for lapse in turn.lapses
                ],
                "controls": [shift._asdict() for shift in turn.shifts],
            }
            for turn in found.turns
        ],
    }


def _verdict(verdict: Any, score: Any) -> dict[str, Any]:
    return {
        "verdict": {"ready": verdict.ready, "stage": verdict.stage, "target": verdict.target},
        "score": {"proven": score.proven, "claimed": score.claimed},
    }
