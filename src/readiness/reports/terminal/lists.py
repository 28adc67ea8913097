"""What stands below the bars: counts, waivers, removals by answer, contradictions, notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from readiness.model import Assessment, Contradiction, Removal, WaiverState
from readiness.reports import select, words
from readiness.reports.terminal.page import SHORT, Look, Span, hanging, heading, text

SHOWN = 8
"""How many entries of one list are shown without `--verbose`."""

Entry = tuple[Span, ...]


def counts(assessment: Assessment, look: Look) -> Iterator[Text]:
    """How many controls up to the target have each outcome."""
    found = select.totals(assessment)
    yield from heading("Controls", f"{sum(found.values())} {words.scope(assessment) or 'in all'}", look)
    dot = f" {look.glyphs.dot} "
    said = dot.join(f"{number} {words.OUTCOMES[outcome]}" for outcome, number in found.items() if number)
    yield from hanging(Text("  "), text(said), look.width)
    waived = len(select.waived(assessment))
    if waived:
        verb = "is" if waived == 1 else "are"
        yield from hanging(Text("  "), text(f"{words.count(waived, 'open gap')} {verb} waived."), look.width)


def lists(assessment: Assessment, look: Look, verbose: bool) -> Iterator[Text]:
    """The lists that have something to say."""
    waivers = select.waivers(assessment)
    yield from _list("Waivers", _tally(waivers), [_waiver(w, look) for w in waivers], look, verbose)
    removals = [_removal(removal, look) for removal in select.removals(assessment)]
    yield from _list("Taken out by answer", words.count(len(removals), "practice"), removals, look, verbose)
    denied = [_contradiction(c, look) for c in select.contradictions(assessment)]
    yield from _list("Contradictions", words.count(len(denied), "place"), denied, look, verbose)
    notices = [(look.show(notice),) for notice in assessment.notices]
    yield from _list("Notices", "", notices, look, verbose)


def changes(assessment: Assessment, look: Look) -> Iterator[Text]:
    """What is new, worse, better or fixed since the baseline."""
    against = assessment.baseline
    if against is None:
        return
    said = ", ".join(f"{number} {name}" for name, number in against.counts.items() if name != "same" and number)
    yield from heading(f"Since the baseline of {against.as_of.isoformat()}", said or "nothing changed", look)
    for name, findings in select.changed(assessment).items():
        for finding in findings:
            aged = " (time alone)" if finding.control.id in against.by_time else ""
            line = text((f"{name}: ", "bold"), (look.show(finding.control.id, SHORT), "cyan"), f"{aged}  ")
            line.append(look.show(finding.control.title, SHORT), "dim")
            yield from hanging(text(f"  {look.glyphs.bullet} "), line, look.width)


def _list(title: str, note: str, entries: Iterable[Entry], look: Look, verbose: bool) -> Iterator[Text]:
    listed = list(entries)
    if not listed:
        return
    yield from heading(title, note, look)
    shown = listed if verbose else listed[:SHOWN]
    for entry in shown:
        yield from hanging(text(f"  {look.glyphs.bullet} "), text(*entry), look.width)
    if len(shown) < len(listed):
        yield text((f"    and {len(listed) - len(shown)} more, with --verbose", "dim"))


def _tally(waivers: Iterable[WaiverState]) -> str:
    found = [state.status for state in waivers]
    return ", ".join(f"{found.count(s)} {name}" for s, name in words.WAIVER_STATES.items() if found.count(s))


def _waiver(state: WaiverState, look: Look) -> Entry:
    waiver = state.waiver
    status = words.WAIVER_STATES.get(state.status, state.status)
    day = f"{' until' if state.status == 'in_force' else ', last day'} {waiver.expires.isoformat()}"
    people = f"owner {look.show(waiver.owner, SHORT)}, approved by {look.show(waiver.approved_by, SHORT)}"
    style = "bold red" if state.status in ("expired", "refused") else "bold"
    why = f" {look.show(state.why)}." if state.why and state.status != "expired" else ""
    said = f"{day}: {look.show(waiver.reason)} ({people}){why}"
    return (look.show(waiver.control, SHORT), "cyan"), ": ", (status, style), said


def _removal(removal: Removal, look: Look) -> Entry:
    said = f": {look.show(removal.reason)} ({look.show(removal.effect)})"
    return (look.show(removal.practice, SHORT), "cyan"), said


def _contradiction(found: Contradiction, look: Look) -> Entry:
    where = look.show(select.place(found.location.path, found.location.line), SHORT)
    name = look.show(found.practice, SHORT) if found.practice else "fact"
    return (name, "cyan"), f" ({where}): said: {look.show(found.said)} Seen: {look.show(found.seen)}"
