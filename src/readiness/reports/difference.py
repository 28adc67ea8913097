"""What a new version of a checklist changes, for people and as JSON; for a project too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.text import Text

from readiness.model import Assessment, Control
from readiness.model.comparison import Changed, ControlChange, Difference, Move, Preview
from readiness.reports import conditions, words
from readiness.reports.json_text import dumps
from readiness.reports.terminal.page import SHORT, Look, hanging, heading, look, rendered, text, wrapped

SCHEMA = "readiness/checklist-diff/v1"
WORDS_BEFORE = 3
"""How many words stand before the first that differs in a text that was reworded."""
WORDING = 100
"""How much of a sentence is shown where it was reworded."""


def page(
    found: Difference, seen: Preview | None, *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> str:
    """The differences as text for a terminal."""
    at = look(width, ascii_only)
    return rendered(_page(found, seen, at), at.width, colour)


def _page(found: Difference, seen: Preview | None, at: Look) -> Iterator[Text]:
    old, new = (f"{c.id}@{c.version}" for c in (found.old, found.new))
    counted = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    yield from wrapped(text((at.show(f"{old} to {new}"), "bold"), f": {counted}"), at.width)
    if seen is not None:
        yield from _project(seen, at)
    for title, controls in (("Added", found.added), ("Removed", found.removed)):
        yield from heading(title, words.count(len(controls), "control"), at) if controls else ()
        for control in controls:
            yield from hanging(text(f"  {at.glyphs.bullet} "), _control(control, at), at.width)
    yield from heading("Changed", words.count(len(found.changed), "control"), at) if found.changed else ()
    for change in found.changed:
        yield from _changed(change, at)
    yield from heading("The checklist itself", "", at) if found.whole else ()
    for field in found.whole:
        yield from _field(field, at, "  ")
    if found.new.changes:
        yield from heading("Its authors say", "", at)
        for said in found.new.changes:
            yield from hanging(text(f"  {at.glyphs.bullet} "), text(at.show(said)), at.width)


def _control(control: Control, at: Look) -> Text:
    stage = f" at {at.show(words.stage(control.stage), SHORT)}" if control.stage else ""
    about = f" ({words.SEVERITIES[control.severity]}{stage}"
    if control.enforce_from:
        about += f", counts from {at.show(conditions.counts_from(control))}"
    return text((at.show(control.id, SHORT), "cyan"), f": {at.show(control.title, SHORT)}", (f"{about})", "dim"))


def _changed(change: ControlChange, at: Look) -> Iterator[Text]:
    former = f", formerly {change.former}" if change.former else ""
    head = text((at.show(change.control.id, SHORT), "cyan"), at.show(former, SHORT))
    yield from hanging(text(f"  {at.glyphs.bullet} "), head, at.width)
    for field in change.fields:
        yield from _field(field, at, "      ")


def _field(field: Changed, at: Look, indent: str) -> Iterator[Text]:
    arrow = "->" if at.glyphs.bullet.isascii() else "→"
    if field.kind == "reworded":
        old, new = _apart(field.old, field.new)
        said = text((f"{field.field}: ", "bold"), at.show(old, WORDING), f" {arrow} ", at.show(new, WORDING))
    else:
        said = text((f"{field.field}: ", "bold"), f"{at.show(field.old)} {arrow} {at.show(field.new)}")
    yield from hanging(Text(indent), said, at.width)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two texts from the word on in which they begin to differ, with a word before it."""
    before, after = old.split(), new.split()
    same = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        same = min(len(before), len(after))
    if same <= WORDS_BEFORE:
        return old, new
    start = same - WORDS_BEFORE
    return f"… {' '.join(before[start:])}", f"… {' '.join(after[start:])}"


def _project(seen: Preview, at: Look) -> Iterator[Text]:
    name = at.show(seen.new.project.name, SHORT)
    yield from heading(name, f"judged by both as of {seen.new.as_of.isoformat()}", at)
    same = seen.old.checklist.id == seen.new.checklist.id
    for each in (seen.old, seen.new):
        pin = each.checklist.version if same else f"{each.checklist.id}@{each.checklist.version}"
        yield from hanging(text((f"  {pin}  ", "bold")), text(at.show(_stands(each))), at.width)
    if seen.whole is not None:
        later = "once all of it counts"
        yield from hanging(text((f"  {later}  ", "bold")), text(at.show(_stands(seen.whole))), at.width)
    moved = [move for move in seen.moves if not move.same]
    if not moved:
        yield text("  No control moves.")
    for move in moved:
        told = f"{_outcome(move.old, move.old_advisory)} to {_outcome(move.new, move.new_advisory)}"
        line = text((at.show(move.control, SHORT), "cyan"), f": {told}", (f"  {at.show(move.title, SHORT)}", "dim"))
        yield from hanging(text(f"  {at.glyphs.bullet} "), line, at.width)


def _stands(each: Assessment) -> str:
    """The verdict, which holds the score where there are no stages, and the weakest dimension."""
    score, weakest = each.score, each.score.weakest
    if weakest is None:
        return words.verdict(each)
    figures = f"{score.proven} proven, {score.claimed} claimed, " if each.target is not None else ""
    return f"{words.verdict(each)}; {figures}weakest {weakest.dimension.title} {weakest.proven}"


def _outcome(outcome: str | None, advisory: bool) -> str:
    if outcome is None:
        return "not asked"
    return outcome.replace("_", " ") + (" (advisory)" if advisory else "")


# --------------------------------------------------------------------------- JSON


def as_json(found: Difference, seen: Preview | None) -> str:
    """The same for other programs."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "old": _pin(found.old),
        "new": _pin(found.new),
        "added": [_brief(control) for control in found.added],
        "removed": [_brief(control) for control in found.removed],
        "changed": [{"control": c.control.id, "former": c.former, "fields": _all(c.fields)} for c in found.changed],
        "checklist": _all(found.whole),
        "changes": list(found.new.changes),
        "project": None if seen is None else _seen(seen),
    }
    return dumps(data)


def _pin(checklist: Any) -> dict[str, str]:
    return {"id": checklist.id, "version": checklist.version, "digest": checklist.digest}


def _brief(control: Control) -> dict[str, Any]:
    return {
        "control": control.id,
        "title": control.title,
        "dimension": control.dimension,
        "stage": control.stage,
        "severity": control.severity.value,
        "applies": conditions.facts(control.applies_when),
        "since": control.since,
        "enforce_from": conditions.counts_from(control) or None,
    }


def _all(fields: Iterable[Changed]) -> list[dict[str, str]]:
    return [field._asdict() for field in fields]


def _seen(seen: Preview) -> dict[str, Any]:
    def move(each: Move) -> dict[str, Any]:
        return each._asdict()

    def side(each: Assessment) -> dict[str, Any]:
        verdict, score = each.verdict, each.score
        return {
            "ready": verdict.ready,
            "stage": verdict.stage,
            "target": verdict.target,
            "proven": score.proven,
            "claimed": score.claimed,
            "coverage": score.coverage,
            "band": score.band.title if score.band is not None else None,
            "dimensions": {d.dimension.id: {"proven": d.proven, "claimed": d.claimed} for d in each.dimensions},
        }

    return {
        "name": seen.new.project.name,
        "as_of": seen.new.as_of.isoformat(),
        "old": side(seen.old),
        "new": side(seen.new),
        "once_all_counts": None if seen.whole is None else side(seen.whole),
        "controls": [move(each) for each in seen.moves],
    }
